"""The lock around moto's table. Run by .ci/run, with unittest."""

import concurrent.futures
import threading
import unittest
from unittest import mock

import boto3
from moto.dynamodb.models.table import Table
from server import Moto

WRITERS = 4


def conditional_writes(lock_table):
    """How many of WRITERS that write one new row at once succeed."""
    moto = Moto(lock_table)
    client = boto3.client(
        "dynamodb",
        endpoint_url=moto.origin,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    name = f"locked-{lock_table}"
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    )
    # Each writer, having read the row for its condition, waits for the others;
    # behind a lock there are none, and it goes on alone.
    all_have_read = threading.Barrier(WRITERS)
    read = Table.get_item

    def read_and_wait(*arguments, **named):
        row = read(*arguments, **named)
        try:
            all_have_read.wait(timeout=0.5)
        except threading.BrokenBarrierError:
            pass
        return row

    def write(_):
        try:
            client.put_item(
                TableName=name, Item={"pk": {"S": "row"}}, ConditionExpression="attribute_not_exists(pk)"
            )
            return True
        except client.exceptions.ConditionalCheckFailedException:
            return False

    try:
        with mock.patch.object(Table, "get_item", read_and_wait):
            with concurrent.futures.ThreadPoolExecutor(WRITERS) as writers:
                return sum(writers.map(write, range(WRITERS)))
    finally:
        moto.stop()


class Lock(unittest.TestCase):
    def test_one_of_several_conditional_writes_succeeds(self):
        self.assertEqual(conditional_writes(lock_table=True), 1)

    def test_without_the_lock_several_do(self):
        """If this fails, moto has a lock of its own, and ours can go."""
        self.assertGreater(conditional_writes(lock_table=False), 1)


if __name__ == "__main__":
    unittest.main()
