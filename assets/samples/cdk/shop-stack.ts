import * as cdk from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

// The sample app of the demo account.
export class ShopStack extends cdk.Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    const reads = new lambda.Function(this, 'Reads', {
      functionName: 'dynamodb-reads',
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset('functions/reads'),
      memorySize: 256, // reads three items
    });

    const download = new lambda.Function(this, 'Download', {
      functionName: 's3-download',
      runtime: lambda.Runtime.PYTHON_3_13,
      handler: 'app.handler',
      code: lambda.Code.fromAsset('functions/download'),
      memorySize: 512,
    });

    new logs.LogGroup(this, 'ReadsLogs', { logGroupName: '/aws/lambda/dynamodb-reads' });
    new logs.LogGroup(this, 'DownloadLogs', { logGroupName: '/aws/lambda/s3-download' });

    new cdk.CfnOutput(this, 'ReadsArn', { value: reads.functionArn });
    new cdk.CfnOutput(this, 'DownloadArn', { value: download.functionArn });
    new cdk.CfnOutput(this, 'TableName', { value: 'orders' });
    new cdk.CfnOutput(this, 'BucketName', { value: 'demo-downloads' });
  }
}
