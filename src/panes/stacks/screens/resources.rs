//! The resources of the stack in front.

use super::list::{COMMANDS, FOLLOW, READ, when_groups};
use super::{back, step, when_read};
use crate::iac::ResourceKind;
use crate::keys::{Action, Scope};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use crate::panes::stacks::follow::group;
use crate::panes::stacks::{StacksPane, StacksScreen};
use Availability::Offered;

const RESOURCES: &Scope = &Scope {
    name: "resources",
    title: "Resources of a stack",
    within: Some(super::list::STACKS),
};

/// What the actions do.
pub(super) static SCREEN: Screen<StacksPane> = Screen {
    scope: RESOURCES,
    tables: &[&Moves(step), &Table::new(ROWS)],
};

const ROWS: &[ActionRow<StacksPane>] = &[
    row(
        Action::OPEN,
        |pane| {
            let is_function = |kind| kind == ResourceKind::Function;
            let kind = pane.resource().map(|resource| resource.kind);
            Availability::offered_when(kind.is_some_and(is_function), 0, "plan a run")
        },
        StacksPane::plan,
    ),
    row(
        RESOURCES.action("resource-logs", &["L"], "Follow its log group"),
        |pane| {
            let has_group = pane.resource().and_then(group).is_some();
            Availability::offered_when(has_group, 1, "logs")
        },
        StacksPane::follow,
    ),
    row(FOLLOW, |pane| when_groups(pane, 2), StacksPane::follow_all),
    row(
        RESOURCES.action("copy-resource", &["y"], "Copy its name, else its address"),
        |pane| Availability::when(pane.resource().is_some(), 3, "copy name"),
        |pane, out| {
            if let Some(resource) = pane.resource() {
                let name = resource.name.as_ref().unwrap_or(&resource.address);
                out.copy(name.clone(), format!("the name {name}"));
            }
        },
    ),
    row(
        COMMANDS,
        |_| Offered(4, "commands"),
        |pane, _| {
            pane.show(StacksScreen::Commands);
        },
    ),
    row(READ, |pane| when_read(pane, 5), StacksPane::ask_read),
    row(Action::BACK, |_| Offered(6, "back"), back),
];
