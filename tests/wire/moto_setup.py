"""Starts moto on a free loopback port, creates what the wire suite needs, prints one line of JSON,
and serves until its standard input closes: it cannot outlive the test that started it."""

import io
import json
import sys
import zipfile

import boto3
from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer

REGION = "us-east-1"


def client(service, endpoint):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="SIMULATED",
        aws_secret_access_key="simulated",
    )


def code():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("main.py", "def handler(event, context):\n    return event\n")
    return archive.getvalue()


def create(functions, role, name, **more):
    functions.create_function(
        FunctionName=name,
        Runtime="python3.12",
        Role=role,
        Handler="main.handler",
        Code={"ZipFile": code()},
        Timeout=7,
        **more,
    )


def main():
    # Without docker moto answers invocations with a fixed payload and no log.
    default_user_config["lambda"]["use_docker"] = False
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    role = client("iam", endpoint).create_role(
        RoleName="wire", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]["Arn"]
    functions = client("lambda", endpoint)
    create(functions, role, "wire", MemorySize=1024, Environment={"Variables": {"B": "2", "A": "1"}})
    create(functions, role, "arm", MemorySize=256, Architectures=["arm64"], Description="on Arm")
    print(json.dumps({"endpoint": endpoint, "function": "wire"}), flush=True)
    sys.stdin.read()
    server.stop()


main()
