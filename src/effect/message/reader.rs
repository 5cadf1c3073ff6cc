//! What the reader asks of the background, and what it is told.

use std::sync::Arc;

use crate::articles::{
    Article, ArticleFilter, ArticleId, Document, Feed, FeedId, LayoutOptions, Mark, MarkScope,
    PageLayout, SavedSearch, SearchHit, SearchQuery, TextPosition,
};

/// Background work of the reader as data.
#[derive(Debug, Clone, PartialEq)]
pub enum ReaderJob {
    /// Bring the bundled notes and, once, the first feeds into the store; then load the feeds.
    Furnish,
    /// Load the feeds and the number of starred articles.
    LoadFeeds,
    /// List articles.
    List(ArticleFilter),
    /// Search all articles.
    Search(SearchQuery),
    /// Load an article with its text.
    Open(ArticleId),
    /// Fetch the page of an article and load the article with what it says.
    OpenFullText(ArticleId),
    /// Go back to the text that an article's feed gives, and load the article with it.
    OpenOwnText(ArticleId),
    /// Lay a long article out in this many columns.
    LayOut(Arc<Document>, usize, LayoutOptions),
    /// Load the stored article that this link leads to.
    OpenLink(String),
    /// Load the bundled note of this name.
    OpenNote(&'static str),
    /// Load the first unread article that the filter lets through, else the first of all feeds.
    OpenUnread(ArticleFilter),
    /// Mark articles.
    Mark(MarkScope, Mark),
    /// Keep where an article was left.
    KeepPlace(ArticleId, TextPosition),
    /// Fetch feeds.
    Fetch(Fetch),
    /// Follow a feed and fetch it: a URL, or the path of a file.
    Follow(String),
    /// Follow a feed no longer; its articles are forgotten.
    Unfollow(FeedId),
    /// Write an article as Markdown to the new file at a path.
    Save(ArticleId, String),
    /// Keep a search.
    SaveSearch(SavedSearch),
    /// Forget the search of this name.
    RemoveSearch(String),
    /// Start a browser: its program and arguments, the address among them.
    Browse(Vec<String>),
}

/// Which feeds are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetch {
    /// Those that are due.
    Due,
    /// All that are not gone, due or not.
    All,
    /// This one, due or not.
    One(FeedId),
}

/// What a job of the reader says.
#[derive(Debug, Clone, PartialEq)]
pub enum ReaderReport {
    /// The feeds in the order they were added, and the number of starred articles.
    Feeds(Vec<Feed>, usize),
    /// The searches that are kept, by name; the feeds follow.
    Searches(Vec<SavedSearch>),
    /// A page of a list.
    Listed(Vec<Article>),
    /// What a search found, best first.
    Found(Vec<SearchHit>),
    /// An article to read.
    Opened(Box<OpenedArticle>),
    /// A long article, laid out.
    LaidOut(Box<PageLayout>),
    /// There is no such article: no stored one has the link, or none is unread.
    Nothing,
    /// These articles changed their mark.
    Marked(Vec<ArticleId>),
    /// One more feed was asked for: how many articles are new; none when that failed.
    Fetched(Option<usize>),
    /// A feed is followed, and whether it is new.
    Followed(FeedId, bool),
    /// A browser was started.
    Browsing,
}

/// An article to read.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedArticle {
    /// The article.
    pub article: Article,
    /// Its text.
    pub document: Arc<Document>,
    /// The part before it, of an article in parts.
    pub previous: Option<Article>,
    /// The part after it.
    pub next: Option<Article>,
    /// Where it was left in an earlier session.
    pub place: Option<TextPosition>,
}
