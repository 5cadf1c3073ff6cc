//! The tree of feeds and the list of articles, what was found in place of the list, and the health of a feed.

use super::{ARTICLES, everywhere};
use crate::articles::{Feed, FeedId};
use crate::effect::{Backend, Confirm, ConfirmAction, Fetch, Outbox, Severity};
use crate::keys::Action;
use crate::panes::articles::{ArticlesPane, Focus, Shelf};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use Availability::{Offered, Unsaid};

/// Reads on.
pub const READ_ON: Action = ARTICLES.action(
    "read-on",
    &["space"],
    "Read on: one page, at the end the next unread article",
);
/// Shows only unread articles, or all.
pub const ONLY_UNREAD: Action =
    ARTICLES.action("only-unread", &["U"], "Show only unread articles, or all");
/// Shows how the fetches of a feed fare.
pub const FEED_HEALTH: Action =
    ARTICLES.action("feed-health", &["i"], "How the fetches of the feed fare");

/// What the actions do.
pub(super) static SCREEN: Screen<ArticlesPane> = Screen {
    scope: ARTICLES,
    tables: &[
        &Moves(|pane: &mut ArticlesPane, step, out| {
            pane.move_selection(step.rows(out.page), out);
        }),
        &Table::new(ROWS),
        &Table::new(everywhere::ROWS),
    ],
};

const ROWS: &[ActionRow<ArticlesPane>] = &[
    unsaid(READ_ON, ArticlesPane::read_on),
    row(
        ONLY_UNREAD,
        |pane| {
            let is_on = pane.list.only_unread;
            let word = if is_on { "all" } else { "only unread" };
            Availability::offered_when(pane.shows_list(), 9, word)
        },
        |pane, out| {
            pane.list.only_unread = !pane.list.only_unread;
            pane.list.show(pane.tree.shelf.clone(), out);
        },
    ),
    row(
        FEED_HEALTH,
        |pane| Availability::offered_when(pane.is_on_feed(), 3, "health"),
        ArticlesPane::toggle_health,
    ),
    row(
        ARTICLES.action("remove-feed", &["D"], "Follow the feed no longer"),
        |pane| match pane.health {
            Some(_) => Offered(1, "remove"),
            None => Availability::offered_when(pane.is_on_feed(), 4, "remove"),
        },
        |pane, out| pane.ask_unfollow(out),
    ),
    row(
        Action::LEFT,
        |pane| {
            let is_on_list = pane.shows_list() && pane.focus == Focus::List;
            if pane.search.is_some() {
                Availability::Absent
            } else {
                Availability::offered_when(is_on_list, 5, "feeds")
            }
        },
        |pane, _| pane.focus = Focus::Tree,
    ),
    unsaid(Action::RIGHT, |pane, _| pane.focus = Focus::List),
    row(Action::OPEN, open_word, open),
    row(
        Action::FILTER,
        |pane| Availability::offered_when(pane.shows_list(), 7, "search"),
        ArticlesPane::ask_search,
    ),
    row(
        Action::BACK,
        |pane| match (pane.health, &pane.search) {
            (Some(_), _) => Offered(2, "close"),
            (None, Some(_)) => Offered(5, "end search"),
            (None, None) => Unsaid,
        },
        ArticlesPane::back,
    ),
];

fn open_word(pane: &ArticlesPane) -> Availability {
    if !pane.shows_list() || pane.tree.feeds.is_empty() {
        Unsaid
    } else if pane.is_in_tree() {
        Offered(0, "list")
    } else {
        Availability::offered_when(pane.selected().is_some(), 0, "read")
    }
}

fn open(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    if pane.is_in_tree() {
        pane.focus = Focus::List;
    } else {
        pane.open_selected(out);
    }
}

impl ArticlesPane {
    /// Whether the keys go to the tree.
    fn is_in_tree(&self) -> bool {
        self.focus == Focus::Tree && self.search.is_none()
    }

    /// Whether the cursor is on a feed of the tree.
    fn is_on_feed(&self) -> bool {
        self.shows_list() && self.is_in_tree() && self.tree.feed().is_some()
    }

    /// Moves what the prompt in front is about: from place to place in the article, else the selection.
    pub(in crate::panes::articles) fn step_beside_prompt(&mut self, rows: isize) {
        match &mut self.reading {
            Some(reading) if reading.find().count().is_some() => {
                reading.next_hit(rows > 0);
            }
            _ => self.select(rows),
        }
    }

    /// Moves the selection, among what was found or in the list, by a number of rows.
    pub(in crate::panes::articles) fn select(&mut self, rows: isize) {
        match &mut self.search {
            Some(search) => search.step(rows),
            None => self.list.step(rows),
        }
    }

    fn move_selection(&mut self, rows: isize, out: &mut Outbox<'_>) {
        if self.focus == Focus::List || self.search.is_some() {
            self.select(rows);
            return self.list.load_more(out);
        }
        if self.tree.step(rows) {
            if self.health.is_some() {
                self.health = self.tree.feed().map(|feed| feed.id);
            }
            self.list.show(self.tree.shelf.clone(), out);
        }
    }

    /// Reads the selected article if it is unread, else the next one that is.
    fn read_on(&mut self, out: &mut Outbox<'_>) {
        if self.selected().is_some_and(|article| !article.read) {
            self.open_selected(out);
        } else {
            self.next_unread(out);
        }
    }

    /// Closes what was opened last: health, search, the narrowing to unread ones; then the focus goes to the tree.
    fn back(&mut self, out: &mut Outbox<'_>) {
        if self.health.take().is_some() {
            return;
        }
        if self.search.is_some() {
            return self.end_search(out);
        }
        if self.list.only_unread {
            self.list.only_unread = false;
            self.list.show(self.tree.shelf.clone(), out);
        } else {
            self.focus = Focus::Tree;
        }
    }

    /// The feed keys are about: the one in front, else that of the selected article.
    #[must_use]
    pub fn feed_in_question(&self) -> Option<&Feed> {
        let of_article = || self.tree.find(self.current()?.feed);
        let shown = self.health.and_then(|id| self.tree.find(id));
        shown.or_else(|| self.tree.feed()).or_else(of_article)
    }

    fn toggle_health(&mut self, out: &mut Outbox<'_>) {
        let feed = self.feed_in_question().map(|feed| feed.id);
        self.health = match (self.health, feed) {
            (None, Some(feed)) => Some(feed),
            (None, None) => {
                out.notice(Severity::Info, "Choose a feed first.");
                None
            }
            (Some(_), _) => None,
        };
    }

    fn ask_unfollow(&self, out: &mut Outbox<'_>) {
        let feed = match self.health.or_else(|| self.tree.feed().map(|feed| feed.id)) {
            Some(id) => self.tree.find(id),
            None => None,
        };
        let Some(feed) = feed else {
            return out.notice(Severity::Info, "Choose the feed in the tree first.");
        };
        out.confirm(Confirm {
            question: format!("Follow {} no longer?", feed.title),
            details: vec![
                feed.source.clone(),
                format!(
                    "Its {} stored articles are forgotten, with their stars and what was read.",
                    feed.articles
                ),
            ],
            answer: ConfirmAction::Unfollow(feed.id),
        });
    }

    /// Loads again what failed to load, and fetches what is in front: one feed, or all of them.
    pub(in crate::panes::articles) fn refresh(&mut self, out: &mut Outbox<'_>) {
        self.reload(out);
        if out.context.offline {
            let text = "This session is offline; start iacstone without --offline to fetch feeds.";
            return out.notice(Severity::Warning, text);
        }
        if out.context.source == Backend::Demo {
            let text = "The demo has no network; start iacstone without --demo to fetch feeds.";
            return out.notice(Severity::Info, text);
        }
        let one = self.health.map(Fetch::One);
        let front = match self.tree.shelf {
            Shelf::Feed(id) => Fetch::One(id),
            _ => Fetch::All,
        };
        self.fetch(one.unwrap_or(front), true, out);
    }

    /// Whether this feed is being looked at.
    #[must_use]
    pub fn shows_health_of(&self) -> Option<(FeedId, &Feed)> {
        let id = self.health?;
        Some((id, self.tree.find(id)?))
    }
}
