//! One fetch of a feed as its servers see it: hop by hop, and what was given in the end.

use jiff::{SignedDuration, Timestamp};

use super::cast::Item;
use super::memory::Known;

/// A fetch that is under way.
#[derive(Debug, Clone)]
pub(super) struct Fetch {
    pub(super) began: Timestamp,
    /// What was redirected: address and status.
    pub(super) hops: Vec<(String, u16)>,
    /// The address that is asked now, or was asked last.
    pub(super) at: String,
    pub(super) given: Given,
}

/// What a server gave, as far as it came.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    /// When the answer began.
    pub(super) at: Timestamp,
    /// Zero while there is none.
    pub(super) status: u16,
    pub(super) url: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) wishes: Wishes,
    /// What of a feed is in the body, once the body has come to its end.
    pub(super) served: Option<Served>,
}

/// A feed in a body.
#[derive(Debug, Clone)]
pub(super) struct Served {
    pub(super) items: Vec<Item>,
    /// How many of them came before the body ended too early without a word; none when it is whole.
    pub(super) complete: Option<usize>,
}

/// How long a server wants to be left alone.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wishes {
    pub(super) max_age: SignedDuration,
    pub(super) ttl: SignedDuration,
    pub(super) retry_after: SignedDuration,
}

impl Wishes {
    /// The longest of those in the head of an answer.
    pub(super) fn longest(&self) -> SignedDuration {
        self.max_age.max(self.retry_after)
    }
}

impl Fetch {
    /// It begins at this address.
    pub(super) fn begin(url: String, now: Timestamp) -> Self {
        Self {
            began: now,
            hops: Vec::new(),
            at: url,
            given: Given {
                at: now,
                ..Given::default()
            },
        }
    }

    /// The address it began at.
    pub(super) fn first(&self) -> &str {
        self.hops.first().map_or(&self.at, |(url, _)| url)
    }
}

impl Given {
    /// What the answer is known by.
    pub(super) fn known(&self) -> Known {
        (
            self.url.clone(),
            self.etag.clone(),
            self.last_modified.clone(),
        )
    }

    /// Whether it is good: a whole feed, or the word that it is as it was.
    pub(super) fn is_good(&self) -> bool {
        self.status == 304 || self.served.as_ref().is_some_and(|it| it.complete.is_none())
    }

    /// Whether it is half a feed.
    pub(super) fn is_half(&self) -> bool {
        self.served.as_ref().is_some_and(|it| it.complete.is_some())
    }
}
