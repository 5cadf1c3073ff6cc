//! The log group picker.

use crate::effect::{Outbox, Prompt, Severity};
use crate::keys::{Action, Scope};
use crate::logs::function_of;
use crate::panes::logs::console;
use crate::panes::logs::screens::query;
use crate::panes::logs::{LogsPane, LogsPrompt, LogsScreen, PickerRow};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use Availability::Offered;

const GROUPS: &Scope = &Scope::of_screen("groups", "Log group picker");

/// Chooses the group under the cursor.
pub const CHOOSE_GROUP: Action =
    GROUPS.action("choose-group", &["space"], "Choose or unchoose the group");

/// What the actions do.
pub(super) static SCREEN: Screen<LogsPane> = Screen {
    scope: GROUPS,
    tables: &[
        &Moves(|pane: &mut LogsPane, step, out| pane.picker.step(step.rows(out.page))),
        &Table::new(ROWS),
    ],
};

const ROWS: &[ActionRow<LogsPane>] = &[
    row(
        Action::OPEN,
        // What was chosen wherever the cursor is, else what is under it.
        |pane| {
            let chosen = pane.picker.has_choice();
            let word = if chosen { "follow chosen" } else { "follow" };
            Availability::when(chosen || has_rows(pane), 0, word)
        },
        |pane, out| pane.follow(pane.picker.wanted(), out),
    ),
    row(
        CHOOSE_GROUP,
        |pane| Availability::when(has_rows(pane), 1, "choose"),
        |pane, _| pane.picker.choose(),
    ),
    row(Action::FILTER, |_| Offered(2, "filter"), ask_filter),
    row(
        GROUPS.action("choose-shown", &["a"], "Choose all groups shown, or none"),
        |pane| Availability::when(has_rows(pane), 3, "all shown"),
        |pane, _| pane.picker.choose_shown(),
    ),
    row(
        GROUPS.action("clear-choice", &["c"], "Choose none of the groups"),
        |pane| Availability::when(!pane.picker.chosen().is_empty(), 8, "clear"),
        |pane, _| pane.picker.clear(),
    ),
    row(
        GROUPS.action("save-set", &["w"], "Save the chosen groups as a set"),
        |pane| {
            let has_any = has_rows(pane) || !pane.picker.chosen().is_empty();
            Availability::when(has_any, 4, "save set")
        },
        ask_set,
    ),
    row(
        GROUPS.action("delete-set", &["d"], "Delete the set"),
        |pane| {
            let is_set = matches!(pane.picker.selected(), Some(PickerRow::Set(_)));
            Availability::offered_when(is_set, 5, "delete set")
        },
        |pane, out| pane.picker.delete_set(out),
    ),
    row(
        GROUPS.action(
            "find-edge-groups",
            &["e"],
            "Look for the function's Lambda@Edge groups in the other regions",
        ),
        |pane| match function(pane) {
            Some(_) => Availability::Unsaid,
            None => Availability::Absent,
        },
        |pane, out| {
            if let Some(function) = function(pane) {
                pane.picker.find_edge_groups(&function, out);
            }
        },
    ),
    row(
        GROUPS.action(
            "query-groups",
            &["Q"],
            "Ask the chosen groups, or the one under the cursor, a Logs Insights query",
        ),
        |pane| Availability::offered_when(has_rows(pane), 6, "query"),
        |pane, out| {
            let groups = pane.picker.wanted().groups;
            query::open(pane, groups, out);
        },
    ),
    row(
        GROUPS.action(
            "group-console",
            &["O"],
            "Open the log group in the AWS console, or copy the link",
        ),
        |pane| Availability::when(console::has_group(pane), 9, "console"),
        |pane, out| console::open_group(pane, out),
    ),
    row(
        Action::REFRESH,
        |_| Offered(7, "list again"),
        |pane, out| pane.picker.reload(out),
    ),
    row(
        Action::BACK,
        |pane| {
            let picker = &pane.picker;
            let narrows = !picker.filter.is_empty() || !picker.chosen().is_empty();
            Availability::when(narrows || pane.tail.is_some(), 8, "back")
        },
        |pane, _| leave(pane),
    ),
];

/// The function whose group is under the cursor.
fn function(pane: &LogsPane) -> Option<String> {
    match pane.picker.selected()? {
        PickerRow::Group(group) => function_of(&group.name).map(str::to_owned),
        PickerRow::Set(_) => None,
    }
}

fn has_rows(pane: &LogsPane) -> bool {
    pane.picker.count() > 0
}

fn ask_filter(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    pane.picker.narrow("");
    let hint = "letters in order, or a wildcard such as /ecs/*/beat; enter keeps, esc clears";
    pane.ask(
        LogsPrompt::FilterGroups,
        Prompt::filter("Filter", hint),
        out,
    );
}

/// Asks for the name of a set of the chosen groups.
fn ask_set(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let count = pane.picker.chosen().len();
    if count == 0 {
        let key = out.context.keymap.way_to(CHOOSE_GROUP);
        let words = format!("No group is chosen; {key} chooses the one under the cursor.");
        return out.notice(Severity::Info, words);
    }
    let noun = if count == 1 { "group" } else { "groups" };
    let hint = format!("{count} {noun}; the name of an existing set replaces it");
    let prompt = Prompt::line("Save set as", &hint, "");
    pane.ask(LogsPrompt::NameSet, prompt, out);
}

/// Undoes the last thing that narrows the list or chooses from it, then goes back to the tail.
fn leave(pane: &mut LogsPane) {
    if !pane.picker.filter.is_empty() {
        pane.picker.narrow("");
    } else if let Some(tail) = &pane.tail {
        pane.picker.mark_followed(Some(tail.job().target()));
        pane.screen = LogsScreen::Tail;
    } else {
        pane.picker.mark_followed(None);
    }
}
