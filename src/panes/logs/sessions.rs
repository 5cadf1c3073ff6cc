//! What following groups takes: live sessions, of which an account has few, queries, and money.

use crate::effect::{AppContext, Backend, Confirm, ConfirmAction, Outbox};
use crate::logs::query::{ScanPrice, USD_PER_GB};
use crate::logs::{MOST_SESSIONS, TailTarget, group_name, hourly_usd, shared_out};
use crate::text::size;

/// Sessions that start without a question.
const UNASKED: usize = 2;

/// Bytes that the queries of one tail may read.
pub(super) const MOST_SCANNED: u64 = 100_000_000_000;

/// What is asked before a tail starts that takes many sessions, or queries.
pub(super) fn question(wanted: &TailTarget, context: &AppContext) -> Option<Confirm> {
    let is_demo = context.source == Backend::Demo;
    let mut details = of_sessions(wanted, is_demo);
    details.extend(wanted.max_scan.iter().flat_map(|&most| of_queries(most)));
    if details.is_empty() {
        return None;
    }
    if is_demo {
        details.push("The simulated account bills nothing.".to_owned());
    }
    let question = match &*wanted.groups {
        [group] => format!("Follow '{}'?", group_name(group)),
        groups => format!("Follow {} groups?", groups.len()),
    };
    Some(Confirm {
        question,
        details,
        answer: ConfirmAction::Follow(Box::new(wanted.clone())),
    })
}

/// Asks whether queries are to read a group that turned out to be read by nothing else.
pub(super) fn ask_for_queries(refused: &TailTarget, out: &mut Outbox<'_>) {
    let wanted = TailTarget {
        max_scan: Some(MOST_SCANNED),
        ..refused.clone()
    };
    if refused.max_scan.is_none()
        && let Some(question) = question(&wanted, out.context)
    {
        out.confirm(question);
    }
}

fn of_sessions(wanted: &TailTarget, is_demo: bool) -> Vec<String> {
    let sessions = shared_out(&wanted.groups).len();
    if wanted.poll || sessions <= UNASKED {
        return Vec::new();
    }
    let mut details = vec![format!(
        "They take {sessions} live sessions of the {MOST_SESSIONS} the account may have in a region."
    )];
    if !is_demo {
        details.push(format!(
            "Live sessions cost {:.2} USD an hour beyond the 1,800 minutes that are free each month.",
            hourly_usd(sessions)
        ));
    }
    details
}

fn of_queries(most: u64) -> Vec<String> {
    let usd = ScanPrice::of(most, None).usd;
    vec![
        "Only Logs Insights reads groups of the Infrequent Access class: one query a minute."
            .to_owned(),
        format!(
            "What a query reads costs {USD_PER_GB} USD a GB in most regions; nothing is read so far."
        ),
        format!("It ends before {} are read: {usd:.2} USD.", size(most)),
    ]
}
