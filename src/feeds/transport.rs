//! What is below a fetcher: the network with its guard, or servers in process.

use std::fmt;
use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Body, Client, Response};
use url::Url;

use super::address::{Reach, is_near};
use super::limits::{CONNECT_WITHIN, IDLE_WITHIN};
use super::resolver::{Guarded, leads_near, proxies};
use super::{FeedError, failure};

const USER_AGENT: &str = concat!("iacstone/", env!("CARGO_PKG_VERSION"));

/// Servers that answer in process, for simulations. They give plain bodies, for decompressing is the network's part as
/// are its limits on connecting and on silence; a body may break off, and stand still until the fetch is given up.
pub trait Servers: fmt::Debug + Send + Sync {
    /// Answers a request, also with a redirect.
    ///
    /// # Errors
    /// [`FeedError::Unreachable`] when there is no such server.
    fn answer(
        &self,
        request: http::Request<()>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, FeedError>>;
}

/// What requests are sent through; cheap to clone.
#[derive(Debug, Clone)]
pub(super) enum Transport {
    /// Nothing is sent.
    Offline,
    /// The internet and the networks of this machine.
    Network(Network),
    /// Servers in process.
    InProcess(Arc<dyn Servers>),
}

impl Transport {
    /// Sends one request; redirects are answers.
    ///
    /// # Errors
    /// [`FeedError`] when no answer comes.
    pub(super) async fn get(
        &self,
        url: &Url,
        reach: Reach,
        headers: HeaderMap,
    ) -> Result<Response, FeedError> {
        match self {
            Self::Offline => Err(FeedError::Offline),
            Self::Network(network) => network.get(url, reach, headers).await,
            Self::InProcess(servers) => {
                let mut request = http::Request::get(url.as_str())
                    .body(())
                    .map_err(|error| FeedError::internal(&error))?;
                *request.headers_mut() = headers;
                servers.answer(request).await.map(Response::from)
            }
        }
    }

    /// Whether an address that the user names leads to this machine or into a private network, and nowhere else.
    pub(super) async fn leads_near(&self, url: &Url) -> bool {
        match self {
            Self::Network(_) => leads_near(url).await,
            Self::Offline | Self::InProcess(_) => is_near(url),
        }
    }
}

/// Clients of the network; connections are kept between feeds of one host.
#[derive(Debug, Clone)]
pub(super) struct Network {
    public: Client,
    near: Client,
    proxies: Vec<String>,
}

impl Network {
    /// Prepares to ask; nothing is asked yet. Reads the system's certificates.
    ///
    /// # Errors
    /// [`FeedError::Internal`] when the system gives no ground for encryption.
    pub(super) fn new() -> Result<Self, FeedError> {
        let tls = super::tls::configuration()?;
        let proxies = proxies();
        let client = |reach| {
            let client = Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .dns_resolver(Guarded::new(reach, proxies.clone()))
                .redirect(Policy::none())
                // Servers send it in two forms, of which the library reads one.
                .no_deflate()
                .user_agent(USER_AGENT)
                .connect_timeout(CONNECT_WITHIN)
                .read_timeout(IDLE_WITHIN);
            client.build().map_err(|error| FeedError::internal(&error))
        };
        Ok(Self {
            public: client(Reach::Public)?,
            near: client(Reach::Near)?,
            proxies: proxies.clone(),
        })
    }

    async fn get(
        &self,
        url: &Url,
        reach: Reach,
        headers: HeaderMap,
    ) -> Result<Response, FeedError> {
        let host = url.host_str().unwrap_or_default();
        if reach == Reach::Public && self.proxies.iter().any(|proxy| proxy == host) {
            return Err(FeedError::Redirect(url.to_string()));
        }
        let client = match reach {
            Reach::Public => &self.public,
            Reach::Near => &self.near,
        };
        let request = client.get(url.clone()).headers(headers);
        request
            .send()
            .await
            .map_err(|error| failure::of(&error, host))
    }
}
