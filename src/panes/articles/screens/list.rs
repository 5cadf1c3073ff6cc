//! The tree of feeds and the list of articles, or what was found in place of the list.

use super::{ARTICLES, everywhere};
use crate::effect::{Confirm, ConfirmAction, Outbox, Prompt, ReaderJob, Severity};
use crate::keys::Action;
use crate::panes::articles::actions::READ_ON;
use crate::panes::articles::pending::ArticlesPendingJob;
use crate::panes::articles::prompts::ArticlesPrompt;
use crate::panes::articles::{ArticleSearch, ArticlesPane, Focus};
use crate::panes::screen::{ActionRow, Availability, Move, Moves, Screen, Table, row, unsaid};
use crate::text::counted;
use Availability::{Offered, Unsaid};

/// Shows only unread articles, or all.
pub const ONLY_UNREAD: Action =
    ARTICLES.action("only-unread", &["U"], "Show only unread articles, or all");
/// Shows how the fetches of a feed fare.
pub const FEED_HEALTH: Action =
    ARTICLES.action("feed-health", &["i"], "How the fetches of the feed fare");

/// Follows a feed no longer.
pub(super) const REMOVE_FEED: Action =
    ARTICLES.action("remove-feed", &["D"], "Follow the feed no longer");

/// What the actions do.
pub(super) static SCREEN: Screen<ArticlesPane> = Screen {
    scope: ARTICLES,
    tables: &[
        &Moves(step),
        &Table::new(ROWS),
        &Table::new(everywhere::ROWS),
    ],
};

const ROWS: &[ActionRow<ArticlesPane>] = &[
    unsaid(READ_ON, read_on),
    row(
        ONLY_UNREAD,
        |pane| {
            let is_on = pane.browsing.list().only_unread;
            let word = if is_on { "all" } else { "only unread" };
            Offered(9, word)
        },
        |pane, out| pane.browsing.toggle_only_unread(out),
    ),
    row(
        ARTICLES.action(
            "keep-search",
            &["S"],
            "Keep the search: it stands among the feeds",
        ),
        |pane| {
            let search = pane.browsing.search();
            let is_answered = search.is_some_and(ArticleSearch::is_answered);
            Availability::offered_when(is_answered, 6, "keep")
        },
        ask_keep,
    ),
    row(
        FEED_HEALTH,
        |pane| Availability::offered_when(pane.browsing.is_on_feed(), 3, "health"),
        open_health,
    ),
    row(
        REMOVE_FEED,
        |pane| {
            let can_go = pane.browsing.is_on_feed() || pane.browsing.kept_search().is_some();
            Availability::offered_when(can_go, 4, "remove")
        },
        remove,
    ),
    row(
        Action::LEFT,
        |pane| {
            let is_on_list = pane.browsing.focus() == Focus::List;
            if pane.browsing.search().is_some() {
                Availability::Absent
            } else {
                Availability::offered_when(is_on_list, 5, "feeds")
            }
        },
        |pane, _| pane.browsing.set_focus(Focus::Tree),
    ),
    unsaid(Action::RIGHT, |pane, _| {
        pane.browsing.set_focus(Focus::List);
    }),
    row(Action::OPEN, open_word, open),
    row(Action::FILTER, |_| Offered(7, "search"), ask_search),
    row(
        Action::BACK,
        |pane| Availability::offered_when(pane.browsing.search().is_some(), 5, "end search"),
        |pane, out| pane.browsing.back(out),
    ),
];

/// Moves among the feeds or the articles.
pub(super) fn step(pane: &mut ArticlesPane, step: Move, out: &mut Outbox<'_>) {
    pane.browsing.step_focused(step.rows(out.page), out);
}

fn open_word(pane: &ArticlesPane) -> Availability {
    if pane.browsing.tree().feeds.is_empty() {
        Unsaid
    } else if pane.browsing.is_in_tree() {
        Offered(0, "list")
    } else {
        Availability::offered_when(pane.browsing.selected().is_some(), 0, "read")
    }
}

fn open(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if pane.browsing.is_in_tree() {
        pane.browsing.set_focus(Focus::List);
    } else {
        pane.open_selected(out);
    }
}

/// Reads the selected article if it is unread, else the next one that is.
fn read_on(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    let selected = pane.browsing.selected();
    if selected.is_some_and(|article| !article.read) {
        pane.open_selected(out);
    } else {
        pane.open_unread(out);
    }
}

fn ask_search(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    pane.browsing.begin_search(out);
    let hint = "words, \"a phrase\", title: author: tag: feed: is:unread before:2024 -not";
    ArticlesPrompt::Search.ask(Prompt::filter("Search", hint), pane, out);
}

fn open_health(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if !pane.browsing.open_health() {
        out.notice(Severity::Info, "Choose a feed first.");
    }
}

/// Asks for the name that the search is kept under.
fn ask_keep(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if let Some(search) = pane.browsing.search() {
        let query = search.text.trim().to_owned();
        let prompt = Prompt::line("Keep as", "a name for the search", &query);
        ArticlesPrompt::KeepSearch(query).ask(prompt, pane, out);
    }
}

/// Forgets the search in front, or asks about the feed.
fn remove(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    match pane.browsing.kept_search() {
        Some(search) => {
            let name = search.name.clone();
            let text = if search.name == search.query {
                format!("The search '{name}' is kept no longer.")
            } else {
                format!(
                    "The search '{name}' is kept no longer; it was: {}",
                    search.query
                )
            };
            out.notice(Severity::Info, text);
            pane.begin(
                ReaderJob::RemoveSearch(name),
                ArticlesPendingJob::Searches,
                out,
            );
        }
        None => ask_unfollow(pane, out),
    }
}

pub(super) fn ask_unfollow(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    let Some(feed) = pane.browsing.feed_in_front() else {
        return out.notice(Severity::Info, "Choose the feed in the tree first.");
    };
    out.confirm(Confirm {
        question: format!("Follow {} no longer?", feed.title),
        details: vec![
            feed.source.clone(),
            match counted(feed.articles as u64, "stored article", "stored articles") {
                Some(stored) => {
                    format!("Its {stored} will be forgotten, with stars and what was read.")
                }
                None => "None of its articles is stored.".to_owned(),
            },
        ],
        answer: ConfirmAction::Unfollow(feed.id),
    });
}
