//! What following groups takes: live sessions, of which an account has few, queries, and money.

use crate::effect::{AppContext, Backend, Confirm, ConfirmAction, Outbox};
use crate::logs::query::{ScanPrice, USD_PER_GB};
use crate::logs::{SessionNeed, TailTarget, group_name};
use crate::text::size;

/// Sessions that start without a question.
const UNASKED: usize = 2;

/// Bytes that the queries of one tail may read.
pub(super) const MOST_SCANNED: u64 = 100_000_000_000;

/// What is asked before a tail starts that takes many sessions, or queries.
pub(super) fn question(wanted: &TailTarget, context: &AppContext) -> Option<Confirm> {
    let mut details = of_sessions(wanted, context);
    details.extend(wanted.max_scan.iter().flat_map(|&most| of_queries(most)));
    if details.is_empty() {
        return None;
    }
    if context.source == Backend::Demo {
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

fn of_sessions(wanted: &TailTarget, context: &AppContext) -> Vec<String> {
    let need = SessionNeed::of(&wanted.groups, context.region.as_deref());
    if wanted.poll || need.sessions() <= UNASKED {
        return Vec::new();
    }
    let mut details = vec![format!("They take {need}.")];
    if context.source != Backend::Demo {
        details.push(format!(
            "Live sessions cost {:.2} USD an hour beyond the 1,800 minutes that are free each month.",
            need.hourly_usd()
        ));
    }
    details
}

fn of_queries(most: u64) -> Vec<String> {
    let usd = ScanPrice::of(most, None).usd;
    vec![
        "Only Logs Insights reads groups of the Infrequent Access class: one query a minute for each group."
            .to_owned(),
        format!(
            "What a query reads costs {USD_PER_GB} USD a GB in most regions; nothing is read so far."
        ),
        format!("It ends as soon as more than {} would be read: {usd:.2} USD.", size(most)),
    ]
}
