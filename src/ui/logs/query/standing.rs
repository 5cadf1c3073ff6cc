//! How a query stands: whether it runs, what it has read, what that costs, and whether rows are missing.

use super::groups;
use crate::effect::QueryReading;
use crate::logs::Home;
use crate::logs::query::QueryProgress;
use crate::panes::logs::LogQuery;
use crate::panes::logs::query::{AnswerPage, QueryPhase};
use crate::text::{size, thousands};
use crate::theme::Role;

/// How it stands in words, with their role.
pub(super) fn standing(query: &LogQuery, home: Option<&Home>) -> (Role, String) {
    match &query.phase {
        QueryPhase::Unasked => (Role::Muted, "Not asked yet.".to_owned()),
        QueryPhase::Failed(_) => (Role::Error, "The query failed.".to_owned()),
        QueryPhase::Running { reading, stops, .. } => {
            let word = if *stops {
                "Stopping ..."
            } else {
                "Running ..."
            };
            let read = reading.as_ref().map(read).unwrap_or_default();
            (Role::Warning, format!("{word} {read}"))
        }
        QueryPhase::Answered(page) => answered(query, page, home),
    }
}

/// The count of rows, what is doubtful about them, and what was read for them.
fn answered(query: &LogQuery, page: &AnswerPage, home: Option<&Home>) -> (Role, String) {
    let (shown, all) = (page.rows().len(), page.table().count());
    let noun = if all == 1 { "row" } else { "rows" };
    let count = match page.filter() {
        "" => format!("{} {noun}", thousands(all)),
        filter => format!(
            "{} of {} {noun} with '{filter}'",
            thousands(shown),
            thousands(all)
        ),
    };
    let doubt = match &page.progress {
        QueryProgress::Broken(status) if status == "Cancelled" => {
            " STOPPED: rows are missing.".to_owned()
        }
        QueryProgress::Broken(status) => format!(" ENDED with '{status}': rows are missing."),
        _ if page.may_be_cut() => {
            " CUT: a query gives no more rows; take a shorter range.".to_owned()
        }
        _ => String::new(),
    };
    let mut of = String::new();
    if page.basis.groups != query.groups {
        of = format!(" of {}", groups(&page.basis.groups, home));
    }
    if page.basis.range != query.range {
        of = format!("{of} over {}", page.basis.range);
    }
    let role = if doubt.is_empty() {
        Role::Text
    } else {
        Role::Warning
    };
    (role, format!("{count}{of}.{doubt} {}", read(&page.reading)))
}

/// What was read and what that costs.
fn read(reading: &QueryReading) -> String {
    let figures = reading.figures;
    format!(
        "{} of {} events matched, {} read: {}.",
        thousands(figures.matched),
        thousands(figures.scanned),
        size(figures.bytes),
        reading.price.words()
    )
}
