"""What only the transformed template shows. Run by .ci/run, with unittest."""

import json
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).parent
ONE, OTHER = "1" * 64, "2" * 64


def transformed(*parameters):
    command = [sys.executable, HERE / "transform.py", *parameters]
    run = subprocess.run(command, capture_output=True, check=True)
    return json.loads(run.stdout)


def of_type(template, resource_type):
    resources = template["Resources"].items()
    return {name: resource for name, resource in resources if resource["Type"] == resource_type}


class Release(unittest.TestCase):
    def versions(self, *parameters):
        return set(of_type(transformed(*parameters), "AWS::Lambda::Version"))

    def test_a_new_release_publishes_a_new_version_of_every_function(self):
        before, after = self.versions(f"Release={ONE}"), self.versions(f"Release={OTHER}")
        functions = of_type(transformed(), "AWS::Lambda::Function")
        self.assertEqual(len(before), len(functions))
        self.assertEqual(before & after, set())

    def test_the_same_release_publishes_none(self):
        self.assertEqual(transformed(f"Release={ONE}"), transformed(f"Release={ONE}"))

    def test_without_it_a_changed_parameter_would_reach_nobody(self):
        """If this fails, Release is needed no longer."""
        self.assertEqual(self.versions("OpenDomains="), self.versions("OpenDomains=secrets.example.com"))


class Routes(unittest.TestCase):
    def test_the_gateway_calls_the_alias_and_never_the_unpublished_function(self):
        api = next(iter(of_type(transformed(), "AWS::ApiGatewayV2::Api").values()))
        paths = api["Properties"]["Body"]["paths"]
        for path, methods in paths.items():
            # A route may not end in a slash: such a deployment fails.
            self.assertFalse(path.endswith("/") and path != "/", path)
            for method in methods.values():
                uri = json.dumps(method["x-amazon-apigateway-integration"]["uri"])
                self.assertIn("Aliaslive", uri, path)
                self.assertEqual(method["x-amazon-apigateway-integration"]["payloadFormatVersion"], "2.0", path)

    def test_every_integration_has_its_permission(self):
        template = transformed()
        permitted = {
            resource["Properties"]["FunctionName"]["Ref"]
            for resource in of_type(template, "AWS::Lambda::Permission").values()
        }
        self.assertEqual(permitted, set(of_type(template, "AWS::Lambda::Alias")))


class Endpoint(unittest.TestCase):
    def test_the_api_has_ipv6_and_can_be_closed_and_has_the_same_title_as_without_a_body(self):
        api = next(iter(of_type(transformed(), "AWS::ApiGatewayV2::Api").values()))
        body = api["Properties"]["Body"]
        self.assertEqual(body["info"]["title"], {"Ref": "AWS::StackName"})
        configuration = {
            "ipAddressType": "dualstack",
            "disableExecuteApiEndpoint": {"Fn::If": ["DefaultEndpointIsClosed", True, False]},
        }
        self.assertEqual(body["servers"], [{"x-amazon-apigateway-endpoint-configuration": configuration}])

    def test_the_rules_outlive_the_transform(self):
        self.assertEqual(len(transformed()["Rules"]), 3)


class OtherOrigins(unittest.TestCase):
    def allowed(self, *parameters):
        """The condition, and the origins where it holds."""
        api = next(iter(of_type(transformed(*parameters), "AWS::ApiGatewayV2::Api").values()))
        condition, configuration, otherwise = api["Properties"]["Body"]["x-amazon-apigateway-cors"]["Fn::If"]
        self.assertEqual(otherwise, {"Ref": "AWS::NoValue"})
        return condition, configuration["allowOrigins"]

    def test_they_are_a_list_that_is_split_at_deployment(self):
        origins = "https://a.example.com,https://b.example.com"
        self.assertEqual(self.allowed(f"CorsOrigins={origins}"), ("HasCors", {"Fn::Split": [",", origins]}))


class Roles(unittest.TestCase):
    def test_the_transform_adds_no_role_but_that_of_the_rollout(self):
        added = [
            resource["Properties"].get("ManagedPolicyArns")
            for name, resource in of_type(transformed(), "AWS::IAM::Role").items()
            if name not in ("ShareRole", "GenerateRole", "RevealRole", "ReceiptRole", "StatusRole", "PageRole")
        ]
        self.assertEqual(len(added), 1)
        self.assertIn("AWSCodeDeployRoleForLambda", json.dumps(added))


if __name__ == "__main__":
    unittest.main()
