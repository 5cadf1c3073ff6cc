//! `iacstone runs export`.

use std::path::{Path, PathBuf};

use super::super::args::RunFormat;
use super::super::context::CommandContext;
use super::super::output::{Output, json_document};
use super::super::{CommandExit, CommandFailure};
use super::markdown;
use crate::config::Settings;
use crate::jobs::{FileFailure, write_new, write_over};
use crate::power::{BillingStep, ReferenceOutput, Run, RunState, export};

/// Where a run is written to.
#[derive(Debug)]
pub(super) struct ExportTarget {
    /// The file; `-` is standard output.
    pub(super) file: PathBuf,
    /// Whether a file that is there is written over.
    pub(super) force: bool,
}

impl ExportTarget {
    pub(super) fn write(&self, text: &str) -> Result<(), String> {
        let (path, force) = (&self.file, self.force);
        let written = if force {
            write_over(text, path)
        } else {
            write_new(text, path)
        };
        written.map_err(|error| match error {
            FileFailure::Exists(_) => format!("{error}, or add --force to write over it"),
            error => error.to_string(),
        })
    }
}

/// Writes a run to a file, or to standard output for `-`.
///
/// # Errors
/// When there is no such run, the format cannot hold it, or the file exists or cannot be written.
pub(super) async fn run(
    word: &str,
    target: &ExportTarget,
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
    let text = text(&run, format, context.settings())?;
    if target.file == Path::new("-") {
        output.data(&text)?;
        return Ok(CommandExit::Done);
    }
    target.write(&text).map_err(CommandFailure::work)?;
    output.note(format!(
        "Run {} was written to '{}'.",
        run.id,
        target.file.display()
    ));
    Ok(CommandExit::Done)
}

fn text(run: &Run, format: RunFormat, settings: &Settings) -> Result<String, CommandFailure> {
    let id = &run.id;
    match format {
        RunFormat::Iacstone => Ok(run.export()),
        RunFormat::Csv => Ok(export::points_csv(run)),
        RunFormat::SamplesCsv => export::samples_csv(run).ok_or_else(|| {
            CommandFailure::work(format!(
                "run {id} has no samples, its means alone are known; export it as 'csv'"
            ))
        }),
        RunFormat::Markdown => markdown::report(run, settings),
        RunFormat::Link => Ok(format!("{}\n", run.curve(BillingStep::AsMeasured).link())),
        RunFormat::Reference => {
            let result = ReferenceOutput::of(run, true).ok_or_else(|| {
                let why = without_output(run);
                CommandFailure::work(format!(
                    "run {id} {why}; export it as 'iacstone', 'link', 'csv' or 'markdown'"
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
            let settings = markdown::tests::settings();
            let refused = text(&run, RunFormat::Reference, &settings).unwrap_err();
            let sentence = refused.sentence;
            assert!(sentence.contains(why), "{sentence}");
            assert!(
                sentence.contains("needs a pick; export it as"),
                "{sentence}"
            );
        }
    }
}
