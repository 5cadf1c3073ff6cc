//! The projects and their stacks.

use super::{step, when_read};
use crate::effect::Visit;
use crate::keys::{Action, Scope};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use crate::panes::stacks::follow::groups;
use crate::panes::stacks::{StacksPane, StacksScreen};
use Availability::Offered;

/// The stacks; the scopes of the screens that show one of them are within it.
pub(super) const STACKS: &Scope = &Scope::of_screen("stacks", "Stacks");

/// Puts outputs side by side.
pub const OUTPUTS: Action = STACKS.action(
    "stack-outputs",
    &["o"],
    "Outputs of the marked stacks, else of all, side by side",
);
/// Shows the commands.
pub const COMMANDS: Action = STACKS.action(
    "stack-commands",
    &["c"],
    "Commands of the stack, to be copied",
);
/// Marks a stack.
pub const MARK: Action = STACKS.action("mark-stack", &["space"], "Mark or unmark the stack");
/// Runs a read.
pub const READ: Action = STACKS.action(
    "read-stack",
    &["!"],
    "Run the command that reads it, once it was shown and confirmed",
);

/// Follows all groups.
pub(super) const FOLLOW: Action = STACKS.action(
    "follow-stack",
    &["A"],
    "Follow all log groups of the stack at once",
);

/// What the actions do.
pub(super) static SCREEN: Screen<StacksPane> = Screen {
    scope: STACKS,
    tables: &[&Moves(step), &Table::new(ROWS)],
};

const ROWS: &[ActionRow<StacksPane>] = &[
    row(
        Action::OPEN,
        |pane| Availability::when(has_stack(pane), 0, "resources"),
        |pane, _| pane.show(StacksScreen::Resources),
    ),
    row(
        OUTPUTS,
        |pane| {
            Availability::when(
                pane.known.rows().any(|row| row.stack.is_some()),
                1,
                "outputs",
            )
        },
        |pane, _| pane.show(StacksScreen::Outputs),
    ),
    row(
        COMMANDS,
        |pane| Availability::when(has_stack(pane), 2, "commands"),
        |pane, _| pane.show(StacksScreen::Commands),
    ),
    row(
        MARK,
        |pane| Availability::when(has_stack(pane), 3, "mark"),
        |pane, _| pane.list.mark(&pane.known),
    ),
    unsaid(
        STACKS.action("mark-all-stacks", &["a"], "Mark all stacks, or none"),
        |pane, _| pane.list.mark_all(&pane.known),
    ),
    row(FOLLOW, |pane| when_groups(pane, 4), StacksPane::follow_all),
    row(READ, |pane| when_read(pane, 5), StacksPane::ask_read),
    row(
        STACKS.action(
            "stacks-note",
            &["N"],
            "Read the note on the words of the three tools",
        ),
        |_| Offered(7, "note"),
        |_, out| out.visit(Visit::Note("rosetta")),
    ),
    row(
        Action::REFRESH,
        |_| Offered(6, "look again"),
        StacksPane::reload,
    ),
    row(
        Action::BACK,
        |pane| Availability::when(pane.list.has_marks(), 8, "unmark"),
        |pane, _| pane.list.unmark(),
    ),
];

/// There as long as a file names a log group of the stack.
pub(super) fn when_groups(pane: &StacksPane, rank: u8) -> Availability {
    let has_groups = pane.selected().is_some_and(|row| !groups(row).is_empty());
    Availability::when(has_groups, rank, "all logs")
}

fn has_stack(pane: &StacksPane) -> bool {
    pane.selected().is_some_and(|row| row.stack.is_some())
}
