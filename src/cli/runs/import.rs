//! `iacstone runs import`.

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure, source};
use super::list::RunJson;
use crate::effect::ImportOutcome;
use crate::jobs::take_in;
use crate::power::Run;

/// Saves the runs of a file, a link, standard input or a bundled example.
///
/// # Errors
/// When there is no run in it, or the store refuses.
pub(super) async fn run(
    word: &str,
    link: Option<usize>,
    name: Option<&str>,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let found = source::outside_or_ask(word, link, output).await?;
    let mut runs = found.ok_or_else(|| {
        CommandFailure::work(format!(
            "there is no file '{word}'; give a file, a visualization link, '-' or the name of a bundled example"
        ))
    })?;
    rename(&mut runs, name);
    let store = context.store()?;
    let mut saved = Vec::new();
    for run in runs {
        let (run, taken) = take_in(&store, run).await.map_err(CommandFailure::work)?;
        let how = match taken {
            ImportOutcome::New => "Imported run",
            ImportOutcome::Known => "Already here: run",
            ImportOutcome::Beside => "Imported, beside a run of the same id: run",
        };
        output.note(format!("{how} {} ('{}').", run.id, run.name));
        saved.push(run);
    }
    context.tell_what_is_lost(output);
    if context.json() {
        let entries: Vec<RunJson<'_>> = saved.iter().map(RunJson::of).collect();
        output.json(&entries)?;
    }
    Ok(CommandExit::Done)
}

/// Of several runs each keeps its own name behind the one given.
fn rename(runs: &mut [Run], name: Option<&str>) {
    let Some(name) = name else { return };
    let alone = runs.len() == 1;
    for run in runs {
        run.name = if alone {
            name.to_owned()
        } else {
            format!("{name}: {}", run.name)
        };
    }
}
