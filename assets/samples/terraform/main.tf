# The sample app of the demo account.
resource "aws_lambda_function" "reads" {
  function_name = "dynamodb-reads"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  filename      = "reads.zip"
  memory_size   = var.reads_memory
}

resource "aws_lambda_function" "download" {
  function_name = "s3-download"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "download.zip"
  memory_size   = 512
}

resource "aws_cloudwatch_log_group" "reads" {
  name = "/aws/lambda/dynamodb-reads"
}

resource "aws_cloudwatch_log_group" "download" {
  name = "/aws/lambda/s3-download"
}
