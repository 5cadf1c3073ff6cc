//! What the library asks the store to do, shown before it is done, and what it does when that ends.

use super::Library;
use crate::effect::{ImportOutcome, Job, JobReport, Outbox, Severity};
use crate::panes::tuning::screens::runs::UNDO;
use crate::panes::{Load, check_name};
use crate::power::{Run, RunId};
use crate::task::TaskId;

/// The longest name of a run, in characters.
const LONGEST_NAME: usize = 80;
/// The longest note on a run, in characters.
const LONGEST_NOTE: usize = 400;

/// A job about runs, with what to know when it ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LibraryJob {
    /// The run is being deleted; it comes back if that fails.
    Delete(Box<Run>),
    /// The run is being put back; it goes again if that fails.
    Undelete(RunId),
    /// The run is being renamed; the old name comes back if that fails.
    Rename(RunId, String),
    /// The run gets another note; the old one comes back if that fails.
    Note(RunId, String),
    /// A run that was made of other figures is being kept; it goes again if that fails.
    Keep(RunId),
    /// A run is being read.
    Import,
    /// A run is being written.
    Export,
}

impl Library {
    /// Deletes a saved run.
    pub(in super::super) fn delete(&mut self, id: RunId, out: &mut Outbox<'_>) {
        if let Some(run) = self.take_out(&id).cloned() {
            let task = out.spawn(Job::DeleteRun(id));
            self.pending.add(task, LibraryJob::Delete(Box::new(run)));
        }
    }

    /// Puts the run deleted last back.
    pub(in super::super) fn undelete(&mut self, out: &mut Outbox<'_>) {
        let Some(run) = self.put_back() else {
            return out.notice(Severity::Info, "There is no deleted run to bring back.");
        };
        let id = run.id.clone();
        // In place of the sentence that it is deleted and can be brought back.
        out.notice(Severity::Info, format!("Bringing {} back ...", run.name));
        let task = out.spawn(Job::SaveRun(Box::new(run)));
        self.pending.add(task, LibraryJob::Undelete(id));
    }

    /// Renames a saved run.
    ///
    /// # Errors
    /// A sentence that says what a name has to be.
    pub(in super::super) fn rename(
        &mut self,
        id: &RunId,
        name: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        check_name(name, LONGEST_NAME)?;
        if let Some(old) = self.find(id).map(|entry| entry.run.name.clone()) {
            self.put_name(id, name);
            let task = out.spawn(Job::RenameRun(id.clone(), name.to_owned()));
            self.pending.add(task, LibraryJob::Rename(id.clone(), old));
        }
        Ok(())
    }

    /// Gives a saved run another note.
    ///
    /// # Errors
    /// A sentence that says what a note has to be.
    pub(in super::super) fn annotate(
        &mut self,
        id: &RunId,
        note: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        if note.chars().count() > LONGEST_NOTE {
            return Err(format!("a note has at most {LONGEST_NOTE} characters"));
        }
        if let Some(old) = self.find(id).map(|entry| entry.run.note.clone()) {
            self.put_note(id, note);
            let task = out.spawn(Job::NoteRun(id.clone(), note.to_owned()));
            self.pending.add(task, LibraryJob::Note(id.clone(), old));
        }
        Ok(())
    }

    /// Writes a run to a new file.
    pub(in super::super) fn export(&mut self, run: Run, path: &str, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::ExportRun(Box::new(run), path.to_owned()));
        self.pending.add(task, LibraryJob::Export);
    }

    /// Reads a run from a file or a link.
    pub(in super::super) fn import(&mut self, source: &str, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::ImportRun(source.to_owned()));
        self.pending.add(task, LibraryJob::Import);
    }

    /// Keeps a run that was made of other figures, and puts it in front.
    pub(in super::super) fn keep(&mut self, run: Run, out: &mut Outbox<'_>) {
        let id = run.id.clone();
        let task = out.spawn(Job::SaveRun(Box::new(run.clone())));
        self.pending.add(task, LibraryJob::Keep(id.clone()));
        self.selected = Some(id);
        self.put(run);
    }

    /// Whether this task loads or changes runs.
    pub(in super::super) fn awaits(&self, id: TaskId) -> bool {
        self.load.task() == Some(id) || self.pending.has(id)
    }

    /// Takes the report of such a task, unless it brings the runs: those go to [`Self::fill`].
    pub(in super::super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if self.load.task() == Some(id) {
            self.load_report(report, out);
        } else {
            self.pending_report(id, report, out);
        }
    }

    fn load_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Done => self.load = Load::Loaded(out.now),
            JobReport::Cancelled => self.load = Load::Unasked,
            JobReport::Failed(why) if self.filled => {
                // Some records could not be read; the others are there.
                out.notice(Severity::Warning, why);
                self.load = Load::Loaded(out.now);
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why.clone());
                self.load = Load::Failed(why);
            }
            _ => {}
        }
    }

    fn pending_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Imported(run, taken) => {
                out.notice(Severity::Success, imported(&run.name, taken));
                self.selected = Some(run.id.clone());
                self.put(*run);
            }
            JobReport::Exported(path) => {
                self.pending.end(id);
                out.notice(Severity::Success, format!("Wrote {path}."));
            }
            JobReport::Done | JobReport::Cancelled => {
                if let Some(job) = self.pending.end(id) {
                    self.is_done(job, out);
                }
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                if let Some(job) = self.pending.end(id) {
                    self.take_back(job);
                }
            }
            _ => {}
        }
    }

    /// Says what the store has done by now.
    fn is_done(&self, job: LibraryJob, out: &mut Outbox<'_>) {
        match job {
            LibraryJob::Undelete(id) => {
                if let Some(entry) = self.find(&id) {
                    out.notice(Severity::Info, format!("{} is back.", entry.run.name));
                }
            }
            // Not when it was brought back meanwhile.
            LibraryJob::Delete(run) if self.find(&run.id).is_none() => {
                let (name, undo) = (&run.name, out.context.keymap.way_to(UNDO));
                out.notice(
                    Severity::Info,
                    format!("Deleted {name}; {undo} brings it back."),
                );
            }
            LibraryJob::Delete(_)
            | LibraryJob::Rename(..)
            | LibraryJob::Note(..)
            | LibraryJob::Keep(_)
            | LibraryJob::Import
            | LibraryJob::Export => {}
        }
    }

    /// Shows again what the store still holds after a failed job.
    fn take_back(&mut self, job: LibraryJob) {
        match job {
            LibraryJob::Delete(run) => {
                self.forget_deleted(&run.id);
                self.put(*run);
            }
            LibraryJob::Rename(id, old) => self.put_name(&id, &old),
            LibraryJob::Note(id, old) => self.put_note(&id, &old),
            LibraryJob::Undelete(id) | LibraryJob::Keep(id) => {
                self.take_out(&id);
            }
            LibraryJob::Import | LibraryJob::Export => {}
        }
    }
}

fn imported(name: &str, taken: ImportOutcome) -> String {
    match taken {
        ImportOutcome::New => format!("Imported {name}."),
        ImportOutcome::Known => format!("This run is here already, as {name}."),
        ImportOutcome::Beside => format!("Imported {name}, beside a run of the same id."),
    }
}
