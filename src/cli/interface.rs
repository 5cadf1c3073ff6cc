//! The terminal interface.

use std::collections::BTreeMap;

use super::office::Office;
use super::{Answer, Failure};
use crate::terminal::Terminal;

/// Opens the interface on the office's account and data.
///
/// # Errors
/// Exit code 2 when there is no terminal to draw on.
pub(super) fn run(office: Office, variables: &BTreeMap<String, String>) -> Result<Answer, Failure> {
    drop(office);
    Terminal::enter(variables).map_err(Failure::usage)?;
    Err(Failure::work(
        "this build holds the headless commands only; see `iacstone --help`",
    ))
}
