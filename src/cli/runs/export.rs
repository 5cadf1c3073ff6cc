//! `iacstone runs export`.

use std::path::Path;

use super::super::args::RunFormat;
use super::super::office::Office;
use super::super::output::Output;
use super::super::{Answer, Failure};
use crate::jobs::write_new;
use crate::power::{BillingStep, ReferenceOutput, Run};

/// Writes a run to a new file, or to standard output for `-`.
///
/// # Errors
/// When there is no such run, the format cannot hold it, or the file exists or cannot be written.
pub(super) async fn run(
    word: &str,
    file: &Path,
    format: RunFormat,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let run = office
        .store()?
        .find_run(word)
        .await
        .map_err(Failure::work)?;
    let text = text(&run, format)?;
    if file == Path::new("-") {
        output.data(&text)?;
        return Ok(Answer::Done);
    }
    write_new(&text, file).map_err(Failure::work)?;
    output.note(format!(
        "Run {} was written to '{}'.",
        run.id,
        file.display()
    ));
    Ok(Answer::Done)
}

fn text(run: &Run, format: RunFormat) -> Result<String, Failure> {
    let curve = || run.curve(BillingStep::AsMeasured);
    match format {
        RunFormat::Iacstone => Ok(run.export()),
        RunFormat::Csv => Ok(curve().csv()),
        RunFormat::Link => Ok(format!("{}\n", curve().link())),
        RunFormat::Reference => {
            let result = ReferenceOutput::of(run, true).ok_or_else(|| {
                Failure::work(format!(
                    "run {} has no samples to make the reference tool's output from; export it as 'iacstone', 'link' or 'csv'",
                    run.id
                ))
            })?;
            let text = serde_json::to_string_pretty(&result).map_err(Failure::work)?;
            Ok(format!("{text}\n"))
        }
    }
}
