//! Feeds and articles: the store's calls for the reader.

mod articles;
mod deliveries;
mod feeds;
mod marks;
mod search;
mod snippet;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::database::Database;
use super::writer::{Reply, StoreRequest, answer};
use super::{Store, StoreError};
use crate::articles::{
    Article, ArticleFilter, ArticleId, Delivery, Feed, FeedId, Mark, MarkScope, Saved, SearchHit,
    SearchQuery, Subscription, Text,
};

/// One call of the reader.
#[derive(Debug)]
pub(super) enum ReadCall {
    /// Follow a feed.
    Follow(String, Option<String>, Reply<(FeedId, bool)>),
    /// Follow the feeds of a list.
    FollowAll(Vec<(String, Option<String>)>, Reply<usize>),
    /// Follow feeds, but only once in the life of a store.
    FollowOnce(&'static str, Vec<(String, String)>, Reply<bool>),
    /// Let a feed reach its host though it be near.
    AllowNear(FeedId, Reply<()>),
    /// Follow a feed no longer.
    Unfollow(FeedId, Reply<()>),
    /// List the feeds.
    Feeds(Reply<Vec<Feed>>),
    /// Find a feed.
    FindFeed(String, Reply<Feed>),
    /// What a fetch needs to know of every feed.
    Subscriptions(Reply<Vec<Subscription>>),
    /// Put off the next fetch of a feed.
    PutOff(FeedId, Timestamp, Reply<()>),
    /// Save what a fetch brought.
    SaveFetch(FeedId, Box<Delivery>, Reply<Saved>),
    /// List articles.
    Articles(ArticleFilter, Reply<Vec<Article>>),
    /// Read an article.
    Article(ArticleId, Reply<(Article, Text)>),
    /// Find an article by id or link.
    FindArticle(String, Reply<Article>),
    /// Search.
    Search(Box<SearchQuery>, usize, Reply<Vec<SearchHit>>),
    /// Mark articles.
    Mark(MarkScope, Mark, Reply<Vec<ArticleId>>),
}

impl Store {
    /// Follows a feed: a URL, the absolute path of a file, or `notes:`. Gives its id, and whether it is new; a title
    /// renames it for good.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn follow(
        &self,
        source: &str,
        title: Option<&str>,
    ) -> Result<(FeedId, bool), StoreError> {
        let (source, title) = (source.to_owned(), title.map(str::to_owned));
        self.read(|reply| ReadCall::Follow(source, title, reply))
            .await
    }

    /// Follows feeds (source and title of each), all of them or none, and leaves those alone that are followed already.
    /// Gives how many are new.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn follow_all(
        &self,
        feeds: Vec<(String, Option<String>)>,
    ) -> Result<usize, StoreError> {
        self.read(|reply| ReadCall::FollowAll(feeds, reply)).await
    }

    /// Follows feeds (source and title of each) unless that was done before in this store under this name: what the
    /// user removed since stays removed. Says whether it was done now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn follow_once(
        &self,
        name: &'static str,
        feeds: Vec<(String, String)>,
    ) -> Result<bool, StoreError> {
        self.read(|reply| ReadCall::FollowOnce(name, feeds, reply))
            .await
    }

    /// Lets a feed reach the host of its source though that be this machine or in a private network: the user named it.
    /// No feed may without this, whatever names lists and pages give it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when it is not followed.
    pub async fn allow_near(&self, feed: FeedId) -> Result<(), StoreError> {
        self.read(|reply| ReadCall::AllowNear(feed, reply)).await
    }

    /// Follows a feed no longer, and forgets its articles. Articles of other feeds that were folded into one of them
    /// are shown again.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when it is not followed.
    pub async fn unfollow(&self, feed: FeedId) -> Result<(), StoreError> {
        self.read(|reply| ReadCall::Unfollow(feed, reply)).await
    }

    /// The followed feeds in the order they were added.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn feeds(&self) -> Result<Vec<Feed>, StoreError> {
        self.read(ReadCall::Feeds).await
    }

    /// The feed a user means: by source, else by exact title, else by a part of either, in any case.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`], or [`StoreError::AmbiguousFeed`] with the candidates.
    pub async fn find_feed(&self, text: &str) -> Result<Feed, StoreError> {
        let text = text.to_owned();
        self.read(|reply| ReadCall::FindFeed(text, reply)).await
    }

    /// What a fetch needs to know of every feed, in the order they were added.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        self.read(ReadCall::Subscriptions).await
    }

    /// Lets a feed be due not before this time, if it would be: it is being asked.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when the feed was removed.
    pub async fn put_off(&self, feed: FeedId, until: Timestamp) -> Result<(), StoreError> {
        self.read(|reply| ReadCall::PutOff(feed, until, reply))
            .await
    }

    /// Saves what a fetch came to, all of it or nothing. Read and starred articles stay so; those of one text are
    /// folded into the one that was there first.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFeed`] when the feed was removed meanwhile.
    pub async fn save_fetch(&self, feed: FeedId, delivery: Delivery) -> Result<Saved, StoreError> {
        let delivery = Box::new(delivery);
        self.read(|reply| ReadCall::SaveFetch(feed, delivery, reply))
            .await
    }

    /// Articles: dated ones newest first, then undated ones in the order of their feeds and documents. Each text once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn articles(&self, filter: &ArticleFilter) -> Result<Vec<Article>, StoreError> {
        let filter = filter.clone();
        self.read(|reply| ReadCall::Articles(filter, reply)).await
    }

    /// An article and its text.
    ///
    /// # Errors
    /// [`StoreError::NoSuchArticle`], or [`StoreError::Unreadable`] when it is damaged.
    pub async fn article(&self, id: &ArticleId) -> Result<(Article, Text), StoreError> {
        let id = id.clone();
        self.read(|reply| ReadCall::Article(id, reply)).await
    }

    /// The article a user means: by id, else by link (also one of the same text elsewhere), else by the beginning of
    /// its id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchArticle`], or [`StoreError::AmbiguousArticle`] with the candidates.
    pub async fn find_article(&self, text: &str) -> Result<Article, StoreError> {
        let text = text.to_owned();
        self.read(|reply| ReadCall::FindArticle(text, reply)).await
    }

    /// The articles a query finds, best first (words in titles and tags weigh more); without words newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search(
        &self,
        query: &SearchQuery,
        limit: usize,
    ) -> Result<Vec<SearchHit>, StoreError> {
        let query = Box::new(query.clone());
        self.read(|reply| ReadCall::Search(query, limit, reply))
            .await
    }

    /// Marks articles; gives those it changed. `mark.undone()` on [`MarkScope::These`] of them takes it back.
    ///
    /// # Errors
    /// [`StoreError::NoSuchArticle`] when one of them is not in the store; then nothing is marked.
    pub async fn mark(&self, scope: MarkScope, mark: Mark) -> Result<Vec<ArticleId>, StoreError> {
        self.read(|reply| ReadCall::Mark(scope, mark, reply)).await
    }

    async fn read<T>(&self, reading: impl FnOnce(Reply<T>) -> ReadCall) -> Result<T, StoreError> {
        self.ask(|reply: oneshot::Sender<_>| StoreRequest::Reading(reading(reply)))
            .await
    }
}

impl Database {
    pub(super) fn serve_reading(&mut self, reading: ReadCall) {
        match reading {
            ReadCall::Follow(source, title, reply) => {
                answer(reply, self.follow(&source, title.as_deref()));
            }
            ReadCall::FollowAll(feeds, reply) => answer(reply, self.follow_all(&feeds)),
            ReadCall::FollowOnce(name, feeds, reply) => {
                answer(reply, self.follow_once(name, &feeds));
            }
            ReadCall::AllowNear(feed, reply) => answer(reply, self.allow_near(feed)),
            ReadCall::Unfollow(feed, reply) => answer(reply, self.unfollow(feed)),
            ReadCall::Feeds(reply) => answer(reply, self.feeds()),
            ReadCall::FindFeed(text, reply) => answer(reply, self.find_feed(&text)),
            ReadCall::Subscriptions(reply) => answer(reply, self.subscriptions()),
            ReadCall::PutOff(feed, until, reply) => answer(reply, self.put_off(feed, until)),
            ReadCall::SaveFetch(feed, delivery, reply) => {
                answer(reply, self.save_fetch(feed, &delivery));
            }
            ReadCall::Articles(filter, reply) => answer(reply, self.articles(&filter)),
            ReadCall::Article(id, reply) => answer(reply, self.article(&id)),
            ReadCall::FindArticle(text, reply) => answer(reply, self.find_article(&text)),
            ReadCall::Search(query, limit, reply) => answer(reply, self.search(&query, limit)),
            ReadCall::Mark(scope, mark, reply) => answer(reply, self.mark(&scope, mark)),
        }
    }
}
