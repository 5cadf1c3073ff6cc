//! What the actions do that work on every screen of the pane.

use super::ARTICLES;
use crate::keys::Action;
use crate::panes::articles::{ArticlesPane, Focus};
use crate::panes::screen::{ActionRow, Availability, row, unsaid};
use Availability::{Offered, Unsaid};

/// Stars the article, or not.
pub const STAR: Action = ARTICLES.action("star", &["s"], "Star the article, or not");
/// Undoes a marking.
pub const UNDO_MARK: Action = ARTICLES.action("undo-mark", &["u"], "Undo the last marking");
/// Opens the article in the browser.
pub const OPEN_BROWSER: Action =
    ARTICLES.action("open-browser", &["o"], "Open the article in the browser");
/// Copies the article's link.
pub(super) const COPY_ARTICLE_LINK: Action =
    ARTICLES.action("copy-article-link", &["y"], "Copy the article's link");
/// Asks for a feed to follow.
pub const ADD_FEED: Action = ARTICLES.action("add-feed", &["a"], "Follow a feed: a URL or a file");

/// The rows; those of the screen in front go before them.
pub(super) const ROWS: &[ActionRow<ArticlesPane>] = &[
    row(
        ARTICLES.action(
            "next-unread",
            &["n"],
            "Next unread article, in whichever feed",
        ),
        |pane| Availability::offered_when(pane.shows_list(), 6, "next unread"),
        ArticlesPane::next_unread,
    ),
    unsaid(
        ARTICLES.action("next-article", &["J"], "Next article of the list"),
        |pane, out| pane.open_neighbour(1, out),
    ),
    unsaid(
        ARTICLES.action("previous-article", &["K"], "Previous article of the list"),
        |pane, out| pane.open_neighbour(-1, out),
    ),
    row(STAR, star, ArticlesPane::toggle_star),
    row(
        ARTICLES.action("mark-read", &["m"], "Mark the article read, or unread"),
        |pane| match pane.selected() {
            Some(article) if pane.shows_list() => {
                Offered(11, if article.read { "unread" } else { "read" })
            }
            _ => Unsaid,
        },
        ArticlesPane::toggle_read,
    ),
    unsaid(
        ARTICLES.action(
            "mark-above",
            &["M"],
            "Mark this article and all above it read",
        ),
        ArticlesPane::mark_above,
    ),
    row(
        ARTICLES.action("mark-all", &["A"], "Mark all articles of the list read"),
        |pane| Availability::offered_when(pane.shows_list(), 12, "all read"),
        ArticlesPane::mark_all,
    ),
    row(
        UNDO_MARK,
        |pane| {
            let can_undo = pane.shows_list() && pane.can_undo_mark();
            Availability::offered_when(can_undo, 8, "undo")
        },
        ArticlesPane::undo_mark,
    ),
    unsaid(
        ARTICLES.action("show-tag", &["T"], "Show the articles with a tag"),
        ArticlesPane::ask_tag,
    ),
    row(
        OPEN_BROWSER,
        |pane| {
            let reading = pane.reading.as_ref().filter(|_| pane.shows_page());
            let has_link = reading.is_some_and(|reading| reading.article.link.is_some());
            Availability::offered_when(has_link, 10, "browser")
        },
        ArticlesPane::open_in_browser,
    ),
    unsaid(COPY_ARTICLE_LINK, |pane, out| pane.copy_article_link(out)),
    row(
        ARTICLES.action(
            "save-article",
            &["w"],
            "Write the article to a file, as Markdown",
        ),
        |pane| Availability::offered_when(pane.shows_page(), 11, "save"),
        ArticlesPane::ask_save,
    ),
    row(ADD_FEED, add_feed, ArticlesPane::ask_feed),
    row(Action::REFRESH, fetch, ArticlesPane::refresh),
];

fn star(pane: &ArticlesPane) -> Availability {
    let (rank, article) = match &pane.reading {
        Some(reading) if pane.shows_page() => (9, Some(&reading.article)),
        None if pane.shows_list() => (10, pane.selected()),
        _ => (0, None),
    };
    match article {
        Some(article) => Offered(rank, if article.starred { "unstar" } else { "star" }),
        None => Unsaid,
    }
}

fn add_feed(pane: &ArticlesPane) -> Availability {
    let rank = match pane.focus {
        _ if !pane.shows_list() => return Unsaid,
        _ if pane.tree.feeds.is_empty() => 0,
        Focus::Tree => 2,
        Focus::List => 14,
    };
    Offered(rank, "add feed")
}

fn fetch(pane: &ArticlesPane) -> Availability {
    let rank = match pane.focus {
        _ if pane.reading.is_some() || pane.tree.feeds.is_empty() => return Unsaid,
        _ if pane.health.is_some() => 0,
        Focus::Tree => 1,
        Focus::List => 13,
    };
    Offered(rank, "fetch")
}
