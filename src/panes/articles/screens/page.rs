//! An article that is read.

use super::list::READ_ON;
use super::{ARTICLE, everywhere};
use crate::effect::{Outbox, Severity};
use crate::keys::Action;
use crate::panes::articles::{ArticlesPane, ReadingView};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use Availability::Offered;

/// Shows the headings.
pub(super) const OUTLINE: Action = ARTICLE.action("outline", &["t"], "Show the headings");
/// Lists the links.
pub(super) const LINK_LIST: Action = ARTICLE.action("link-list", &["L"], "List all links");
/// Opens the next part of the series.
pub const NEXT_PART: Action = ARTICLE.action("next-part", &[")"], "Next part of the series");
/// Opens the part of the series before.
pub const PREVIOUS_PART: Action =
    ARTICLE.action("previous-part", &["("], "Previous part of the series");

/// What the actions do.
pub(super) static SCREEN: Screen<ArticlesPane> = Screen {
    scope: ARTICLE,
    tables: &[
        &Moves(|pane: &mut ArticlesPane, step, _| {
            if let Some(reading) = &mut pane.reading {
                reading.scroll(step.rows(reading.page_rows()));
            }
        }),
        &Table::about(reading, reading_mut, READING),
        &Table::new(GOING_ON),
        &Table::new(everywhere::ROWS),
    ],
};

/// Within the article.
const READING: &[ActionRow<ReadingView>] = &[
    row(
        OUTLINE,
        |reading| Availability::offered_when(reading.page().headings.len() > 1, 7, "outline"),
        |reading, out| say_unless(reading.open_outline(), "This article has no headings.", out),
    ),
    unsaid(
        ARTICLE.action("next-heading", &["]"], "Next heading"),
        |reading, out| {
            let is_found = reading.jump(false, true);
            say_unless(is_found, "There is no heading below.", out);
        },
    ),
    unsaid(
        ARTICLE.action("previous-heading", &["["], "Previous heading"),
        |reading, out| {
            let is_found = reading.jump(false, false);
            say_unless(is_found, "There is no heading above.", out);
        },
    ),
    unsaid(
        ARTICLE.action("next-code", &["}"], "Next code block"),
        |reading, out| {
            let is_found = reading.jump(true, true);
            say_unless(is_found, "There is no code block below.", out);
        },
    ),
    unsaid(
        ARTICLE.action("previous-code", &["{"], "Previous code block"),
        |reading, out| {
            let is_found = reading.jump(true, false);
            say_unless(is_found, "There is no code block above.", out);
        },
    ),
    row(
        ARTICLE.action(
            "copy-code",
            &["c"],
            "Copy the code block exactly as written",
        ),
        |reading| {
            let has_code = reading.code_in_front().is_some();
            Availability::offered_when(has_code, 8, "copy code")
        },
        |reading, out| copy_code(reading, out),
    ),
    row(
        ARTICLE.action(
            "link-hints",
            &["f"],
            "Label the links on screen; type a label to follow it",
        ),
        |reading| Availability::offered_when(!reading.page().links.is_empty(), 6, "link"),
        |reading, out| say_unless(reading.open_hints(), "No link on the screen.", out),
    ),
    unsaid(LINK_LIST, open_links),
    unsaid(Action::OPEN, open_links),
    row(
        ARTICLE.action("wrap-code", &["z"], "Wrap wide code, or scroll it sideways"),
        |reading| {
            let word = if reading.wrap { "unwrap" } else { "wrap" };
            Availability::offered_when(reading.wrap || reading.shows_wide(), 5, word)
        },
        |reading, _| reading.toggle_wrap(),
    ),
    row(
        ARTICLE.action("next-hit", &["."], "Next place with the words searched for"),
        |reading| {
            let has_hits = matches!(reading.find().count(), Some((_, 1..)));
            Availability::offered_when(has_hits, 1, "next hit")
        },
        |reading, out| say_unless(reading.next_hit(true), NOTHING_FOUND, out),
    ),
    unsaid(
        ARTICLE.action("previous-hit", &[","], "Previous place with them"),
        |reading, out| say_unless(reading.next_hit(false), NOTHING_FOUND, out),
    ),
    unsaid(Action::LEFT, |reading, _| reading.shift(-1)),
    row(
        Action::RIGHT,
        |reading| Availability::offered_when(reading.shows_wide(), 4, "sideways"),
        |reading, _| reading.shift(1),
    ),
];

/// To other articles.
const GOING_ON: &[ActionRow<ArticlesPane>] = &[
    row(
        READ_ON,
        |pane| {
            Offered(
                0,
                if is_at_end(pane) {
                    "next unread"
                } else {
                    "read on"
                },
            )
        },
        read_on,
    ),
    row(
        NEXT_PART,
        |pane| {
            let has_next = pane.reading().is_some_and(|reading| reading.next.is_some());
            Availability::offered_when(has_next, 2, "next part")
        },
        |pane, out| pane.open_part(true, out),
    ),
    unsaid(PREVIOUS_PART, |pane, out| pane.open_part(false, out)),
    unsaid(Action::FILTER, ArticlesPane::ask_find),
    row(Action::BACK, way_back, back),
];

const NOTHING_FOUND: &str = "Nothing was found here; look for other words.";

pub(super) fn reading(pane: &ArticlesPane) -> Option<&ReadingView> {
    pane.reading.as_ref()
}

pub(super) fn reading_mut(pane: &mut ArticlesPane) -> Option<&mut ReadingView> {
    pane.reading.as_mut()
}

/// Says what is missing when there is nothing to move to or to open.
fn say_unless(is_found: bool, missing: &str, out: &mut Outbox<'_>) {
    if !is_found {
        out.notice(Severity::Info, missing);
    }
}

fn open_links(reading: &mut ReadingView, out: &mut Outbox<'_>) {
    say_unless(reading.open_links(), "This article has no links.", out);
}

fn is_at_end(pane: &ArticlesPane) -> bool {
    pane.reading().is_some_and(ReadingView::is_at_end)
}

fn read_on(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if is_at_end(pane) {
        pane.next_unread(out);
    } else if let Some(reading) = &mut pane.reading {
        reading.scroll(reading.page_rows().cast_signed());
    }
}

fn has_find(pane: &ArticlesPane) -> bool {
    pane.reading()
        .is_some_and(|reading| reading.find().count().is_some())
}

/// What leaving the article leads to.
fn way_back(pane: &ArticlesPane) -> Availability {
    let word = match &pane.search {
        _ if has_find(pane) => "no hits",
        _ if !pane.trail.is_empty() => "back",
        Some(_) => "search",
        None => "list",
    };
    Offered(3, word)
}

fn back(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    match &mut pane.reading {
        Some(reading) if reading.find().count().is_some() => reading.look_for(Vec::new()),
        _ => pane.leave_article(out),
    }
}

fn copy_code(reading: &ReadingView, out: &mut Outbox<'_>) {
    let Some(code) = reading.code_in_front() else {
        return out.notice(Severity::Info, "There is no code block on screen.");
    };
    let lines = code.text.lines().count();
    let noun = if lines == 1 { "line" } else { "lines" };
    let language = code
        .language
        .as_deref()
        .map_or(String::new(), |it| format!(" of {it}"));
    out.copy(code.text.clone(), format!("{lines} {noun}{language}"));
}
