//! Feeds against servers that are slow, broken or hostile: each gets a clear message on that feed, and nothing else
//! changes.

mod answers;
mod bodies;
mod manners;
mod near;
mod redirects;
mod server;

use iacstone::articles::{Article, ArticleFilter, Feed, FeedId, Subscription};
use iacstone::feeds::{FeedError, FeedSource, Fetcher, RefreshOutcome, add, refresh};
use iacstone::store::Store;
pub(crate) use server::Server;

/// A feed with one article per title.
pub(crate) fn rss(titles: &[&str]) -> String {
    let item = |title: &&str| {
        format!(
            "<item><title>{title}</title><guid>{title}</guid><description>About {title}</description></item>"
        )
    };
    let items: String = titles.iter().map(item).collect();
    format!("<rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>")
}

/// Somebody who follows feeds.
pub(crate) struct Follower {
    pub(crate) store: Store,
    fetcher: Fetcher,
}

impl Follower {
    pub(crate) fn new() -> Self {
        Self::in_store(Store::in_memory().unwrap())
    }

    pub(crate) fn in_store(store: Store) -> Self {
        Self {
            store,
            fetcher: Fetcher::new().unwrap(),
        }
    }

    /// Follows and fetches a feed, whatever comes of it.
    pub(crate) async fn fetch(&self, url: &str) -> RefreshOutcome {
        let feed = self.follow(url).await;
        self.again(feed).await
    }

    /// Follows a feed of this machine as a user does who names it.
    pub(crate) async fn follow(&self, url: &str) -> FeedId {
        let (feed, _) = self.store.feeds().follow(url, None).await.unwrap();
        self.store.feeds().allow_near(feed).await.unwrap();
        feed
    }

    /// Fetches a feed once more, due or not.
    pub(crate) async fn again(&self, feed: FeedId) -> RefreshOutcome {
        let mut outcome = None;
        let feeds = vec![self.subscription(feed).await];
        let work = refresh(&self.store, &self.fetcher, feeds, |one| {
            outcome = Some(one.outcome);
        });
        work.await.unwrap();
        outcome.unwrap()
    }

    /// Fetches all feeds.
    pub(crate) async fn all(&self) -> Vec<(String, RefreshOutcome)> {
        let mut outcomes = Vec::new();
        let feeds = self.store.feeds().subscriptions().await.unwrap();
        let work = refresh(&self.store, &self.fetcher, feeds, |one| {
            outcomes.push((one.source, one.outcome));
        });
        work.await.unwrap();
        outcomes
    }

    /// Why a fetch failed.
    pub(crate) async fn failure(&self, url: &str) -> FeedError {
        match self.fetch(url).await {
            RefreshOutcome::Failed(error) => error,
            other => panic!("{url}: {other:?}"),
        }
    }

    pub(crate) async fn add(&self, url: &str) -> Result<iacstone::feeds::Added, String> {
        let source = FeedSource::named(url).unwrap();
        let added = add(&self.store, &self.fetcher, &source, None).await;
        added.map_err(|error| error.to_string())
    }

    pub(crate) async fn subscription(&self, feed: FeedId) -> Subscription {
        let feeds = self.store.feeds().subscriptions().await.unwrap();
        feeds.into_iter().find(|one| one.feed == feed).unwrap()
    }

    pub(crate) async fn feed(&self, url: &str) -> Feed {
        self.store.feeds().find(url).await.unwrap()
    }

    pub(crate) async fn articles(&self) -> Vec<Article> {
        self.store
            .articles()
            .list(&ArticleFilter::default())
            .await
            .unwrap()
    }
}
