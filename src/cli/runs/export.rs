//! `iacstone runs export`.

use std::path::Path;

use super::super::args::RunFormat;
use super::super::context::CommandContext;
use super::super::output::{Output, json_document};
use super::super::{CommandExit, CommandFailure};
use crate::jobs::write_new;
use crate::power::{BillingStep, ReferenceOutput, Run, RunState};

/// Writes a run to a new file, or to standard output for `-`.
///
/// # Errors
/// When there is no such run, the format cannot hold it, or the file exists or cannot be written.
pub(super) async fn run(
    word: &str,
    file: &Path,
    format: RunFormat,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let run = context
        .store()?
        .runs()
        .find(word)
        .await
        .map_err(CommandFailure::work)?;
    let text = text(&run, format)?;
    if file == Path::new("-") {
        output.data(&text)?;
        return Ok(CommandExit::Done);
    }
    write_new(&text, file).map_err(CommandFailure::work)?;
    output.note(format!(
        "Run {} was written to '{}'.",
        run.id,
        file.display()
    ));
    Ok(CommandExit::Done)
}

fn text(run: &Run, format: RunFormat) -> Result<String, CommandFailure> {
    let curve = || run.curve(BillingStep::AsMeasured);
    match format {
        RunFormat::Iacstone => Ok(run.export()),
        RunFormat::Csv => Ok(curve().csv()),
        RunFormat::Link => Ok(format!("{}\n", curve().link())),
        RunFormat::Reference => {
            let result = ReferenceOutput::of(run, true).ok_or_else(|| {
                let (id, why) = (&run.id, without_output(run));
                CommandFailure::work(format!(
                    "run {id} {why}; export it as 'iacstone', 'link' or 'csv'"
                ))
            })?;
            json_document(&result)
        }
    }
}

/// Why the reference tool's output cannot be made from a run.
fn without_output(run: &Run) -> &'static str {
    let Some(measured) = run.measured() else {
        return "has no samples to make the reference tool's output from";
    };
    match measured.state {
        RunState::CutOff => "was cut off, and the reference tool's output needs a pick",
        RunState::Cancelled => "was cancelled, and the reference tool's output needs a pick",
        RunState::Failed(_) => "failed, and the reference tool's output needs a pick",
        _ if measured.plan.dry_run => "was a dry run, and the reference tool's output needs a pick",
        _ => "picks no size, and the reference tool's output needs a pick",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture;

    #[test]
    fn a_run_that_was_cut_short_is_no_output_of_the_reference() {
        for (state, why) in [
            (RunState::CutOff, "was cut off"),
            (RunState::Cancelled, "was cancelled"),
            (RunState::Failed("no more".to_owned()), "failed"),
        ] {
            let mut run = fixture::run();
            run.measured_mut().unwrap().state = state;
            let refused = text(&run, RunFormat::Reference).unwrap_err();
            let sentence = refused.sentence;
            assert!(sentence.contains(why), "{sentence}");
            assert!(
                sentence.contains("needs a pick; export it as"),
                "{sentence}"
            );
        }
    }
}
