//! What the actions do that work on most screens of the pane: the list, the article, what lies over it.

use super::{ARTICLES, shows_list, shows_page};
use crate::articles::{Article, ArticleId, Mark, MarkScope, file_stem};
use crate::effect::{Outbox, Prompt, Severity};
use crate::keys::Action;
use crate::panes::articles::follow::browse;
use crate::panes::articles::prompts::ArticlesPrompt;
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
        |pane| Availability::offered_when(shows_list(pane), 6, "next unread"),
        ArticlesPane::open_unread,
    ),
    unsaid(
        ARTICLES.action("next-article", &["J"], "Next article of the list"),
        |pane, out| open_neighbour(pane, 1, out),
    ),
    unsaid(
        ARTICLES.action("previous-article", &["K"], "Previous article of the list"),
        |pane, out| open_neighbour(pane, -1, out),
    ),
    row(STAR, star, toggle_star),
    row(
        ARTICLES.action("mark-read", &["m"], "Mark the article read, or unread"),
        |pane| match pane.browsing.selected() {
            Some(article) if shows_list(pane) => {
                Offered(11, if article.read { "unread" } else { "read" })
            }
            _ => Unsaid,
        },
        toggle_read,
    ),
    unsaid(
        ARTICLES.action(
            "mark-above",
            &["M"],
            "Mark this article and all above it read",
        ),
        mark_above,
    ),
    unsaid(
        ARTICLES.action(
            "mark-below",
            &["B"],
            "Mark this article and all below it read",
        ),
        mark_below,
    ),
    row(
        ARTICLES.action("mark-all", &["A"], "Mark all articles of the list read"),
        |pane| Availability::offered_when(shows_list(pane), 12, "all read"),
        mark_all,
    ),
    row(
        UNDO_MARK,
        |pane| {
            let can_undo = shows_list(pane) && pane.marks.can_undo();
            Availability::offered_when(can_undo, 8, "undo")
        },
        ArticlesPane::undo_mark,
    ),
    unsaid(
        ARTICLES.action("show-tag", &["T"], "Show the articles with a tag"),
        ask_tag,
    ),
    row(
        OPEN_BROWSER,
        |pane| {
            let reading = pane.reading().filter(|_| shows_page(pane));
            let has_link = reading.is_some_and(|reading| reading.article.link.is_some());
            Availability::offered_when(has_link, 10, "browser")
        },
        open_in_browser,
    ),
    unsaid(COPY_ARTICLE_LINK, |pane, out| copy_article_link(pane, out)),
    row(
        ARTICLES.action(
            "save-article",
            &["w"],
            "Write the article to a file, as Markdown",
        ),
        |pane| Availability::offered_when(shows_page(pane), 11, "save"),
        ask_save,
    ),
    row(ADD_FEED, add_feed, ask_feed),
    row(Action::REFRESH, fetch, refresh),
];

fn star(pane: &ArticlesPane) -> Availability {
    let (rank, article) = match pane.reading() {
        Some(reading) if shows_page(pane) => (9, Some(&reading.article)),
        None if shows_list(pane) => (10, pane.browsing.selected()),
        _ => (0, None),
    };
    match article {
        Some(article) => Offered(rank, if article.starred { "unstar" } else { "star" }),
        None => Unsaid,
    }
}

fn add_feed(pane: &ArticlesPane) -> Availability {
    let rank = match pane.browsing.focus() {
        _ if !shows_list(pane) => return Unsaid,
        _ if pane.browsing.tree().feeds.is_empty() => 0,
        Focus::Tree => 2,
        Focus::List => 14,
    };
    Offered(rank, "add feed")
}

fn fetch(pane: &ArticlesPane) -> Availability {
    let rank = match pane.browsing.focus() {
        _ if !shows_list(pane) || pane.browsing.tree().feeds.is_empty() => return Unsaid,
        Focus::Tree => 1,
        Focus::List => 13,
    };
    Offered(rank, "fetch")
}

/// Opens the article that many rows below the one that is read, or above, among what was found or in the list; without
/// one that is read, selects it.
fn open_neighbour(pane: &mut ArticlesPane, rows: isize, out: &mut Outbox<'_>) {
    let selected = |pane: &ArticlesPane| pane.browsing.selected().map(|it| it.id.clone());
    let before = selected(pane);
    pane.browsing.step_on(rows, out);
    if pane.reading().is_none() {
        return;
    }
    if before != selected(pane) {
        return pane.open_selected(out);
    }
    let end = if rows > 0 { "last" } else { "first" };
    let list = match pane.browsing.search() {
        Some(_) => "that was found",
        None => "of the list",
    };
    let sentence = format!("This is the {end} article {list}.");
    out.notice(Severity::Info, sentence);
}

fn toggle_read(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    mark_current(pane, |article| Mark::Read(!article.read), out);
}

fn toggle_star(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    mark_current(pane, |article| Mark::Starred(!article.starred), out);
}

fn mark_current(pane: &mut ArticlesPane, mark: fn(&Article) -> Mark, out: &mut Outbox<'_>) {
    if let Some(article) = pane.current() {
        let (id, mark) = (article.id.clone(), mark(article));
        pane.mark(MarkScope::These(vec![id]), mark, out);
    }
}

/// Marks the current article and all above it read: those that stand there, not those a list made now would have.
fn mark_above(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    let Some(current) = pane.current() else {
        return;
    };
    let is_current = |article: &Article| article.id == current.id;
    let Some(at) = pane.browsing.articles().position(is_current) else {
        return out.notice(Severity::Info, "This article is not in the list.");
    };
    let above = pane.browsing.articles().take(at + 1);
    let unread = above.filter(|article| !article.read);
    let ids: Vec<ArticleId> = unread.map(|article| article.id.clone()).collect();
    if ids.is_empty() {
        return out.notice(Severity::Info, "They were all read already.");
    }
    pane.mark(MarkScope::These(ids), Mark::Read(true), out);
}

/// Marks the current article and all below it read, those of the list that were not loaded too.
fn mark_below(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    let Some(id) = pane.current().map(|article| article.id.clone()) else {
        return;
    };
    match pane.browsing.below(&id) {
        Some(below) => pane.mark(below, Mark::Read(true), out),
        None => out.notice(Severity::Info, "This article is not in the list."),
    }
}

fn mark_all(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    let all = pane.browsing.all();
    pane.mark(all, Mark::Read(true), out);
}

fn ask_tag(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    let current = pane.current();
    let tags = current.map_or(&[][..], |article| article.tags.as_slice());
    let hint = if tags.is_empty() {
        "a tag".to_owned()
    } else {
        format!("this article has {}", tags.join(", "))
    };
    let tag = tags.first().map_or("", String::as_str);
    let prompt = Prompt::line("Tag", &hint, tag);
    ArticlesPrompt::Tag.ask(prompt, pane, out);
}

fn open_in_browser(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if let Some(link) = link_or_say(pane, out) {
        browse(&link, out);
    }
}

fn copy_article_link(pane: &ArticlesPane, out: &mut Outbox<'_>) {
    if let Some(link) = link_or_say(pane, out) {
        out.copy(link, "the article's link".to_owned());
    }
}

fn link_or_say(pane: &ArticlesPane, out: &mut Outbox<'_>) -> Option<String> {
    let article = pane.current()?;
    if article.link.is_none() {
        out.notice(
            Severity::Info,
            "This article has no link: its document names none.",
        );
    }
    article.link.clone()
}

fn ask_save(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if let Some(article) = pane.current() {
        let path = format!("{}.md", file_stem(&article.title));
        let prompt = Prompt::line("Write to", "the path of a new file", &path);
        ArticlesPrompt::Save(article.id.clone()).ask(prompt, pane, out);
    }
}

fn ask_feed(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    let hint = "the URL of a feed or of a page that names one, or the path of a file";
    let prompt = Prompt::line("Follow", hint, "");
    ArticlesPrompt::AddFeed.ask(prompt, pane, out);
}

/// Loads again what failed to load, and fetches what is in front.
pub(super) fn refresh(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    pane.browsing.reload(out);
    if out.context.offline {
        let text = "This session is offline; start iacstone without --offline to fetch feeds.";
        return out.notice(Severity::Warning, text);
    }
    let front = pane.browsing.fetch_in_front();
    pane.fetches.fetch_asked(front, out);
}
