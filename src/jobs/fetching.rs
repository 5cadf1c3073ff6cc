//! Fetches of feeds as jobs of the interface.

use jiff::Timestamp;
use tokio::sync::{OnceCell, mpsc};

use super::blocking::blocking;
use super::problem::failed;
use super::{reader, runs};
use crate::articles::{ArticleId, FeedId, Subscription};
use crate::effect::{Fetch, JobReport, Problem, ReaderReport};
use crate::feeds::{
    self, FeedError, FeedRequests, FeedSource, Fetcher, NOTES, Passwords, RefreshOutcome,
};
use crate::store::{Store, StoreError};
use crate::task::JobContext;

/// What a session can ask for feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FeedWeb {
    /// The web.
    #[default]
    Network,
    /// Nobody; files are read.
    Offline,
    /// The server of the demo.
    Demo,
}

impl FeedWeb {
    /// What asks for feeds there, as the user set it and as whom those passwords say. Reads the system's certificates for
    /// the web.
    ///
    /// # Errors
    /// [`FeedError::Internal`] when the system gives no ground for encryption.
    pub fn fetcher(
        self,
        requests: FeedRequests,
        passwords: Passwords,
    ) -> Result<Fetcher, FeedError> {
        let fetcher = match self {
            Self::Network => Fetcher::new()?,
            Self::Offline => Fetcher::offline(),
            Self::Demo => Fetcher::demo(),
        };
        Ok(fetcher.with_requests(requests).with_passwords(passwords))
    }
}

/// What asks the web for feeds: made on first use, for it reads the system's certificates.
#[derive(Debug, Default)]
pub struct Feeds {
    web: FeedWeb,
    requests: FeedRequests,
    passwords: Passwords,
    fetcher: OnceCell<Fetcher>,
}

impl Feeds {
    /// Fetches of a session, asked for as the user set it.
    #[must_use]
    pub fn new(web: FeedWeb, requests: FeedRequests, passwords: Passwords) -> Self {
        Self {
            web,
            requests,
            passwords,
            fetcher: OnceCell::new(),
        }
    }

    /// Whether the demo is asked.
    pub(super) fn are_of_demo(&self) -> bool {
        self.web == FeedWeb::Demo
    }

    /// The passwords of feeds.
    pub(super) const fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    async fn fetcher(&self) -> Result<&Fetcher, FeedError> {
        let made = self.fetcher.get_or_try_init(async || {
            let (web, requests) = (self.web, self.requests.clone());
            let passwords = self.passwords.clone();
            blocking(move || web.fetcher(requests, passwords)).await?
        });
        made.await
    }
}

/// Fetches feeds; each is reported when it is done.
pub(super) async fn fetch(
    feeds: &Feeds,
    store: &Store,
    which: Fetch,
    context: &JobContext<JobReport>,
) -> JobReport {
    let wanted = match wanted(store, which).await {
        Ok(wanted) => wanted,
        Err(error) => return failed(error),
    };
    if wanted.is_empty() {
        return JobReport::Done;
    }
    match feeds.fetcher().await {
        Ok(fetcher) => runs::ended(refresh(store, fetcher, wanted, context).await),
        Err(error) => failed(error),
    }
}

/// Fetches these feeds and reports each as it comes.
async fn refresh(
    store: &Store,
    fetcher: &Fetcher,
    wanted: Vec<Subscription>,
    context: &JobContext<JobReport>,
) -> Result<(), StoreError> {
    // As many as there are feeds: a fetch never waits for the screen.
    let (sender, mut done) = mpsc::channel(wanted.len());
    let fetching = async {
        let sender = sender;
        feeds::refresh(store, fetcher, wanted, |refreshed| {
            let new = match refreshed.outcome {
                RefreshOutcome::Saved(saved) => Some(saved.new),
                RefreshOutcome::Unchanged => Some(0),
                RefreshOutcome::Failed(_) => None,
            };
            if sender.try_send(new).is_err() {
                tracing::debug!("a fetched feed was not reported");
            }
        })
        .await
    };
    let passing = async {
        while let Some(new) = done.recv().await {
            context
                .report(JobReport::Reader(ReaderReport::Fetched(new)))
                .await;
        }
    };
    let (ended, ()) = tokio::join!(fetching, passing);
    ended
}

async fn wanted(store: &Store, which: Fetch) -> Result<Vec<Subscription>, StoreError> {
    let id = match which {
        Fetch::Due => return feeds::due(store, Timestamp::now()).await,
        Fetch::All => return feeds::all(store).await,
        Fetch::One(id) => id,
    };
    let mut wanted = store.feeds().subscriptions().await?;
    wanted.retain(|feed| feed.feed == id && feed.source != NOTES);
    Ok(wanted)
}

/// Follows a feed no longer, and forgets its password.
pub(super) async fn unfollow(feeds: &Feeds, store: &Store, feed: FeedId) -> JobReport {
    let unfollowed = async {
        let source = store.feeds().unfollow(feed).await?;
        let passwords = feeds.passwords.clone();
        blocking(move || passwords.forget(&source)).await??;
        Ok::<_, Problem>(())
    };
    unfollowed.await.map_or_else(failed, |()| JobReport::Done)
}

/// Fetches the page of an article; gives the article with what it says.
pub(super) async fn open_full_text(
    feeds: &Feeds,
    store: &Store,
    id: &ArticleId,
) -> Result<ReaderReport, Problem> {
    feeds::fetch_full_text(store, feeds.fetcher().await?, id).await?;
    reader::open(store, id).await
}

/// Follows what the user named, and fetches it.
pub(super) async fn follow(feeds: &Feeds, store: &Store, source: &str) -> JobReport {
    let followed = async {
        let source = FeedSource::named(source)?;
        let fetcher = feeds.fetcher().await?;
        Ok::<_, Problem>(feeds::add(store, fetcher, &source, None).await?)
    };
    match followed.await {
        Ok(added) => JobReport::Reader(ReaderReport::Followed(added.feed.id, added.is_new)),
        Err(problem) => failed(problem),
    }
}
