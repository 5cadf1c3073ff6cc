//! The servers: each site with its habits and its troubles, answering in process.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LAST_MODIFIED, LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, Request, Response};
use iacstone::clock::Clock;
use iacstone::feeds::{FeedError, Refreshed, Servers};
use jiff::{SignedDuration, Timestamp};
use reqwest::Body;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::answering::{self, Answer, Ending};
use super::cast::{Site, after};
use super::fetch::{Given, Wishes};
use super::ledger::Ledger;
use super::memory::Asked;
use super::trouble::{Trouble, When};
use crate::storm::{Broken, Dice, Steps};

/// Requests one host may have at once, and all hosts together.
const AT_ONCE: (usize, usize) = (4, 16);

/// Longer than a call of the store takes.
const A_MOMENT: Duration = Duration::from_secs(1);

/// All that is outside of the program.
#[derive(Clone)]
pub(super) struct World(Arc<Inner>);

struct Inner {
    sites: Vec<Site>,
    troubles: Vec<Trouble>,
    began: Instant,
    clock: Clock,
    steps: Steps,
    /// The program dies when it is told.
    death: Notify,
    books: Mutex<Books>,
}

struct Books {
    ledger: Ledger,
    dice: Dice,
    /// The host of each request that has no end yet.
    open: Vec<u64>,
    requests: u64,
    calls: u64,
    /// For how long the program will be away that has to die.
    away: Duration,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}

impl World {
    /// The world at the beginning of the storm.
    pub(super) fn new(seed: u64, sites: Vec<Site>, troubles: Vec<Trouble>, steps: Steps) -> Self {
        Self(Arc::new(Inner {
            sites,
            troubles,
            began: Instant::now(),
            clock: Clock::pinned(after(Duration::ZERO)),
            steps,
            death: Notify::new(),
            books: Mutex::new(Books {
                ledger: Ledger::default(),
                dice: Dice::of(seed, "servers"),
                open: Vec::new(),
                requests: 0,
                calls: 0,
                away: Duration::ZERO,
            }),
        }))
    }

    /// Works with the books.
    pub(super) fn ledger<T>(&self, work: impl FnOnce(&mut Ledger) -> T) -> T {
        work(&mut self.books().ledger)
    }

    /// Whether all promises were kept so far.
    ///
    /// # Errors
    /// The first that was broken.
    pub(super) fn verdict(&self) -> Result<(), Broken> {
        self.ledger(|ledger| ledger.broken.clone())
            .map_or(Ok(()), Err)
    }

    pub(super) fn clock(&self) -> Clock {
        self.0.clock
    }

    pub(super) fn now(&self) -> Timestamp {
        self.0.clock.timestamp()
    }

    /// Since the storm began.
    pub(super) fn since(&self) -> Duration {
        self.0.began.elapsed()
    }

    pub(super) fn sites(&self) -> &[Site] {
        &self.0.sites
    }

    pub(super) fn troubles(&self) -> &[Trouble] {
        &self.0.troubles
    }

    pub(super) fn requests(&self) -> u64 {
        self.books().requests
    }

    pub(super) fn note(&self, what: impl fmt::Display) {
        self.0.steps.note(what);
    }

    /// Waits until the program has to die; gives for how long it will be away.
    pub(super) async fn death(&self) -> Duration {
        let since = self.since();
        let timed = self.0.troubles.iter().filter_map(|trouble| match trouble {
            Trouble::Crash(When::At(at), away) if *at > since => Some((*at, *away)),
            _ => None,
        });
        let killed = self.0.death.notified();
        match timed.min() {
            None => killed.await,
            Some((at, away)) => {
                match tokio::time::timeout(at.saturating_sub(since), killed).await {
                    Ok(()) => {}
                    Err(_elapsed) => return away,
                }
            }
        }
        self.books().away
    }

    /// The program comes to a point at which it may have to die.
    fn reach(&self, point: When, books: &mut Books) {
        let fatal = self.0.troubles.iter().find_map(|trouble| match trouble {
            Trouble::Crash(when, away) if *when == point => Some(*away),
            _ => None,
        });
        if let Some(away) = fatal {
            books.away = away;
            self.0.death.notify_one();
        }
    }

    /// A call of the store comes to the disk; gives how long it takes, and whether it can be written.
    pub(super) fn call(&self) -> (Duration, bool) {
        let mut books = self.books();
        books.calls += 1;
        let calls = books.calls;
        self.reach(When::Call(calls), &mut books);
        let takes = books.dice.millis(0..=4);
        (takes, !self.disk_refuses(self.since()))
    }

    fn disk_refuses(&self, since: Duration) -> bool {
        let refuses = |it: &Trouble| matches!(it, Trouble::Disk(period) if period.holds(since));
        self.0.troubles.iter().any(refuses)
    }

    /// The program says what became of a feed.
    pub(super) fn reported(&self, refreshed: &Refreshed) {
        self.note(format_args!(
            "{}: {:?}",
            refreshed.source, refreshed.outcome
        ));
        let refused = self.disk_refuses(self.since())
            || self.disk_refuses(self.since().saturating_sub(A_MOMENT));
        let now = self.now();
        self.ledger(|it| it.reported(refreshed.feed, &refreshed.outcome, now, refused));
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.books.lock().unwrap()
    }

    /// A request comes in; gives how long it is on its way, and a guard for as long as it is open.
    fn comes_in(&self, number: usize, host: u64, asked: &Asked) -> (Duration, Open) {
        let now = self.now();
        let mut books = self.books();
        books.requests += 1;
        self.note(format_args!(
            "feed {number} is asked at {} with {:?} and {:?}",
            asked.url, asked.etag, asked.last_modified
        ));
        let in_vain = self.disk_refuses(self.since())
            && self.disk_refuses(self.since().saturating_sub(A_MOMENT));
        books.ledger.asked(number, asked, now, in_vain);
        books.open.push(host);
        let of_host = books.open.iter().filter(|open| **open == host).count();
        if of_host > AT_ONCE.0 || books.open.len() > AT_ONCE.1 {
            let words = format!("host {host} is asked {of_host} times at once");
            books.ledger.broken.get_or_insert(Broken(words));
        }
        let requests = books.requests;
        self.reach(When::Request(requests), &mut books);
        let latency = books.dice.millis(1..=1_500);
        (latency, Open(self.clone(), host))
    }
}

/// A request without an end yet.
struct Open(World, u64);

impl Drop for Open {
    fn drop(&mut self) {
        let mut books = self.0.books();
        let at = books.open.iter().position(|host| *host == self.1);
        if let Some(at) = at {
            books.open.remove(at);
        }
    }
}

impl Servers for World {
    fn answer(
        &self,
        request: Request<()>,
    ) -> BoxFuture<'static, Result<Response<Body>, FeedError>> {
        let world = self.clone();
        async move { world.serve(&request).await }.boxed()
    }
}

impl World {
    async fn serve(&self, request: &Request<()>) -> Result<Response<Body>, FeedError> {
        let url = request.uri().to_string();
        let spot = answering::spot(&url);
        let asked = asked(url, request.headers());
        let (latency, open) = self.comes_in(spot.feed, spot.place.host, &asked);
        tokio::time::sleep(latency).await;
        let mut answer = answering::answer(self.sites(), self.troubles(), spot, self.since());
        tokio::time::sleep(std::mem::take(&mut answer.thinks)).await;
        if answer.is_known_as(&asked) {
            answer = answer.unchanged();
        }
        self.note(format_args!("feed {} answers {answer}", spot.feed));
        if answer.refused {
            return Err(FeedError::Unreachable {
                host: format!("h{}.example", spot.place.host),
                why: "Connection refused".to_owned(),
            });
        }
        self.enter(spot.feed, &asked.url, &answer);
        let mut response = Response::builder().status(answer.status);
        if let Some(headers) = response.headers_mut() {
            *headers = self.headers(&answer);
        }
        let body = self.body(spot.feed, answer, open);
        Ok(response.body(body).unwrap())
    }

    /// Writes into the books what the answer says.
    fn enter(&self, feed: usize, url: &str, answer: &Answer) {
        let now = self.now();
        self.ledger(|ledger| {
            if let Some(to) = &answer.redirect {
                return ledger.redirected(feed, answer.status, to);
            }
            ledger.gave(
                feed,
                Given {
                    at: now,
                    status: answer.status,
                    url: url.to_owned(),
                    etag: answer.etag.clone(),
                    last_modified: answer.last_modified.clone(),
                    wishes: Wishes {
                        retry_after: answer.retry_after(now),
                        ..answer.wishes
                    },
                    served: None,
                },
            );
        });
    }

    fn headers(&self, answer: &Answer) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut put = |name: HeaderName, value: &Option<String>| {
            if let Some(value) = value {
                headers.insert(name, value.parse().unwrap());
            }
        };
        put(ETAG, &answer.etag);
        put(LAST_MODIFIED, &answer.last_modified);
        put(LOCATION, &answer.redirect);
        put(RETRY_AFTER, &answer.retry_header(self.now()));
        put(CONTENT_TYPE, &Some(answer.content_type.to_owned()));
        let max_age = answer.wishes.max_age;
        let max_age =
            (max_age > SignedDuration::ZERO).then(|| format!("max-age={}", max_age.as_secs()));
        put(CACHE_CONTROL, &max_age);
        headers
    }

    /// The body in pieces; when it has come to its end, what was in it is written into the books.
    fn body(&self, feed: usize, answer: Answer, open: Open) -> Body {
        let world = self.clone();
        let pieces = answer.pieces().into_iter();
        let each = answer.takes / 4;
        let stream = futures::stream::unfold((pieces, open), move |(mut pieces, open)| {
            let (world, answer) = (world.clone(), answer.clone());
            async move {
                tokio::time::sleep(each).await;
                if let Some(piece) = pieces.next() {
                    return Some((Ok::<_, std::io::Error>(piece), (pieces, open)));
                }
                match answer.ending {
                    Ending::Whole => {
                        world.ledger(|ledger| {
                            if let Some(fetch) = ledger.open(feed) {
                                fetch.given.served = answer.served;
                            }
                        });
                        None
                    }
                    Ending::Broken => {
                        let error = std::io::Error::other("the connection was reset");
                        Some((Err(error), (pieces, open)))
                    }
                    Ending::Never => std::future::pending().await,
                }
            }
        });
        Body::wrap_stream(stream.fuse())
    }
}

fn asked(url: String, headers: &HeaderMap) -> Asked {
    let text = |name: &str| {
        let value = headers.get(name)?;
        Some(value.to_str().unwrap().to_owned())
    };
    Asked {
        url,
        etag: text("if-none-match"),
        last_modified: text("if-modified-since"),
        first: false,
    }
}
