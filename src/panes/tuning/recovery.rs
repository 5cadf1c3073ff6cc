//! Runs that were cut off: the journal says what they left, and the user decides when to undo it.

use super::planning::LEAVING;
use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::lambda::FunctionRef;
use crate::panes::Pending;
use crate::power::{Journal, RunEvent, RunId};
use crate::task::TaskId;

/// What runs that were cut off left, and which of them are being undone.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    journals: Vec<Journal>,
    under_way: Pending<RunId>,
}

impl Recovery {
    /// Takes the journals that are in the store.
    pub(super) fn fill(&mut self, journals: Vec<Journal>) {
        self.journals = journals;
    }

    /// The first run that is not being undone; the one that is live has a journal too.
    pub(super) fn next(&self, live: Option<&RunId>) -> Option<&Journal> {
        let is_undone = |run: &RunId| self.under_way.any(|id| id == run);
        self.journals
            .iter()
            .find(|journal| Some(&journal.run) != live && !is_undone(&journal.run))
    }

    /// Undoes what a run left behind.
    pub(super) fn start(&mut self, run: &RunId, out: &mut Outbox<'_>) {
        if out.context.read_only {
            return out.notice(
                Severity::Error,
                "This session is read-only; start iacstone without --read-only to restore the function.",
            );
        }
        if out.leaving {
            return out.notice(Severity::Error, LEAVING);
        }
        if out.context.offline {
            return out.notice(
                Severity::Error,
                "This session is offline; start iacstone without --offline to restore the function.",
            );
        }
        let task = out.spawn(Job::Recover(run.clone()));
        self.under_way.add(task, run.clone());
        out.notice(Severity::Info, format!("Undoing run {run} ..."));
    }

    /// Whether this task undoes a run.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.under_way.has(id)
    }

    /// Takes the report of such a task; says whether the run is undone.
    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) -> bool {
        match report {
            JobReport::Tuning(RunEvent::Warned(text)) => out.notice(Severity::Warning, text),
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                self.under_way.end(id);
            }
            JobReport::Done | JobReport::Cancelled => {
                if let Some(run) = self.under_way.end(id) {
                    self.end(&run, out);
                    return true;
                }
            }
            _ => {}
        }
        false
    }

    fn end(&mut self, run: &RunId, out: &mut Outbox<'_>) {
        let journal = self.journals.iter().find(|journal| journal.run == *run);
        let applied = journal.and_then(Journal::applied);
        let stays = applied.map(|size| format!("; the {size} MB it was to apply may stay"));
        out.notice(
            Severity::Success,
            format!(
                "Run {run} is undone: what it changed is taken back, and no version of it is left{}.",
                stays.unwrap_or_default()
            ),
        );
        self.journals.retain(|journal| journal.run != *run);
    }
}

/// The plain name of the function a journal is about.
#[must_use]
pub fn function_name(journal: &Journal) -> String {
    let arn = &journal.original.function_arn;
    FunctionRef::parse(arn).map_or_else(|_| arn.clone(), |function| function.name().to_owned())
}
