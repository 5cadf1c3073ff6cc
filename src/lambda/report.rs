//! REPORT records: what AWS Lambda writes about each invocation, in text and in JSON.
