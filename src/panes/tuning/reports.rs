//! What the pane does with the reports of its jobs.

use super::errand::Errand;
use super::{Live, Load, Screen, Tuning, verdict};
use crate::app::{Outbox, Report, Severity, Taken, TaskId};
use crate::keys::Action;
use crate::power::{Run, Tuning as Event};

impl Tuning {
    /// Takes the report of a job; says whether the pane waited for it.
    pub fn report(&mut self, id: TaskId, report: Report, out: &mut Outbox<'_>) -> bool {
        let heard = self.library.load.task() == Some(id)
            || self.live().is_some_and(|live| live.task == id)
            || self.errands.find(id).is_some();
        if heard {
            self.mark_stale();
        }
        if self.library.load.task() == Some(id) {
            self.library_report(report, out);
        } else if self.live().is_some_and(|live| live.task == id) {
            self.live_report(report, out);
        } else if self.errands.find(id).is_some() {
            self.errand_report(id, report, out);
        } else if let Screen::Plan(form) = &mut self.screen
            && form.report(id, &report, out)
        {
            return true;
        } else {
            return self.functions.report(id, &report, out);
        }
        heard
    }

    fn library_report(&mut self, report: Report, out: &mut Outbox<'_>) {
        match report {
            Report::Runs(runs, journals) => {
                self.library.fill(runs, journals);
            }
            Report::Done => self.library.load = Load::Loaded(out.now),
            Report::Cancelled => self.library.load = Load::Unasked,
            Report::Failed(why) if self.library.is_filled() => {
                // Some records could not be read; the others are there.
                out.notice(Severity::Warning, why);
                self.library.load = Load::Loaded(out.now);
            }
            Report::Failed(why) => {
                out.notice(Severity::Error, why.clone());
                self.library.load = Load::Failed(why);
            }
            _ => {}
        }
    }

    fn errand_report(&mut self, id: TaskId, report: Report, out: &mut Outbox<'_>) {
        match report {
            Report::Imported(run, taken) => {
                out.notice(Severity::Success, imported(&run.name, taken));
                self.library.selected = Some(run.id.clone());
                self.library.put(*run);
            }
            Report::Described(function) => {
                self.errands.end(id);
                self.open_form(*function, out);
            }
            Report::Exported(path) => {
                self.errands.end(id);
                out.notice(Severity::Success, format!("Wrote {path}."));
            }
            Report::Done | Report::Cancelled => {
                if let Some(errand) = self.errands.end(id) {
                    self.is_done(errand, out);
                }
            }
            Report::Failed(why) => {
                out.notice(Severity::Error, why);
                if let Some(errand) = self.errands.end(id) {
                    self.take_back(errand);
                }
            }
            Report::Tuning(Event::Warned(text)) => out.notice(Severity::Warning, text),
            _ => {}
        }
    }

    /// Says what the store has done by now.
    fn is_done(&mut self, errand: Errand, out: &mut Outbox<'_>) {
        match errand {
            Errand::Recover(run) => self.recovered(&run, out),
            Errand::Undelete(id) => {
                if let Some(entry) = self.library.find(&id) {
                    out.notice(Severity::Info, format!("{} is back.", entry.run.name));
                }
            }
            // Not when it was brought back meanwhile.
            Errand::Delete(run) if self.library.find(&run.id).is_none() => {
                let (name, undo) = (&run.name, out.context.keymap.hint(Action::Undo));
                out.notice(
                    Severity::Info,
                    format!("Deleted {name}; {undo} brings it back."),
                );
            }
            Errand::Delete(_)
            | Errand::Rename(..)
            | Errand::Import
            | Errand::Export
            | Errand::Plan => {}
        }
    }

    fn recovered(&mut self, run: &crate::power::RunId, out: &mut Outbox<'_>) {
        self.library.journals.retain(|journal| journal.run != *run);
        out.notice(
            Severity::Success,
            format!("Run {run} is undone: the function is as it was, and no version is left."),
        );
        self.library.reload(out);
    }

    /// Shows again what the store still holds after a failed errand.
    fn take_back(&mut self, errand: Errand) {
        match errand {
            Errand::Delete(run) => {
                self.library.forget_deleted(&run.id);
                self.library.put(*run);
            }
            Errand::Rename(id, old) => self.library.rename(&id, &old),
            Errand::Undelete(id) => {
                self.library.delete(&id);
            }
            Errand::Import | Errand::Export | Errand::Plan | Errand::Recover(_) => {}
        }
    }

    fn live_report(&mut self, report: Report, out: &mut Outbox<'_>) {
        match report {
            Report::Tuning(Event::Warned(text)) => out.notice(Severity::Warning, text),
            Report::Tuning(Event::Ended(run)) => self.ended(*run, out),
            Report::Tuning(event) => {
                if let Some(live) = &mut self.live {
                    live.take(&event);
                }
            }
            Report::Failed(why) => {
                out.notice(Severity::Error, why);
                self.end_live(out);
            }
            Report::Done | Report::Cancelled => self.end_live(out),
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
                let key = out.context.keymap.hint(Action::ExportRun);
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

fn imported(name: &str, taken: Taken) -> String {
    match taken {
        Taken::New => format!("Imported {name}."),
        Taken::Known => format!("This run is here already, as {name}."),
        Taken::Beside => format!("Imported {name}, beside a run of the same id."),
    }
}
