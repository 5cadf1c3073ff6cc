//! `iacstone runs`.

mod check;
mod code;
mod compare;
mod export;
mod import;
mod list;
mod markdown;
mod recover;

use super::args::{CurveArgs, RunFormat, RunsCommand};
use super::context::CommandContext;
use super::drawing::Drawing;
use super::output::Output;
use super::{CommandExit, CommandFailure, tune};
use crate::power::{BillingStep, Run};
use crate::store::Store;
use crate::text::neutralise;
use export::ExportTarget;
use std::io::{self, IsTerminal};

/// Works with the saved runs.
///
/// # Errors
/// When a run is not there, or the store refuses.
pub(super) async fn run(
    command: RunsCommand,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    match command {
        RunsCommand::List { filter, sort } => {
            list::run(&filter.join(" "), sort, context, output).await
        }
        RunsCommand::Show { run, curve } => show(&run, &curve, context, output).await,
        RunsCommand::Check { run, percent } => check::run(&run, percent, context, output).await,
        RunsCommand::Compare { run, with, curve } => {
            compare::run(&run, &with, &curve, context, output).await
        }
        RunsCommand::Export {
            run,
            file,
            format,
            force,
        } => {
            let format = format.unwrap_or_else(|| RunFormat::of_file(&file));
            let target = ExportTarget { file, force };
            export::run(&run, &target, format, context, output).await
        }
        RunsCommand::Import { source, link, name } => {
            import::run(&source, link, name.as_deref(), context, output).await
        }
        RunsCommand::Code(args) => code::run(&args, context, output).await,
        RunsCommand::Delete { runs, yes } => delete(&runs, yes, context, output).await,
        RunsCommand::Rename { run, name } => rename(&run, &name, context, output).await,
        RunsCommand::Resume(args) => Box::pin(tune::resume(&args, context, output)).await,
        RunsCommand::Note { run, note, clear } => {
            let note = note.as_deref().map(str::trim).or(clear.then_some(""));
            annotate(&run, note, context, output).await
        }
        RunsCommand::Recover { run } => recover::run(run.as_deref(), context, output).await,
    }
}

async fn show(
    word: &str,
    curve: &CurveArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let run = context
        .store()?
        .runs()
        .find(word)
        .await
        .map_err(CommandFailure::work)?;
    let drawing = Drawing::new(&run, None, curve, context.settings())?;
    if context.json() {
        output.json(&drawing.document())?;
    } else {
        let is_judged = curve.billing_step_ms != BillingStep::HundredMs;
        let verdict = is_judged
            .then(|| tune::verdict_lines(&run, curve.limits(), &context.settings().tuning));
        let verdict = verdict.unwrap_or_default().join("\n");
        let drawing = if verdict.is_empty() {
            drawing
        } else {
            drawing.under_a_verdict()
        };
        let note = neutralise(&run.note).into_owned();
        let parts = [note, tune::measured_text(&run), verdict];
        let parts = parts.iter().filter(|part| !part.is_empty());
        let mut text = String::new();
        for part in parts {
            text.push_str(part.trim_end());
            text.push_str("\n\n");
        }
        output.data(&format!("{text}{}", drawing.text()))?;
    }
    Ok(CommandExit::Done)
}

/// Finds all of them, and asks, before the first one goes, so that a slip deletes nothing.
async fn delete(
    words: &[String],
    yes: bool,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = context.store()?;
    let mut found = Vec::new();
    for word in words {
        let run = named(&store, word).await?;
        if !found.iter().any(|(id, _)| *id == run.id) {
            found.push((run.id, run.name));
        }
    }
    if !yes && io::stdin().is_terminal() && io::stderr().is_terminal() {
        for (id, name) in &found {
            output.note(format!("{id} ('{name}')"));
        }
        let question = format!("Delete {} for good? [y/N] ", found.len());
        if !output.confirms(&question).await? {
            return Err(CommandFailure::work("nothing was deleted"));
        }
    }
    for (id, name) in &found {
        store
            .runs()
            .delete(id)
            .await
            .map_err(CommandFailure::work)?;
        output.note(format!("Deleted run {id} ('{name}')."));
    }
    if context.json() {
        let ids: Vec<_> = found.iter().map(|(id, _)| id).collect();
        output.json(&serde_json::json!({ "deleted": ids }))?;
    }
    Ok(CommandExit::Done)
}

/// The saved run that a word names.
async fn named(store: &Store, word: &str) -> Result<Run, CommandFailure> {
    let found = store.runs().find(word).await;
    found.map_err(CommandFailure::work)
}

async fn rename(
    word: &str,
    name: &str,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = context.store()?;
    let run = named(&store, word).await?;
    store
        .runs()
        .rename(&run.id, name)
        .await
        .map_err(CommandFailure::work)?;
    output.note(format!(
        "Run {} is called '{name}' now, not '{}'.",
        run.id, run.name
    ));
    if context.json() {
        output.json(&serde_json::json!({ "id": run.id, "name": name }))?;
    }
    Ok(CommandExit::Done)
}

/// Writes a note, takes it away when it is empty, or prints the present one without any.
async fn annotate(
    word: &str,
    note: Option<&str>,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = context.store()?;
    let run = named(&store, word).await?;
    let Some(note) = note else {
        return print_note(&run, context, output);
    };
    store
        .runs()
        .annotate(&run.id, note)
        .await
        .map_err(CommandFailure::work)?;
    let (id, name) = (&run.id, &run.name);
    output.note(if note.is_empty() {
        format!("Run {id} ('{name}') has no note now.")
    } else {
        format!("Run {id} ('{name}') has the note: {note}")
    });
    if context.json() {
        output.json(&serde_json::json!({ "id": id, "note": note }))?;
    }
    Ok(CommandExit::Done)
}

fn print_note(
    run: &Run,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let (id, note) = (&run.id, &run.note);
    if context.json() {
        output.json(&serde_json::json!({ "id": id, "note": note }))?;
    } else if note.is_empty() {
        output.note(format!("Run {id} ('{}') has no note.", run.name));
    } else {
        output.data(&format!("{}\n", neutralise(note)))?;
    }
    Ok(CommandExit::Done)
}
