//! What the tree offers to list.

use crate::articles::{ArticleFilter, FeedId, SavedSearch, SearchQuery};

/// A set of articles that can be listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Shelf {
    /// All articles.
    #[default]
    All,
    /// The starred ones.
    Starred,
    /// Those that a search finds which is kept.
    Search(SavedSearch),
    /// Those with a tag.
    Tag(String),
    /// Those of a feed.
    Feed(FeedId),
}

impl Shelf {
    /// Which articles these are.
    #[must_use]
    pub fn filter(&self, only_unread: bool) -> ArticleFilter {
        let mut filter = ArticleFilter {
            read: only_unread.then_some(false),
            ..ArticleFilter::default()
        };
        match self {
            Self::All => {}
            Self::Starred => filter.starred = Some(true),
            Self::Search(search) => {
                filter.query = SearchQuery::parse(&search.query).ok().map(Box::new);
            }
            Self::Tag(tag) => filter.tag = Some(tag.clone()),
            Self::Feed(feed) => filter.feed = Some(*feed),
        }
        filter
    }
}
