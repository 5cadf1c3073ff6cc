//! What a fetch brings to the store, and what it needs to know before.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{ArticleId, FeedHealth, FeedId, Markup, Text};

/// What identifies a version of a feed to its server, sent back word for word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// The address that answered; they say nothing about any other one.
    pub of: Option<String>,
    /// The `ETag` of the last answer.
    pub etag: Option<String>,
    /// The `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is anything to send back.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.etag.is_some() || self.last_modified.is_some()
    }
}

/// A feed as a fetch sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub feed: FeedId,
    /// Its source as the user gave it.
    pub source: String,
    /// Where permanent redirects led; none when the source itself answers.
    pub address: Option<String>,
    /// What the last answer was known by.
    pub validators: Validators,
    /// Whether its host may be this machine or in a private network: the user named it, no list and no page.
    pub near: bool,
    /// How its fetches fared so far.
    pub health: FeedHealth,
}

impl Subscription {
    /// Whether it is due at this time. One that was never asked for is; one that is gone never is.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        !self.is_gone() && self.health.next_fetch.is_none_or(|next| next <= now)
    }

    /// Whether its server said that it is gone for good.
    #[must_use]
    pub const fn is_gone(&self) -> bool {
        self.health.last_fetch.is_some() && self.health.next_fetch.is_none()
    }
}

/// What a fetch came to. Everything of it is stored, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// How the feed fares now.
    pub health: FeedHealth,
    /// What this answer is known by.
    pub validators: Validators,
    /// Where permanent redirects led, if they did.
    pub address: Option<String>,
    /// The feed's own title, where it has one; a title the user gave stays.
    pub title: Option<String>,
    /// The articles in the feed's order; those the feed no longer has stay in the store.
    pub articles: Vec<Delivered>,
}

/// An article as its feed has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Its id.
    pub id: ArticleId,
    /// Its title; never empty.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it came first, by which it is sorted if it is not dated; none for the articles of a text, which keep their
    /// order behind all others.
    pub first_seen: Option<Timestamp>,
    /// Where it is on the web.
    pub link: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its text.
    pub text: Text,
    /// The text as it is searched: what a reader would see.
    pub plain: String,
    /// Differs when title or text do, whatever embeds do: tells a changed article.
    pub fingerprint: String,
    /// Equal for articles of one text, whatever their title; none for texts too short to tell by.
    pub essence: Option<String>,
}

impl Delivered {
    /// Differs when anything of it does that is read or searched; [`Self::fingerprint`] passes over signs and links, by
    /// which a correction must not be missed.
    pub(crate) fn version(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        let mut add = |text: &str| {
            hasher.update(text.len().to_le_bytes());
            hasher.update(text.as_bytes());
        };
        add(&self.title);
        add(self.author.as_deref().unwrap_or_default());
        add(&self.tags.join("\n"));
        add(match self.text.markup {
            Markup::Html => "html",
            Markup::Plain => "plain",
            Markup::Lines => "lines",
        });
        add(self.text.base.as_deref().unwrap_or_default());
        add(&self.text.source);
        add(&self.plain);
        for enclosure in &self.text.enclosures {
            add(&format!("{enclosure:?}"));
        }
        hasher.finalize().into()
    }
}

/// What the page of an article says, in place of the text its feed gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullText {
    /// The address the page came from.
    pub base: String,
    /// The article on it, HTML.
    pub source: String,
    /// The text as it is searched.
    pub plain: String,
}

/// A place in the text of an article that is the same one whatever the width of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextPosition {
    /// Which heading or code block it is behind, from the top of the page on.
    pub stretch: usize,
    /// The characters between.
    pub characters: usize,
}

/// What a delivery changed in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Saved {
    /// Articles that were not there before and are shown.
    pub new: usize,
    /// Articles whose title or text changed.
    pub changed: usize,
}
