//! The calls that only look.

use aws_sdk_lambda::error::ProvideErrorMetadata;
use aws_sdk_lambda::operation::get_alias::GetAliasError;
use aws_sdk_lambda::operation::get_provisioned_concurrency_config::GetProvisionedConcurrencyConfigError;
use futures::FutureExt;

use super::{LambdaClient, known};
use crate::aws::describe::Describe;
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, garbled};
use crate::lambda::{Function, FunctionRef};

/// A page holds at most this many functions or versions; Lambda gives no more at once.
const PAGE: i32 = 50;

/// One page of the account's functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionPage {
    /// The functions, in AWS's order. Those whose memory size iacstone does not know are left out.
    pub functions: Vec<Function>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// What an alias points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The version.
    pub version: String,
    /// The revision, for conditional updates.
    pub revision: String,
    /// Whether a part of the invocations goes to another version, as in a canary release.
    pub is_split: bool,
}

impl LambdaClient {
    /// Lists functions, one page from the last of `markers` on: those of the pages before, in order.
    ///
    /// # Errors
    /// [`AwsError::Garbled`] when the pages go round in a circle.
    pub async fn functions(&self, markers: &[String]) -> Result<FunctionPage, AwsError> {
        let call = || self.call("ListFunctions", &"");
        let request = self.client.list_functions().max_items(PAGE);
        let page = request
            .set_marker(markers.last().cloned())
            .send()
            .boxed()
            .await
            .map_err(|error| explain(call(), error))?;
        let next = page.next_marker.filter(|next| !next.is_empty());
        if next.as_ref().is_some_and(|next| markers.contains(next)) {
            return Err(garbled(call(), "the same page of functions came twice"));
        }
        Ok(FunctionPage {
            functions: described(page.functions),
            next,
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
            .boxed()
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
            .boxed()
            .await
            .map_err(|error| explain(self.call("GetFunctionConcurrency", function), error))?;
        Ok(found.reserved_concurrent_executions.and_then(counted))
    }

    /// Reads how many environments are provided all the time for the version or alias that the qualifier names, if any are.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such function or qualifier.
    pub async fn provisioned_concurrency(
        &self,
        function: &FunctionRef,
    ) -> Result<Option<u32>, AwsError> {
        let request = self.client.get_provisioned_concurrency_config();
        let found = request
            .function_name(function.target())
            .set_qualifier(function.qualifier().map(str::to_owned))
            .send()
            .boxed()
            .await;
        match found {
            Ok(found) => Ok(found
                .requested_provisioned_concurrent_executions
                .and_then(counted)),
            Err(error) if error.as_service_error().is_some_and(none_provisioned) => Ok(None),
            Err(error) => Err(explain(
                self.call("GetProvisionedConcurrencyConfig", function),
                error,
            )),
        }
    }

    /// Reads how many invocations may be under way at once in the account and region, without those that functions have
    /// reserved.
    ///
    /// # Errors
    /// [`AwsError`], as for every call.
    pub async fn unreserved_concurrency(&self) -> Result<Option<u32>, AwsError> {
        let asked = self.client.get_account_settings().send().boxed().await;
        let found = asked.map_err(|error| explain(self.call("GetAccountSettings", &""), error))?;
        let limit = found.account_limit;
        Ok(limit
            .and_then(|limit| limit.unreserved_concurrent_executions)
            .and_then(counted))
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
                .boxed()
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

    /// An alias, or `None` when there is none of this name.
    ///
    /// # Errors
    /// [`AwsError`], as for every call.
    pub async fn alias(
        &self,
        function: &FunctionRef,
        alias: &str,
    ) -> Result<Option<Alias>, AwsError> {
        let request = self.client.get_alias();
        let found = request
            .function_name(function.target())
            .name(alias)
            .send()
            .boxed()
            .await;
        match found {
            Ok(found) => Ok(Some(Alias {
                version: found.function_version.unwrap_or_default(),
                revision: found.revision_id.unwrap_or_default(),
                is_split: found
                    .routing_config
                    .and_then(|routing| routing.additional_version_weights)
                    .is_some_and(|weights| !weights.is_empty()),
            })),
            Err(error) if error.as_service_error().is_some_and(no_such_alias) => Ok(None),
            Err(error) => {
                let call = self.call("GetAlias", &function.qualified(alias));
                Err(explain(call, error))
            }
        }
    }
}

/// A count as AWS tells it; none that is below 0.
fn counted(count: i32) -> Option<u32> {
    u32::try_from(count).ok()
}

fn described<T: Describe>(page: Option<Vec<T>>) -> Vec<Function> {
    page.unwrap_or_default()
        .into_iter()
        .filter_map(|function| function.describe().ok())
        .collect()
}

/// Whether nothing is provisioned: Lambda says so with an error.
fn none_provisioned(error: &GetProvisionedConcurrencyConfigError) -> bool {
    error.is_provisioned_concurrency_config_not_found_exception()
}

/// Lambda says the same code for a missing alias and a missing function; only the words differ.
fn no_such_alias(error: &GetAliasError) -> bool {
    let words = error.message().unwrap_or_default();
    error.is_resource_not_found_exception() && !words.starts_with("Function not found")
}
