//! Which articles a list shows.

use jiff::Timestamp;

use super::{ArticleId, FeedId, SearchQuery};

/// Which articles a list shows; the default shows all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleFilter {
    /// Only those of this feed.
    pub feed: Option<FeedId>,
    /// None of these feeds.
    pub except: Vec<FeedId>,
    /// Only those that a search finds; its order does not count.
    pub query: Option<Box<SearchQuery>>,
    /// Only those with this tag, in any case.
    pub tag: Option<String>,
    /// Only those whose author's name holds this, in any case.
    pub author: Option<String>,
    /// Only unread ones, or only read ones.
    pub read: Option<bool>,
    /// Only starred ones, or only those without a star.
    pub starred: Option<bool>,
    /// Only those published at this time or later; undated ones are none of them.
    pub since: Option<Timestamp>,
    /// Only those published before this time; undated ones are none of them.
    pub before: Option<Timestamp>,
    /// How many at most; all without it.
    pub limit: Option<usize>,
    /// How many of the first are passed over.
    pub offset: usize,
    /// Only those that stand behind this one in the order of lists, whether the filter shows that one or not.
    pub after: Option<ArticleId>,
}

impl ArticleFilter {
    /// All that are unread.
    #[must_use]
    pub fn unread() -> Self {
        Self {
            read: Some(false),
            ..Self::default()
        }
    }
}

/// Which articles a mark is put on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkScope {
    /// These.
    These(Vec<ArticleId>),
    /// All that the filter shows; its limit and offset do not count.
    All(ArticleFilter),
    /// All that the filter shows before this one, and this one; limit and offset do not count.
    Above(Box<ArticleFilter>, ArticleId),
    /// This one, and all that the filter shows behind it; limit and offset do not count.
    Below(Box<ArticleFilter>, ArticleId),
}

/// What an article is marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Read, or unread again.
    Read(bool),
    /// Starred, or not any more.
    Starred(bool),
}

impl Mark {
    /// The mark that takes this one back, on the articles it changed.
    #[must_use]
    pub const fn undone(self) -> Self {
        match self {
            Self::Read(on) => Self::Read(!on),
            Self::Starred(on) => Self::Starred(!on),
        }
    }
}
