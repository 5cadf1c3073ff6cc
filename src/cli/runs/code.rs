//! `iacstone runs code`: the recommended memory size as a change of the code.

use std::fmt::Write as _;
use std::path::Path;

use super::super::args::{CodeArgs, SizePick};
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure, projects, source};
use crate::iac::{CodeForm, CodePlace, FunctionTarget, MemoryCode, PlaceConfidence, Survey};
use crate::jobs::write_new;
use crate::lambda::MemoryMb;
use crate::power::{BillingStep, ListedRun, Run};
use crate::text::{counted, neutralise, reveal_lines};

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
    let (survey, code) = read(args, &target, context).await?;
    let is_patch_alone = args.patch.as_deref() == Some(Path::new("-"));
    let patch = args.patch.as_ref().map(|_| CodePatch::of(&code));
    let patch = patch.transpose()?;
    let diff = patch.as_ref().and_then(|patch| patch.diff);
    let file = args.patch.as_deref().filter(|_| !is_patch_alone);
    if let Some((file, diff)) = file.zip(diff) {
        // Before all else, so that nothing is said of a change that was not written.
        write_new(diff, file).map_err(CommandFailure::work)?;
    }
    if is_patch_alone {
        output.data(diff.unwrap_or_default())?;
    } else if context.json() {
        output.json(&code.places)?;
    } else {
        output.data(&text(&run, &target, &survey, &code))?;
    }
    projects::tell_samples(&survey, args.dir.as_deref(), context, output);
    tell(&survey, &code, context.json() || is_patch_alone, output);
    if let Some(patch) = &patch {
        if let Some(file) = file.filter(|_| diff.is_some()) {
            output.note(patch.written(file, &survey));
        }
        output.note(patch.sentences());
    }
    let is_whole = survey.problems.is_empty() && code.problems.is_empty();
    Ok(if is_whole {
        CommandExit::Done
    } else {
        CommandExit::Partial
    })
}

/// Reads the code, beside the runtime.
async fn read(
    args: &CodeArgs,
    target: &FunctionTarget,
    context: &CommandContext,
) -> Result<(Survey, MemoryCode), CommandFailure> {
    let place = projects::place(args.dir.as_deref(), context);
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

/// The change that a patch makes: of the first of the surest places that can be changed.
struct CodePatch<'c> {
    place: &'c CodePlace,
    /// None where the place has the size already.
    diff: Option<&'c str>,
    /// How many other places are as sure.
    others: usize,
}

impl<'c> CodePatch<'c> {
    /// # Errors
    /// When none of the surest places can be changed, or they are guesses: what is less sure than a place that takes a
    /// person, or that has the size already, is never changed in its stead.
    fn of(code: &'c MemoryCode) -> Result<Self, CommandFailure> {
        let best = code.places.iter().map(|place| place.confidence).min();
        if best == Some(PlaceConfidence::Guess) {
            let what = "what was found here is a guess, and no patch is made of one; without --patch the command shows it";
            return Err(CommandFailure::work(what));
        }
        let is_best = |place: &&CodePlace| Some(place.confidence) == best;
        let surest = || code.places.iter().filter(is_best);
        let changes = |place: &&CodePlace| place.diff.is_some();
        let has_it = |place: &&CodePlace| place.from == Some(place.to);
        let place = surest().find(changes).or_else(|| surest().find(has_it));
        let place = place.ok_or_else(|| {
            let what = "the surest place here is not changed by iacstone; without --patch the command says why";
            CommandFailure::work(what)
        })?;
        let others = surest().count() - 1;
        Ok(Self {
            place,
            diff: place.diff.as_deref(),
            others,
        })
    }

    fn written(&self, file: &Path, survey: &Survey) -> String {
        let dir = survey.dir_of(self.place);
        format!(
            "The change of {}:{} was written to '{}'; 'git apply' takes it in '{}'.",
            self.place.file,
            self.place.line,
            file.display(),
            dir.display()
        )
    }

    /// How sure it is, what else it changes, and what it leaves as it is.
    fn sentences(&self) -> String {
        let CodePlace { file, line, to, .. } = self.place;
        if self.diff.is_none() {
            return format!("{file}:{line} has {to} MB already: there is nothing to change.");
        }
        let mut text = self.place.surety();
        let others = counted(self.others, "other place is", "other places are");
        if let Some(others) = others {
            write!(
                text,
                " {others} as sure; without --patch the command shows all."
            )
            .ok();
        }
        text
    }
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
    if let Some(also) = place.also_text() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::Tool;

    fn place(confidence: PlaceConfidence, diff: Option<&str>) -> CodePlace {
        CodePlace {
            tool: Tool::Terraform,
            file: "main.tf".to_owned(),
            line: 3,
            from: Some(256),
            to: 512,
            diff: diff.map(str::to_owned),
            dir: ".".to_owned(),
            confidence,
            reason: String::new(),
            also: vec!["b".to_owned()],
        }
    }

    #[test]
    fn only_the_surest_places_are_patched_and_never_a_guess() {
        use PlaceConfidence::{Certain, Guess, Likely};
        let patch = |places: &[CodePlace]| {
            let code = MemoryCode {
                places: places.to_vec(),
                ..MemoryCode::default()
            };
            CodePatch::of(&code)
                .map(|it| format!("{} {}", it.diff.unwrap_or_default(), it.sentences()))
                .map_err(|failure| failure.sentence)
        };
        let none = patch(&[place(Certain, None), place(Likely, Some("x"))]);
        assert!(none.unwrap_err().contains("is not changed by iacstone"));
        let guess = patch(&[place(Guess, Some("x"))]);
        assert!(guess.unwrap_err().contains("is a guess"));
        let sure = patch(&[
            place(Certain, None),
            place(Certain, Some("x")),
            place(Guess, Some("y")),
        ]);
        assert_eq!(
            sure.unwrap(),
            "x That main.tf:3 is the place is certain. It also changes b. 1 other place is as sure; without --patch the command shows all."
        );
        assert!(patch(&[]).is_err());
    }
}
