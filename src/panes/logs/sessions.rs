//! What following many groups takes: live sessions, of which an account has few, and money.

use crate::effect::{AppContext, Backend, Confirm, ConfirmAction};
use crate::logs::{MOST_SESSIONS, TailTarget, hourly_usd, shared_out};

/// Sessions that start without a question.
const UNASKED: usize = 2;

/// What is asked before a tail starts that takes many sessions.
pub(super) fn question(wanted: &TailTarget, context: &AppContext) -> Option<Confirm> {
    let sessions = shared_out(&wanted.groups).len();
    if wanted.poll || sessions <= UNASKED {
        return None;
    }
    let groups = wanted.groups.len();
    let price = if context.source == Backend::Demo {
        "The simulated account bills nothing.".to_owned()
    } else {
        format!(
            "Live sessions cost {:.2} USD an hour beyond the 1,800 minutes that are free each month.",
            hourly_usd(sessions)
        )
    };
    Some(Confirm {
        question: format!("Follow {groups} groups?"),
        details: vec![
            format!(
                "They take {sessions} live sessions of the {MOST_SESSIONS} the account may have in a region."
            ),
            price,
        ],
        answer: ConfirmAction::Follow(Box::new(wanted.clone())),
    })
}
