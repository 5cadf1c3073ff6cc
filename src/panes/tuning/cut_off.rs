//! Runs that were cut off: the journal says what they left, and the user decides when to undo it.

use super::TuningPane;
use super::pending::TuningPendingJob;
use super::start::LEAVING;
use crate::effect::{Confirm, ConfirmAction, Job, Outbox, Severity};
use crate::lambda::FunctionRef;
use crate::power::{Journal, RunId};

impl TuningPane {
    /// The first run that was cut off and is not being undone.
    #[must_use]
    pub fn cut_off(&self) -> Option<&Journal> {
        let live = self.live().map(|live| &live.entry().run.id);
        self.library
            .journals
            .iter()
            .find(|journal| Some(&journal.run) != live && !self.recovers(&journal.run))
    }

    fn recovers(&self, run: &RunId) -> bool {
        let is_of_it =
            |job: &TuningPendingJob| matches!(job, TuningPendingJob::Recover(id) if id == run);
        self.pending.any(is_of_it)
    }

    pub(super) fn ask_recover(&mut self, out: &mut Outbox<'_>) {
        let Some(journal) = self.cut_off() else {
            return out.notice(
                Severity::Info,
                "No run was cut off; nothing is to be undone.",
            );
        };
        let name = function_name(journal);
        out.confirm(Confirm {
            question: format!("Restore {name} now?"),
            details: vec![
                format!("Run {} was cut off.", journal.run),
                format!(
                    "{name} gets its {} MB back, and versions of that run are deleted.",
                    journal.original.memory
                ),
            ],
            answer: ConfirmAction::Recover(journal.run.clone()),
        });
    }

    /// Undoes what a run left behind.
    pub fn recover(&mut self, run: &RunId, out: &mut Outbox<'_>) {
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
        self.pending
            .add(task, TuningPendingJob::Recover(run.clone()));
        out.notice(Severity::Info, format!("Undoing run {run} ..."));
    }
}

/// The plain name of the function a journal is about.
#[must_use]
pub fn function_name(journal: &Journal) -> String {
    let arn = &journal.original.function_arn;
    FunctionRef::parse(arn).map_or_else(|_| arn.clone(), |function| function.name().to_owned())
}
