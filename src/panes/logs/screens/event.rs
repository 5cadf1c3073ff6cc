//! One log event in detail.

use crate::effect::{Outbox, Severity};
use crate::keys::{Action, Scope};
use crate::logs::{ListKind, SavedList};
use crate::panes::logs::console::open_row;
use crate::panes::logs::payload;
use crate::panes::logs::prompts::highlight;
use crate::panes::logs::tail::following;
use crate::panes::logs::tail::message::Message;
use crate::panes::logs::{LogsPane, LogsScreen, OpenedEvent, Tail};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use crate::text;
use Availability::Offered;

const EVENT: &Scope = &Scope::of_screen("event", "Log event");

/// What the actions do.
pub(super) static SCREEN: Screen<LogsPane> = Screen {
    scope: EVENT,
    tables: &[
        &Moves(|pane: &mut LogsPane, step, out| {
            if let Some(opened) = opened_mut(pane) {
                opened.step(step.rows(out.page));
            }
        }),
        &Table::about(opened, opened_mut, EVENT_ROWS),
        &Table::new(PANE_ROWS),
    ],
};

const EVENT_ROWS: &[ActionRow<OpenedEvent>] = &[
    unsaid(Action::LEFT, |opened, _| opened.scroll(false)),
    unsaid(Action::RIGHT, |opened, _| opened.scroll(true)),
    unsaid(Action::OPEN, |opened, _| opened.fold()),
    row(
        EVENT.action(
            "fold-value",
            &["space"],
            "Fold or unfold the object or list",
        ),
        |opened| Availability::offered_when(opened.can_fold(), 0, "fold"),
        |opened, _| opened.fold(),
    ),
];

const PANE_ROWS: &[ActionRow<LogsPane>] = &[
    row(
        EVENT.action("copy-value", &["y"], "Copy the value"),
        |_| Offered(1, "copy value"),
        |pane, out| {
            let value =
                |opened: &OpenedEvent, tail: &Tail| Some(tail.look.outgoing(&opened.value()?));
            copy(pane, "the value", value, out);
        },
    ),
    row(
        EVENT.action("copy-path", &["p"], "Copy the path of the value"),
        |pane| {
            let path = opened(pane).and_then(OpenedEvent::path);
            Availability::offered_when(path.is_some(), 2, "copy path")
        },
        |pane, out| copy(pane, "the path", |opened, _| opened.path(), out),
    ),
    unsaid(
        EVENT.action("copy-event", &["Y"], "Copy the whole event"),
        |pane, out| {
            let whole =
                |opened: &OpenedEvent, tail: &Tail| Some(tail.look.outgoing(opened.whole()));
            copy(pane, "the event", whole, out);
        },
    ),
    row(
        EVENT.action("value-in", &["f"], "Show only events with this value"),
        |pane| Availability::offered_when(has_condition(pane), 3, "only this"),
        |pane, out| filter_by_value(pane, false, out),
    ),
    row(
        EVENT.action("value-out", &["F"], "Hide events with this value"),
        |pane| Availability::offered_when(has_condition(pane), 4, "not this"),
        |pane, out| filter_by_value(pane, true, out),
    ),
    row(
        EVENT.action(
            "follow-value",
            &["*"],
            "Follow this value, or the id in it, through all groups",
        ),
        |pane| {
            let names_id = opened(pane).is_some_and(|opened| !opened.ids().is_empty());
            Availability::offered_when(names_id, 5, "follow")
        },
        follow_value,
    ),
    unsaid(
        EVENT.action(
            "highlight-value",
            &["#"],
            "Highlight this value in the tail, or no longer",
        ),
        highlight_value,
    ),
    unsaid(
        EVENT.action(
            "hide-field",
            &["x"],
            "Hide the field in the events of this group, or show it again",
        ),
        toggle_field,
    ),
    row(
        EVENT.action(
            "value-payload",
            &["P"],
            "Plan a tuning run with the value, JSON, as its payload",
        ),
        |_| Offered(9, "payload"),
        |pane, out| {
            if let (Some(opened), Some(tail)) = (opened(pane), pane.tail()) {
                payload::bring_value(opened, tail, out);
            }
        },
    ),
    row(
        EVENT.action(
            "event-console",
            &["O"],
            "Open the event's stream in the AWS console, or copy the link",
        ),
        |_| Offered(10, "console"),
        |pane, out| {
            if let (Some(opened), Some(tail)) = (opened(pane), pane.tail())
                && !open_row(tail, opened.row, out)
            {
                let text = "The event is not among the loaded ones any more.";
                out.notice(Severity::Info, text);
            }
        },
    ),
    row(
        EVENT.action(
            "unpack-data",
            &["u"],
            "Unpack the data of a log subscription (awslogs.data)",
        ),
        |pane| {
            let is_packed = opened(pane).is_some_and(OpenedEvent::has_packed_data);
            Availability::offered_when(is_packed, 0, "unpack")
        },
        unpack,
    ),
    row(
        EVENT.action("wrap-event", &["w"], "Wrap long lines, or not"),
        |_| Offered(6, "wrap"),
        |pane, _| toggle_wrap(pane),
    ),
    row(
        EVENT.action("next-event", &["]", "n"], "The next event"),
        |_| Offered(7, "next"),
        |pane, out| open_beside(pane, 1, out),
    ),
    unsaid(
        EVENT.action("previous-event", &["[", "N"], "The event before"),
        |pane, out| open_beside(pane, -1, out),
    ),
    row(
        Action::BACK,
        |_| Offered(8, "back"),
        |pane, _| pane.screen = LogsScreen::Tail,
    ),
];

fn opened(pane: &LogsPane) -> Option<&OpenedEvent> {
    match &pane.screen {
        LogsScreen::Event(opened) => Some(opened),
        _ => None,
    }
}

fn opened_mut(pane: &mut LogsPane) -> Option<&mut OpenedEvent> {
    match &mut pane.screen {
        LogsScreen::Event(opened) => Some(opened),
        _ => None,
    }
}

fn has_condition(pane: &LogsPane) -> bool {
    let opened = opened(pane);
    opened.is_some_and(|opened| opened.condition().is_some())
}

/// Wraps long lines or not; the next event that is opened is shown the same way.
fn toggle_wrap(pane: &mut LogsPane) {
    if let (LogsScreen::Event(opened), Some(tail)) = (&mut pane.screen, &mut pane.tail) {
        opened.toggle_wrap();
        tail.look.wraps_event = opened.wraps();
    }
}

/// Copies a part of the event, if there is one here.
fn copy(
    pane: &LogsPane,
    what: &str,
    part: fn(&OpenedEvent, &Tail) -> Option<String>,
    out: &mut Outbox<'_>,
) {
    let (Some(opened), Some(tail)) = (opened(pane), pane.tail()) else {
        return;
    };
    match part(opened, tail) {
        Some(text) => out.copy(text, what.to_owned()),
        None => out.notice(Severity::Info, "There is no field here."),
    }
}

/// Shows the data of a log subscription as it can be read, in place of the event.
fn unpack(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let LogsScreen::Event(opened) = &mut pane.screen else {
        return;
    };
    match opened.unpacked() {
        Ok(Some(unpacked)) => **opened = unpacked,
        Ok(None) => out.notice(
            Severity::Info,
            "There is no packed data of a log subscription here.",
        ),
        Err(why) => out.notice(Severity::Warning, text::sentence(&why.to_string())),
    }
}

fn filter_by_value(pane: &mut LogsPane, hides: bool, out: &mut Outbox<'_>) {
    let (LogsScreen::Event(opened), Some(tail)) = (&pane.screen, &mut pane.tail) else {
        return;
    };
    match opened.condition() {
        Some(condition) => {
            tail.change_filters(|filters| filters.put(None, condition, hides), out);
            pane.screen = LogsScreen::Tail;
        }
        None => out.notice(Severity::Info, "There is no value here to filter by."),
    }
}

/// Hides the field under the cursor in the rows of the event's group, from now on, or shows it again.
fn toggle_field(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let (LogsScreen::Event(opened), Some(tail)) = (&pane.screen, &pane.tail) else {
        return;
    };
    let stream = tail.rows().stream_of(opened.row);
    let Some((key, stream)) = opened.field().zip(stream) else {
        return out.notice(Severity::Info, "There is no field here.");
    };
    let name = stream.group.to_string();
    let mut entries = pane.saved.hidden_fields(&name).to_vec();
    let known = entries.iter().position(|entry| *entry == key);
    let how = if let Some(at) = known {
        entries.remove(at);
        "again"
    } else {
        entries.push(key.clone());
        "no longer"
    };
    let words = format!("Events of {name} show the field '{key}' {how}.");
    let kind = ListKind::HiddenFields;
    let list = SavedList {
        kind,
        name,
        entries,
    };
    pane.saved.save(list, words, out);
}

/// Shows the rows of all groups that hold the value under the cursor, in whatever field, or the id that it names.
fn follow_value(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let (LogsScreen::Event(opened), Some(tail)) = (&pane.screen, &mut pane.tail) else {
        return;
    };
    if following::follow(tail, &opened.ids(), out) {
        pane.screen = LogsScreen::Tail;
    } else {
        out.notice(Severity::Info, "There is no id here to follow.");
    }
}

/// Highlights the value under the cursor in the rows, or no longer.
fn highlight_value(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let (LogsScreen::Event(opened), Some(tail)) = (&pane.screen, &mut pane.tail) else {
        return;
    };
    let value = opened.value();
    let line = value
        .as_deref()
        .and_then(|value| value.trim().lines().next());
    let Some(line) = line.filter(|line| !line.is_empty()) else {
        return out.notice(Severity::Info, "There is no value here to highlight.");
    };
    let term = regex::escape(line);
    match highlight(tail, &term) {
        Ok(()) => {
            let is_on = tail.highlights.terms().any(|(_, known)| known == term);
            let words = if is_on {
                "is highlighted in the tail"
            } else {
                "is no longer highlighted"
            };
            out.notice(Severity::Info, format!("The value {words}."));
        }
        Err(why) => out.notice(Severity::Warning, text::sentence(&why)),
    }
}

fn open_beside(pane: &mut LogsPane, places: isize, out: &mut Outbox<'_>) {
    let (LogsScreen::Event(opened), Some(tail)) = (&mut pane.screen, &mut pane.tail) else {
        return;
    };
    match Message::step(tail, places) {
        Some(message) => **opened = OpenedEvent::new(message, opened.wraps()),
        None => out.notice(Severity::Info, "There is no further event."),
    }
}
