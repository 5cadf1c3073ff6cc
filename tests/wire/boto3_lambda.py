"""Drives the simulated account with boto3: boto3_lambda.py http://127.0.0.1:PORT

Checks what boto3 sees of the Lambda API and STS, and leaves the account as it was.
Exits with a traceback at the first difference from AWS.
"""

import base64
import io
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

FUNCTION = "busy"
WAIT = {"Delay": 0.05, "MaxAttempts": 200}


def client(service, url):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )


def refused(code, status, call, **arguments):
    """Checks that a call ends in this error, and returns AWS's words."""
    try:
        call(**arguments)
    except ClientError as error:
        answer = error.response
        assert answer["Error"]["Code"] == code, answer
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == status, answer
        assert answer["ResponseMetadata"]["RequestId"], answer
        assert answer["Error"]["Message"], answer
        return answer["Error"]["Message"]
    raise AssertionError(f"{call.__name__} did not end in {code}")


def check_reading(api):
    names = [
        function["FunctionName"]
        for page in api.get_paginator("list_functions").paginate(
            PaginationConfig={"PageSize": 4}
        )
        for function in page["Functions"]
    ]
    assert len(names) == 17 and FUNCTION in names, names
    function = api.get_function(FunctionName=FUNCTION)
    assert function["Concurrency"] == {"ReservedConcurrentExecutions": 20}
    configuration = function["Configuration"]
    assert configuration["State"] == "Active", configuration
    assert configuration["FunctionArn"].endswith(":function:busy"), configuration
    by_arn = api.get_function_configuration(
        FunctionName=configuration["FunctionArn"], Qualifier="prod"
    )
    assert by_arn["Version"] == "2", by_arn
    assert by_arn["FunctionArn"].endswith(":prod"), by_arn
    image = api.get_function(FunctionName="image-worker")
    assert image["Configuration"]["PackageType"] == "Image"
    assert "Runtime" not in image["Configuration"]
    concurrency = api.get_function_concurrency(FunctionName=FUNCTION)
    assert concurrency["ReservedConcurrentExecutions"] == 20
    limits = api.get_account_settings()["AccountLimit"]
    assert limits["UnreservedConcurrentExecutions"] == 980, limits


def check_update(api, memory):
    revision = api.get_function_configuration(FunctionName=FUNCTION)["RevisionId"]
    updated = api.update_function_configuration(
        FunctionName=FUNCTION, MemorySize=memory, RevisionId=revision
    )
    assert updated["LastUpdateStatus"] == "InProgress", updated
    assert updated["MemorySize"] == memory and updated["RevisionId"] != revision
    refused(
        "ResourceConflictException",
        409,
        api.update_function_configuration,
        FunctionName=FUNCTION,
        MemorySize=memory,
    )
    api.get_waiter("function_updated_v2").wait(
        FunctionName=FUNCTION, WaiterConfig=WAIT
    )
    refused(
        "PreconditionFailedException",
        412,
        api.update_function_configuration,
        FunctionName=FUNCTION,
        MemorySize=memory,
        RevisionId=revision,
    )


def check_versions(api):
    code = api.get_function_configuration(FunctionName=FUNCTION)["CodeSha256"]
    refused(
        "InvalidParameterValueException",
        400,
        api.publish_version,
        FunctionName=FUNCTION,
        CodeSha256="AAAA",
    )
    published = api.publish_version(
        FunctionName=FUNCTION, CodeSha256=code, Description="by boto3"
    )
    version = published["Version"]
    assert published["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert published["Description"] == "by boto3", published
    again = api.publish_version(FunctionName=FUNCTION, Description="other")
    assert again["Version"] == version, again
    api.get_waiter("published_version_active").wait(
        FunctionName=FUNCTION, Qualifier=version, WaiterConfig=WAIT
    )
    listed = api.list_versions_by_function(FunctionName=FUNCTION)["Versions"]
    assert [v["Version"] for v in listed] == ["$LATEST", "1", "2", "3", version]
    return version


def check_invocation(api, version):
    answer = api.invoke(
        FunctionName=FUNCTION,
        Qualifier=version,
        LogType="Tail",
        Payload=json.dumps({"n": 1}),
    )
    assert answer["StatusCode"] == 200 and "FunctionError" not in answer, answer
    assert answer["ExecutedVersion"] == version
    assert json.load(answer["Payload"]) == {"statusCode": 200}
    log = base64.b64decode(answer["LogResult"]).decode()
    request = answer["ResponseMetadata"]["RequestId"]
    assert f"START RequestId: {request} Version: {version}" in log, log
    assert f"REPORT RequestId: {request}\tDuration: " in log, log
    assert "\tInit Duration: " in log, log
    event = api.invoke(FunctionName=FUNCTION, InvocationType="Event")
    assert event["StatusCode"] == 202, event
    dry = api.invoke(FunctionName=FUNCTION, InvocationType="DryRun")
    assert dry["StatusCode"] == 204, dry
    refused(
        "InvalidRequestContentException",
        400,
        api.invoke,
        FunctionName=FUNCTION,
        Payload=io.BytesIO(b"{"),
    )


def check_stream(api):
    answer = api.invoke_with_response_stream(FunctionName="no-op", LogType="Tail")
    events = list(answer["EventStream"])
    chunks = b"".join(e["PayloadChunk"]["Payload"] for e in events if "PayloadChunk" in e)
    assert json.loads(chunks) == {"statusCode": 200}, events
    complete = events[-1]["InvokeComplete"]
    assert b"REPORT RequestId" in base64.b64decode(complete["LogResult"]), complete


def check_aliases(api, version):
    name = {"FunctionName": FUNCTION, "Name": "boto3"}
    alias = api.create_alias(FunctionVersion=version, **name)
    assert alias["AliasArn"].endswith(":function:busy:boto3"), alias
    refused("ResourceConflictException", 409, api.create_alias, FunctionVersion="1", **name)
    message = refused(
        "ResourceConflictException",
        409,
        api.delete_function,
        FunctionName=FUNCTION,
        Qualifier=version,
    )
    assert message.endswith("reference it: [boto3]"), message
    moved = api.update_alias(
        FunctionVersion="1",
        RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}},
        **name,
    )
    assert moved["RoutingConfig"]["AdditionalVersionWeights"] == {"2": 0.5}, moved
    assert api.get_alias(**name)["FunctionVersion"] == "1"
    names = [a["Name"] for a in api.list_aliases(FunctionName=FUNCTION)["Aliases"]]
    assert names == ["RAM512", "boto3", "prod"], names
    api.delete_alias(**name)
    refused("ResourceNotFoundException", 404, api.get_alias, **name)


def check_errors(api):
    refused("ResourceNotFoundException", 404, api.get_function, FunctionName="nothing")
    refused(
        "ResourceNotFoundException", 404, api.get_function, FunctionName="busy:nothing"
    )
    refused(
        "ValidationException",
        400,
        api.update_function_configuration,
        FunctionName=FUNCTION,
        MemorySize=20000,
    )
    refused(
        "InvalidParameterValueException",
        400,
        api.delete_function,
        FunctionName=FUNCTION,
        Qualifier="$LATEST",
    )


def main():
    url = sys.argv[1]
    identity = client("sts", url).get_caller_identity()
    assert identity["Account"] == "123456789012", identity
    api = client("lambda", url)
    check_reading(api)
    check_update(api, 1024)
    version = check_versions(api)
    check_invocation(api, version)
    check_stream(api)
    check_aliases(api, version)
    api.delete_function(FunctionName=FUNCTION, Qualifier=version)
    check_update(api, 256)
    check_errors(api)
    print("boto3: all checks passed")


if __name__ == "__main__":
    main()
