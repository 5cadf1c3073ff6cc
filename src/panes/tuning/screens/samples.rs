//! The samples of a run.

use super::runs::own_log;
use crate::effect::{Outbox, Severity};
use crate::keys::{Action, Scope};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use crate::panes::tuning::samples::SampleList;
use crate::panes::tuning::{TuningPane, TuningScreen};
use Availability::Offered;

const SAMPLES: &Scope = &Scope::of_screen("samples", "Samples of a run");

/// What the actions do.
pub(super) static SCREEN: Screen<TuningPane> = Screen {
    scope: SAMPLES,
    tables: &[
        &Moves(|pane: &mut TuningPane, step, out| {
            if let Some(list) = list_mut(pane) {
                list.step(step.rows(out.page));
            }
        }),
        &Table::about(list, list_mut, LIST),
        &Table::new(WAYS),
    ],
};

const LIST: &[ActionRow<SampleList>] = &[
    row(
        Action::RIGHT,
        |_| Offered(1, "next size"),
        |list, _| list.change_size(1),
    ),
    row(
        Action::LEFT,
        |_| Availability::Unsaid,
        |list, _| list.change_size(-1),
    ),
    row(
        SAMPLES.action(
            "order-samples",
            &["o"],
            "The slowest first, or in order of arrival",
        ),
        |list| {
            let word = if list.by_duration {
                "by arrival"
            } else {
                "slowest first"
            };
            Offered(2, word)
        },
        |list, _| list.by_duration = !list.by_duration,
    ),
];

const WAYS: &[ActionRow<TuningPane>] = &[
    row(
        Action::OPEN,
        |_| Offered(0, "its invocation"),
        open_invocation,
    ),
    row(
        Action::BACK,
        |_| Offered(3, "back"),
        |pane, _| pane.screen = TuningScreen::Runs,
    ),
];

fn list(pane: &TuningPane) -> Option<&SampleList> {
    match &pane.screen {
        TuningScreen::Samples(list) => Some(list),
        _ => None,
    }
}

fn list_mut(pane: &mut TuningPane) -> Option<&mut SampleList> {
    match &mut pane.screen {
        TuningScreen::Samples(list) => Some(list),
        _ => None,
    }
}

/// Shows the samples of the run in front, at the size under the cursor.
pub(super) fn open(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let cursor = pane.runs.look.cursor.at;
    let run = pane.runs.selected().map(|entry| &entry.run);
    match run.and_then(|run| SampleList::open(run, cursor)) {
        Some(list) => pane.show(TuningScreen::Samples(Box::new(list)), out),
        None => out.notice(Severity::Info, "Only means are known of this run."),
    }
}

/// Shows the invocation of the sample in front in the log of the function.
fn open_invocation(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(list) = list(pane) else { return };
    let log = list.log(out.now);
    match log.and_then(|log| own_log(pane, &list.run, log)) {
        Some(visit) => out.visit(visit),
        None => out.notice(
            Severity::Info,
            "The record of this sample does not tell its request id.",
        ),
    }
}
