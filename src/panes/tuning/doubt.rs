//! What the function answered first: told before the rest is paid for. An answer that looks like that of a failure pauses
//! the run, and it is asked whether to go on.

use super::Live;
use super::screens::runs::{CANCEL_RUN, PAUSE};
use crate::effect::{Confirm, ConfirmAction, Outbox, Severity};
use crate::power::FirstAnswer;
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
    let paused = format!("The run is paused: {on} goes on, {off} cancels it.");
    out.notice(Severity::Warning, paused.clone());
    out.confirm(Confirm {
        question: format!("Measure {} all the same?", live.name()),
        details: vec![format!("{}.", sentence(&warning)), paused],
        answer: ConfirmAction::GoOn(live.entry().run.id.clone()),
    });
}
