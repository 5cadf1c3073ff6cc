//! One feed from the web: conditional, hop by hop, with a limit on everything.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{
    ACCEPT, AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH,
};
use reqwest::{Response, StatusCode};
use tokio::time::Instant;
use url::Url;

use super::address::Reach;
use super::cookies::Cookies;
use super::demo::DemoServer;
use super::limits::{FETCH_WITHIN, MOST_REDIRECTS};
use super::passwords::{Login, Passwords};
use super::requests::{FeedRequests, RequestHeaders};
use super::response::{FetchRefusal, FetchResponse, answer, redirect};
use super::transport::{Network, Servers, Transport};
use super::{FeedError, failure};
use crate::articles::Validators;
use crate::clock::Clock;
use crate::task::Blocking;

/// What may be sent back.
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
     text/xml;q=0.9, */*;q=0.5";
/// What may be sent back of a page.
const ACCEPTED_PAGE: &str = "text/html, application/xhtml+xml, */*;q=0.5";

/// Asks for feeds. Cheap to clone. With it come the time, and where what was fetched is read.
#[derive(Debug, Clone)]
pub struct Fetcher {
    transport: Transport,
    clock: Clock,
    blocking: Blocking,
    requests: FeedRequests,
    passwords: Passwords,
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
    cookies: Cookies,
    login: Option<Login>,
    headers: Option<RequestHeaders>,
    accepts: &'static str,
}

/// Where a host leaves a feed.
#[expect(
    clippy::large_enum_variant,
    reason = "one lives at a time, and is taken apart at once"
)]
#[derive(Debug)]
pub(super) enum Stop {
    /// The feed is at another host.
    Elsewhere(Journey),
    /// Here is what there is.
    Answer(FetchResponse),
}

impl Journey {
    /// A feed that is asked for at `start`, which is its source or where that moved to.
    pub(super) fn begin(near: Option<Url>, start: Url, validators: Validators) -> Self {
        Self {
            near,
            url: start,
            validators,
            moved_to: None,
            is_permanent: true,
            redirects: 0,
            left: FETCH_WITHIN,
            cookies: Cookies::default(),
            login: None,
            headers: None,
            accepts: ACCEPTED,
        }
    }

    /// A page that an article of a feed links to.
    pub(super) fn to_page(near: Option<Url>, page: Url) -> Self {
        Self {
            accepts: ACCEPTED_PAGE,
            ..Self::begin(near, page, Validators::default())
        }
    }

    /// The same with what the user set for the feed.
    pub(super) fn with_headers(self, headers: RequestHeaders) -> Self {
        Self {
            headers: Some(headers),
            ..self
        }
    }

    /// The same with a login at the feed's own address.
    pub(super) fn with_login(self, login: Option<Login>) -> Self {
        Self { login, ..self }
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

    /// Asks the server of the demo, which answers in process.
    #[must_use]
    pub fn demo() -> Self {
        Self::through(Transport::InProcess(Arc::new(DemoServer)))
    }

    /// Asks servers in process, at this clock's times, and reads what they answer where it is: for simulations, in
    /// which nothing may depend on a thread.
    #[must_use]
    pub fn in_process(servers: Arc<dyn Servers>, clock: Clock) -> Self {
        Self {
            transport: Transport::InProcess(servers),
            clock,
            blocking: Blocking::InPlace,
            requests: FeedRequests::default(),
            passwords: Passwords::default(),
        }
    }

    /// The same, which asks for feeds as the user set it.
    #[must_use]
    pub fn with_requests(self, requests: FeedRequests) -> Self {
        Self { requests, ..self }
    }

    /// The same, with the passwords that are kept there.
    #[must_use]
    pub fn with_passwords(self, passwords: Passwords) -> Self {
        Self { passwords, ..self }
    }

    /// Keeps the password of a feed.
    pub(super) async fn keep_password(
        &self,
        source: String,
        password: String,
    ) -> Result<(), FeedError> {
        let passwords = self.passwords.clone();
        self.blocking(move || passwords.keep(&source, &password))
            .await
    }

    /// Forgets the password of a feed.
    pub(super) async fn forget_password(&self, source: String) -> Result<(), FeedError> {
        let passwords = self.passwords.clone();
        self.blocking(move || passwords.forget(&source)).await
    }

    /// The login of a feed at its own address, if it has one.
    pub(super) async fn login(&self, source: &Url) -> Result<Option<Login>, FeedError> {
        let (passwords, source) = (self.passwords.clone(), source.clone());
        let find = move || {
            let password = passwords.find(source.as_str())?;
            Ok(password.and_then(|password| Login::new(&source, &password)))
        };
        self.blocking(find).await
    }

    /// How long a feed is left alone that wishes nothing else.
    pub(super) fn interval(&self, source: &str) -> SignedDuration {
        self.requests.interval(source)
    }

    /// What is sent with the requests of a feed.
    pub(super) fn headers(&self, source: &Url) -> RequestHeaders {
        self.requests.headers(source)
    }

    fn through(transport: Transport) -> Self {
        Self {
            transport,
            clock: Clock::system(),
            blocking: Blocking::OnThreads,
            requests: FeedRequests::default(),
            passwords: Passwords::default(),
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
                let known = journey.known();
                let way = (journey.url, journey.moved_to);
                let answered = answer(response, way, known, self.now()).await;
                return answered.map(Stop::Answer);
            };
            journey.cookies.keep(&response, &journey.url);
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
        let mut conditions = conditions(journey.known().as_ref());
        conditions.insert(ACCEPT, HeaderValue::from_static(journey.accepts));
        if let Some(cookies) = journey.cookies.header(url) {
            conditions.insert(COOKIE, cookies);
        }
        if let Some(login) = journey.login.as_ref().and_then(|login| login.header(url)) {
            conditions.insert(AUTHORIZATION, login);
        }
        if let Some(headers) = &journey.headers {
            headers.add_to(&mut conditions, url);
        }
        self.transport.get(url, reach, conditions).await
    }
}

fn conditions(known: Option<&Validators>) -> HeaderMap {
    let mut headers = HeaderMap::new();
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
