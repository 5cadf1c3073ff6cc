//! All functions of the account, page by page; a page that fails for a passing reason is asked for again.

use crate::aws::{AwsError, LambdaClient};
use crate::lambda::Function;
use crate::task::{Backoff, retry};

/// The pages of a listing that were read, and whether there are more.
#[derive(Debug)]
pub struct Listing<'a> {
    lambda: &'a LambdaClient,
    markers: Vec<String>,
    has_ended: bool,
}

impl<'a> Listing<'a> {
    /// A listing from the first function on.
    #[must_use]
    pub const fn new(lambda: &'a LambdaClient) -> Self {
        Self {
            lambda,
            markers: Vec::new(),
            has_ended: false,
        }
    }

    /// The functions of the next page, or `None` after the last one.
    ///
    /// # Errors
    /// [`AwsError`] of a page that fails, [`AwsError::Garbled`] when the pages go round in a circle.
    pub async fn page(&mut self) -> Result<Option<Vec<Function>>, AwsError> {
        if self.has_ended {
            return Ok(None);
        }
        let read = || self.lambda.functions(&self.markers);
        let page = retry(Backoff::READS, AwsError::is_transient, read).await?;
        self.has_ended = page.next.is_none();
        self.markers.extend(page.next);
        Ok(Some(page.functions))
    }

    /// The functions of all pages that are left.
    ///
    /// # Errors
    /// Those of [`Self::page`].
    pub async fn rest(mut self) -> Result<Vec<Function>, AwsError> {
        let mut functions = Vec::new();
        while let Some(page) = self.page().await? {
            functions.extend(page);
        }
        Ok(functions)
    }
}
