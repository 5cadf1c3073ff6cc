//! One fetch of a feed as its servers see it: hop by hop, and what was given in the end.

use jiff::{SignedDuration, Timestamp};

use super::cast::Item;
use super::memory::Known;

/// A fetch that is under way.
#[derive(Debug, Clone)]
pub struct Fetch {
    pub began: Timestamp,
    /// What was redirected: address and status.
    pub hops: Vec<(String, u16)>,
    /// The address that is asked now, or was asked last.
    pub at: String,
    pub given: Given,
}

/// What a server gave, as far as it came.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// When the answer began.
    pub at: Timestamp,
    /// Zero while there is none.
    pub status: u16,
    pub url: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub wishes: Wishes,
    /// What of a feed is in the body, once the body has come to its end.
    pub served: Option<Served>,
}

/// A feed in a body.
#[derive(Debug, Clone)]
pub struct Served {
    pub items: Vec<Item>,
    /// How many of them came before the body ended too early without a word; none when it is whole.
    pub complete: Option<usize>,
}

/// How long a server wants to be left alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    pub max_age: SignedDuration,
    pub ttl: SignedDuration,
    pub retry_after: SignedDuration,
}

impl Wishes {
    /// The longest of those in the head of an answer.
    pub fn longest(&self) -> SignedDuration {
        self.max_age.max(self.retry_after)
    }
}

impl Fetch {
    /// It begins at this address.
    pub fn begin(url: String, now: Timestamp) -> Self {
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
    pub fn first(&self) -> &str {
        self.hops.first().map_or(&self.at, |(url, _)| url)
    }
}

impl Given {
    /// What the answer is known by.
    pub fn known(&self) -> Known {
        (
            self.url.clone(),
            self.etag.clone(),
            self.last_modified.clone(),
        )
    }

    /// Whether it is good: a whole feed, or the word that it is as it was.
    pub fn is_good(&self) -> bool {
        self.status == 304 || self.served.as_ref().is_some_and(|it| it.complete.is_none())
    }

    /// Whether it is half a feed.
    pub fn is_half(&self) -> bool {
        self.served.as_ref().is_some_and(|it| it.complete.is_some())
    }
}
