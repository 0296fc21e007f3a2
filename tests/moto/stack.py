"""Table and key of template.yaml, and a mail identity, made in an AWS."""

import json
import pathlib

import boto3
import yaml

TEMPLATE = pathlib.Path(__file__).parents[2] / "template.yaml"
MAIL_SENDER = "secrets@readonce.example"
TABLE = "readonce"
REGION = "us-east-1"
CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
# What the references in the two resources stand for.
REFERENCES = {
    "Table": TABLE,
    "AWS::StackName": "readonce",
    "AWS::Partition": "aws",
    "AWS::AccountId": "123456789012",
}


class Loader(yaml.SafeLoader):
    """Knows !Ref and !Sub; all else stays a tag and its node."""


def _intrinsic(loader, tag, node):
    if tag == "Ref":
        return REFERENCES.get(node.value, f"${{{node.value}}}")
    if tag == "Sub" and isinstance(node, yaml.ScalarNode):
        text = node.value
        for name, value in REFERENCES.items():
            text = text.replace(f"${{{name}}}", value)
        return text
    return {tag: None}


Loader.add_multi_constructor("!", _intrinsic)


def client(name, origin):
    return boto3.client(name, endpoint_url=origin, region_name=REGION, **CREDENTIALS)


def make(origin):
    """The environment of a program that uses them."""
    resources = yaml.load(TEMPLATE.read_text(), Loader)["Resources"]
    table = dict(resources["Table"]["Properties"])
    time_to_live = table.pop("TimeToLiveSpecification")
    backups = table.pop("PointInTimeRecoverySpecification")
    encryption = table.pop("SSESpecification")
    # CreateTable calls it otherwise.
    table["SSESpecification"] = {"Enabled": encryption["SSEEnabled"]}
    dynamodb = client("dynamodb", origin)
    dynamodb.create_table(TableName=TABLE, **table)
    dynamodb.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=time_to_live)
    dynamodb.update_continuous_backups(TableName=TABLE, PointInTimeRecoverySpecification=backups)
    key = resources["Key"]["Properties"]
    kms = client("kms", origin)
    made = kms.create_key(Policy=json.dumps(key["KeyPolicy"]), Description=key["Description"])["KeyMetadata"]
    if key["EnableKeyRotation"]:
        kms.enable_key_rotation(KeyId=made["KeyId"])
    client("sesv2", origin).create_email_identity(EmailIdentity=MAIL_SENDER)
    return {
        "TABLE_NAME": TABLE,
        "KMS_KEY_ID": made["Arn"],
        "MAIL_SENDER": MAIL_SENDER,
        "AWS_ENDPOINT_URL": origin,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
