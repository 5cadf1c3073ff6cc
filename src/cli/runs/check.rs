//! `iacstone runs check`: whether the current size of a function costs clearly more than the recommended one.

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure, source, tune};
use crate::power::CostCheck;
use crate::power::summary::CheckSummary;

/// Checks a run.
///
/// # Errors
/// When the run is not there or damaged.
pub(super) async fn run(
    word: &str,
    percent: f64,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let run = source::saved_first(word, context).await?;
    let check = CostCheck::of(&run, percent);
    if context.json() {
        output.json(&CheckSummary::from(check))?;
    } else {
        output.data(&format!("{}\n", check.sentence()))?;
    }
    Ok(tune::exit_of_check(&check))
}
