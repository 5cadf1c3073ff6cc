//! Fetching feeds: many at once (`queue` says which), each with its own end. What one of them does changes no other.

use std::path::PathBuf;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::contents::{self, Contents, FetchedDocument};
use super::fetcher::{Fetcher, Journey, Stop};
use super::queue::{Queue, QueuedFetch};
use super::response::{FetchRefusal, FetchResponse, ResponseBody};
use super::schedule::{Wishes, after_failure, after_success, while_asked};
use super::source::start;
use super::{FeedError, FeedSource};
use crate::articles::{Delivery, FeedHealth, FeedId, Saved, Subscription, Validators};
use crate::store::{Store, StoreError};

/// What became of one feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Refreshed {
    /// The feed.
    pub feed: FeedId,
    /// Its source.
    pub source: String,
    /// What happened.
    pub outcome: RefreshOutcome,
}

/// What a fetch of a feed came to.
#[derive(Debug, Clone, PartialEq)]
pub enum RefreshOutcome {
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
        while let Some((host, work)) = queue.next() {
            running.push(async { (host, go_on(store, fetcher, work).await) });
        }
        let Some((host, progress)) = running.next().await else {
            return Ok(());
        };
        queue.finished(&host);
        let (feed, outcome) = match progress {
            FetchProgress::Elsewhere(work) => {
                queue.go_on(work);
                continue;
            }
            FetchProgress::Ended(feed, outcome) => (feed, outcome),
        };
        let outcome = match outcome {
            Ok(outcome) => outcome,
            // Removed while it was fetched.
            Err(StoreError::NoSuchFeed(_)) => continue,
            Err(StoreError::Closed) => return Err(StoreError::Closed),
            Err(error) => RefreshOutcome::Failed(FeedError::Unsaved(error.to_string())),
        };
        report(Refreshed {
            feed: feed.feed,
            source: feed.source,
            outcome,
        });
    }
}

/// How far a fetch came.
enum FetchProgress {
    /// It was sent to another host, which may be busy.
    Elsewhere(QueuedFetch),
    /// It is over.
    Ended(Subscription, Result<RefreshOutcome, StoreError>),
}

/// Fetches a feed as far as its host can tell.
async fn go_on(store: &Store, fetcher: &Fetcher, work: QueuedFetch) -> FetchProgress {
    let QueuedFetch { feed, journey } = work;
    let outcome = match FeedSource::stored(&feed.source) {
        Ok(FeedSource::Web(_)) if fetcher.is_offline() => {
            Ok(RefreshOutcome::Failed(FeedError::Offline))
        }
        Ok(FeedSource::Web(source)) => {
            match travel(store, fetcher, &feed, &source, journey).await {
                Ok(Leg::Elsewhere(journey)) => {
                    let journey = Some(journey);
                    return FetchProgress::Elsewhere(QueuedFetch { feed, journey });
                }
                Ok(Leg::Last(outcome)) => Ok(outcome),
                Err(error) => Err(error),
            }
        }
        Ok(FeedSource::File(path)) => from_file(store, fetcher, &feed, path).await,
        Ok(FeedSource::Notes) => Ok(RefreshOutcome::Unchanged),
        Err(error) => {
            let now = fetcher.now();
            save(store, fetcher, &feed, Err(error.into()), (now, now)).await
        }
    };
    FetchProgress::Ended(feed, outcome)
}

/// What one host made of a fetch.
enum Leg {
    /// It goes on at another one; the fetch began at this time.
    Elsewhere(Box<(Journey, Timestamp)>),
    /// It is over.
    Last(RefreshOutcome),
}

async fn travel(
    store: &Store,
    fetcher: &Fetcher,
    feed: &Subscription,
    source: &Url,
    journey: Option<Box<(Journey, Timestamp)>>,
) -> Result<Leg, StoreError> {
    let (journey, began) = match journey {
        Some(on_its_way) => *on_its_way,
        None => match begin(store, fetcher, feed, source).await? {
            Ok(begun) => begun,
            Err(unsavable) => return Ok(Leg::Last(RefreshOutcome::Failed(unsavable))),
        },
    };
    let came = match from_web(fetcher, feed, source, journey).await {
        Ok(Answered::Elsewhere(journey)) => {
            return Ok(Leg::Elsewhere(Box::new((journey, began))));
        }
        Ok(Answered::Here(found)) => Ok(found),
        Err(refusal) => Err(refusal),
    };
    let saved = save(store, fetcher, feed, came, (began, fetcher.now())).await;
    saved.map(Leg::Last)
}

/// Puts the feed off, so that it is not due while it is asked, nor at once when that is broken off. Where that cannot be noted nothing that comes could be saved: what is
/// asked then would be asked again and again.
async fn begin(
    store: &Store,
    fetcher: &Fetcher,
    feed: &Subscription,
    source: &Url,
) -> Result<Result<(Journey, Timestamp), FeedError>, StoreError> {
    let until = while_asked(fetcher.now());
    match store.feeds().put_off(feed.feed, until).await {
        Ok(()) => {
            let near = feed.near.then(|| source.clone());
            let login = match fetcher.login(source).await {
                Ok(login) => login,
                Err(error) => return Ok(Err(error)),
            };
            let journey = Journey::begin(near, start(feed, source), feed.validators.clone());
            let headers = fetcher.headers(source);
            let journey = journey.with_login(login).with_headers(headers);
            Ok(Ok((journey, fetcher.now())))
        }
        Err(error @ (StoreError::NoSuchFeed(_) | StoreError::Closed)) => Err(error),
        Err(error) => Ok(Err(FeedError::Unsavable(error.to_string()))),
    }
}

async fn from_file(
    store: &Store,
    fetcher: &Fetcher,
    feed: &Subscription,
    path: PathBuf,
) -> Result<RefreshOutcome, StoreError> {
    let (now, source) = (fetcher.now(), feed.source.clone());
    let read = move || contents::read(contents::load(&path)?, &source, now);
    let read = fetcher.blocking(read).await;
    let came = read.map(Fetched::of_file).map_err(FetchRefusal::from);
    save(store, fetcher, feed, came, (now, now)).await
}

/// What a fetch that succeeded found: articles, unless the feed is as it was.
struct Fetched {
    contents: Option<Contents>,
    status: Option<u16>,
    validators: Validators,
    moved_to: Option<Url>,
    wishes: Wishes,
}

impl Fetched {
    fn of_file(contents: Contents) -> Self {
        Self {
            contents: Some(contents),
            status: None,
            validators: Validators::default(),
            moved_to: None,
            wishes: Wishes::default(),
        }
    }
}

/// What a host answered that did not refuse.
#[expect(clippy::large_enum_variant, reason = "it is taken apart at once")]
enum Answered {
    /// The feed is at another one.
    Elsewhere(Journey),
    /// The feed, or that it is as it was.
    Here(Fetched),
}

async fn from_web(
    fetcher: &Fetcher,
    feed: &Subscription,
    source: &Url,
    journey: Journey,
) -> Result<Answered, FetchRefusal> {
    let start = start(feed, source);
    let has_moved = start != *source;
    let stop = fetcher.fetch(journey).await;
    let FetchResponse {
        status,
        wishes,
        moved_to,
        validators,
        content,
    } = match stop.map_err(|refusal| softened(refusal, has_moved))? {
        Stop::Elsewhere(journey) => return Ok(Answered::Elsewhere(journey)),
        Stop::Answer(answer) => answer,
    };
    let contents = read(fetcher, content, feed).await;
    let contents = contents.map_err(|error| FetchRefusal {
        error,
        status: Some(status),
        wishes,
    })?;
    // Who keeps what half a document is known by never sees the other half.
    let is_half = contents.as_ref().is_some_and(|contents| contents.cut);
    Ok(Answered::Here(Fetched {
        contents,
        status: Some(status),
        validators: if is_half {
            Validators::default()
        } else {
            validators
        },
        moved_to: moved_to.or(has_moved.then_some(start)),
        wishes,
    }))
}

/// What is gone where a feed moved to may be at its own address again, which is asked once the move is forgotten.
fn softened(refusal: FetchRefusal, has_moved: bool) -> FetchRefusal {
    match refusal.error {
        FeedError::Gone if has_moved => FetchRefusal {
            error: FeedError::Status(410),
            ..refusal
        },
        _ => refusal,
    }
}

async fn read(
    fetcher: &Fetcher,
    content: ResponseBody,
    feed: &Subscription,
) -> Result<Option<Contents>, FeedError> {
    let ResponseBody::Body(bytes, content_type, url) = content else {
        return Ok(None);
    };
    let document = FetchedDocument {
        bytes,
        content_type: Some(content_type),
        name: name_of(&url),
        url: Some(url),
        manifest: None,
    };
    let (source, now) = (feed.source.clone(), fetcher.now());
    let contents = fetcher.blocking(move || contents::read(document, &source, now));
    contents.await.map(Some)
}

fn name_of(url: &Url) -> String {
    let last = url
        .path_segments()
        .and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
    last.or(url.host_str()).unwrap_or_default().to_owned()
}

/// Saves what came of a fetch; `times` are when the feed was asked and when that was over. What a server wishes counts
/// from the end, for nothing may be asked earlier than allowed.
async fn save(
    store: &Store,
    fetcher: &Fetcher,
    feed: &Subscription,
    came: Result<Fetched, FetchRefusal>,
    times: (Timestamp, Timestamp),
) -> Result<RefreshOutcome, StoreError> {
    match came {
        Ok(found) => {
            let unchanged = found.contents.is_none();
            let delivery = success(feed, found, times, fetcher.interval(&feed.source));
            let saved = store.feeds().save_fetch(feed.feed, delivery).await?;
            Ok(if unchanged {
                RefreshOutcome::Unchanged
            } else {
                RefreshOutcome::Saved(saved)
            })
        }
        Err(refusal) => {
            let error = refusal.error.clone();
            let delivery = failure(feed, &refusal, times);
            store.feeds().save_fetch(feed.feed, delivery).await?;
            Ok(RefreshOutcome::Failed(error))
        }
    }
}

fn success(
    feed: &Subscription,
    fetched: Fetched,
    (asked, over): (Timestamp, Timestamp),
    interval: SignedDuration,
) -> Delivery {
    let old = feed.health.clone();
    let (title, articles, warnings, bytes, ttl_minutes) = match fetched.contents {
        Some(contents) => (
            contents.title,
            contents.articles,
            contents.warnings,
            Some(contents.bytes),
            contents.ttl_minutes,
        ),
        None => (None, Vec::new(), old.warnings, old.bytes, old.ttl_minutes),
    };
    let ttl = ttl_minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
    let wishes = Wishes {
        ttl,
        ..fetched.wishes
    };
    Delivery {
        health: FeedHealth {
            last_fetch: Some(asked),
            next_fetch: Some(after_success(over, wishes, interval)),
            status: fetched.status,
            error: None,
            failures: 0,
            bytes,
            ttl_minutes,
            warnings,
        },
        validators: fetched.validators,
        address: fetched.moved_to.map(String::from),
        title,
        articles,
    }
}

/// A failure changes nothing but the feed's health.
fn failure(
    feed: &Subscription,
    refusal: &FetchRefusal,
    (asked, over): (Timestamp, Timestamp),
) -> Delivery {
    let failures = feed.health.failures.saturating_add(1);
    let next = after_failure(over, failures, refusal.wishes);
    Delivery {
        health: FeedHealth {
            last_fetch: Some(asked),
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
