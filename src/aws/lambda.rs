//! The Lambda client: one method per call iacstone makes, own types in and out. Here it invokes; the calls of the control
//! plane stand beside it, by whether they look or change.
//!
//! Nothing here retries; whoever calls knows whether a repeat is harmless ([`AwsError`] says so).

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_lambda::operation::RequestId;
use aws_sdk_lambda::operation::invoke::InvokeOutput;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::{InvocationType, LogType, ResponseStreamingInvocationType};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::FutureExt;
use tokio::time::Instant;

use super::call::{AwsCall, CallerAccount};
use super::describe::{Describe, Misfit};
use super::error::AwsError;
use super::explain::{explain, garbled, too_late};
use super::session_config::SessionConfig;
use super::transport;
use crate::lambda::{Function, FunctionRef};

mod change;
mod read;
mod stream;

pub use read::{Alias, FunctionPage};

/// The Lambda calls of one session; clones are cheap.
#[derive(Debug, Clone)]
pub struct LambdaClient {
    client: Client,
    /// The client for invocations: a function may take its time.
    invoker: Client,
    account: Arc<CallerAccount>,
}

impl LambdaClient {
    pub(super) fn new(config: &SessionConfig) -> Self {
        let patient = aws_sdk_lambda::config::Builder::from(config.sdk())
            .timeout_config(transport::invoke_limits())
            .build();
        Self {
            client: Client::new(config.sdk()),
            invoker: Client::from_conf(patient),
            account: config.account(),
        }
    }

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
        self.invoke_for(function, None, payload, limit).await
    }

    /// The same for a tenant, of a function that keeps its tenants apart.
    ///
    /// # Errors
    /// Those of [`Self::invoke`].
    pub async fn invoke_for(
        &self,
        function: &FunctionRef,
        tenant: Option<&str>,
        payload: Vec<u8>,
        limit: Duration,
    ) -> Result<InvokeResponse, AwsError> {
        let request = self
            .invoker
            .invoke()
            .function_name(function.target())
            .set_qualifier(function.qualifier().map(str::to_owned))
            .set_tenant_id(tenant.map(str::to_owned))
            .invocation_type(InvocationType::RequestResponse)
            .log_type(LogType::Tail)
            .payload(Blob::new(payload));
        let call = || self.call("Invoke", function);
        let start = Instant::now();
        match tokio::time::timeout(limit, request.send().boxed()).await {
            Ok(Ok(answer)) => Ok(response(answer, start.elapsed())),
            Ok(Err(error)) => Err(explain(call(), error)),
            Err(elapsed) => Err(too_late(call(), limit, elapsed)),
        }
    }

    /// Invokes like [`Self::invoke_for`], and takes the answer as the stream it is written in.
    ///
    /// # Errors
    /// Those of [`Self::invoke`]; an answer that breaks off is [`AwsError::Unreachable`] or [`AwsError::Garbled`].
    pub async fn invoke_streaming(
        &self,
        function: &FunctionRef,
        tenant: Option<&str>,
        payload: Vec<u8>,
        limit: Duration,
    ) -> Result<InvokeResponse, AwsError> {
        let request = self
            .invoker
            .invoke_with_response_stream()
            .function_name(function.target())
            .set_qualifier(function.qualifier().map(str::to_owned))
            .set_tenant_id(tenant.map(str::to_owned))
            .invocation_type(ResponseStreamingInvocationType::RequestResponse)
            .log_type(LogType::Tail)
            .payload(Blob::new(payload));
        let call = AwsCall::new(&self.account, "InvokeWithResponseStream", function);
        stream::whole(call, request, limit).await
    }

    fn call(&self, operation: &'static str, subject: &dyn std::fmt::Display) -> AwsCall {
        AwsCall::new(&self.account, operation, subject)
    }
}

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
    /// The durable execution that it began, of a durable function.
    pub durable_execution: Option<String>,
    /// From sending to the answer, as this machine's clock saw it.
    pub elapsed: Duration,
}

/// The function in an answer, or why there is none.
fn known<T, E>(call: AwsCall, answer: Result<T, SdkError<E>>) -> Result<Function, AwsError>
where
    T: Describe,
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match answer {
        Ok(found) => found.describe().map_err(|misfit| match misfit {
            Misfit::Nameless => garbled(call, "the function has no name"),
            Misfit::Memory(megabytes) => AwsError::Unsupported { call, megabytes },
        }),
        Err(error) => Err(explain(call, error)),
    }
}

/// The end of a log, as it comes.
fn decoded(log: &str) -> Vec<u8> {
    STANDARD.decode(log).unwrap_or_default()
}

fn response(answer: InvokeOutput, elapsed: Duration) -> InvokeResponse {
    let log = answer.log_result.as_deref().unwrap_or_default();
    InvokeResponse {
        request_id: answer.request_id().unwrap_or_default().to_owned(),
        function_error: answer.function_error,
        payload: answer.payload.map(Blob::into_inner).unwrap_or_default(),
        log_tail: decoded(log),
        executed_version: answer.executed_version.unwrap_or_default(),
        durable_execution: answer.durable_execution_arn,
        elapsed,
    }
}
