//! The Lambda client: one method per call iacstone makes, own types in and out.
//!
//! Nothing here retries; whoever calls knows whether a repeat is harmless ([`AwsError`] says so).

use std::sync::Arc;

use aws_config::SdkConfig;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};

use super::call::{AwsCall, CallerAccount};
use super::describe::{Describe, Misfit};
use super::explain::{explain, garbled};
use super::{AwsError, transport};
use crate::lambda::Function;

mod change;
mod invoke;
mod read;

pub use invoke::InvokeResponse;
pub use read::{Alias, FunctionPage};

/// The Lambda calls of one session; clones are cheap.
#[derive(Debug, Clone)]
pub struct LambdaClient {
    client: Client,
    invoker: Client,
    account: Arc<CallerAccount>,
}

impl LambdaClient {
    pub(super) fn new(config: &SdkConfig, account: Arc<CallerAccount>) -> Self {
        let patient = aws_sdk_lambda::config::Builder::from(config)
            .timeout_config(transport::invoke_limits())
            .build();
        Self {
            client: Client::new(config),
            invoker: Client::from_conf(patient),
            account,
        }
    }

    fn call(&self, operation: &'static str, subject: &dyn std::fmt::Display) -> AwsCall {
        AwsCall::new(&self.account, operation, subject)
    }
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
