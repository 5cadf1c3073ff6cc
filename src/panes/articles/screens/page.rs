//! An article that is read.

use super::{ARTICLE, everywhere};
use crate::effect::{Outbox, Prompt, ReaderJob, Severity};
use crate::keys::Action;
use crate::panes::articles::actions::{FULL_TEXT, NEXT_PART, PREVIOUS_PART, READ_ON};
use crate::panes::articles::prompts::ArticlesPrompt;
use crate::panes::articles::reader::OpenReason;
use crate::panes::articles::reading::Landmark;
use crate::panes::articles::{ArticlesPane, Over, ReadingView};
use crate::panes::payload::bring;
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use Availability::Offered;

/// Shows the headings.
pub(super) const OUTLINE: Action = ARTICLE.action("outline", &["t"], "Show the headings");
/// Lists the links.
pub(super) const LINK_LIST: Action = ARTICLE.action("link-list", &["L"], "List all links");

/// What the actions do.
pub(super) static SCREEN: Screen<ArticlesPane> = Screen {
    scope: ARTICLE,
    tables: &[
        &Moves(|pane: &mut ArticlesPane, step, _| {
            if let Some(reading) = pane.reader.view_mut() {
                let rows = step.rows(reading.page().page_rows());
                reading.page_mut().scroll(rows);
            }
        }),
        &Table::about(
            ArticlesPane::reading,
            |pane| pane.reader.view_mut(),
            READING,
        ),
        &Table::new(GOING_ON),
        &Table::new(everywhere::ROWS),
    ],
};

/// Within the article.
const READING: &[ActionRow<ReadingView>] = &[
    row(
        OUTLINE,
        |reading| Availability::offered_when(reading.page().headings().len() > 1, 7, "outline"),
        |reading, out| {
            let outline = Over::outline(reading.page());
            say_unless(
                reading.lay_over(outline),
                "This article has no headings.",
                out,
            );
        },
    ),
    unsaid(
        ARTICLE.action("next-heading", &["]"], "Next heading"),
        |reading, out| {
            let is_found = reading.page_mut().jump(Landmark::Heading, true);
            say_unless(is_found, "There is no heading below.", out);
        },
    ),
    unsaid(
        ARTICLE.action("previous-heading", &["["], "Previous heading"),
        |reading, out| {
            let is_found = reading.page_mut().jump(Landmark::Heading, false);
            say_unless(is_found, "There is no heading above.", out);
        },
    ),
    unsaid(
        ARTICLE.action("next-code", &["}"], "Next code block"),
        |reading, out| {
            let is_found = reading.page_mut().jump(Landmark::Code, true);
            say_unless(is_found, "There is no code block below.", out);
        },
    ),
    unsaid(
        ARTICLE.action("previous-code", &["{"], "Previous code block"),
        |reading, out| {
            let is_found = reading.page_mut().jump(Landmark::Code, false);
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
            let has_code = reading.page().code_in_front().is_some();
            Availability::offered_when(has_code, 8, "copy code")
        },
        |reading, out| copy_code(reading, out),
    ),
    row(
        ARTICLE.action(
            "code-payload",
            &["P"],
            "Plan a tuning run with the code block, JSON, as its payload",
        ),
        |reading| Availability::offered_when(shows_json(reading), 9, "payload"),
        |reading, out| match reading.page().code_in_front() {
            Some(code) => bring(("the article's code block", &code.text), None, None, out),
            None => out.notice(Severity::Info, NO_CODE),
        },
    ),
    row(
        ARTICLE.action(
            "link-hints",
            &["f"],
            "Label the links on screen; type a label to follow it",
        ),
        |reading| Availability::offered_when(!reading.page().links().is_empty(), 6, "link"),
        |reading, out| {
            let hints = Over::hints(reading.page());
            say_unless(reading.lay_over(hints), "No link on the screen.", out);
        },
    ),
    unsaid(LINK_LIST, open_links),
    unsaid(Action::OPEN, open_links),
    row(
        ARTICLE.action("wrap-code", &["z"], "Wrap wide code, or scroll it sideways"),
        |reading| {
            let word = if reading.wraps() { "unwrap" } else { "wrap" };
            let has_wide = reading.wraps() || reading.page().shows_wide();
            Availability::offered_when(has_wide, 5, word)
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
    unsaid(Action::LEFT, |reading, _| reading.page_mut().shift(-1)),
    row(
        Action::RIGHT,
        |reading| Availability::offered_when(reading.page().shows_wide(), 4, "sideways"),
        |reading, _| reading.page_mut().shift(1),
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
        |pane, out| open_part(pane, true, out),
    ),
    unsaid(PREVIOUS_PART, |pane, out| open_part(pane, false, out)),
    row(
        FULL_TEXT,
        |pane| {
            let reading = pane.reading();
            match reading {
                Some(reading) if reading.article.is_full => Offered(3, "feed's text"),
                reading => {
                    let is_offered = reading.is_some_and(ReadingView::is_short);
                    Availability::offered_when(is_offered, 12, "full text")
                }
            }
        },
        toggle_full_text,
    ),
    unsaid(Action::FILTER, ask_find),
    row(Action::BACK, way_back, back),
];

const NO_CODE: &str = "There is no code block on screen.";

const NOTHING_FOUND: &str = "Nothing was found here; look for other words.";

/// Says what is missing when there is nothing to move to or to open.
fn say_unless(is_found: bool, missing: &str, out: &mut Outbox<'_>) {
    if !is_found {
        out.notice(Severity::Info, missing);
    }
}

fn open_links(reading: &mut ReadingView, out: &mut Outbox<'_>) {
    let links = Over::links(reading.page());
    say_unless(reading.lay_over(links), "This article has no links.", out);
}

fn is_at_end(pane: &ArticlesPane) -> bool {
    pane.reading()
        .is_some_and(|reading| reading.page().is_at_end())
}

fn read_on(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if is_at_end(pane) {
        pane.open_unread(out);
    } else if let Some(reading) = pane.reader.view_mut() {
        let rows = reading.page().page_rows().cast_signed();
        reading.page_mut().scroll(rows);
    }
}

/// Shows the article as its page has it, which is fetched; or as its feed does.
fn toggle_full_text(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    let Some(article) = pane.reading().map(|reading| &reading.article) else {
        return;
    };
    let id = article.id.clone();
    let job = match &article.link {
        _ if article.is_full => ReaderJob::OpenOwnText(id),
        Some(_) => {
            out.notice(Severity::Info, "The page of the article is fetched ...");
            ReaderJob::OpenFullText(id)
        }
        None => {
            let text = "This article has no link to a page: its feed gives none.";
            return out.notice(Severity::Info, text);
        }
    };
    pane.reader.load(job, OpenReason::OtherText, out);
}

/// The part of the series that comes next, or came before.
fn open_part(pane: &mut ArticlesPane, next: bool, out: &mut Outbox<'_>) {
    let Some(reading) = pane.reading() else {
        return;
    };
    let (part, which) = if next {
        (&reading.next, "next")
    } else {
        (&reading.previous, "previous")
    };
    let Some(part) = part else {
        let text = format!("No {which} part of this article is stored.");
        return out.notice(Severity::Info, text);
    };
    let job = ReaderJob::Open(part.id.clone());
    pane.reader.load(job, OpenReason::Chosen, out);
}

/// Asks for words to look for in the article.
fn ask_find(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if let Some(reading) = pane.reader.view_mut() {
        reading.begin_find();
        let hint = "words in this article; enter keeps, esc clears";
        ArticlesPrompt::Find.ask(Prompt::filter("Find", hint), pane, out);
    }
}

/// What leaving the article leads to.
fn way_back(pane: &ArticlesPane) -> Availability {
    let has_find = |reading: &ReadingView| reading.find().has_words();
    let word = if pane.reading().is_some_and(has_find) {
        "no hits"
    } else if pane.reader.has_way_back() {
        "back"
    } else if pane.browsing.search().is_some() {
        "search"
    } else {
        "list"
    };
    Offered(3, word)
}

fn back(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    match pane.reader.view_mut() {
        Some(reading) if reading.find().has_words() => reading.look_for(""),
        _ => pane.reader.leave(out),
    }
}

/// Whether the code block in front begins like JSON.
fn shows_json(reading: &ReadingView) -> bool {
    let code = reading.page().code_in_front();
    code.is_some_and(|code| code.text.trim_start().starts_with(['{', '[']))
}

fn copy_code(reading: &ReadingView, out: &mut Outbox<'_>) {
    let Some(code) = reading.page().code_in_front() else {
        return out.notice(Severity::Info, NO_CODE);
    };
    let lines = code.text.lines().count();
    let noun = if lines == 1 { "line" } else { "lines" };
    let language = code
        .language
        .as_deref()
        .map_or(String::new(), |it| format!(" of {it}"));
    out.copy(code.text.clone(), format!("{lines} {noun}{language}"));
}
