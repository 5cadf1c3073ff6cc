//! Fetching feeds: many at once, few from one host, each with its own end. What one of them does changes no other.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jiff::Timestamp;
use url::Url;

use super::contents::{self, Contents, Document};
use super::fetcher::{Answer, Content, Fetcher, Refusal};
use super::limits::{AT_ONCE, PER_HOST};
use super::schedule::{Wishes, after_failure, after_success};
use super::{FeedError, Source};
use crate::articles::{Delivery, FeedId, Health, Saved, Subscription, Validators};
use crate::store::{Store, StoreError};

/// A remembered redirect is forgotten after this many failures in a row: the feed's own address may know better.
const FAILURES_OF_A_MOVE: u32 = 3;

/// What became of one feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Refreshed {
    /// The feed.
    pub feed: FeedId,
    /// Its source.
    pub source: String,
    /// What happened.
    pub outcome: Outcome,
}

/// What a fetch of a feed came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It answered, and this is what changed.
    Saved(Saved),
    /// It is as it was.
    Unchanged,
    /// It failed; its stored articles are as they were.
    Failed(FeedError),
}

/// Fetches feeds and saves what they bring; each is reported when it is done. An offline fetcher reads only files.
/// What the store refuses to save is a failure of that feed alone.
///
/// # Errors
/// [`StoreError::Closed`]; feeds that were reported before are saved.
pub async fn refresh(
    store: &Store,
    fetcher: &Fetcher,
    feeds: Vec<Subscription>,
    mut report: impl FnMut(Refreshed),
) -> Result<(), StoreError> {
    let mut queue = Queue::new(feeds);
    let mut running = FuturesUnordered::new();
    loop {
        while let Some(feed) = queue.next() {
            running.push(one(store, fetcher, feed));
        }
        let Some((feed, outcome)) = running.next().await else {
            return Ok(());
        };
        queue.finished(&feed);
        let outcome = match outcome {
            Ok(outcome) => outcome,
            // Removed while it was fetched.
            Err(StoreError::NoSuchFeed(_)) => continue,
            Err(StoreError::Closed) => return Err(StoreError::Closed),
            Err(error) => Outcome::Failed(FeedError::Unsaved(error.to_string())),
        };
        report(Refreshed {
            feed: feed.feed,
            source: feed.source,
            outcome,
        });
    }
}

/// The feeds that wait, and how many of each host are being fetched.
struct Queue {
    waiting: VecDeque<(String, Subscription)>,
    hosts: HashMap<String, usize>,
    running: usize,
}

impl Queue {
    fn new(feeds: Vec<Subscription>) -> Self {
        let waiting = feeds.into_iter().map(|feed| (host(&feed), feed)).collect();
        Self {
            waiting,
            hosts: HashMap::new(),
            running: 0,
        }
    }

    /// The first feed whose host is not busy yet.
    fn next(&mut self) -> Option<Subscription> {
        if self.running >= AT_ONCE {
            return None;
        }
        let busy = |host: &String| {
            self.hosts
                .get(host)
                .is_some_and(|running| *running >= PER_HOST)
        };
        let at = self.waiting.iter().position(|(host, _)| !busy(host))?;
        let (host, feed) = self.waiting.remove(at)?;
        *self.hosts.entry(host).or_default() += 1;
        self.running += 1;
        Some(feed)
    }

    fn finished(&mut self, feed: &Subscription) {
        self.running = self.running.saturating_sub(1);
        if let Some(running) = self.hosts.get_mut(&host(feed)) {
            *running = running.saturating_sub(1);
        }
    }
}

fn host(feed: &Subscription) -> String {
    let url = Url::parse(feed.address.as_ref().unwrap_or(&feed.source));
    url.ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

async fn one(
    store: &Store,
    fetcher: &Fetcher,
    feed: Subscription,
) -> (Subscription, Result<Outcome, StoreError>) {
    let now = fetcher.now();
    let outcome = match Source::stored(&feed.source) {
        Ok(Source::Web(_)) if fetcher.is_offline() => {
            return (feed, Ok(Outcome::Failed(FeedError::Offline)));
        }
        Ok(Source::Web(source)) => from_web(fetcher, &feed, &source, now).await,
        Ok(Source::File(path)) => {
            let source = feed.source.clone();
            let read = move || contents::read(contents::load(&path)?, &source, now);
            let read = fetcher.beside(read).await;
            read.map(|contents| Fetched::new(contents, now))
                .map_err(Refusal::from)
        }
        Ok(Source::Notes) => return (feed, Ok(Outcome::Unchanged)),
        Err(error) => Err(error.into()),
    };
    let saved = save(store, &feed, outcome, now).await;
    (feed, saved)
}

/// What a fetch that succeeded found: articles, unless the feed is as it was.
struct Fetched {
    contents: Option<Contents>,
    status: Option<u16>,
    validators: Validators,
    moved_to: Option<Url>,
    next_fetch: Timestamp,
}

impl Fetched {
    fn new(contents: Contents, now: Timestamp) -> Self {
        Self {
            contents: Some(contents),
            status: None,
            validators: Validators::default(),
            moved_to: None,
            next_fetch: after_success(now, Wishes::default()),
        }
    }
}

async fn from_web(
    fetcher: &Fetcher,
    feed: &Subscription,
    source: &Url,
    now: Timestamp,
) -> Result<Fetched, Refusal> {
    let start = start(feed, source);
    let has_moved = start != *source;
    let near = feed.near.then_some(source);
    let answer = fetcher.fetch(near, start.clone(), &feed.validators);
    let Answer {
        status,
        wishes,
        moved_to,
        validators,
        content,
    } = answer
        .await
        .map_err(|refusal| softened(refusal, has_moved))?;
    let contents = read(fetcher, content, feed, now)
        .await
        .map_err(|error| Refusal {
            error,
            status: Some(status),
            wishes,
        })?;
    let minutes = contents.as_ref().and_then(|contents| contents.ttl_minutes);
    let ttl = minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
    Ok(Fetched {
        contents,
        status: Some(status),
        validators,
        moved_to: moved_to.or(has_moved.then_some(start)),
        next_fetch: after_success(now, Wishes { ttl, ..wishes }),
    })
}

/// What is gone where a feed moved to may be at its own address again, which is asked once the move is forgotten.
fn softened(refusal: Refusal, has_moved: bool) -> Refusal {
    match refusal.error {
        FeedError::Gone if has_moved => Refusal {
            error: FeedError::Status(410),
            ..refusal
        },
        _ => refusal,
    }
}

/// Where the feed is asked for: where it moved to, unless that keeps failing.
fn start(feed: &Subscription, source: &Url) -> Url {
    let moved = feed.address.as_deref();
    let moved = moved.filter(|_| feed.health.failures < FAILURES_OF_A_MOVE);
    let moved = moved.and_then(|address| Url::parse(address).ok());
    moved.unwrap_or_else(|| source.clone())
}

async fn read(
    fetcher: &Fetcher,
    content: Content,
    feed: &Subscription,
    now: Timestamp,
) -> Result<Option<Contents>, FeedError> {
    let Content::Body(bytes, content_type, url) = content else {
        return Ok(None);
    };
    let document = Document {
        bytes,
        content_type: Some(content_type),
        name: name_of(&url),
        url: Some(url),
        manifest: None,
    };
    let source = feed.source.clone();
    let contents = fetcher.beside(move || contents::read(document, &source, now));
    contents.await.map(Some)
}

fn name_of(url: &Url) -> String {
    let last = url
        .path_segments()
        .and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
    last.or(url.host_str()).unwrap_or_default().to_owned()
}

async fn save(
    store: &Store,
    feed: &Subscription,
    fetched: Result<Fetched, Refusal>,
    now: Timestamp,
) -> Result<Outcome, StoreError> {
    match fetched {
        Ok(fetched) => {
            let unchanged = fetched.contents.is_none();
            let saved = store
                .save_fetch(feed.feed, success(feed, fetched, now))
                .await?;
            Ok(if unchanged {
                Outcome::Unchanged
            } else {
                Outcome::Saved(saved)
            })
        }
        Err(refusal) => {
            let error = refusal.error.clone();
            store
                .save_fetch(feed.feed, failure(feed, &refusal, now))
                .await?;
            Ok(Outcome::Failed(error))
        }
    }
}

fn success(feed: &Subscription, fetched: Fetched, now: Timestamp) -> Delivery {
    let old = &feed.health;
    let (title, articles, warnings, bytes) = match fetched.contents {
        Some(contents) => (
            contents.title,
            contents.articles,
            contents.warnings,
            Some(contents.bytes),
        ),
        None => (None, Vec::new(), old.warnings.clone(), old.bytes),
    };
    Delivery {
        health: Health {
            last_fetch: Some(now),
            next_fetch: Some(fetched.next_fetch),
            status: fetched.status,
            error: None,
            failures: 0,
            bytes,
            warnings,
        },
        validators: fetched.validators,
        address: fetched.moved_to.map(String::from),
        title,
        articles,
    }
}

/// A failure changes nothing but the feed's health.
fn failure(feed: &Subscription, refusal: &Refusal, now: Timestamp) -> Delivery {
    let failures = feed.health.failures.saturating_add(1);
    let next = after_failure(now, failures, refusal.wishes);
    Delivery {
        health: Health {
            last_fetch: Some(now),
            next_fetch: (refusal.error != FeedError::Gone).then_some(next),
            status: refusal.status,
            error: Some(refusal.error.to_string()),
            failures,
            ..feed.health.clone()
        },
        validators: feed.validators.clone(),
        address: feed.address.clone(),
        title: None,
        articles: Vec::new(),
    }
}

/// Whether a future may be sent to another thread: the pool's do.
#[cfg(test)]
const fn is_send<T: Send>(_: &T) {}

#[cfg(test)]
mod tests;
