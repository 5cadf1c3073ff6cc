//! What is asked and done about the run in front: renamed, limited, deleted and brought back, written, read, linked to.

use crate::effect::{Outbox, Prompt, Severity};
use crate::panes::tuning::{RunSection, Runs, TuningPane, TuningPrompt};
use crate::power::RunId;

/// Asks what the runs in the list must have.
pub(super) fn filter_prompt() -> Prompt {
    Prompt::filter(
        "Filter",
        "words, 2026-11, last week; enter keeps, esc clears",
    )
}

pub(super) fn ask_name(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    if let Some((id, name)) = saved_or_say(&pane.runs, "renamed", out) {
        let prompt = Prompt::line("New name", "", &name);
        pane.ask(TuningPrompt::RenameRun(id), prompt, out);
    }
}

pub(super) fn ask_note(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let note = pane.runs.selected().map(|entry| entry.run.note.clone());
    if let Some((id, _)) = saved_or_say(&pane.runs, "noted on", out) {
        let note = note.unwrap_or_default();
        let prompt = Prompt::line("Note", "nothing takes the note away", &note);
        pane.ask(TuningPrompt::NoteRun(id), prompt, out);
    }
}

pub(super) fn ask_export(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(entry) = pane.runs.selected() else {
        return;
    };
    let id = entry.run.id.clone();
    let path = format!("{}.json", file_stem(&entry.run.name));
    let prompt = Prompt::line(
        "Export to",
        "the path of a new file; .csv has the figures",
        &path,
    );
    pane.ask(TuningPrompt::ExportRun(id), prompt, out);
}

pub(super) fn ask_import(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let hint = "a file (iacstone or Lambda Power Tuning output) or a visualization link";
    pane.ask(
        TuningPrompt::ImportRun,
        Prompt::line("Import", hint, ""),
        out,
    );
}

/// Asks for the limits that runs are looked at under.
pub(super) fn ask_limits(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(entry) = pane.runs.selected() else {
        return;
    };
    let limits = pane.runs.look.limits_of(&entry.run).on_durations();
    let limits: Vec<String> = limits.map(|limit| limit.to_string()).collect();
    let hint = "such as p90:200ms max:1s; nothing: the limits of each run's plan";
    let prompt = Prompt::line("Limits", hint, &limits.join(" "));
    pane.ask(TuningPrompt::Limits, prompt, out);
}

pub(super) fn delete(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    if let Some((id, _)) = saved_or_say(&pane.runs, "deleted", out) {
        pane.runs.library.delete(id, out);
    }
}

pub(super) fn copy_link(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(shown) = pane.runs.shown() else {
        return;
    };
    let main = &shown.main.curve;
    if main.points.is_empty() {
        return out.notice(Severity::Warning, "There are no points to link to yet.");
    }
    let Some(other) = &shown.overlay else {
        return out.copy(main.link(), format!("the link of {}", main.name));
    };
    let both = format!("{} and {}", main.name, other.curve.name);
    match main.comparison_link(&other.curve) {
        Ok(link) => out.copy(link, format!("the link of {both}")),
        Err(why) => out.notice(Severity::Warning, format!("No link of {both}: {why}.")),
    }
}

/// The selected run if it is a saved one; else says why it cannot be changed.
fn saved_or_say(runs: &Runs, verb: &str, out: &mut Outbox<'_>) -> Option<(RunId, String)> {
    let entry = runs.selected()?;
    let why = match entry.section {
        RunSection::Saved => return Some((entry.run.id.clone(), entry.run.name.clone())),
        RunSection::Live => {
            format!("The run is still under way; it can be {verb} when it has ended.")
        }
        RunSection::Example => {
            format!("Examples belong to the program; they cannot be {verb}.")
        }
    };
    out.notice(Severity::Info, why);
    None
}

/// The name as a file name: what could be taken for a path is replaced.
pub(in crate::panes::tuning::screens) fn file_stem(name: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
            c
        } else {
            '-'
        }
    };
    let stem: String = name.chars().map(plain).collect();
    match stem.trim_matches(['-', '.']) {
        "" => "run".to_owned(),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::file_stem;

    #[test]
    fn a_runs_name_becomes_a_harmless_file_name() {
        assert_eq!(file_stem("prime numbers (all)"), "prime-numbers--all");
        assert_eq!(file_stem("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_stem("///"), "run");
    }
}
