//! One feed from the web: conditional, hop by hop, with a limit on everything.

use std::sync::Arc;

use jiff::Timestamp;
use reqwest::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::{Response, StatusCode};
use url::Url;

use super::address::Reach;
use super::limits::{FETCH_WITHIN, MOST_BYTES, MOST_REDIRECTS};
use super::schedule::{Wishes, max_age, retry_after};
use super::transport::{Network, Servers, Transport};
use super::{FeedError, failure};
use crate::articles::Validators;
use crate::clock::Clock;
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
pub(super) struct Answer {
    /// Its status.
    pub(super) status: u16,
    /// How long it wants to be left alone.
    pub(super) wishes: Wishes,
    /// Where permanent redirects led, if there were any.
    pub(super) moved_to: Option<Url>,
    /// What it is known by.
    pub(super) validators: Validators,
    /// The body.
    pub(super) content: Content,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Content {
    /// The feed is as it was.
    Unchanged,
    /// The feed, its content type and the address it came from.
    Body(Vec<u8>, String, Url),
}

/// Why there is no feed, and how long the server wants to be left alone.
#[derive(Debug)]
pub(super) struct Refusal {
    /// What happened.
    pub(super) error: FeedError,
    /// The status, when there was an answer.
    pub(super) status: Option<u16>,
    /// What the answer wished.
    pub(super) wishes: Wishes,
}

impl From<FeedError> for Refusal {
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
    pub(super) async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, FeedError> + Send + 'static,
    ) -> Result<T, FeedError> {
        let done = self.blocking.run(work).await;
        done.unwrap_or_else(|error| Err(FeedError::Internal(error)))
    }

    /// Asks for a feed: at `start`, which is its source or where that moved to. At the host of `near` this machine and
    /// private networks may be asked too.
    pub(super) async fn fetch(
        &self,
        near: Option<&Url>,
        start: Url,
        validators: &Validators,
    ) -> Result<Answer, Refusal> {
        let host = start.host_str().unwrap_or_default().to_owned();
        let hops = self.follow(near, start, validators);
        match tokio::time::timeout(FETCH_WITHIN, hops).await {
            Ok(outcome) => outcome,
            Err(_late) => Err(failure::slow(host, "in all", FETCH_WITHIN).into()),
        }
    }

    async fn follow(
        &self,
        near: Option<&Url>,
        start: Url,
        validators: &Validators,
    ) -> Result<Answer, Refusal> {
        let (mut url, mut moved_to, mut all_permanent) = (start, None, true);
        for _hop in 0..=MOST_REDIRECTS {
            let response = self.ask(near, &url, validators).await?;
            let status = response.status();
            let Some(next) = redirect(&response, &url)? else {
                return answer(response, url, moved_to, validators, self.now()).await;
            };
            let permanent = matches!(
                status,
                StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
            );
            all_permanent &= permanent;
            if all_permanent {
                moved_to = Some(next.clone());
            }
            url = next;
        }
        Err(FeedError::TooManyRedirects(MOST_REDIRECTS).into())
    }

    async fn ask(
        &self,
        near: Option<&Url>,
        url: &Url,
        validators: &Validators,
    ) -> Result<Response, FeedError> {
        let reach = Reach::of(url, near);
        reach.check(url)?;
        self.transport.get(url, reach, conditions(validators)).await
    }
}

fn conditions(validators: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
    let mut insert = |name: HeaderName, value: &Option<String>| {
        if let Some(Ok(value)) = value.as_deref().map(HeaderValue::from_str) {
            headers.insert(name, value);
        }
    };
    insert(IF_NONE_MATCH, &validators.etag);
    insert(IF_MODIFIED_SINCE, &validators.last_modified);
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
    url: Url,
    moved_to: Option<Url>,
    old: &Validators,
    now: Timestamp,
) -> Result<Answer, Refusal> {
    let status = response.status().as_u16();
    let wishes = wishes(&response, now);
    let refused = |error| Refusal {
        error,
        status: Some(status),
        wishes,
    };
    let new = Validators {
        etag: header(&response, &ETAG),
        last_modified: header(&response, &LAST_MODIFIED),
    };
    let content_type = header(&response, &CONTENT_TYPE).unwrap_or_default();
    let (validators, content) = match status {
        200 => {
            let body = body(response, url.host_str().unwrap_or_default()).await;
            let content = Content::Body(body.map_err(refused)?, content_type, url);
            (new, content)
        }
        304 if *old != Validators::default() => (renewed(new, old), Content::Unchanged),
        410 => return Err(refused(FeedError::Gone)),
        429 | 503 => return Err(refused(FeedError::Busy(status))),
        _ => return Err(refused(FeedError::Status(status))),
    };
    Ok(Answer {
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
        retry_after: text(&RETRY_AFTER).and_then(|value| retry_after(&value, now)),
        ttl: None,
    }
}

/// An answer without a body may leave out what has not changed.
fn renewed(new: Validators, old: &Validators) -> Validators {
    Validators {
        etag: new.etag.or_else(|| old.etag.clone()),
        last_modified: new.last_modified.or_else(|| old.last_modified.clone()),
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
