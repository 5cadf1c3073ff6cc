//! One feed from the web: conditional, hop by hop, with a limit on everything.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::{Response, StatusCode};
use tokio::time::Instant;
use url::Url;

use super::address::Reach;
use super::limits::{FETCH_WITHIN, MOST_BYTES, MOST_REDIRECTS};
use super::schedule::{Wishes, max_age, retry_after};
use super::transport::{Network, Servers, Transport};
use super::{FeedError, failure};
use crate::articles::Validators;
use crate::clock::Clock;
use crate::planted::{Planted, is_planted};
use crate::task::Blocking;

/// What may be sent back.
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
     text/xml;q=0.9, */*;q=0.5";

/// Asks for feeds. Cheap to clone. With it come the time, and where what was fetched is read.
#[derive(Debug, Clone)]
pub struct Fetcher {
    transport: Transport,
    clock: Clock,
    blocking: Blocking,
}

/// What a server answered, whatever it was.
#[derive(Debug)]
pub(super) struct FetchResponse {
    /// Its status.
    pub(super) status: u16,
    /// How long it wants to be left alone.
    pub(super) wishes: Wishes,
    /// Where permanent redirects led, if there were any.
    pub(super) moved_to: Option<Url>,
    /// What it is known by.
    pub(super) validators: Validators,
    /// The body.
    pub(super) content: ResponseBody,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum ResponseBody {
    /// The feed is as it was.
    Unchanged,
    /// The feed, its content type and the address it came from.
    Body(Vec<u8>, String, Url),
}

/// A feed on its way to its answer, redirect by redirect.
#[derive(Debug)]
pub(super) struct Journey {
    /// At the host of this address this machine and private networks may be asked too.
    near: Option<Url>,
    /// What is asked next.
    pub(super) url: Url,
    validators: Validators,
    moved_to: Option<Url>,
    is_permanent: bool,
    redirects: usize,
    /// The time it may still take, waiting for hosts that are busy not counted.
    left: Duration,
}

/// Where a host leaves a feed.
#[derive(Debug)]
pub(super) enum Stop {
    /// The feed is at another host.
    Elsewhere(Journey),
    /// Here is what there is.
    Answer(FetchResponse),
}

impl Journey {
    /// A feed that is asked for at `start`, which is its source or where that moved to.
    pub(super) const fn begin(near: Option<Url>, start: Url, validators: Validators) -> Self {
        Self {
            near,
            url: start,
            validators,
            moved_to: None,
            is_permanent: true,
            redirects: 0,
            left: FETCH_WITHIN,
        }
    }

    /// What the address that is asked next gave the last time, if it was this one.
    fn known(&self) -> Option<Validators> {
        let is_of_it = self.validators.of.as_deref() == Some(self.url.as_str());
        is_of_it.then(|| self.validators.clone())
    }

    fn go_on(&mut self, status: StatusCode, next: Url) -> Result<(), FeedError> {
        self.redirects += 1;
        if self.redirects > MOST_REDIRECTS {
            return Err(FeedError::TooManyRedirects(MOST_REDIRECTS));
        }
        self.is_permanent &= matches!(
            status,
            StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
        );
        if self.is_permanent {
            self.moved_to = Some(next.clone());
        }
        self.url = next;
        Ok(())
    }
}

/// Why there is no feed, and how long the server wants to be left alone.
#[derive(Debug)]
pub(super) struct FetchRefusal {
    /// What happened.
    pub(super) error: FeedError,
    /// The status, when there was an answer.
    pub(super) status: Option<u16>,
    /// What the answer wished.
    pub(super) wishes: Wishes,
}

impl From<FeedError> for FetchRefusal {
    fn from(error: FeedError) -> Self {
        Self {
            error,
            status: None,
            wishes: Wishes::default(),
        }
    }
}

impl Fetcher {
    /// Prepares to ask the web; nothing is asked yet. Reads the system's certificates.
    ///
    /// # Errors
    /// [`FeedError::Internal`] when the system gives no ground for encryption.
    pub fn new() -> Result<Self, FeedError> {
        Ok(Self::through(Transport::Network(Network::new()?)))
    }

    /// Asks nothing of the web, and still reads files.
    #[must_use]
    pub fn offline() -> Self {
        Self::through(Transport::Offline)
    }

    /// Asks servers in process, at this clock's times, and reads what they answer where it is: for simulations, in
    /// which nothing may depend on a thread.
    #[must_use]
    pub fn in_process(servers: Arc<dyn Servers>, clock: Clock) -> Self {
        Self {
            transport: Transport::InProcess(servers),
            clock,
            blocking: Blocking::InPlace,
        }
    }

    fn through(transport: Transport) -> Self {
        Self {
            transport,
            clock: Clock::system(),
            blocking: Blocking::OnThreads,
        }
    }

    /// Whether the web is not asked.
    pub(super) const fn is_offline(&self) -> bool {
        matches!(self.transport, Transport::Offline)
    }

    /// The time of day.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.timestamp()
    }

    /// Whether an address that the user names leads to this machine or into a private network, and nowhere else.
    pub(super) async fn leads_near(&self, url: &Url) -> bool {
        self.transport.leads_near(url).await
    }

    /// Runs what reads files and computes beside the event loop.
    pub(super) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, FeedError> + Send + 'static,
    ) -> Result<T, FeedError> {
        let done = self.blocking.run(work).await;
        done.unwrap_or_else(|error| Err(error.into()))
    }

    /// Asks for a feed as far as its host can tell: a redirect to another host ends it.
    pub(super) async fn fetch(&self, journey: Journey) -> Result<Stop, FetchRefusal> {
        let host = journey.url.host_str().unwrap_or_default().to_owned();
        let (began, left) = (Instant::now(), journey.left);
        match tokio::time::timeout(left, self.follow(journey)).await {
            Ok(Ok(Stop::Elsewhere(journey))) => Ok(Stop::Elsewhere(Journey {
                left: left.saturating_sub(began.elapsed()),
                ..journey
            })),
            Ok(outcome) => outcome,
            Err(_late) => Err(failure::slow(host, "in all", FETCH_WITHIN).into()),
        }
    }

    async fn follow(&self, mut journey: Journey) -> Result<Stop, FetchRefusal> {
        loop {
            let response = self.ask(&journey).await?;
            let Some(next) = redirect(&response, &journey.url)? else {
                return answer(response, journey, self.now())
                    .await
                    .map(Stop::Answer);
            };
            let is_elsewhere = next.host() != journey.url.host();
            journey.go_on(response.status(), next)?;
            if is_elsewhere {
                return Ok(Stop::Elsewhere(journey));
            }
        }
    }

    async fn ask(&self, journey: &Journey) -> Result<Response, FeedError> {
        let url = &journey.url;
        let reach = Reach::of(url, journey.near.as_ref());
        reach.check(url)?;
        let conditions = conditions(journey.known().as_ref());
        self.transport.get(url, reach, conditions).await
    }
}

fn conditions(known: Option<&Validators>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
    let mut insert = |name: HeaderName, value: &Option<String>| {
        if let Some(Ok(value)) = value.as_deref().map(HeaderValue::from_str) {
            headers.insert(name, value);
        }
    };
    if let Some(known) = known {
        insert(IF_NONE_MATCH, &known.etag);
        insert(IF_MODIFIED_SINCE, &known.last_modified);
    }
    headers
}

/// Where an answer redirects to.
fn redirect(response: &Response, from: &Url) -> Result<Option<Url>, FeedError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = header(response, &LOCATION).unwrap_or_default();
    let mut next = from
        .join(&location)
        .map_err(|_wrong| FeedError::Redirect(location.clone()))?;
    next.set_fragment(None);
    match (from.scheme(), next.scheme()) {
        _ if location.is_empty() => Err(FeedError::Redirect(location)),
        ("https", "http") => Err(FeedError::Downgrade(String::from(next))),
        (_, "http" | "https") => Ok(Some(next)),
        _ => Err(FeedError::Redirect(location)),
    }
}

async fn answer(
    response: Response,
    journey: Journey,
    now: Timestamp,
) -> Result<FetchResponse, FetchRefusal> {
    let old = journey.known();
    let (url, moved_to) = (journey.url, journey.moved_to);
    let status = response.status().as_u16();
    let wishes = wishes(&response, now);
    let refused = |error| FetchRefusal {
        error,
        status: Some(status),
        wishes,
    };
    let new = Validators {
        of: Some(String::from(url.clone())),
        etag: header(&response, &ETAG),
        last_modified: header(&response, &LAST_MODIFIED),
    };
    let content_type = header(&response, &CONTENT_TYPE).unwrap_or_default();
    let (validators, content) = match (status, old) {
        (304, Some(old)) if old.is_any() => (renewed(new, old), ResponseBody::Unchanged),
        (200, _) => {
            let body = body(response, url.host_str().unwrap_or_default()).await;
            let content = ResponseBody::Body(body.map_err(refused)?, content_type, url);
            (new, content)
        }
        (410, _) => return Err(refused(FeedError::Gone)),
        (429 | 503, _) => return Err(refused(FeedError::Busy(status))),
        _ => return Err(refused(FeedError::Status(status))),
    };
    Ok(FetchResponse {
        status,
        wishes,
        moved_to,
        validators,
        content,
    })
}

fn wishes(response: &Response, now: Timestamp) -> Wishes {
    let text = |name: &HeaderName| header(response, name);
    Wishes {
        max_age: text(&CACHE_CONTROL).as_deref().and_then(max_age),
        retry_after: text(&RETRY_AFTER)
            .filter(|_| !is_planted(Planted::NoRetryAfter))
            .and_then(|value| retry_after(&value, now)),
        ttl: None,
    }
}

/// An answer without a body may leave out what has not changed.
fn renewed(new: Validators, old: Validators) -> Validators {
    Validators {
        etag: new.etag.or(old.etag),
        last_modified: new.last_modified.or(old.last_modified),
        ..new
    }
}

/// The body, decompressed piece by piece: a bomb is told before it fills the memory.
async fn body(mut response: Response, host: &str) -> Result<Vec<u8>, FeedError> {
    let too_large = || FeedError::TooLarge(MOST_BYTES >> 20);
    let announced = response.content_length().unwrap_or_default();
    if announced > MOST_BYTES as u64 {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failure::of(&error, host))?
    {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn header(response: &Response, name: &HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    Some(value.trim().to_owned())
}
