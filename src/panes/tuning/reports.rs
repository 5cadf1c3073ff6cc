//! What the pane does with the reports of its jobs.

use super::pending::TuningPendingJob;
use super::{Live, TuningPane, TuningScreen, verdict};
use crate::effect::{ImportOutcome, JobReport, Outbox, Severity};
use crate::panes::Load;
use crate::panes::tuning::screens::runs::{EXPORT_RUN, UNDO};
use crate::power::{Journal, Run, RunEvent as Event};
use crate::task::TaskId;

impl TuningPane {
    /// Whether the pane waits for what this task reports.
    pub(super) fn awaits_report(&self, id: TaskId) -> bool {
        let describes = matches!(&self.screen, TuningScreen::Plan(form) if form.awaits(id));
        describes || self.changes_with(id) || self.functions.load.task() == Some(id)
    }

    /// Whether what the task reports may change the curves.
    fn changes_with(&self, id: TaskId) -> bool {
        self.library.load.task() == Some(id)
            || self.live().is_some_and(|live| live.task == id)
            || self.pending.has(id)
    }

    /// Takes the report of a task the pane waits for.
    pub(super) fn take_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if self.changes_with(id) {
            self.mark_stale();
        }
        if self.library.load.task() == Some(id) {
            self.library_report(report, out);
        } else if self.live().is_some_and(|live| live.task == id) {
            self.live_report(report, out);
        } else if self.pending.has(id) {
            self.pending_report(id, report, out);
        } else if self.functions.load.task() == Some(id) {
            self.functions.report(report, out);
        } else if let TuningScreen::Plan(form) = &mut self.screen {
            form.report(report, out);
        }
    }

    fn library_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Runs(runs, journals) => {
                self.library.fill(runs, journals);
            }
            JobReport::Done => self.library.load = Load::Loaded(out.now),
            JobReport::Cancelled => self.library.load = Load::Unasked,
            JobReport::Failed(why) if self.library.is_filled() => {
                // Some records could not be read; the others are there.
                out.notice(Severity::Warning, why);
                self.library.load = Load::Loaded(out.now);
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why.clone());
                self.library.load = Load::Failed(why);
            }
            _ => {}
        }
    }

    fn pending_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Imported(run, taken) => {
                out.notice(Severity::Success, imported(&run.name, taken));
                self.library.selected = Some(run.id.clone());
                self.library.put(*run);
            }
            JobReport::Described(function) => {
                self.pending.end(id);
                self.open_form(*function, out);
            }
            JobReport::Exported(path) => {
                self.pending.end(id);
                out.notice(Severity::Success, format!("Wrote {path}."));
            }
            JobReport::Done | JobReport::Cancelled => {
                if let Some(pending_job) = self.pending.end(id) {
                    self.is_done(pending_job, out);
                }
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                if let Some(pending_job) = self.pending.end(id) {
                    self.take_back(pending_job);
                }
            }
            JobReport::Tuning(Event::Warned(text)) => out.notice(Severity::Warning, text),
            _ => {}
        }
    }

    /// Says what the store has done by now.
    fn is_done(&mut self, pending_job: TuningPendingJob, out: &mut Outbox<'_>) {
        match pending_job {
            TuningPendingJob::Recover(run) => self.recovered(&run, out),
            TuningPendingJob::Undelete(id) => {
                if let Some(entry) = self.library.find(&id) {
                    out.notice(Severity::Info, format!("{} is back.", entry.run.name));
                }
            }
            // Not when it was brought back meanwhile.
            TuningPendingJob::Delete(run) if self.library.find(&run.id).is_none() => {
                let (name, undo) = (&run.name, out.context.keymap.hint(UNDO));
                out.notice(
                    Severity::Info,
                    format!("Deleted {name}; {undo} brings it back."),
                );
            }
            TuningPendingJob::Delete(_)
            | TuningPendingJob::Rename(..)
            | TuningPendingJob::Import
            | TuningPendingJob::Export
            | TuningPendingJob::Plan => {}
        }
    }

    fn recovered(&mut self, run: &crate::power::RunId, out: &mut Outbox<'_>) {
        let is_meant = |journal: &Journal| journal.run == *run;
        let journal = self
            .library
            .journals
            .iter()
            .find(|journal| is_meant(journal));
        let applied = journal.and_then(Journal::applied);
        let stays = applied.map(|size| format!("; the {size} MB it was to apply may stay"));
        out.notice(
            Severity::Success,
            format!(
                "Run {run} is undone: what it changed is taken back, and no version of it is left{}.",
                stays.unwrap_or_default()
            ),
        );
        self.library.journals.retain(|journal| !is_meant(journal));
        self.library.reload(out);
    }

    /// Shows again what the store still holds after a failed pending job.
    fn take_back(&mut self, pending_job: TuningPendingJob) {
        match pending_job {
            TuningPendingJob::Delete(run) => {
                self.library.forget_deleted(&run.id);
                self.library.put(*run);
            }
            TuningPendingJob::Rename(id, old) => self.library.rename(&id, &old),
            TuningPendingJob::Undelete(id) => {
                self.library.delete(&id);
            }
            TuningPendingJob::Import
            | TuningPendingJob::Export
            | TuningPendingJob::Plan
            | TuningPendingJob::Recover(_) => {}
        }
    }

    fn live_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Tuning(Event::Warned(text)) => out.notice(Severity::Warning, text),
            JobReport::Tuning(Event::Ended(run)) => self.ended(*run, out),
            JobReport::Tuning(event) => {
                if let Some(live) = &mut self.live {
                    live.take(&event);
                }
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                self.end_live(out);
            }
            JobReport::Done | JobReport::Cancelled => self.end_live(out),
            _ => {}
        }
    }

    /// The whole record arrived: it is in the store and goes into the list.
    fn ended(&mut self, run: Run, out: &mut Outbox<'_>) {
        if let Some(measured) = run.measured() {
            let (severity, text) = verdict::sentence(&run, measured);
            out.notice(severity, text);
        }
        if let Some(live) = &mut self.live {
            live.take(&Event::Ended(Box::new(run.clone())));
            if let Some(why) = &live.unsaved {
                let key = out.context.keymap.hint(EXPORT_RUN);
                let sentence = format!(
                    "{why}; it is whole only until iacstone ends: {key} writes it to a file."
                );
                out.notice(Severity::Error, sentence);
            }
        }
        self.library.put(run);
    }

    /// The job is over: the run is no longer live, and the store knows the rest, unless it could not be told.
    fn end_live(&mut self, out: &mut Outbox<'_>) {
        if self.live.take().is_some_and(|live| live.unsaved.is_none()) {
            self.library.reload(out);
        }
    }

    /// Stops the run under way; it restores the function before it ends.
    pub fn cancel_live(&mut self, out: &mut Outbox<'_>) {
        if let Some(live) = &mut self.live
            && !live.cancelling
        {
            live.cancelling = true;
            out.cancel(live.task);
            out.notice(
                Severity::Info,
                format!("Cancelling and restoring {} ...", live.name()),
            );
        }
    }

    pub(super) fn cancel_or_say(&mut self, out: &mut Outbox<'_>) {
        match self.live.as_ref().map(|live: &Live| live.cancelling) {
            None => out.notice(Severity::Info, "No run is under way."),
            Some(true) => out.notice(
                Severity::Info,
                "The run is being cancelled; it ends when the function is restored.",
            ),
            Some(false) => self.cancel_live(out),
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
