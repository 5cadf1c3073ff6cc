//! The texts the pane asks for, and what it does with them.

use super::pending::TuningPendingJob;
use super::{FieldId, RunSection, TuningPane, TuningScreen};
use crate::effect::{Job, Outbox, Prompt, Severity};
use crate::power::RunId;

/// The longest name of a run, in characters.
const LONGEST_NAME: usize = 80;

/// What a text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TuningPrompt {
    /// The new name of a run.
    RenameRun(RunId),
    /// The path a run is written to.
    ExportRun(RunId),
    /// The path or link a run is read from.
    ImportRun,
    /// The words the runs in the list must contain.
    FilterRuns,
    /// The words the functions in the list must contain.
    FilterFunctions,
    /// A field of the plan form.
    PlanField(FieldId),
}

impl TuningPane {
    /// Asks for a text.
    pub(super) fn ask(&mut self, question: TuningPrompt, prompt: Prompt, out: &mut Outbox<'_>) {
        self.asked = Some(question);
        out.prompt(prompt);
    }

    /// Follows a text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands.
    pub(super) fn text_edited(
        &mut self,
        question: &TuningPrompt,
        text: &str,
    ) -> Result<(), String> {
        match question {
            TuningPrompt::FilterRuns => {
                text.clone_into(&mut self.library.filter);
                self.mark_stale();
            }
            TuningPrompt::FilterFunctions => text.clone_into(&mut self.functions.filter),
            TuningPrompt::PlanField(field) => {
                if let TuningScreen::Plan(form) = &self.screen {
                    return form.check_text(*field, text);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a text the user is done with.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    pub(super) fn text_submitted(
        &mut self,
        question: &TuningPrompt,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        self.mark_stale();
        match question {
            TuningPrompt::FilterRuns | TuningPrompt::FilterFunctions => {
                self.text_edited(question, text)
            }
            TuningPrompt::RenameRun(id) => self.rename(id, text.trim(), out),
            TuningPrompt::ExportRun(id) => self.export(id, text.trim(), out),
            TuningPrompt::ImportRun => self.import(text.trim(), out),
            TuningPrompt::PlanField(field) => match &mut self.screen {
                TuningScreen::Plan(form) => form.set(*field, text),
                _ => Ok(()),
            },
        }
    }

    /// Clears a filter its prompt was given up for.
    pub(super) fn text_closed(&mut self, question: &TuningPrompt) {
        self.mark_stale();
        match question {
            TuningPrompt::FilterRuns => self.library.filter.clear(),
            TuningPrompt::FilterFunctions => self.functions.filter.clear(),
            _ => {}
        }
    }

    pub(super) fn ask_name(&mut self, out: &mut Outbox<'_>) {
        if let Some((id, name)) = self.saved_or_say("renamed", out) {
            let prompt = Prompt::line("New name", "", &name);
            self.ask(TuningPrompt::RenameRun(id), prompt, out);
        }
    }

    pub(super) fn ask_export(&mut self, out: &mut Outbox<'_>) {
        let Some(entry) = self.selected() else { return };
        let id = entry.run.id.clone();
        let path = format!("{}.json", file_stem(&entry.run.name));
        let prompt = Prompt::line("Export to", "the path of a new file", &path);
        self.ask(TuningPrompt::ExportRun(id), prompt, out);
    }

    pub(super) fn delete(&mut self, out: &mut Outbox<'_>) {
        let Some((id, _)) = self.saved_or_say("deleted", out) else {
            return;
        };
        if let Some(run) = self.library.delete(&id).cloned() {
            let task = out.spawn(Job::DeleteRun(id));
            self.pending
                .add(task, TuningPendingJob::Delete(Box::new(run)));
        }
    }

    pub(super) fn undelete(&mut self, out: &mut Outbox<'_>) {
        let Some(run) = self.library.undelete() else {
            return out.notice(Severity::Info, "There is no deleted run to bring back.");
        };
        let id = run.id.clone();
        // In place of the sentence that it is deleted and can be brought back.
        out.notice(Severity::Info, format!("Bringing {} back ...", run.name));
        let task = out.spawn(Job::SaveRun(Box::new(run)));
        self.pending.add(task, TuningPendingJob::Undelete(id));
    }

    pub(super) fn copy_link(&self, out: &mut Outbox<'_>) {
        let Some(shown) = self.shown() else { return };
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

    fn rename(&mut self, id: &RunId, name: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(format!("give 1 to {LONGEST_NAME} characters"));
        }
        if let Some(entry) = self.library.find(id) {
            let old = entry.run.name.clone();
            self.library.rename(id, name);
            let task = out.spawn(Job::RenameRun(id.clone(), name.to_owned()));
            self.pending
                .add(task, TuningPendingJob::Rename(id.clone(), old));
        }
        Ok(())
    }

    fn export(&mut self, id: &RunId, path: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        if path.is_empty() {
            return Err("give the path of a file".to_owned());
        }
        let entry = self.entries().find(|entry| entry.run.id == *id);
        if let Some(run) = entry.map(|entry| Box::new(entry.run.clone())) {
            let task = out.spawn(Job::ExportRun(run, path.to_owned()));
            self.pending.add(task, TuningPendingJob::Export);
        }
        Ok(())
    }

    fn import(&mut self, source: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        if source.is_empty() {
            return Err("give a path or a link".to_owned());
        }
        let task = out.spawn(Job::ImportRun(source.to_owned()));
        self.pending.add(task, TuningPendingJob::Import);
        Ok(())
    }

    /// The selected run if it is a saved one; else says why it cannot be changed.
    fn saved_or_say(&self, verb: &str, out: &mut Outbox<'_>) -> Option<(RunId, String)> {
        let entry = self.selected()?;
        let why = match entry.group {
            RunSection::Saved => return Some((entry.run.id.clone(), entry.run.name.clone())),
            RunSection::Live => "The run is still under way; it can be",
            RunSection::Example => "Examples belong to the program; they cannot be",
        };
        let when = if entry.group == RunSection::Live {
            " when it has ended"
        } else {
            ""
        };
        out.notice(Severity::Info, format!("{why} {verb}{when}."));
        None
    }
}

/// The name as a file name: what could be taken for a path is replaced.
fn file_stem(name: &str) -> String {
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
