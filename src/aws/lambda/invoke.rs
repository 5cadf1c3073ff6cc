//! One synchronous invocation.

use futures::FutureExt;
use std::time::Duration;

use aws_sdk_lambda::operation::RequestId;
use aws_sdk_lambda::operation::invoke::InvokeOutput;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::{InvocationType, LogType};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::time::Instant;

use super::LambdaClient;
use crate::aws::AwsError;
use crate::aws::explain::{explain, too_late};
use crate::lambda::FunctionRef;

/// What an invocation gave back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvokeResponse {
    /// AWS's request id; the records in the log carry it.
    pub request_id: String,
    /// `Handled` or `Unhandled`, when the function failed; the payload then describes the error.
    pub function_error: Option<String>,
    /// What the function returned.
    pub payload: Vec<u8>,
    /// The last 4 KB of the invocation's log; can begin within a line, and is not always UTF-8.
    pub log_tail: Vec<u8>,
    /// The version that ran.
    pub executed_version: String,
    /// From sending to the answer, as this machine's clock saw it.
    pub elapsed: Duration,
}

impl LambdaClient {
    /// Invokes the function, or the version or alias its qualifier names, and waits for the result.
    /// Never repeated: an invocation has effects.
    ///
    /// # Errors
    /// [`AwsError::TimedOut`] after `limit`. An error of the function itself is no error here but
    /// [`InvokeResponse::function_error`].
    pub async fn invoke(
        &self,
        function: &FunctionRef,
        payload: Vec<u8>,
        limit: Duration,
    ) -> Result<InvokeResponse, AwsError> {
        let request = self
            .invoker
            .invoke()
            .function_name(function.target())
            .set_qualifier(function.qualifier().map(str::to_owned))
            .invocation_type(InvocationType::RequestResponse)
            .log_type(LogType::Tail)
            .payload(Blob::new(payload));
        let call = || self.call("Invoke", function);
        let start = Instant::now();
        match tokio::time::timeout(limit, request.send().boxed()).await {
            Ok(Ok(answer)) => Ok(read(answer, start.elapsed())),
            Ok(Err(error)) => Err(explain(call(), error)),
            Err(elapsed) => Err(too_late(call(), limit, elapsed)),
        }
    }
}

fn read(answer: InvokeOutput, elapsed: Duration) -> InvokeResponse {
    let log = answer.log_result.as_deref().unwrap_or_default();
    InvokeResponse {
        request_id: answer.request_id().unwrap_or_default().to_owned(),
        function_error: answer.function_error,
        payload: answer.payload.map(Blob::into_inner).unwrap_or_default(),
        log_tail: STANDARD.decode(log).unwrap_or_default(),
        executed_version: answer.executed_version.unwrap_or_default(),
        elapsed,
    }
}
