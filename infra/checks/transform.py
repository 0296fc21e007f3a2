"""Prints template.yaml as CloudFormation gets it, after SAM's transform.

Circles and bad references show only there. Needs aws-sam-translator, which
aws-sam-cli brings along. Usage: transform.py [Parameter=Value ...]
"""

import json
import pathlib
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class ManagedPolicies:
    """The template uses none, so there is nothing to look up."""

    def load(self):
        return {}


def main():
    path = pathlib.Path(__file__).parents[2] / "template.yaml"
    template = yaml_parse(path.read_text())
    parameters = {name: parameter.get("Default") for name, parameter in template["Parameters"].items()}
    parameters.update(argument.split("=", 1) for argument in sys.argv[1:])
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # `sam deploy` puts the built function's place here.
            resource["Properties"]["CodeUri"] = {"Bucket": "artifacts", "Key": resource["Properties"]["CodeUri"]}
    json.dump(transform(template, parameters, ManagedPolicies()), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
