//! From the tail on: what asks for a text, and what leads to another screen.

use super::{LOGS, STOP_TAIL, leaving};
use crate::effect::{Outbox, Prompt, Severity, Visit};
use crate::keys::Action;
use crate::logs::{function_of, is_arn, is_edge_group};
use crate::panes::logs::console::open_under_cursor;
use crate::panes::logs::payload::bring_printed;
use crate::panes::logs::screens::query;
use crate::panes::logs::statistics::{ColumnSplit, Lookback};
use crate::panes::logs::tail::message::{Message, group_under_cursor};
use crate::panes::logs::tail::{Phase, TailReader};
use crate::panes::logs::{
    LogVisit, LogsPane, LogsPrompt, LogsScreen, OpenedEvent, Tail, VisitedFrom,
};
use crate::panes::screen::{ActionRow, Availability, row, unsaid};
use crate::text::thousands;
use Availability::Offered;

/// Adds a filter that shows only what matches.
pub const FILTER_IN: Action = LOGS.action(
    "filter-in",
    &["f"],
    "Add a filter: show only events that match",
);
/// Adds a filter that hides what matches.
pub const FILTER_OUT: Action =
    LOGS.action("filter-out", &["F"], "Add a filter: hide events that match");
/// Shows the filters.
pub const FILTER_LIST: Action = LOGS.action(
    "filter-list",
    &["v"],
    "Show the filters, to switch, edit or remove them",
);
/// Asks for the pattern the server filters by.
pub const SERVER_PATTERN: Action = LOGS.action(
    "server-pattern",
    &["p"],
    "Set the filter pattern CloudWatch Logs applies",
);
/// Sets a term apart.
const HIGHLIGHT: Action = LOGS.action(
    "highlight",
    &["#"],
    "Highlight a term in a colour of its own, or no longer",
);
/// Loads earlier events.
pub const LOAD_FROM: Action =
    LOGS.action("load-from", &["L"], "Load events from an earlier time on");
/// Writes rows to a file.
pub const EXPORT_ROWS: Action = LOGS.action(
    "export-rows",
    &["x"],
    "Write the events, or those selected, to a file",
);
/// Goes to the picker.
pub const SHOW_GROUPS: Action = LOGS.action("show-groups", &["a"], "Choose other log groups");

/// Why a row leads to no function.
const NO_FUNCTION: &str = "Only rows of a Lambda log group (/aws/lambda/...) lead to a function.";

/// What asks for a text.
pub(super) const ASKING: &[ActionRow<LogsPane>] = &[
    row(
        Action::FILTER,
        |_| Offered(7, "search"),
        |pane, out| {
            let hint = "a regular expression; small letters find capitals too; esc leaves it";
            pane.ask(LogsPrompt::Search, Prompt::line("Search", hint, ""), out);
        },
    ),
    row(
        FILTER_IN,
        |_| Offered(8, "filter"),
        |pane, out| ask_filter(pane, "Show only", false, out),
    ),
    unsaid(FILTER_OUT, |pane, out| ask_filter(pane, "Hide", true, out)),
    unsaid(SERVER_PATTERN, ask_pattern),
    unsaid(HIGHLIGHT, |pane, out| {
        let hint = "a regular expression; one that is highlighted no longer is; empty clears all";
        let prompt = Prompt::line("Highlight", hint, "");
        pane.ask(LogsPrompt::Highlight, prompt, out);
    }),
    unsaid(
        LOGS.action("go-to-time", &["@"], "Go to a time"),
        |pane, out| {
            let hint =
                "a time such as 14:05:30 or 2026-01-31 08:00, an age such as 10m, or RFC 3339";
            pane.ask(LogsPrompt::GoToTime, Prompt::line("Go to", hint, ""), out);
        },
    ),
    unsaid(LOAD_FROM, |pane, out| {
        let hint = "follows anew with all events since a time such as 14:05:30, an age such as 2h, or RFC 3339";
        pane.ask(
            LogsPrompt::LoadFrom,
            Prompt::line("Load from", hint, ""),
            out,
        );
    }),
    row(
        EXPORT_ROWS,
        |pane| {
            let selecting = pane.tail().is_some_and(|tail| tail.reader().is_selecting());
            Offered(if selecting { 2 } else { 18 }, "export")
        },
        ask_export,
    ),
];

/// What leads to another screen.
pub(super) const GOING_ON: &[ActionRow<LogsPane>] = &[
    row(
        Action::OPEN,
        |pane| match pane.tail() {
            Some(tail) if tail.reader().is_on_histogram() => Offered(1, "go there"),
            _ => Offered(6, "open"),
        },
        |pane, _| open(pane),
    ),
    row(
        FILTER_LIST,
        |pane| {
            let has_filters = pane
                .tail()
                .is_some_and(|tail| !tail.filters().list().is_empty());
            Availability::offered_when(has_filters, 9, "filters")
        },
        |pane, _| pane.screen = LogsScreen::Filters,
    ),
    row(SHOW_GROUPS, |_| Offered(12, "groups"), show_groups),
    row(
        LOGS.action(
            "show-statistics",
            &["S"],
            "Statistics of the invocations, or of the events where there are none",
        ),
        |_| Offered(13, "statistics"),
        |pane, out| pane.count(Lookback::default(), ColumnSplit::None, out),
    ),
    row(
        LOGS.action(
            "show-patterns",
            &["P"],
            "Patterns: alike messages with their counts",
        ),
        |_| Offered(14, "patterns"),
        |pane, out| pane.show_patterns(None, out),
    ),
    row(
        LOGS.action("show-query", &["Q"], "Ask the groups a Logs Insights query"),
        |_| Offered(13, "query"),
        show_query,
    ),
    unsaid(
        LOGS.action(
            "tune-function",
            &["T"],
            "Plan a tuning run of the row's function",
        ),
        |pane, out| tune(pane, out),
    ),
    unsaid(
        LOGS.action(
            "printed-payload",
            &["J"],
            "Plan a tuning run with the event that the row or its invocation printed as its payload",
        ),
        |pane, out| {
            if let Some(tail) = pane.tail() {
                bring_printed(tail, out);
            }
        },
    ),
    row(
        LOGS.action(
            "stream-console",
            &["O"],
            "Open the row's stream in the AWS console, or copy the link",
        ),
        |_| Offered(15, "console"),
        |pane, out| {
            if let Some(tail) = pane.tail() {
                open_under_cursor(tail, out);
            }
        },
    ),
    unsaid(
        LOGS.action(
            "edge-groups",
            &["R"],
            "Look for the Lambda@Edge groups of the row's function in the other regions",
        ),
        find_edge_groups,
    ),
    row(Action::BACK, leaving::availability, leaving::leave),
];

fn ask_filter(pane: &mut LogsPane, title: &str, hides: bool, out: &mut Outbox<'_>) {
    let hint = "regular expression, or level>=warn, stream=, request=, tenant=, $.field=value";
    let question = LogsPrompt::Filter { place: None, hides };
    pane.ask(question, Prompt::line(title, hint, ""), out);
}

fn ask_pattern(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let pattern = pane.tail().map_or("", |tail| &tail.job().target().pattern);
    let hint = "CloudWatch Logs filter pattern, such as ERROR -health or { $.level = \"ERROR\" }; empty takes all";
    let prompt = Prompt::line("Pattern", hint, pattern);
    pane.ask(LogsPrompt::ServerPattern { is_doubted: false }, prompt, out);
}

fn ask_export(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let title = match pane.tail().and_then(Tail::selected).map(|it| it.count()) {
        None => "Export to".to_owned(),
        Some(1) => "Export 1 selected event to".to_owned(),
        Some(count) => format!("Export {} selected events to", thousands(count)),
    };
    let path = out.now.strftime("log-%Y%m%d-%H%M%S.txt").to_string();
    let prompt = Prompt::line(&title, "the path of a new file", &path);
    pane.ask(LogsPrompt::Export, prompt, out);
}

pub(super) fn show_groups(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    pane.screen = LogsScreen::Groups;
    if let Some(tail) = &pane.tail {
        let target = tail.job().target();
        pane.picker.open(target);
        let is_paid = target.max_scan.is_some() && pane.picker.has_queried(&target.groups);
        if is_paid && matches!(tail.job().phase(), Phase::Following(_)) {
            let key = out.context.keymap.way_to(STOP_TAIL);
            let words = format!("The tail goes on, with its queries; {key} in it stops both.");
            out.notice(Severity::Info, words);
        }
    }
    pane.picker.open_list(out);
}

/// Goes where the histogram's cursor is, opens the event under the cursor, or unfolds what it stands for.
fn open(pane: &mut LogsPane) {
    let Some(tail) = &mut pane.tail else { return };
    if tail.move_reader(TailReader::go_to_bar) {
        // The rows from there on are seen now.
    } else if tail.is_on_bundle() {
        tail.toggle_fold();
    } else if let Some(message) = Message::under_cursor(tail) {
        tail.move_reader(TailReader::pause);
        let wrap = tail.look.wraps_event;
        pane.screen = LogsScreen::Event(Box::new(OpenedEvent::new(message, wrap)));
    }
}

/// Plans a tuning run of the function the row under the cursor is of.
fn tune(pane: &LogsPane, out: &mut Outbox<'_>) {
    let group = pane.tail().and_then(group_under_cursor);
    let Some(key) = group.as_deref().filter(|key| function_of(key).is_some()) else {
        return out.notice(Severity::Info, NO_FUNCTION);
    };
    // Its namesake here is another function.
    if is_arn(key) || is_edge_group(key) {
        return out.notice(
            Severity::Warning,
            "This function is not one of this account and region; start iacstone where it is (Lambda@Edge: us-east-1) to tune it.",
        );
    }
    out.visit(Visit::Plan(function_of(key).unwrap_or_default().to_owned()));
}

/// Goes to the picker and looks for the groups that Lambda@Edge writes to for the function the row is of.
fn find_edge_groups(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let group = pane.tail().and_then(group_under_cursor);
    if let Some(function) = group.as_deref().and_then(function_of) {
        show_groups(pane, out);
        pane.picker.find_edge_groups(function, out);
    } else {
        out.notice(Severity::Info, NO_FUNCTION);
    }
}

/// Opens the query screen on the followed groups.
fn show_query(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let from_answer = |visit: &LogVisit| matches!(visit.from, VisitedFrom::Answer(_));
    if pane.visit.as_ref().is_some_and(from_answer) {
        return pane.leave_visit(out);
    }
    let groups = pane.tail().map(|tail| tail.job().target().groups.clone());
    query::open(pane, groups.unwrap_or_default(), out);
}
