//! The calls that change the account. Each names what it expects to find, where AWS can check that.

use super::{Alias, LambdaClient, known};
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, refused};
use crate::lambda::{Function, FunctionRef, MemoryMb};
use futures::FutureExt;

impl LambdaClient {
    /// Sets the memory size of `$LATEST`, and its description when there is one, if the function still has this revision.
    ///
    /// # Errors
    /// [`AwsError::Changed`] for another revision, [`AwsError::Conflict`] while an update runs,
    /// [`AwsError::Refused`] above the account's memory limit.
    pub async fn set_memory(
        &self,
        function: &FunctionRef,
        memory: MemoryMb,
        description: Option<&str>,
        revision: &str,
    ) -> Result<Function, AwsError> {
        let call = self.call("UpdateFunctionConfiguration", function);
        let request = self.client.update_function_configuration();
        let changed = request
            .function_name(function.target())
            .set_memory_size(i32::try_from(memory.megabytes()).ok())
            .set_description(description.map(str::to_owned))
            .set_revision_id(given(revision))
            .send()
            .boxed()
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
            .boxed()
            .await;
        known(call, published)
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
            .boxed()
            .await
            .map(|_| ())
            .map_err(|error| explain(call, error))
    }

    /// Points an alias at a version, if it still is as it was seen; makes the alias when there was none.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such function or version, [`AwsError::Changed`] when the alias was changed
    /// since.
    pub async fn point_alias(
        &self,
        function: &FunctionRef,
        alias: &str,
        seen: Option<&Alias>,
        version: &str,
    ) -> Result<(), AwsError> {
        let Some(seen) = seen else {
            let request = self.client.create_alias();
            let request = request.function_name(function.target()).name(alias);
            let sent = request.function_version(version).send().boxed().await;
            let call = || self.call("CreateAlias", &function.qualified(alias));
            return sent.map(|_| ()).map_err(|error| explain(call(), error));
        };
        let request = self.client.update_alias();
        let request = request.function_name(function.target()).name(alias);
        let request = request.set_revision_id(given(&seen.revision));
        let sent = request.function_version(version).send().boxed().await;
        let call = || self.call("UpdateAlias", &function.qualified(alias));
        sent.map(|_| ()).map_err(|error| explain(call(), error))
    }
}

/// A condition, unless the answer it comes from left it away.
fn given(condition: &str) -> Option<String> {
    (!condition.is_empty()).then(|| condition.to_owned())
}
