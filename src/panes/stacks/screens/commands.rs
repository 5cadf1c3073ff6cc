//! The commands of the stack in front.

use super::list::READ;
use super::{back, step, when_read};
use crate::effect::Outbox;
use crate::keys::{Action, Scope};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use crate::panes::stacks::StacksPane;
use Availability::Offered;

const COMMAND: &Scope = &Scope {
    name: "commands",
    title: "Commands of a stack",
    within: Some(super::list::STACKS),
};

/// Copies a command.
pub const COPY_COMMAND: Action = COMMAND.action(
    "copy-command",
    &["y"],
    "Copy the command, quoted for a shell",
);

/// What the actions do.
pub(super) static SCREEN: Screen<StacksPane> = Screen {
    scope: COMMAND,
    tables: &[&Moves(step), &Table::new(ROWS)],
};

const ROWS: &[ActionRow<StacksPane>] = &[
    row(
        COPY_COMMAND,
        |pane| Availability::when(pane.commands.selected().is_some(), 0, "copy"),
        copy,
    ),
    row(READ, |pane| when_read(pane, 1), StacksPane::ask_read),
    row(Action::BACK, |_| Offered(2, "back"), back),
];

fn copy(pane: &mut StacksPane, out: &mut Outbox<'_>) {
    if let Some(command) = pane.commands.selected() {
        let what = format!("the command for {}", command.intent.name());
        out.copy(command.text.clone(), what);
    }
}
