"""How many accounts there are, at a URL of its own and every morning in the log."""

import os

import boto3

database = boto3.client("dynamodb")


def handler(event, context):
    count = database.describe_table(TableName=os.environ["STP_ACCOUNTS_NAME"])["Table"]["ItemCount"]
    print(f"{count} accounts")
    return {"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": f"{count} accounts\n"}
