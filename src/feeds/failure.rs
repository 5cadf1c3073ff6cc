//! What the network library says, as what happened to a feed.

use std::error::Error;
use std::time::Duration;

use super::FeedError;
use super::limits::{CONNECT_WITHIN, IDLE_WITHIN};

/// What a failed request means.
pub(super) fn of(error: &reqwest::Error, host: &str) -> FeedError {
    if let Some(refused) = chain(error).find_map(|cause| cause.downcast_ref::<FeedError>()) {
        return refused.clone();
    }
    let host = host.to_owned();
    match (error.is_timeout(), error.is_connect()) {
        (true, true) => slow(host, "to take the connection", CONNECT_WITHIN),
        (true, false) => slow(host, "between two pieces of the answer", IDLE_WITHIN),
        (false, true) if deepest(error).contains("UnknownIssuer") => FeedError::NoRoots { host },
        (false, true) => FeedError::Unreachable {
            why: deepest(error),
            host,
        },
        (false, false) => FeedError::Broken {
            why: deepest(error),
            host,
        },
    }
}

/// A server that takes longer than it may.
pub(super) const fn slow(host: String, doing: &'static str, limit: Duration) -> FeedError {
    FeedError::Slow {
        host,
        doing,
        seconds: limit.as_secs(),
    }
}

/// The cause of all causes, in its own words.
fn deepest(error: &reqwest::Error) -> String {
    chain(error)
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let first: &(dyn Error + 'static) = error;
    std::iter::successors(Some(first), |&error| error.source())
}
