"""Drives CloudWatch Logs with boto3: boto3_logs.py http://127.0.0.1:PORT [--shared]

Checks what boto3 sees of the API and leaves the account as it was. With --shared only what moto answers as AWS
does is checked. Exits with a traceback at the first difference.

Live Tail puts 'stream-' before the host, which a loopback address cannot have: a client for it says
Config(inject_host_prefix=False).
"""

import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

GROUP = "/wire/boto3"
STREAM = "one"
HOUR = 3_600_000


def client(url):
    config = Config(
        retries={"total_max_attempts": 1}, inject_host_prefix=False, read_timeout=20
    )
    return boto3.client(
        "logs",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=config,
    )


def refused(code, call, **arguments):
    """Checks that a call ends in this error with status 400, and returns AWS's words."""
    try:
        call(**arguments)
    except ClientError as error:
        answer = error.response
        assert answer["Error"]["Code"] == code, answer
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400, answer
        assert answer["Error"]["Message"], answer
        return answer["Error"]["Message"]
    raise AssertionError(f"{call.__name__} did not end in {code}")


def now_ms():
    return int(time.time() * 1000)


def check_making(api):
    api.create_log_group(logGroupName=GROUP)
    refused("ResourceAlreadyExistsException", api.create_log_group, logGroupName=GROUP)
    stream = {"logGroupName": GROUP, "logStreamName": STREAM}
    api.create_log_stream(**stream)
    refused("ResourceAlreadyExistsException", api.create_log_stream, **stream)
    refused(
        "ResourceNotFoundException",
        api.create_log_stream,
        logGroupName="/wire/nothing",
        logStreamName="x",
    )
    found = api.describe_log_groups(logGroupNamePrefix=GROUP)["logGroups"]
    assert [group["logGroupName"] for group in found] == [GROUP], found
    assert found[0]["arn"].endswith(f":log-group:{GROUP}:*"), found
    streams = api.describe_log_streams(logGroupName=GROUP)["logStreams"]
    assert [stream["logStreamName"] for stream in streams] == [STREAM], streams
    assert streams[0]["arn"].endswith(f":log-group:{GROUP}:log-stream:{STREAM}"), streams


def check_putting(api):
    stream = {"logGroupName": GROUP, "logStreamName": STREAM}
    start = now_ms() - 1000
    events = [{"timestamp": start + n, "message": f"n={n} kettle ☕"} for n in range(25)]
    put = api.put_log_events(logEvents=events, **stream)
    assert "rejectedLogEventsInfo" not in put, put
    refused(
        "InvalidParameterException",
        api.put_log_events,
        logEvents=list(reversed(events)),
        **stream,
    )
    refused(
        "ResourceNotFoundException",
        api.put_log_events,
        logGroupName=GROUP,
        logStreamName="nothing",
        logEvents=events,
    )
    ahead = [{"timestamp": now_ms() + 3 * HOUR, "message": "too new"}]
    put = api.put_log_events(logEvents=ahead, **stream)
    assert put["rejectedLogEventsInfo"]["tooNewLogEventStartIndex"] == 0, put
    behind = [{"timestamp": now_ms() - 15 * 24 * HOUR, "message": "too old"}]
    put = api.put_log_events(logEvents=behind, **stream)
    assert "tooOldLogEventEndIndex" in put["rejectedLogEventsInfo"], put
    return [event["message"] for event in events], start


def check_reading(api, messages, start):
    pages = api.get_paginator("filter_log_events").paginate(
        logGroupName=GROUP, startTime=start, PaginationConfig={"PageSize": 10}
    )
    events = [event for page in pages for event in page["events"]]
    assert [event["message"] for event in events] == messages, events
    assert len({event["eventId"] for event in events}) == len(messages)
    assert all(event["logStreamName"] == STREAM for event in events)
    assert all(event["ingestionTime"] >= start for event in events)
    one = api.filter_log_events(logGroupName=GROUP, filterPattern='"n=7 "')["events"]
    assert [event["message"] for event in one] == [messages[7]], one
    found = walk(api, startFromHead=True)
    assert found == messages, found
    newest = api.get_log_events(logGroupName=GROUP, logStreamName=STREAM, limit=3)
    assert [event["message"] for event in newest["events"]] == messages[-3:], newest
    refused(
        "ResourceNotFoundException",
        api.get_log_events,
        logGroupName=GROUP,
        logStreamName="nothing",
    )
    refused("ResourceNotFoundException", api.filter_log_events, logGroupName="/wire/nothing")


def walk(api, **arguments):
    """Reads a stream forward until the token repeats."""
    found, token = [], None
    while True:
        more = {"nextToken": token} if token else {}
        page = api.get_log_events(
            logGroupName=GROUP, logStreamName=STREAM, limit=10, **arguments, **more
        )
        found += [event["message"] for event in page["events"]]
        if page["nextForwardToken"] == token:
            return found
        token = page["nextForwardToken"]


def check_demo(api, messages, start):
    # The end does not count; moto counts it.
    before = api.get_log_events(
        logGroupName=GROUP, logStreamName=STREAM, startFromHead=True, endTime=start + 5
    )
    assert [event["message"] for event in before["events"]] == messages[:5], before
    names = [
        group["logGroupName"]
        for page in api.get_paginator("describe_log_groups").paginate(
            PaginationConfig={"PageSize": 7}
        )
        for group in page["logGroups"]
    ]
    assert len(names) == 24 and names == sorted(names), names
    refused(
        "InvalidParameterException",
        api.describe_log_groups,
        logGroupNamePrefix="/",
        logGroupNamePattern="a",
    )
    newest = api.filter_log_events(
        logGroupName="/demo/firehose", startFromHead=False, limit=50
    )["events"]
    assert len(newest) == 50 and now_ms() - newest[0]["timestamp"] < 30_000, newest[0]
    report = api.filter_log_events(
        logGroupName="/aws/lambda/hash-bun",
        filterPattern='"Init Duration"',
        startTime=now_ms() - 2 * HOUR,
        limit=1,
    )["events"][0]["message"]
    assert report.startswith("REPORT RequestId: "), report
    refused(
        "InvalidParameterException",
        api.filter_log_events,
        logGroupName="/demo/firehose",
        filterPattern="{ $.a = ",
    )
    message = refused(
        "InvalidOperationException", api.filter_log_events, logGroupName="/demo/archive"
    )
    assert message.endswith("is not supported for this log class."), message


def query(api, group, text):
    """Runs a query to its end and returns its rows with its statistics."""
    until = now_ms() // 1000
    started = api.start_query(
        logGroupName=group, startTime=until - 3600, endTime=until, queryString=text
    )
    for _ in range(200):
        answer = api.get_query_results(queryId=started["queryId"])
        if answer["status"] not in ("Scheduled", "Running"):
            assert answer["status"] == "Complete", answer
            return [
                {cell["field"]: cell["value"] for cell in row} for row in answer["results"]
            ], answer["statistics"]
        time.sleep(0.02)
    raise AssertionError(f"the query {text!r} did not end")


def check_queries(api):
    rows, statistics = query(api, "/demo/archive", "fields @message, @log | limit 2")
    assert len(rows) == 2, rows
    assert statistics["recordsMatched"] == statistics["recordsScanned"] > 2, statistics
    assert statistics["bytesScanned"] > statistics["recordsScanned"], statistics
    record = api.get_log_record(logRecordPointer=rows[0]["@ptr"])["logRecord"]
    assert record["@message"] == rows[0]["@message"], record
    assert record["@log"] == rows[0]["@log"], record
    listed = api.describe_queries(status="Complete")["queries"]
    assert any(one["logGroupName"] == "/demo/archive" for one in listed), listed
    try:
        query(api, "/demo/archive", "fields @message | pattern @message")
        raise AssertionError("the query was taken")
    except api.exceptions.MalformedQueryException as error:
        place = error.response["queryCompileError"]["location"]
        assert place == {"startCharOffset": 18, "endCharOffset": 19}, error.response


def check_upkeep(api):
    api.put_retention_policy(logGroupName=GROUP, retentionInDays=7)
    found = api.describe_log_groups(logGroupNamePrefix=GROUP)["logGroups"]
    assert found[0]["retentionInDays"] == 7, found
    api.delete_retention_policy(logGroupName=GROUP)
    found = api.describe_log_groups(logGroupNamePrefix=GROUP)["logGroups"]
    assert "retentionInDays" not in found[0], found
    api.delete_log_stream(logGroupName=GROUP, logStreamName=STREAM)
    assert api.describe_log_streams(logGroupName=GROUP)["logStreams"] == []
    assert api.filter_log_events(logGroupName=GROUP)["events"] == []


def arn(api, group):
    found = api.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    return found[0]["logGroupArn"]


def check_tailing(api):
    refused(
        "InvalidParameterException",
        api.start_live_tail,
        logGroupIdentifiers=[arn(api, GROUP) + ":*"],
    )
    stream = api.start_live_tail(
        logGroupIdentifiers=[arn(api, GROUP), arn(api, "/demo/firehose")]
    )["responseStream"]
    start = next(iter(stream))["sessionStart"]
    assert len(start["sessionId"]) == 36, start
    words = {"logGroupName": GROUP, "logStreamName": STREAM}
    api.put_log_events(logEvents=[{"timestamp": now_ms(), "message": "live ☕"}], **words)
    seen, sampled = [], False
    for count, event in enumerate(stream):
        update = event["sessionUpdate"]
        sampled = sampled or update["sessionMetadata"]["sampled"]
        seen += [row["logGroupIdentifier"] for row in update["sessionResults"]]
        if count == 2:
            break
    stream.close()
    assert sampled, "1,000 events a second are too many for one session"
    assert any(group.endswith(":/demo/firehose") for group in seen), seen[:3]
    quiet = api.start_live_tail(
        logGroupIdentifiers=[arn(api, GROUP)], logEventFilterPattern='"live"'
    )["responseStream"]
    next(iter(quiet))
    api.put_log_events(logEvents=[{"timestamp": now_ms(), "message": "live ☕"}], **words)
    rows = [
        row
        for _, event in zip(range(3), quiet)
        for row in event["sessionUpdate"]["sessionResults"]
    ]
    quiet.close()
    assert [row["message"] for row in rows] == ["live ☕"], rows
    assert rows[0]["logStreamName"] == STREAM, rows


def main():
    api = client(sys.argv[1])
    check_making(api)
    messages, start = check_putting(api)
    check_reading(api, messages, start)
    if "--shared" not in sys.argv:
        check_demo(api, messages, start)
        check_tailing(api)
        check_queries(api)
    check_upkeep(api)
    api.delete_log_group(logGroupName=GROUP)
    refused("ResourceNotFoundException", api.delete_log_group, logGroupName=GROUP)
    print("boto3 logs: all checks passed")


if __name__ == "__main__":
    main()
