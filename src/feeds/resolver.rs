//! Names of hosts as addresses, without those that may not be asked. The connection is made to what was checked here, so
//! a name that answers differently a moment later changes nothing.

use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use super::FeedError;
use super::address::{AddressKind, Reach, is_near, standing};
use super::limits::CONNECT_WITHIN;

/// The system's resolver with a guard.
#[derive(Debug)]
pub(super) struct Guarded {
    reach: Reach,
    proxies: Vec<String>,
}

impl Guarded {
    /// A resolver for hops of this reach. The user's own proxies may be anywhere near.
    pub(super) const fn new(reach: Reach, proxies: Vec<String>) -> Self {
        Self { reach, proxies }
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let is_proxy = self.proxies.contains(&host);
        let reach = if is_proxy { Reach::Near } else { self.reach };
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let allowed = allowed(found, reach, &host)?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// The addresses that may be asked.
fn allowed(found: Vec<SocketAddr>, reach: Reach, host: &str) -> Result<Vec<SocketAddr>, FeedError> {
    let (allowed, refused): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|address| reach.refuses(address.ip()).is_none());
    match refused.first() {
        Some(address) if allowed.is_empty() => Err(FeedError::Refused {
            host: host.to_owned(),
            address: address.ip(),
            why: reach.refuses(address.ip()).unwrap_or_default(),
        }),
        _ => Ok(allowed),
    }
}

/// Whether an address that the user names leads to this machine or into a private network, and nowhere else: so it is
/// meant. A name of the open internet that is given another address later leads there no more.
pub(super) async fn leads_near(url: &Url) -> bool {
    if is_near(url) {
        return true;
    }
    let Some(host) = url.host_str() else {
        return false;
    };
    let found = tokio::time::timeout(CONNECT_WITHIN, tokio::net::lookup_host((host, 0)));
    match found.await {
        Ok(Ok(found)) => are_near(&found.map(|address| address.ip()).collect::<Vec<_>>()),
        _ => false,
    }
}

fn are_near(found: &[IpAddr]) -> bool {
    let is_near = |address: &IpAddr| matches!(standing(*address), AddressKind::Near(_));
    !found.is_empty() && found.iter().all(is_near)
}

/// The hosts of the proxies that the environment names, in lower case.
pub(super) fn proxies() -> Vec<String> {
    let names = [
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ];
    let values = names.iter().filter_map(|name| std::env::var(name).ok());
    values.filter_map(|value| host_of_proxy(&value)).collect()
}

fn host_of_proxy(value: &str) -> Option<String> {
    let full = if value.contains("://") {
        value.to_owned()
    } else {
        format!("http://{value}")
    };
    Some(Url::parse(&full).ok()?.host_str()?.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_allowed_answers_of_the_resolver_are_used() {
        let addresses = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| format!("{text}:0").parse().unwrap())
                .collect()
        };
        let mixed: Vec<SocketAddr> = addresses(&["10.0.0.1", "8.8.8.8", "169.254.169.254"]);
        assert_eq!(
            allowed(mixed.clone(), Reach::Public, "h").unwrap(),
            addresses(&["8.8.8.8"])
        );
        assert_eq!(
            allowed(mixed, Reach::Near, "h").unwrap(),
            addresses(&["10.0.0.1", "8.8.8.8"])
        );
        let error =
            allowed(addresses(&["127.0.0.1"]), Reach::Public, "rebind.example").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("'rebind.example' leads to 127.0.0.1, this machine"),
            "{error}"
        );
    }

    #[test]
    fn a_name_is_near_when_all_its_addresses_are() {
        let are = |texts: &[&str]| {
            let parsed: Vec<IpAddr> = texts.iter().map(|text| text.parse().unwrap()).collect();
            are_near(&parsed)
        };
        assert!(are(&["10.0.0.1", "fc00::1"]));
        assert!(!are(&["10.0.0.1", "8.8.8.8"]), "it could be either");
        assert!(!are(&["169.254.169.254"]), "never asked");
        assert!(!are(&[]));
    }

    #[test]
    fn the_host_of_a_proxy_is_found_in_every_way_of_writing() {
        assert_eq!(
            host_of_proxy("proxy.corp:3128").as_deref(),
            Some("proxy.corp")
        );
        assert_eq!(
            host_of_proxy("http://user:x@Proxy.corp:3128/").as_deref(),
            Some("proxy.corp")
        );
    }
}
