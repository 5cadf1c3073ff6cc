//! The outputs of stacks side by side.

use super::list::READ;
use super::{back, step, when_read};
use crate::effect::{Outbox, Severity};
use crate::iac::OutputValue;
use crate::keys::{Action, Scope};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use crate::panes::stacks::StacksPane;
use Availability::Offered;

const OUTPUTS: &Scope = &Scope {
    name: "outputs",
    title: "Outputs side by side",
    within: Some(super::list::STACKS),
};

/// What the actions do.
pub(super) static SCREEN: Screen<StacksPane> = Screen {
    scope: OUTPUTS,
    tables: &[&Moves(step), &Table::new(ROWS)],
};

const ROWS: &[ActionRow<StacksPane>] = &[
    unsaid(Action::LEFT, |pane, _| pane.outputs.turn(-1)),
    unsaid(Action::RIGHT, |pane, _| pane.outputs.turn(1)),
    row(
        OUTPUTS.action("copy-output", &["y"], "Copy the value"),
        |pane| Availability::offered_when(pane.outputs.cell().is_some(), 0, "copy value"),
        copy,
    ),
    row(
        OUTPUTS.action(
            "only-differences",
            &["d"],
            "Show only what differs or is missing, or all",
        ),
        |pane| {
            let word = if pane.outputs.only_differences {
                "all"
            } else {
                "differences"
            };
            Offered(1, word)
        },
        |pane, _| pane.outputs.narrow(),
    ),
    row(READ, |pane| when_read(pane, 2), StacksPane::ask_read),
    row(Action::BACK, |_| Offered(3, "back"), back),
];

/// Copies the value in front.
fn copy(pane: &mut StacksPane, out: &mut Outbox<'_>) {
    let Some(cell) = pane.outputs.cell() else {
        return out.notice(Severity::Info, "This stack has no such output.");
    };
    match &cell.value {
        OutputValue::Shown(text) | OutputValue::Data(text) => {
            out.copy(text.clone(), format!("the value of {}", cell.name));
        }
        OutputValue::Hidden => out.notice(
            Severity::Info,
            format!(
                "{} is sensitive: its value was not kept when the file was read.",
                cell.name
            ),
        ),
        OutputValue::Elsewhere => out.notice(
            Severity::Info,
            format!("No file here has the value of {}.", cell.name),
        ),
    }
}
