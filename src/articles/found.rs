//! What a search finds.

use std::ops::Range;

use super::Article;

/// An article that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// The article.
    pub article: Article,
    /// Where in it.
    pub snippet: Snippet,
}

/// A piece of an article's text around what was searched for; one line, not yet made safe for the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// The words that were searched for: byte ranges of the text, ascending, none overlapping.
    pub hits: Vec<Range<usize>>,
}
