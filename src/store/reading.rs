//! Feeds and articles: what the reader asks of the store.

mod articles;
mod deliveries;
mod feeds;
mod full_texts;
mod marks;
mod places;
mod retention;
mod search;
mod searches;
mod snippet;
#[cfg(test)]
mod tests;
mod unparted;

pub(super) use unparted::parted;

use jiff::Timestamp;
use jiff::civil::Date;

use super::error::StoreError;
use super::writer::Writer;
use crate::articles::{
    Article, ArticleFilter, ArticleId, Delivery, Feed, FeedId, FullText, Mark, MarkScope, Saved,
    SavedSearch, SearchHit, SearchQuery, Subscription, Text, TextPosition,
};

/// The followed feeds of a store.
#[derive(Debug, Clone, Copy)]
pub struct FeedStore<'a> {
    writer: &'a Writer,
}

impl<'a> FeedStore<'a> {
    pub(super) const fn new(writer: &'a Writer) -> Self {
        Self { writer }
    }

    /// Follows a feed: a URL, the absolute path of a file, or `notes:`. Gives its id, and whether it is new; a title
    /// renames it for good.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn follow(
        self,
        source: &str,
        title: Option<&str>,
    ) -> Result<(FeedId, bool), StoreError> {
        let (source, title) = (source.to_owned(), title.map(str::to_owned));
        self.writer
            .ask(move |database| feeds::follow(database, &source, title.as_deref()))
            .await
    }

    /// Follows feeds (source and title of each), all of them or none, and leaves those alone that are followed already.
    /// Gives how many are new.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn follow_all(
        self,
        feeds: Vec<(String, Option<String>)>,
    ) -> Result<usize, StoreError> {
        self.writer
            .ask(move |database| feeds::follow_all(database, &feeds))
            .await
    }

    /// Puts feeds (by their sources) into folders: names parted by `/`, or none. Those that are not followed are passed over.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_into(self, feeds: Vec<(String, Option<String>)>) -> Result<(), StoreError> {
        self.writer
            .ask(move |database| feeds::put_into(database, &feeds))
            .await
    }

    /// Follows feeds (source and title of each) unless that was done before in this store under this name: what the
    /// user removed since stays removed. Says whether it was done now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn follow_once(
        self,
        name: &'static str,
        feeds: Vec<(String, String)>,
    ) -> Result<bool, StoreError> {
        self.writer
            .ask(move |database| feeds::follow_once(database, name, &feeds))
            .await
    }

    /// Whether that was done before in this store under this name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn was_done(self, name: &'static str) -> Result<bool, StoreError> {
        self.writer
            .ask(move |database| feeds::was_done(database, name))
            .await
    }

    /// Lets a feed reach the host of its source though that be this machine or in a private network: the user named it.
    /// No feed may without this, whatever names lists and pages give it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when it is not followed.
    pub async fn allow_near(self, feed: FeedId) -> Result<(), StoreError> {
        self.writer
            .ask(move |database| feeds::allow_near(database, feed))
            .await
    }

    /// Gives a feed another source. One that is followed with that source already becomes a part of it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when it is not followed.
    pub async fn rename(self, feed: FeedId, source: String) -> Result<(), StoreError> {
        self.writer
            .ask(move |database| feeds::rename(database, feed, &source))
            .await
    }

    /// Follows a feed no longer, and forgets its articles. Articles of other feeds that were folded into one of them
    /// are shown again. Gives its source.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when it is not followed.
    pub async fn unfollow(self, feed: FeedId) -> Result<String, StoreError> {
        self.writer
            .ask(move |database| feeds::unfollow(database, feed))
            .await
    }

    /// The followed feeds in the order they were added.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn all(self) -> Result<Vec<Feed>, StoreError> {
        self.writer.ask(feeds::all).await
    }

    /// The feed a user means: by source, else by exact title, else by a part of either, in any case.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`], or [`StoreError::AmbiguousFeed`] with the candidates.
    pub async fn find(self, text: &str) -> Result<Feed, StoreError> {
        let text = text.to_owned();
        self.writer
            .ask(move |database| feeds::find(database, &text))
            .await
    }

    /// What a fetch needs to know of every feed, in the order they were added.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions(self) -> Result<Vec<Subscription>, StoreError> {
        self.writer.ask(feeds::subscriptions).await
    }

    /// Lets a feed be due not before this time, if it would be: it is being asked.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when the feed was removed.
    pub async fn put_off(self, feed: FeedId, until: Timestamp) -> Result<(), StoreError> {
        self.writer
            .ask(move |database| feeds::put_off(database, feed, until))
            .await
    }

    /// Saves what a fetch came to, all of it or nothing. Read and starred articles stay so; those of one text are
    /// folded into the one that was there first.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when the feed was removed meanwhile.
    pub async fn save_fetch(self, feed: FeedId, delivery: Delivery) -> Result<Saved, StoreError> {
        self.writer
            .ask(move |database| deliveries::save_fetch(database, feed, &delivery))
            .await
    }
}

/// The articles of a store.
#[derive(Debug, Clone, Copy)]
pub struct ArticleStore<'a> {
    writer: &'a Writer,
}

impl<'a> ArticleStore<'a> {
    pub(super) const fn new(writer: &'a Writer) -> Self {
        Self { writer }
    }

    /// Articles: newest first by their date or by when they came, then those of texts in the order of their documents. Each text once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list(self, filter: &ArticleFilter) -> Result<Vec<Article>, StoreError> {
        let filter = filter.clone();
        self.writer
            .ask(move |database| articles::list(database, &filter))
            .await
    }

    /// Keeps what the page of an article says: it is shown and searched in place of the feed's text, which stays.
    ///
    /// # Errors
    /// [`StoreError::NoSuchArticle`].
    pub async fn keep_full_text(self, id: &ArticleId, full: FullText) -> Result<(), StoreError> {
        let id = id.clone();
        self.writer
            .ask(move |database| full_texts::keep(database, &id, &full))
            .await
    }

    /// Goes back to the text that the feed gives; says whether there was another one.
    ///
    /// # Errors
    /// [`StoreError::NoSuchArticle`].
    pub async fn drop_full_text(self, id: &ArticleId) -> Result<bool, StoreError> {
        let id = id.clone();
        self.writer
            .ask(move |database| full_texts::drop(database, &id))
            .await
    }

    /// An article and the text that its feed gives, though that of its page is shown.
    ///
    /// # Errors
    /// As [`Self::with_text`].
    pub async fn with_own_text(self, id: &ArticleId) -> Result<(Article, Text), StoreError> {
        let id = id.clone();
        self.writer
            .ask(move |database| articles::with_own_text(database, &id))
            .await
    }

    /// An article and its text: that of its page where it is kept, else its feed's.
    ///
    /// # Errors
    /// [`StoreError::NoSuchArticle`], or [`StoreError::Unreadable`] when it is damaged.
    pub async fn with_text(self, id: &ArticleId) -> Result<(Article, Text), StoreError> {
        let id = id.clone();
        self.writer
            .ask(move |database| articles::with_text(database, &id))
            .await
    }

    /// The article a user means: by id, else by link (also one of the same text elsewhere), else by the beginning of
    /// its id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchArticle`], or [`StoreError::AmbiguousArticle`] with the candidates.
    pub async fn find(self, text: &str) -> Result<Article, StoreError> {
        let text = text.to_owned();
        self.writer
            .ask(move |database| articles::find(database, &text))
            .await
    }

    /// The articles a query finds, best first (words in titles and tags weigh more); without words newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search(
        self,
        query: &SearchQuery,
        limit: usize,
    ) -> Result<Vec<SearchHit>, StoreError> {
        let query = query.clone();
        self.writer
            .ask(move |database| search::search(database, &query, limit))
            .await
    }

    /// Keeps where an article was left; the top of it is no place to go on at.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_place(self, id: &ArticleId, at: TextPosition) -> Result<(), StoreError> {
        let id = id.clone();
        self.writer
            .ask(move |database| places::keep(database, &id, at))
            .await
    }

    /// Where an article was left.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn place(self, id: &ArticleId) -> Result<Option<TextPosition>, StoreError> {
        let id = id.clone();
        self.writer
            .ask(move |database| places::find(database, &id))
            .await
    }

    /// The searches that the user keeps, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn searches(self) -> Result<Vec<SavedSearch>, StoreError> {
        self.writer.ask(searches::all).await
    }

    /// Keeps a search, in place of one of the same name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn save_search(self, search: &SavedSearch) -> Result<(), StoreError> {
        let search = search.clone();
        self.writer
            .ask(move |database| searches::save(database, &search))
            .await
    }

    /// Forgets a search that was kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_search(self, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.writer
            .ask(move |database| searches::remove(database, &name))
            .await
    }

    /// The articles that were read before this day (UTC) and may be forgotten: none that is starred, no bundled one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read_before(self, day: Date) -> Result<Vec<Article>, StoreError> {
        self.writer
            .ask(move |database| retention::read_before(database, day))
            .await
    }

    /// Forgets articles, unless they became unread or starred meanwhile; gives how many. Feeds that still have them bring
    /// them no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget(self, ids: Vec<ArticleId>) -> Result<usize, StoreError> {
        self.writer
            .ask(move |database| retention::forget(database, &ids))
            .await
    }

    /// Marks articles; gives those it changed. `mark.undone()` on [`MarkScope::These`] of them takes it back.
    ///
    /// # Errors
    /// [`StoreError::NoSuchArticle`] when one of them is not in the store; then nothing is marked.
    pub async fn mark(self, scope: MarkScope, mark: Mark) -> Result<Vec<ArticleId>, StoreError> {
        self.writer
            .ask(move |database| marks::mark(database, &scope, mark))
            .await
    }
}
