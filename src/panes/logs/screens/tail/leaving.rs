//! One key undoes what the reader did last and leads back, a step at a time, the same while following and while held.

use super::super::patterns;
use super::ways_on::show_groups;
use crate::effect::Outbox;
use crate::panes::logs::tail::Filters;
use crate::panes::logs::{LogsPane, Tail, VisitedFrom};
use crate::panes::screen::Availability;

/// What the key does next.
#[derive(Debug, Clone, Copy)]
enum StepBack {
    EndSelection,
    LeaveHistogram,
    /// Lets the filters count again that were set aside.
    ShowAll,
    /// Folds what is unfolded under the cursor.
    Fold,
    EndSearch,
    BackToQuery,
    BackToRun,
    BackToPatterns,
    ShowGroups,
}

/// Says what the key does next. What it undoes is said first.
pub(super) fn availability(pane: &LogsPane) -> Availability {
    let (rank, word) = match pane
        .tail()
        .map_or(StepBack::ShowGroups, |it| next(pane, it))
    {
        StepBack::EndSelection => (3, "unselect"),
        StepBack::LeaveHistogram => (3, "to the rows"),
        StepBack::ShowAll => (3, "all again"),
        StepBack::Fold => (4, "fold it"),
        StepBack::EndSearch => (4, "end search"),
        StepBack::BackToQuery => (0, "back to query"),
        StepBack::BackToRun => (0, "back to the run"),
        StepBack::BackToPatterns => (0, "back to patterns"),
        StepBack::ShowGroups => (6, "groups"),
    };
    Availability::Offered(rank, word)
}

fn next(pane: &LogsPane, tail: &Tail) -> StepBack {
    let filters = tail.filters();
    if tail.reader().is_selecting() {
        StepBack::EndSelection
    } else if tail.reader().is_on_histogram() {
        StepBack::LeaveHistogram
    } else if filters.is_in_context() || filters.followed_value().is_some() {
        StepBack::ShowAll
    } else if tail.is_held_unfolded() {
        StepBack::Fold
    } else if tail.rows().searched().is_some() {
        StepBack::EndSearch
    } else if let Some(visit) = &pane.visit {
        match visit.from {
            VisitedFrom::Answer(_) => StepBack::BackToQuery,
            VisitedFrom::Run(..) => StepBack::BackToRun,
        }
    } else if pane.left_patterns.is_some() {
        StepBack::BackToPatterns
    } else {
        StepBack::ShowGroups
    }
}

/// Goes the next step back.
pub(super) fn leave(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let Some(step) = pane.tail().map(|tail| next(pane, tail)) else {
        return;
    };
    let Some(tail) = &mut pane.tail else { return };
    match step {
        StepBack::EndSelection => tail.reader_mut().unselect(),
        StepBack::LeaveHistogram => tail.reader_mut().leave_histogram(),
        StepBack::ShowAll => tail.change_filters(Filters::leave_alone, out),
        StepBack::Fold => {
            tail.toggle_fold();
        }
        StepBack::EndSearch => tail.search_for(None, out),
        StepBack::BackToQuery | StepBack::BackToRun => pane.leave_visit(out),
        StepBack::BackToPatterns => patterns::come_back(pane, out),
        StepBack::ShowGroups => show_groups(pane, out),
    }
}
