//! What following many groups takes: live sessions, of which an account has few, and money.

use crate::effect::{AppContext, Backend, Confirm, ConfirmAction};
use crate::logs::{SessionNeed, TailTarget};

/// Sessions that start without a question.
const UNASKED: usize = 2;

/// What is asked before a tail starts that takes many sessions.
pub(super) fn question(wanted: &TailTarget, context: &AppContext) -> Option<Confirm> {
    let need = SessionNeed::of(&wanted.groups, context.region.as_deref());
    if wanted.poll || need.sessions() <= UNASKED {
        return None;
    }
    let groups = wanted.groups.len();
    let price = if context.source == Backend::Demo {
        "The simulated account bills nothing.".to_owned()
    } else {
        format!(
            "Live sessions cost {:.2} USD an hour beyond the 1,800 minutes that are free each month.",
            need.hourly_usd()
        )
    };
    Some(Confirm {
        question: format!("Follow {groups} groups?"),
        details: vec![format!("They take {need}."), price],
        answer: ConfirmAction::Follow(Box::new(wanted.clone())),
    })
}
