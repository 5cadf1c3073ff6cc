//! The tree: everything, what is starred, a tag, and the feeds with what is unread in each.

use super::{Shelf, ended};
use crate::articles::{Feed, FeedId, SavedSearch};
use crate::effect::{Job, JobReport, Outbox, ReaderJob, ReaderReport};
use crate::panes::Load;
use crate::task::TaskId;

/// The feeds, and which of them is in front.
#[derive(Debug, Default)]
pub struct Tree {
    /// The feeds: those in no folder, then folder by folder; within one in the order they were added.
    pub feeds: Vec<Feed>,
    /// How many articles are starred.
    pub starred: usize,
    /// The searches that are kept, by name.
    pub searches: Vec<SavedSearch>,
    /// How loading is doing.
    pub load: Load,
    /// What is in front.
    pub shelf: Shelf,
    /// The tag that is offered too.
    tag: Option<String>,
}

impl Tree {
    /// Loads the feeds again. What is shown stays until then; a load under way is overtaken.
    pub fn reload(&mut self, out: &mut Outbox<'_>) {
        if let Some(task) = self.load.task() {
            out.cancel(task);
        }
        // Until something was loaded, the first start may not be through.
        let job = if self.feeds.is_empty() {
            ReaderJob::Furnish
        } else {
            ReaderJob::LoadFeeds
        };
        self.load = Load::Loading(out.spawn(Job::Reader(job)));
    }

    /// Whether this task loads the feeds.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.load.task() == Some(id)
    }

    /// Takes the report of the load.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        if let JobReport::Reader(ReaderReport::Searches(searches)) = report {
            self.searches = searches;
            if matches!(&self.shelf, Shelf::Search(search) if !self.searches.contains(search)) {
                self.shelf = Shelf::All;
            }
        } else if let JobReport::Reader(ReaderReport::Feeds(feeds, starred)) = report {
            self.load = Load::Loaded(out.now);
            self.fill(feeds, starred);
        } else {
            self.load = ended(report, out);
        }
    }

    /// Takes what was loaded. A feed that is gone is not in front any more.
    fn fill(&mut self, feeds: Vec<Feed>, starred: usize) {
        self.feeds = feeds;
        // Stable: within a folder they stay in the order they were added.
        self.feeds
            .sort_by(|one, other| one.folder.cmp(&other.folder));
        self.starred = starred;
        if let Shelf::Feed(id) = self.shelf
            && self.find(id).is_none()
        {
            self.shelf = Shelf::All;
        }
    }

    /// Brings a tag to the front and keeps offering it.
    pub fn show_tag(&mut self, tag: &str) {
        self.tag = Some(tag.to_owned());
        self.shelf = Shelf::Tag(tag.to_owned());
    }

    /// What can be listed, top to bottom.
    pub fn shelves(&self) -> impl Iterator<Item = Shelf> {
        let tag = self.tag.iter().cloned().map(Shelf::Tag);
        let feeds = self.feeds.iter().map(|feed| Shelf::Feed(feed.id));
        let searches = self.searches.iter().cloned().map(Shelf::Search);
        [Shelf::All, Shelf::Starred]
            .into_iter()
            .chain(searches)
            .chain(tag)
            .chain(feeds)
    }

    /// Where what is in front stands.
    #[must_use]
    pub fn position(&self) -> usize {
        let mut shelves = self.shelves();
        shelves
            .position(|shelf| shelf == self.shelf)
            .unwrap_or_default()
    }

    /// Moves by a number of rows; it stops at the ends. Says whether something else is in front.
    pub fn step(&mut self, rows: isize) -> bool {
        let last = self.shelves().count().saturating_sub(1);
        let there = self.position().saturating_add_signed(rows).min(last);
        let next = self.shelves().nth(there).unwrap_or_default();
        let moved = next != self.shelf;
        self.shelf = next;
        moved
    }

    /// The feed in front.
    #[must_use]
    pub fn feed(&self) -> Option<&Feed> {
        self.feed_of(&self.shelf)
    }

    /// The feed a shelf holds the articles of, if it is that of one feed.
    #[must_use]
    pub fn feed_of(&self, place: &Shelf) -> Option<&Feed> {
        match place {
            Shelf::Feed(id) => self.find(*id),
            _ => None,
        }
    }

    /// A feed by its id.
    #[must_use]
    pub fn find(&self, id: FeedId) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.id == id)
    }

    /// How many articles a shelf has, and how many of them are unread, as far as that is known.
    #[must_use]
    pub fn counts(&self, of: &Shelf) -> (Option<usize>, Option<usize>) {
        let sum = |count: fn(&Feed) -> usize| self.feeds.iter().map(count).sum();
        match of {
            Shelf::All => (
                Some(sum(|feed| feed.articles)),
                Some(sum(|feed| feed.unread)),
            ),
            Shelf::Starred => (Some(self.starred), None),
            Shelf::Search(_) | Shelf::Tag(_) => (None, None),
            Shelf::Feed(id) => {
                let feed = self.find(*id);
                (feed.map(|feed| feed.articles), feed.map(|feed| feed.unread))
            }
        }
    }
}
