//! How feeds are asked: what the user set for every feed and for single ones, found by the source of a feed.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::SignedDuration;
use reqwest::header::{HeaderMap, HeaderValue, USER_AGENT};
use url::{Origin, Url};

use super::FeedSource;
use super::schedule::SHORTEST;
use crate::config::{FeedRule, FeedRules};

/// How feeds are asked. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct FeedRequests {
    every: Arc<FeedRule>,
    of: Arc<HashMap<String, FeedRule>>,
}

/// What is sent with the requests of one feed.
#[derive(Debug)]
pub(super) struct RequestHeaders {
    user_agent: Option<HeaderValue>,
    /// For the feed's own address alone: they may let somebody in.
    own: HeaderMap,
    origin: Origin,
}

impl FeedRequests {
    /// What the user set. Sources are taken as `iacstone feeds add` takes them.
    #[must_use]
    pub fn new(rules: &FeedRules) -> Self {
        let of = rules.of.iter().map(|(source, rule)| {
            let named = FeedSource::named(source).map(|source| source.apart().0.to_string());
            (named.unwrap_or_else(|_| source.clone()), rule.clone())
        });
        Self {
            of: Arc::new(of.collect()),
            every: Arc::new(rules.every.clone()),
        }
    }

    /// How long a feed is left alone that wishes nothing else.
    pub(super) fn interval(&self, source: &str) -> SignedDuration {
        let minutes = self.find(source, |rule| rule.interval_minutes);
        minutes.map_or(SHORTEST, |minutes| {
            SignedDuration::from_mins(i64::from(minutes))
        })
    }

    /// What is sent with the requests of a feed.
    pub(super) fn headers(&self, source: &Url) -> RequestHeaders {
        let name = source.as_str();
        RequestHeaders {
            user_agent: self.find(name, |rule| rule.user_agent.clone()),
            own: self
                .find(name, |rule| rule.headers.clone())
                .unwrap_or_default(),
            origin: source.origin(),
        }
    }

    /// What is set for a feed, else for every one.
    fn find<T>(&self, source: &str, what: impl Fn(&FeedRule) -> Option<T>) -> Option<T> {
        let own = self.of.get(source).and_then(&what);
        own.or_else(|| what(&self.every))
    }
}

impl RequestHeaders {
    /// Adds what is sent to an address, in place of what stands there.
    pub(super) fn add_to(&self, headers: &mut HeaderMap, to: &Url) {
        if let Some(agent) = &self.user_agent {
            headers.insert(USER_AGENT, agent.clone());
        }
        if to.origin() == self.origin {
            headers.extend(self.own.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue};

    use super::*;

    #[test]
    fn a_feed_is_asked_as_is_set_for_it_and_nobody_else_hears_of_it() {
        let german = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("de"))]);
        let own = FeedRule {
            interval_minutes: Some(240),
            headers: Some(german),
            ..FeedRule::default()
        };
        let every = FeedRule {
            interval_minutes: Some(30),
            user_agent: Some(HeaderValue::from_static("reader")),
            ..FeedRule::default()
        };
        let of = [("@ada".to_owned(), own)].into();
        let requests = FeedRequests::new(&FeedRules { every, of });
        let source = Url::parse("https://dev.to/feed/ada").unwrap();
        assert_eq!(requests.interval(source.as_str()).as_mins(), 240);
        assert_eq!(requests.interval("https://a.example/").as_mins(), 30);
        assert_eq!(FeedRequests::default().interval("notes:").as_mins(), 60);
        let sent = |to: &str| {
            let mut headers = HeaderMap::new();
            let of_feed = requests.headers(&source);
            of_feed.add_to(&mut headers, &Url::parse(to).unwrap());
            assert_eq!(headers[USER_AGENT], "reader");
            headers.contains_key(ACCEPT_LANGUAGE)
        };
        assert!(
            sent("https://dev.to/other")
                && !sent("https://cdn.example/")
                && !sent("http://dev.to/")
        );
    }
}
