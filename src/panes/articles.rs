//! The articles pane: the tree of feeds, the list, the search, and the article that is read.

mod actions;
mod browsing;
mod fetching;
mod follow;
mod marks;
mod pane;
mod pending;
mod prompts;
mod reader;
mod reading;
mod reports;
pub mod screens;

pub use browsing::{ArticleSearch, BrowsingView, Focus, List, Shelf, Tree};
pub use fetching::Fetching;
pub use reading::{
    Choice, EDGE, Find, HEAD, Hints, Hit, LinkHint, MARGIN, Over, ReadingView, ScrolledPage,
    VisibleLink,
};

use crate::articles::{Article, ArticleId, FeedId, Mark, MarkScope};
use crate::effect::{Job, Outbox, ReaderJob, Severity};
use crate::panes::Pending;
use fetching::FeedFetches;
use marks::ArticleMarks;
use pending::ArticlesPendingJob;
use prompts::ArticlesPrompt;
use reader::{ArticleReader, OpenReason};

/// The state of the pane.
#[derive(Debug, Default)]
pub struct ArticlesPane {
    browsing: BrowsingView,
    reader: ArticleReader,
    fetches: FeedFetches,
    marks: ArticleMarks,
    /// What the open prompt asks for.
    asked: Option<ArticlesPrompt>,
    pending: Pending<ArticlesPendingJob>,
}

impl ArticlesPane {
    /// What is browsed while no article is read.
    #[must_use]
    pub const fn browsing(&self) -> &BrowsingView {
        &self.browsing
    }

    /// The article that is read.
    #[must_use]
    pub const fn reading(&self) -> Option<&ReadingView> {
        self.reader.view()
    }

    /// The fetch under way.
    #[must_use]
    pub const fn fetching(&self) -> Option<&Fetching> {
        self.fetches.under_way()
    }

    /// The article keys are about: the one that is read, else the selected one.
    #[must_use]
    pub fn current(&self) -> Option<&Article> {
        match self.reading() {
            Some(reading) => Some(&reading.article),
            None => self.browsing.selected(),
        }
    }

    /// The program is about to end: the store keeps where the reader is.
    pub fn store_place(&mut self, out: &mut Outbox<'_>) {
        self.reader.store_place(out);
    }

    /// Follows a feed no longer.
    pub fn unfollow(&mut self, feed: FeedId, out: &mut Outbox<'_>) {
        self.browsing.close_health();
        self.begin(ReaderJob::Unfollow(feed), ArticlesPendingJob::Unfollow, out);
    }

    /// Begins a job that leaves the pane as it is until it ends.
    fn begin(&mut self, job: ReaderJob, pending: ArticlesPendingJob, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::Reader(job));
        self.pending.add(task, pending);
    }

    fn open_selected(&mut self, out: &mut Outbox<'_>) {
        if let Some(id) = self.browsing.selected().map(|article| article.id.clone()) {
            let job = ReaderJob::Open(id);
            self.reader.load(job, OpenReason::Chosen, out);
        }
    }

    /// Searches all articles for a name, as a phrase.
    pub fn search_for(&mut self, name: &str, out: &mut Outbox<'_>) {
        self.reader.put_away(out);
        self.browsing.begin_search(out);
        if let Err(why) = self.browsing.keep_search(&format!("\"{name}\""), out) {
            out.notice(Severity::Warning, why);
        }
    }

    /// Opens the bundled note of this name.
    pub fn open_note(&mut self, name: &'static str, out: &mut Outbox<'_>) {
        let job = ReaderJob::OpenNote(name);
        self.reader.load(job, OpenReason::Chosen, out);
    }

    fn open_unread(&mut self, out: &mut Outbox<'_>) {
        let read = self.reading().map(|reading| &reading.article.id);
        match self.browsing.open_unread(read) {
            Some(job) => self.reader.load(job, OpenReason::Unread, out),
            None => out.notice(Severity::Info, "Nothing that was found is unread."),
        }
    }

    /// Marks articles because the user asked for it.
    fn mark(&mut self, scope: MarkScope, mark: Mark, out: &mut Outbox<'_>) {
        if let MarkScope::These(ids) = &scope {
            self.show_marked(ids, mark);
        }
        self.marks.mark(scope, mark, out);
    }

    fn undo_mark(&mut self, out: &mut Outbox<'_>) {
        if let Some((ids, mark)) = self.marks.undo(out) {
            self.show_marked(&ids, mark);
        }
    }

    /// Shows a mark at once, before the store has it.
    fn show_marked(&mut self, ids: &[ArticleId], mark: Mark) {
        self.browsing.show_marked(ids, mark);
        if let Some(reading) = self.reader.view_mut()
            && ids.contains(&reading.article.id)
        {
            marks::put(&mut reading.article, mark);
        }
    }
}
