import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// The sample app of the demo account.
const config = new pulumi.Config();

const reads = new aws.lambda.Function("dynamodb-reads", {
    name: "dynamodb-reads",
    runtime: "nodejs22.x",
    handler: "index.handler",
    role: "arn:aws:iam::123456789012:role/functions",
    memorySize: 256,
});

const download = new aws.lambda.Function("s3-download", {
    name: "s3-download",
    runtime: "python3.13",
    handler: "app.handler",
    role: "arn:aws:iam::123456789012:role/functions",
    memorySize: config.requireNumber("downloadMemory"),
});

new aws.cloudwatch.LogGroup("dynamodb-reads-logs", { name: "/aws/lambda/dynamodb-reads" });
new aws.cloudwatch.LogGroup("s3-download-logs", { name: "/aws/lambda/s3-download" });

export const readsArn = reads.arn;
export const downloadArn = download.arn;
export const tableName = "orders";
export const bucketName = "demo-downloads";
export const dbPassword = config.requireSecret("dbPassword");
