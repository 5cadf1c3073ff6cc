//! What the tree offers to list.

use crate::articles::{ArticleFilter, FeedId, SavedSearch, SearchQuery};
use crate::effect::Problem;

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
    ///
    /// # Errors
    /// A kept search is not understood, and so finds none.
    pub fn filter(&self, only_unread: bool) -> Result<ArticleFilter, Problem> {
        let mut filter = ArticleFilter {
            read: only_unread.then_some(false),
            ..ArticleFilter::default()
        };
        match self {
            Self::All => {}
            Self::Starred => filter.starred = Some(true),
            Self::Search(search) => {
                filter.query = Some(Box::new(understood(search)?));
            }
            Self::Tag(tag) => filter.tag = Some(tag.clone()),
            Self::Feed(feed) => filter.feed = Some(*feed),
        }
        Ok(filter)
    }

    /// Whether it is a kept search that is not understood.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.filter(false).is_err()
    }

    /// The unread ones of these; those of any feed where these cannot be told.
    pub(super) fn unread(&self) -> ArticleFilter {
        let filter = self.filter(true);
        filter.unwrap_or_else(|_broken| ArticleFilter::unread())
    }
}

/// What a kept search searches for. An empty one searches for nothing.
fn understood(search: &SavedSearch) -> Result<SearchQuery, Problem> {
    let why = match SearchQuery::parse(&search.query) {
        Ok(query) if !query.is_empty() => return Ok(query),
        Ok(_) => "it is empty".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(Problem::other(format!(
        "the kept search '{}' is broken: {why}; remove it and keep it anew",
        search.name
    )))
}
