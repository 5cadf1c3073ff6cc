//! What is browsed: the tree of feeds beside the articles of what is in front of it, or what a search found.

mod list;
mod search;
mod shelf;
mod tree;

pub use list::List;
pub use search::ArticleSearch;
pub use shelf::Shelf;
pub use tree::Tree;

use std::collections::HashSet;

use super::marks::put;
use crate::articles::{Article, ArticleId, Feed, FeedId, Mark, MarkScope, SavedSearch};
use crate::effect::{Fetch, JobReport, Outbox, ReaderJob, Severity};
use crate::panes::Load;
use crate::task::TaskId;

/// The tree, the list, the search in place of the list, and the health of a feed.
#[derive(Debug, Default)]
pub struct BrowsingView {
    focus: Focus,
    tree: Tree,
    list: List,
    search: Option<ArticleSearch>,
    /// The feed whose health is shown.
    health: Option<FeedId>,
}

/// What takes the keys while no article is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The feeds.
    Tree,
    /// The articles.
    #[default]
    List,
}

/// What is there.
impl BrowsingView {
    /// Whether keys go to the tree or to the list.
    #[must_use]
    pub const fn focus(&self) -> Focus {
        self.focus
    }

    /// The feeds, and which of them is in front.
    #[must_use]
    pub const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The articles of what is in front.
    #[must_use]
    pub const fn list(&self) -> &List {
        &self.list
    }

    /// The search in place of the list, if there is one.
    #[must_use]
    pub const fn search(&self) -> Option<&ArticleSearch> {
        self.search.as_ref()
    }

    /// The feed whose health is shown.
    #[must_use]
    pub fn health(&self) -> Option<&Feed> {
        self.tree.find(self.health?)
    }

    /// Whether the health of a feed is in front.
    #[must_use]
    pub const fn shows_health(&self) -> bool {
        self.health.is_some()
    }

    /// Whether the keys go to the tree.
    #[must_use]
    pub fn is_in_tree(&self) -> bool {
        self.focus == Focus::Tree && self.search.is_none()
    }

    /// The search that is kept and in front in the tree.
    pub(super) fn kept_search(&self) -> Option<&SavedSearch> {
        match &self.tree.shelf {
            Shelf::Search(search) if self.is_in_tree() && !self.shows_health() => Some(search),
            _ => None,
        }
    }

    /// Whether the cursor is on a feed of the tree.
    pub(super) fn is_on_feed(&self) -> bool {
        !self.shows_health() && self.is_in_tree() && self.tree.feed().is_some()
    }

    /// The selected article of the search or the list.
    #[must_use]
    pub fn selected(&self) -> Option<&Article> {
        match &self.search {
            Some(search) => search.selected(),
            None => self.list.selected(),
        }
    }

    /// The articles of the search or the list, as far as they are loaded, top to bottom.
    pub(super) fn articles(&self) -> impl Iterator<Item = &Article> {
        let found = self.search.iter().flat_map(ArticleSearch::found);
        let listed = match self.search {
            Some(_) => &[],
            None => self.list.articles(),
        };
        found.map(|found| &found.article).chain(listed)
    }

    /// All articles of the search or the list, those that were not loaded too.
    pub(super) fn all(&self) -> MarkScope {
        match self.search {
            Some(_) => MarkScope::These(self.articles().map(|it| it.id.clone()).collect()),
            None => match self.tree.shelf.filter(self.list.only_unread) {
                Ok(filter) => MarkScope::All(filter),
                Err(_broken) => MarkScope::These(Vec::new()),
            },
        }
    }

    /// An article and all below it; none when it is not there.
    pub(super) fn below(&self, id: &ArticleId) -> Option<MarkScope> {
        let at = self.articles().position(|article| article.id == *id)?;
        Some(if self.search.is_some() {
            let found = self.articles().skip(at);
            MarkScope::These(found.map(|it| it.id.clone()).collect())
        } else {
            let filter = self.tree.shelf.filter(self.list.only_unread).ok()?;
            MarkScope::Below(Box::new(filter), id.clone())
        })
    }

    /// Opens the next unread article: the selected one, else one below it or below the one that is read, else the first
    /// of the list, else of any feed. While a search is in front, only what it found; none when none of that is unread.
    pub(super) fn open_unread(&self, read: Option<&ArticleId>) -> Option<ReaderJob> {
        if let Some(search) = &self.search {
            return Some(ReaderJob::Open(search.unread(read)?.id.clone()));
        }
        let from = match read {
            Some(id) => self.list.position_of(id).map_or(0, |at| at + 1),
            None => self.list.position(),
        };
        let unread = |article: &&Article| !article.read && Some(&article.id) != read;
        let found = self.list.articles().iter().skip(from).find(unread);
        Some(match found {
            Some(article) => ReaderJob::Open(article.id.clone()),
            None => ReaderJob::OpenUnread(self.tree.shelf.unread()),
        })
    }

    /// The words to make visible in an article: those of the search that found it.
    pub(super) fn words_for(&self, id: &ArticleId) -> Vec<String> {
        match &self.search {
            Some(search) if self.articles().any(|found| found.id == *id) => search.words().to_vec(),
            _ => Vec::new(),
        }
    }

    /// The feed in front: the one whose health is shown, else that of the tree.
    pub(super) fn feed_in_front(&self) -> Option<&Feed> {
        match self.health {
            Some(_) => self.health(),
            None => self.tree.feed(),
        }
    }

    /// What to fetch for what is in front: one feed, or all of them.
    pub(super) fn fetch_in_front(&self) -> Fetch {
        match (self.health, &self.tree.shelf) {
            (Some(id), _) => Fetch::One(id),
            (None, Shelf::Feed(id)) => Fetch::One(*id),
            _ => Fetch::All,
        }
    }
}

/// What comes from jobs.
impl BrowsingView {
    /// Whether this task loads or searches something here.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.tree.awaits(id)
            || self.list.awaits(id)
            || self.search.as_ref().is_some_and(|search| search.awaits(id))
    }

    /// Takes the report of a task that is awaited here.
    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if self.tree.awaits(id) {
            let before = self.tree.shelf.clone();
            self.tree.report(report, out);
            if self.tree.shelf != before {
                self.show_front(out);
            }
        } else if self.list.awaits(id) {
            self.list.report(report, out);
        } else if let Some(search) = &mut self.search {
            search.report(report, out);
        }
    }
}

/// What can be done with it.
impl BrowsingView {
    /// Loads what is stored, once.
    pub(super) fn enter(&mut self, out: &mut Outbox<'_>) {
        if self.tree.load.is_unasked() {
            self.tree.reload(out);
            self.show_front(out);
        }
    }

    /// Loads feeds, list and search again: something changed in the store.
    pub(super) fn reload(&mut self, out: &mut Outbox<'_>) {
        self.tree.reload(out);
        self.list.reload(out);
        if let Some(search) = &mut self.search
            && !search.is_searching()
        {
            let text = search.text.clone();
            // The same text was a query before.
            let _still_a_query = search.ask(&text, out);
        }
    }

    /// Loads the feeds again: how many articles are unread or starred changed.
    pub(super) fn reload_counts(&mut self, out: &mut Outbox<'_>) {
        self.tree.reload(out);
    }

    fn show_front(&mut self, out: &mut Outbox<'_>) {
        self.list.show(self.tree.shelf.clone(), out);
    }

    pub(super) const fn set_focus(&mut self, focus: Focus) {
        self.focus = focus;
    }

    /// Moves the selection, among what was found or in the list, by a number of rows.
    pub(super) fn step(&mut self, rows: isize) {
        match &mut self.search {
            Some(search) => search.step(rows),
            None => self.list.step(rows),
        }
    }

    /// Moves the selection like [`Self::step`], and loads more of the list when its end comes near.
    pub(super) fn step_on(&mut self, rows: isize, out: &mut Outbox<'_>) {
        self.step(rows);
        self.list.load_more(out);
    }

    /// Moves what has the keys by a number of rows.
    pub(super) fn step_focused(&mut self, rows: isize, out: &mut Outbox<'_>) {
        if !self.is_in_tree() {
            return self.step_on(rows, out);
        }
        if self.tree.step(rows) {
            if self.shows_health() {
                self.health = self.tree.feed().map(|feed| feed.id);
            }
            self.show_front(out);
        }
    }

    /// Selects an article where it is shown.
    pub(super) fn select(&mut self, id: &ArticleId) {
        self.list.select(id);
        if let Some(search) = &mut self.search {
            search.select(id);
        }
    }

    /// Shows a mark at once, before the store has it.
    pub(super) fn show_marked(&mut self, ids: &[ArticleId], mark: Mark) {
        let ids: HashSet<&ArticleId> = ids.iter().collect();
        let found = self.search.iter_mut().flat_map(ArticleSearch::each_mut);
        let shown = self.list.each_mut().chain(found);
        for article in shown.filter(|article| ids.contains(&article.id)) {
            put(article, mark);
        }
    }

    /// The store has a mark: the counts changed, and what is starred no longer is not among the starred.
    pub(super) fn marked(&mut self, mark: Mark, out: &mut Outbox<'_>) {
        self.reload_counts(out);
        if mark == Mark::Starred(false) && self.tree.shelf == Shelf::Starred {
            self.list.reload(out);
        }
    }

    /// Shows only unread articles, or all.
    pub(super) fn toggle_only_unread(&mut self, out: &mut Outbox<'_>) {
        self.list.only_unread = !self.list.only_unread;
        self.show_front(out);
    }

    /// Shows the health of a feed, that in front or of the selected article; says whether there is such a feed.
    pub(super) fn open_health(&mut self) -> bool {
        let of_article = || self.tree.find(self.selected()?.feed);
        let feed = self.tree.feed().or_else(of_article);
        self.health = feed.map(|feed| feed.id);
        self.shows_health()
    }

    pub(super) const fn close_health(&mut self) {
        self.health = None;
    }

    /// Closes what was opened last: health, search, the narrowing to unread ones; then the focus goes to the tree.
    pub(super) fn back(&mut self, out: &mut Outbox<'_>) {
        if self.health.take().is_some() {
            return;
        }
        if self.search.is_some() {
            self.end_search(out);
        } else if self.list.only_unread {
            self.toggle_only_unread(out);
        } else {
            self.focus = Focus::Tree;
        }
    }

    /// Shows the articles with a tag.
    pub(super) fn show_tag(&mut self, tag: &str, out: &mut Outbox<'_>) {
        self.end_search(out);
        self.tree.show_tag(tag);
        self.show_front(out);
        self.focus = Focus::List;
    }

    /// Shows a feed that was just followed.
    pub(super) fn show_feed(&mut self, feed: FeedId, out: &mut Outbox<'_>) {
        self.tree.shelf = Shelf::Feed(feed);
        self.tree.reload(out);
        self.show_front(out);
    }

    /// Begins an empty search. Words of the one before it would be in the way of those that are typed now.
    pub(super) fn begin_search(&mut self, out: &mut Outbox<'_>) {
        self.end_search(out);
        self.search = Some(ArticleSearch::default());
        self.focus = Focus::List;
    }

    /// Searches for what is typed.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub(super) fn search_for(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        self.search.get_or_insert_default().ask(text, out)
    }

    /// Takes the text of a search that the user is done with; without one there is no search.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub(super) fn keep_search(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        if text.is_empty() {
            self.search = None;
            return Ok(());
        }
        let search = self.search.get_or_insert_default();
        if search.text.trim() == text && search.is_asked() {
            return Ok(());
        }
        search.ask(text, out)
    }

    /// Gives the search up; what is under way is cancelled.
    pub(super) fn end_search(&mut self, out: &mut Outbox<'_>) {
        if let Some(mut search) = self.search.take()
            && search.is_searching()
        {
            // Nothing is asked for: what is under way is cancelled.
            let _nothing_to_say = search.ask("", out);
        }
    }
}

/// The state of a load that brought nothing.
fn ended(report: JobReport, out: &mut Outbox<'_>) -> Load {
    match report {
        JobReport::Failed(why) => {
            out.notice(Severity::Error, why.clone());
            Load::Failed(why)
        }
        _ => Load::Unasked,
    }
}
