//! `iacstone runs code`: the recommended memory size as a change of the code.

mod patch;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{IsTerminal as _, stdout};
use std::path::Path;

use super::super::args::{CodeArgs, SizePick};
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure, projects, source};
use crate::iac::{CodeForm, CodePlace, FunctionTarget, MemoryCode, PlaceConfidence, Survey};
use crate::jobs::ProjectsPlace;
use crate::lambda::MemoryMb;
use crate::power::{BillingStep, ListedRun, Run};
use crate::text::{neutralise, reveal_lines};
use patch::{CodePatch, named};

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
    let samples = projects::samples(args.dir.as_deref(), context)?;
    let place = projects::place(args.dir.as_deref(), samples.as_ref());
    let (survey, code) = read(place, &target).await?;
    let is_patch_alone = args.patch.as_deref() == Some(Path::new("-"));
    let wanted = args.patch.as_ref();
    let patch = wanted.map(|_| CodePatch::of(&code, args.place)?.checked());
    // A file that cannot be written is told before anything else.
    let file = args.patch.as_deref().filter(|_| !is_patch_alone);
    if let (Some(file), Some(Ok(patch))) = (file, &patch) {
        patch.write(file, args.force)?;
    }
    if is_patch_alone {
        let diff = patch.as_ref().and_then(|patch| patch.as_ref().ok()?.diff);
        output.data(&shown_patch(diff.unwrap_or_default()))?;
    } else if context.json() {
        output.json(&code.places)?;
    } else {
        output.data(&text(&run, &target, &survey, &code))?;
    }
    projects::tell_samples(&survey, args.dir.as_deref(), context, output);
    tell(&survey, &code, context.json() || is_patch_alone, output);
    if let Some(patch) = patch.transpose()? {
        let written = file.and_then(|file| patch.written(file, &survey));
        for sentence in written.into_iter().chain([patch.sentences()]) {
            output.note(sentence);
        }
    }
    Ok(if projects::is_whole(&survey) && code.problems.is_empty() {
        CommandExit::Done
    } else {
        CommandExit::Partial
    })
}

/// Reads the code, beside the runtime.
async fn read(
    place: ProjectsPlace,
    target: &FunctionTarget,
) -> Result<(Survey, MemoryCode), CommandFailure> {
    let target = target.clone();
    let work = projects::beside(move || {
        let survey = projects::survey(&place)?;
        let code = survey.memory_code(&target);
        Ok((survey, code))
    });
    work.await?
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
    Ok(FunctionTarget::of_run(run, to))
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
    let heading = format!("{}, run {}", target.heading(), run.id);
    writeln!(text, "{}", neutralise(&heading)).ok();
    if code.places.is_empty() && !survey.projects.is_empty() {
        let place = survey.root.display().to_string();
        let what = format!("No file under '{place}' was found to give it its memory size.");
        writeln!(text, "{}", neutralise(&what)).ok();
    }
    for (at, place) in code.places.iter().enumerate() {
        let number = (code.places.len() > 1).then_some(at + 1);
        place_text(place, number, &mut text);
    }
    for drift in &code.drifts {
        let line = format!("{}: {}", drift.stack, drift.text());
        writeln!(text, "\n{}", neutralise(&line)).ok();
    }
    let is_certain =
        |place: &CodePlace| place.confidence == PlaceConfidence::Certain && place.diff.is_some();
    if !code.places.iter().any(is_certain) {
        snippets(target, code, &mut text);
    }
    text
}

/// A place; its number is what `--place` takes.
fn place_text(place: &CodePlace, number: Option<usize>, text: &mut String) {
    let (tool, sure) = (place.tool.name(), place.confidence.name());
    let number = number.map_or_else(String::new, |number| format!("{number}. "));
    let head = format!("{number}{tool}, {sure}: {}", named(place));
    writeln!(
        text,
        "\n{}\n{}",
        neutralise(&head),
        neutralise(&place.reason)
    )
    .ok();
    if let Some(also) = place.also_text() {
        writeln!(text, "{}", neutralise(&also)).ok();
    }
    if let Some(diff) = &place.diff {
        writeln!(text, "\n{}", shown_diff(diff)).ok();
    }
}

/// A diff as it goes to standard output: exactly into a pipe or a file; a terminal must not obey what stands in it.
fn shown_patch(diff: &str) -> Cow<'_, str> {
    if diff.is_empty() || !stdout().is_terminal() {
        return Cow::Borrowed(diff);
    }
    Cow::Owned(shown_diff(diff) + "\n")
}

/// A diff as it may be shown. Tabs are kept, so that it can be copied and applied.
fn shown_diff(diff: &str) -> String {
    let parts: Vec<_> = diff.split('\t').map(reveal_lines).collect();
    parts.join("\t").trim_end().to_owned()
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
        let snippet = reveal_lines(&snippet);
        writeln!(
            text,
            "\n{} in general:\n{}",
            form.name(),
            snippet.trim_end()
        )
        .ok();
    }
}
