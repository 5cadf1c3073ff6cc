//! What each action does in the tree and in the list.

use super::{ArticlesPane, Focus, Shelf};
use crate::app::{Backend, Confirm, ConfirmAction, Fetch, Outbox, Severity};
use crate::articles::{Feed, FeedId};
use crate::keys::Action;
use crate::panes::moving::rows;

impl ArticlesPane {
    pub(super) fn act_on_list(&mut self, action: Action, out: &mut Outbox<'_>) {
        if let Some(rows) = rows(action, out.page) {
            return self.move_selection(rows, out);
        }
        match action {
            Action::Left if self.search.is_none() => self.focus = Focus::Tree,
            Action::Right => self.focus = Focus::List,
            Action::Open if self.focus == Focus::Tree && self.search.is_none() => {
                self.focus = Focus::List;
            }
            Action::Open => self.open_selected(out),
            Action::ReadOn => self.read_on(out),
            Action::Filter => self.ask_search(out),
            Action::OnlyUnread => {
                self.list.only_unread = !self.list.only_unread;
                self.list.show(self.tree.shelf.clone(), out);
            }
            Action::FeedHealth => self.toggle_health(out),
            Action::RemoveFeed => self.ask_unfollow(out),
            Action::Back => self.back(out),
            _ => {}
        }
    }

    /// Moves what the prompt in front is about: from place to place in the article, else the selection.
    pub fn step(&mut self, rows: isize) {
        match &mut self.reading {
            Some(reading) if reading.find().count().is_some() => {
                reading.next_hit(rows > 0);
            }
            _ => self.select(rows),
        }
    }

    /// Moves the selection, among what was found or in the list, by a number of rows.
    pub(super) fn select(&mut self, rows: isize) {
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
    pub(super) fn refresh(&mut self, out: &mut Outbox<'_>) {
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
