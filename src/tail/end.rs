//! What a tail leaves to say when it is over.

use crate::aws::AwsError;
use crate::logs::query::ScanCost;

/// How a tail ended.
#[derive(Debug, Default)]
pub struct TailEnd {
    /// Why groups were left out.
    pub left_out: Vec<AwsError>,
    /// What queries have read in all, and what that costs; `None` where there were none.
    pub scanned: Option<ScanCost>,
    /// Whether groups were not read to the end because queries had read as much as they may.
    pub is_cut: bool,
    /// Why it ended badly, if it did.
    pub failure: Option<AwsError>,
}

impl TailEnd {
    /// This end, unless it is a bad one.
    ///
    /// # Errors
    /// Why it ended badly.
    pub fn into_result(mut self) -> Result<Self, AwsError> {
        match self.failure.take() {
            Some(error) => Err(error),
            None => Ok(self),
        }
    }
}
