//! `iacstone runs code`: the recommended memory size as a change of the code.

use std::fmt::Write as _;
use std::path::Path;

use super::super::args::{CodeArgs, SizePick};
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure, projects, source};
use crate::iac::{CodeForm, CodePlace, FunctionTarget, MemoryCode, Survey};
use crate::jobs::write_new;
use crate::lambda::{FunctionRef, MemoryMb};
use crate::power::{BillingStep, ListedRun, Run};
use crate::text::{neutralise, reveal_lines};

/// Shows where code gives a run's function its memory size, and the change that gives it another one.
///
/// # Errors
/// When the run is not there or has no such size, the directory cannot be read, or the patch not be written.
pub(super) async fn run(
    args: &CodeArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let run = source::saved_first(&args.run, context).await?;
    let target = target(&run, args.pick, context)?;
    let survey = projects::survey(args.dir.as_deref(), context)?;
    let code = survey.memory_code(&target);
    let is_patch_alone = args.patch.as_deref() == Some(Path::new("-"));
    if is_patch_alone {
        output.data(&patched(&code)?.1)?;
    } else if context.json() {
        output.json(&code.places)?;
    } else {
        output.data(&text(&run, &target, &survey, &code))?;
    }
    tell(&survey, &code, context.json() || is_patch_alone, output);
    if let Some(file) = args.patch.as_deref().filter(|_| !is_patch_alone) {
        let (place, diff) = patched(&code)?;
        write_new(&diff, file).map_err(CommandFailure::work)?;
        output.note(written(place, file, &survey));
    }
    let is_whole = survey.problems.is_empty() && code.problems.is_empty();
    Ok(if is_whole {
        CommandExit::Done
    } else {
        CommandExit::Partial
    })
}

/// The function of a run and the size that it is to have.
fn target(
    run: &Run,
    pick: Option<SizePick>,
    context: &CommandContext,
) -> Result<FunctionTarget, CommandFailure> {
    let to = size(run, pick, context).ok_or_else(|| {
        CommandFailure::work(format!(
            "run {} recommends no size; give --pick cheapest, fastest or balanced",
            run.id
        ))
    })?;
    let measured = run.measured();
    let function = measured.and_then(|it| FunctionRef::parse(&it.function_arn).ok());
    let account = measured.and_then(|it| it.function_arn.split(':').nth(4));
    let live = measured.map(|it| match &it.applied {
        Some(applied) => applied.memory_mb,
        None => it.current_memory,
    });
    Ok(FunctionTarget {
        // A run that was imported knows no function: it goes by its name.
        name: function.map_or_else(|| run.name.clone(), |it| it.name().to_owned()),
        account: account.map(str::to_owned),
        region: measured.map(|it| it.region.clone()),
        live,
        to,
    })
}

/// The size of a run that is asked for; without a pick the recommended one.
fn size(run: &Run, pick: Option<SizePick>, context: &CommandContext) -> Option<MemoryMb> {
    let Some(pick) = pick else {
        return ListedRun::of(run).pick;
    };
    let weight = match run.measured() {
        Some(measured) => measured.plan.goal.balanced_weight,
        None => context.settings().tuning.balanced_weight,
    };
    let picks = run.curve(BillingStep::AsMeasured).picks(weight)?;
    Some(match pick {
        SizePick::Cheapest => picks.cheapest,
        SizePick::Fastest => picks.fastest,
        SizePick::Balanced => picks.balanced,
    })
}

/// The surest place that can be changed, and its change.
fn patched(code: &MemoryCode) -> Result<(&CodePlace, String), CommandFailure> {
    let mut changes = code.places.iter().filter_map(|place| {
        let diff = place.diff.clone()?;
        Some((place, diff))
    });
    changes.next().ok_or_else(|| {
        CommandFailure::work("no file here can be changed; without --patch the command shows why")
    })
}

fn written(place: &CodePlace, file: &Path, survey: &Survey) -> String {
    let dir = survey.root.join(&place.dir);
    format!(
        "The change of {}:{} was written to '{}'; 'git apply' takes it in '{}'.",
        place.file,
        place.line,
        file.display(),
        dir.display()
    )
}

/// Says what else is to be known; for a script also what people read on standard output.
fn tell(survey: &Survey, code: &MemoryCode, is_script: bool, output: &mut Output) {
    projects::tell_trouble(survey, output);
    for problem in code
        .problems
        .iter()
        .filter(|it| !survey.problems.contains(it))
    {
        output.note(problem);
    }
    for note in &code.notes {
        output.note(note);
    }
    if is_script {
        for drift in code.drifts.iter().filter(|drift| drift.is_drift()) {
            output.note(format!("{}: {}", drift.stack, drift.text()));
        }
    }
}

fn text(run: &Run, target: &FunctionTarget, survey: &Survey, code: &MemoryCode) -> String {
    let mut text = String::new();
    let from = target
        .live
        .map_or_else(String::new, |live| format!("{live} → "));
    let heading = format!(
        "{}: {from}{} MB as code, run {}",
        target.name, target.to, run.id
    );
    writeln!(text, "{}", neutralise(&heading)).ok();
    if code.places.is_empty() && !survey.projects.is_empty() {
        let place = survey.root.display().to_string();
        let what = format!("No file under '{place}' was found to give it its memory size.");
        writeln!(text, "{}", neutralise(&what)).ok();
    }
    for place in &code.places {
        place_text(place, &mut text);
    }
    for drift in &code.drifts {
        let line = format!("{}: {}", drift.stack, drift.text());
        writeln!(text, "\n{}", neutralise(&line)).ok();
    }
    snippets(target, code, &mut text);
    text
}

fn place_text(place: &CodePlace, text: &mut String) {
    let (file, line) = (&place.file, place.line);
    let (tool, sure) = (place.tool.name(), place.confidence.name());
    let head = format!("{tool}, {sure}: {file}:{line}");
    writeln!(
        text,
        "\n{}\n{}",
        neutralise(&head),
        neutralise(&place.reason)
    )
    .ok();
    if !place.also.is_empty() {
        let also = format!("It also changes {}.", place.also.join(", "));
        writeln!(text, "{}", neutralise(&also)).ok();
    }
    if let Some(diff) = &place.diff {
        writeln!(text, "\n{}", reveal_lines(diff).trim_end()).ok();
    }
}

/// How it is written in general: for the tools that were found, else for all.
fn snippets(target: &FunctionTarget, code: &MemoryCode, text: &mut String) {
    let is_found = |form: &&CodeForm| {
        let mut places = code.places.iter();
        places.any(|place| form.has(place.tool, &place.file))
    };
    let found: Vec<&CodeForm> = CodeForm::ALL.iter().filter(is_found).collect();
    let forms = if found.is_empty() {
        CodeForm::ALL.iter().collect()
    } else {
        found
    };
    for form in forms {
        let snippet = form.snippet(target);
        writeln!(
            text,
            "\n{} in general:\n{}",
            form.name(),
            snippet.trim_end()
        )
        .ok();
    }
}
