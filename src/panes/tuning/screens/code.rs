//! The sheet of a run as code.

use crate::effect::{Outbox, Prompt, Severity};
use crate::keys::{Action, Scope};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use crate::panes::tuning::{CodePick, CodeSheet, TuningPane, TuningPrompt, TuningScreen};
use Availability::Offered;

use super::runs::file_stem;

const CODE: &Scope = &Scope::of_screen("code", "A run as code");

/// Writes the change to a file.
const WRITE: Action = CODE.action(
    "write-patch",
    &["w"],
    "Write the change to a new .patch file, for git apply",
);
/// Takes the recommended size.
pub const RECOMMENDED: Action =
    CODE.action("code-recommended", &["R"], "Take the recommended size");
/// Takes the cheapest size.
pub const CHEAPEST: Action = CODE.action("code-cheapest", &["c"], "Take the cheapest size");
/// Takes the fastest size.
pub const FASTEST: Action = CODE.action("code-fastest", &["f"], "Take the fastest size");
/// Takes the balanced size.
pub const BALANCED: Action = CODE.action("code-balanced", &["b"], "Take the balanced size");
/// Takes the size under the cursor of the chart.
pub const CURSOR: Action = CODE.action(
    "code-cursor",
    &["u"],
    "Take the size under the cursor of the chart",
);

/// What the actions do.
pub(super) static SCREEN: Screen<TuningPane> = Screen {
    scope: CODE,
    tables: &[
        &Moves(|pane: &mut TuningPane, step, _| {
            if let Some(sheet) = sheet_mut(pane) {
                sheet.step(step);
            }
        }),
        &Table::about(sheet, sheet_mut, ROWS),
        &Table::new(GOING_ON),
    ],
};

const ROWS: &[ActionRow<CodeSheet>] = &[
    unsaid(Action::LEFT, |sheet, _| sheet.turn(-1)),
    row(
        Action::RIGHT,
        |_| Offered(0, "next form"),
        |sheet, _| sheet.turn(1),
    ),
    row(
        CODE.action(
            "copy-change",
            &["y"],
            "Copy the change, or the snippet where there is none",
        ),
        |_| Offered(1, "copy"),
        |sheet, out| {
            let (text, what) = sheet.copied();
            out.copy(text, what);
        },
    ),
    row(
        CODE.action("copy-snippet", &["Y"], "Copy how it is written in general"),
        |sheet| Availability::offered_when(sheet.place().is_some(), 4, "copy snippet"),
        |sheet, out| {
            let (text, what) = sheet.snippet();
            out.copy(text, what);
        },
    ),
    unsaid(RECOMMENDED, |sheet, out| {
        sheet.take(CodePick::Recommended, out);
    }),
    unsaid(CHEAPEST, |sheet, out| {
        sheet.take(CodePick::Cheapest, out);
    }),
    unsaid(FASTEST, |sheet, out| {
        sheet.take(CodePick::Fastest, out);
    }),
    unsaid(BALANCED, |sheet, out| {
        sheet.take(CodePick::Balanced, out);
    }),
    unsaid(CURSOR, |sheet, out| {
        sheet.take(CodePick::Cursor, out);
    }),
    row(
        Action::REFRESH,
        |_| Offered(5, "read again"),
        CodeSheet::reload,
    ),
];

const GOING_ON: &[ActionRow<TuningPane>] = &[
    row(
        WRITE,
        |pane| {
            let has_change = sheet(pane).is_some_and(|sheet| sheet.patch().is_ok());
            Availability::offered_when(has_change, 2, "write patch")
        },
        ask_patch,
    ),
    row(Action::BACK, |_| Offered(3, "back"), leave),
];

fn sheet(pane: &TuningPane) -> Option<&CodeSheet> {
    match &pane.screen {
        TuningScreen::Code(sheet) => Some(sheet),
        _ => None,
    }
}

fn sheet_mut(pane: &mut TuningPane) -> Option<&mut CodeSheet> {
    match &mut pane.screen {
        TuningScreen::Code(sheet) => Some(sheet),
        _ => None,
    }
}

/// Opens the sheet of the run in front.
pub(super) fn open(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let cursor = pane.runs.look.cursor.at;
    let entry = pane.runs.selected();
    let Some((entry, shown)) = entry.zip(pane.runs.shown()) else {
        return;
    };
    match CodeSheet::open(entry, shown, cursor) {
        Some(mut sheet) => {
            sheet.load(out);
            pane.screen = TuningScreen::Code(Box::new(sheet));
        }
        None => out.notice(
            Severity::Info,
            "This run has no size yet that could be written into code.",
        ),
    }
}

fn leave(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    if let Some(sheet) = sheet_mut(pane) {
        sheet.stop(out);
    }
    pane.screen = TuningScreen::Runs;
}

/// Asks where the change is to be written.
fn ask_patch(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(sheet) = sheet(pane) else {
        return;
    };
    let target = sheet.target();
    let stem = format!("{}-{}", file_stem(&target.name), target.to);
    let path = pane.patches.free_name(&stem);
    match sheet.patch() {
        Ok(draft) => {
            let prompt = Prompt::line("Write the patch to", "the path of a new file", &path);
            pane.ask(TuningPrompt::WritePatch(Box::new(draft)), prompt, out);
        }
        Err(why) => out.notice(Severity::Info, why),
    }
}
