//! What the function answered first: told before the rest is paid for. An answer that looks like that of a failure pauses
//! the run, and it is asked whether to go on.

use super::screens::runs::{CANCEL_RUN, PAUSE};
use super::{Live, TuningPane};
use crate::effect::{Confirm, ConfirmAction, Outbox, Severity};
use crate::power::{FirstAnswer, RunId};
use crate::text::sentence;

/// Hears what a run was answered first; a dry run is made to see that.
pub(super) fn hear(live: &mut Live, answer: &FirstAnswer, out: &mut Outbox<'_>) {
    let is_dry = live.measured().is_some_and(|run| run.plan.dry_run);
    let warning = answer.warning().filter(|_| !is_dry && !live.cancelling);
    let Some(warning) = warning else {
        let text = format!("First answer of {}: {}", live.name(), answer.text);
        return out.notice(Severity::Info, text);
    };
    if live.paused.is_none() {
        live.switch_pause(out);
    }
    let way = |action| out.context.keymap.way_to(action);
    let (on, off) = (way(PAUSE), way(CANCEL_RUN));
    out.confirm(Confirm {
        question: format!("Measure {} all the same?", live.name()),
        details: vec![
            format!("{}.", sentence(&warning)),
            format!("The run is paused, and the function is as it was. A no leaves it so: {on} goes on, {off} cancels."),
        ],
        answer: ConfirmAction::GoOn(live.entry().run.id.clone()),
    });
}

impl TuningPane {
    /// Goes on with the live run, if it is this one and paused.
    pub fn go_on(&mut self, run: &RunId, out: &mut Outbox<'_>) {
        let live = self.live().filter(|live| live.paused.is_some());
        if live.is_some_and(|live| live.entry().run.id == *run) {
            self.runs.switch_pause(out);
        }
    }
}
