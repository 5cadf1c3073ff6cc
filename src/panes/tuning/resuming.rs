//! Going on with a run that broke off: asked about, then under way like any other.

use super::{Live, RunSection, TuningPane, TuningScreen};
use crate::effect::{Confirm, ConfirmAction, Job, Outbox, Severity};
use crate::power::resume::broke_off;
use crate::power::{MeasuredRun, Resumption, RunId};
use crate::text::sentence;

impl TuningPane {
    /// Whether the run in front broke off, so that going on with it is worth offering.
    pub(crate) fn has_broken_off(&self) -> bool {
        let entry = self.runs.selected();
        let saved = entry.filter(|entry| entry.section == RunSection::Saved);
        let measured = saved.and_then(|entry| entry.run.measured());
        measured.is_some_and(broke_off)
    }

    /// Asks whether the run in front is to be gone on with; says why when it cannot be.
    pub(super) fn ask_resume(&mut self, out: &mut Outbox<'_>) {
        let Some(entry) = self.runs.selected() else {
            return;
        };
        if entry.section != RunSection::Saved {
            let text = "Only a saved run that broke off can be gone on with.";
            return out.notice(Severity::Info, text);
        }
        let run = &entry.run;
        if let Err(error) = Resumption::of(run.id.clone()).plan(run) {
            let named = error
                .to_string()
                .replace(&format!("run '{}'", run.id), &run.name);
            return out.notice(Severity::Info, sentence(&named));
        }
        if let Some(reason) = self.refusal(out) {
            return out.notice(Severity::Error, reason);
        }
        let had = run.measured().map_or(0, MeasuredRun::invocations);
        out.confirm(Confirm {
            question: format!("Go on with the run of {}?", run.name),
            details: vec![
                format!("It has {had} invocations, which are kept."),
                "What it left behind is undone first; then what it misses is measured.".to_owned(),
            ],
            answer: ConfirmAction::Resume(run.id.clone()),
        });
    }

    /// Goes on with a run and shows it.
    pub fn resume_run(&mut self, id: &RunId, out: &mut Outbox<'_>) {
        if let Some(reason) = self.refusal(out) {
            return out.notice(Severity::Error, reason);
        }
        if out.context.offline {
            let text =
                "This session is offline; start iacstone without --offline to go on with a run.";
            return out.notice(Severity::Error, text);
        }
        let mut entries = self.runs.entries();
        let Some(run) = entries.find(|entry| entry.run.id == *id) else {
            return;
        };
        let run = run.run.clone();
        drop(entries);
        let task = out.spawn(Job::Resume(id.clone()));
        self.runs.start(Live::resumed(task, run, out.now));
        self.screen = TuningScreen::Runs;
    }
}
