//! The Lambda client: one method per call iacstone makes, own types in and out.
//!
//! Nothing here retries; whoever calls knows whether a repeat is harmless ([`AwsError`] says so).

use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::operation::get_alias::GetAliasError;

use super::call::{Account, Call};
use super::describe::Describe;
use super::explain::{explain, garbled, refused};
use super::{AwsError, transport};
use crate::lambda::{Function, FunctionRef, MemoryMb};

mod invoke;

pub use invoke::Invocation;

/// A page holds at most this many functions or versions; Lambda gives no more at once.
const PAGE: i32 = 50;

/// The Lambda calls of one session; clones are cheap.
#[derive(Debug, Clone)]
pub struct Lambda {
    client: Client,
    invoker: Client,
    account: Arc<Account>,
}

/// One page of the account's functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionPage {
    /// The functions, in AWS's order. Those whose memory size iacstone does not know are left out.
    pub functions: Vec<Function>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl Lambda {
    pub(super) fn new(config: &SdkConfig, account: Arc<Account>) -> Self {
        let patient = aws_sdk_lambda::config::Builder::from(config)
            .timeout_config(transport::invoke_limits())
            .build();
        Self {
            client: Client::new(config),
            invoker: Client::from_conf(patient),
            account,
        }
    }

    /// Lists functions, one page from `marker` on.
    ///
    /// # Errors
    /// [`AwsError`], as for every call.
    pub async fn functions(&self, marker: Option<String>) -> Result<FunctionPage, AwsError> {
        let request = self.client.list_functions().max_items(PAGE);
        let page = request
            .set_marker(marker)
            .send()
            .await
            .map_err(|error| explain(self.call("ListFunctions", &""), error))?;
        Ok(FunctionPage {
            functions: described(page.functions),
            next: page.next_marker.filter(|next| !next.is_empty()),
        })
    }

    /// Reads the configuration of a function, or of the version or alias its qualifier names.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such function or qualifier.
    pub async fn configuration(&self, function: &FunctionRef) -> Result<Function, AwsError> {
        let call = self.call("GetFunctionConfiguration", function);
        let request = self.client.get_function_configuration();
        let found = request
            .function_name(function.target())
            .set_qualifier(function.qualifier().map(str::to_owned))
            .send()
            .await;
        known(call, found)
    }

    /// Reads the reserved concurrency, if the function has one.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such function.
    pub async fn reserved_concurrency(
        &self,
        function: &FunctionRef,
    ) -> Result<Option<u32>, AwsError> {
        let request = self.client.get_function_concurrency();
        let found = request
            .function_name(function.target())
            .send()
            .await
            .map_err(|error| explain(self.call("GetFunctionConcurrency", function), error))?;
        Ok(found
            .reserved_concurrent_executions
            .and_then(|limit| u32::try_from(limit).ok()))
    }

    /// Sets the memory size of `$LATEST`, if the function still has this revision.
    ///
    /// # Errors
    /// [`AwsError::Changed`] for another revision, [`AwsError::Conflict`] while an update runs,
    /// [`AwsError::Refused`] above the account's memory limit.
    pub async fn set_memory(
        &self,
        function: &FunctionRef,
        memory: MemoryMb,
        revision: &str,
    ) -> Result<Function, AwsError> {
        let call = self.call("UpdateFunctionConfiguration", function);
        let request = self.client.update_function_configuration();
        let changed = request
            .function_name(function.target())
            .set_memory_size(i32::try_from(memory.megabytes()).ok())
            .set_revision_id(given(revision))
            .send()
            .await;
        known(call, changed)
    }

    /// Publishes `$LATEST`, if code and revision are still these. AWS answers with an existing
    /// version when nothing changed since that one was published.
    ///
    /// # Errors
    /// [`AwsError::Changed`] for other code or another revision.
    pub async fn publish(
        &self,
        function: &FunctionRef,
        code_sha256: &str,
        revision: &str,
        description: &str,
    ) -> Result<Function, AwsError> {
        let call = self.call("PublishVersion", function);
        let request = self.client.publish_version();
        let published = request
            .function_name(function.target())
            .set_code_sha256(given(code_sha256))
            .set_revision_id(given(revision))
            .description(description)
            .send()
            .await;
        known(call, published)
    }

    /// Lists all published versions, oldest first as AWS gives them, without `$LATEST`.
    ///
    /// # Errors
    /// [`AwsError::Garbled`] when the pages go round in a circle.
    pub async fn versions(&self, function: &FunctionRef) -> Result<Vec<Function>, AwsError> {
        let call = || self.call("ListVersionsByFunction", function);
        let mut versions = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let request = self.client.list_versions_by_function().max_items(PAGE);
            let page = request
                .function_name(function.target())
                .set_marker(marker.clone())
                .send()
                .await
                .map_err(|error| explain(call(), error))?;
            versions.extend(described(page.versions));
            match page.next_marker.filter(|next| !next.is_empty()) {
                None => break,
                Some(next) if marker.as_ref() == Some(&next) => {
                    return Err(garbled(call(), "the same page of versions came twice"));
                }
                next => marker = next,
            }
        }
        versions.retain(|version| version.version != "$LATEST");
        Ok(versions)
    }

    /// Deletes one published version.
    ///
    /// # Errors
    /// [`AwsError::Refused`], without asking AWS, for anything but a version number: the same call
    /// without one would delete the function. [`AwsError::Conflict`] when an alias points at it.
    pub async fn delete_version(
        &self,
        function: &FunctionRef,
        version: &str,
    ) -> Result<(), AwsError> {
        let call = self.call("DeleteFunction", &function.qualified(version));
        if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refused(call, "only a published version can be deleted"));
        }
        let request = self.client.delete_function();
        request
            .function_name(function.target())
            .qualifier(version)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| explain(call, error))
    }

    /// The version an alias points at, or `None` when there is no such alias.
    ///
    /// # Errors
    /// [`AwsError`], as for every call.
    pub async fn alias(
        &self,
        function: &FunctionRef,
        alias: &str,
    ) -> Result<Option<String>, AwsError> {
        let request = self.client.get_alias();
        let found = request
            .function_name(function.target())
            .name(alias)
            .send()
            .await;
        match found {
            Ok(found) => Ok(found.function_version),
            Err(error) if error.as_service_error().is_some_and(no_such_alias) => Ok(None),
            Err(error) => {
                let call = self.call("GetAlias", &function.qualified(alias));
                Err(explain(call, error))
            }
        }
    }

    /// Points an alias at a version; makes the alias when there is none.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such function or version.
    pub async fn point_alias(
        &self,
        function: &FunctionRef,
        alias: &str,
        version: &str,
    ) -> Result<(), AwsError> {
        if self.alias(function, alias).await?.is_some() {
            let request = self.client.update_alias();
            let request = request.function_name(function.target()).name(alias);
            let sent = request.function_version(version).send().await;
            let call = || self.call("UpdateAlias", &function.qualified(alias));
            return sent.map(|_| ()).map_err(|error| explain(call(), error));
        }
        let request = self.client.create_alias();
        let request = request.function_name(function.target()).name(alias);
        let sent = request.function_version(version).send().await;
        let call = || self.call("CreateAlias", &function.qualified(alias));
        sent.map(|_| ()).map_err(|error| explain(call(), error))
    }

    /// Invokes the function, or the version or alias its qualifier names, and waits for the result.
    /// Never repeated: an invocation has effects.
    ///
    /// # Errors
    /// [`AwsError::TimedOut`] after `limit`. An error of the function itself is no error here but
    /// [`Invocation::function_error`].
    pub async fn invoke(
        &self,
        function: &FunctionRef,
        payload: Vec<u8>,
        limit: Duration,
    ) -> Result<Invocation, AwsError> {
        let call = self.call("Invoke", function);
        invoke::invoke(&self.invoker, call, function, payload, limit).await
    }

    fn call(&self, operation: &'static str, subject: &dyn std::fmt::Display) -> Call {
        Call::new(&self.account, operation, subject)
    }
}

/// The function in an answer, or why there is none.
fn known<T, E>(
    call: Call,
    answer: Result<T, aws_sdk_lambda::error::SdkError<E>>,
) -> Result<Function, AwsError>
where
    T: Describe,
    E: aws_sdk_lambda::error::ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match answer {
        Ok(found) => found.describe().ok_or_else(|| {
            garbled(
                call,
                "it has no name, or a memory size outside 128 to 10240 MB",
            )
        }),
        Err(error) => Err(explain(call, error)),
    }
}

fn described<T: Describe>(page: Option<Vec<T>>) -> Vec<Function> {
    page.unwrap_or_default()
        .into_iter()
        .filter_map(Describe::describe)
        .collect()
}

/// Lambda says the same code for a missing alias and a missing function; only the words differ.
fn no_such_alias(error: &GetAliasError) -> bool {
    let words = aws_sdk_lambda::error::ProvideErrorMetadata::message(error).unwrap_or_default();
    error.is_resource_not_found_exception() && !words.starts_with("Function not found")
}

/// A condition, unless the answer it comes from left it away.
fn given(condition: &str) -> Option<String> {
    (!condition.is_empty()).then(|| condition.to_owned())
}
