//! An article as lists show it, and its text as it is stored.

use jiff::Timestamp;

use super::{Enclosure, Feed, FeedId};

/// Names an article for good: 16 hexadecimal digits made from its feed and its guid, link or text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub String);

/// What lists show of an article. Texts come from outside: whoever shows them makes them safe first.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all combinations occur"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// The feed it came by first.
    pub feed: FeedId,
    /// Its title; never empty.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// Where it is on the web.
    pub link: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether it was read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether its text changed since it was first stored.
    pub changed: bool,
    /// Whether its text is that of its page, which was asked for, and not its feed's.
    pub is_full: bool,
    /// Links of the same article published again elsewhere.
    pub also: Vec<String>,
}

impl Article {
    /// Who wrote it and where: the author and the feed's title, unless that is the same name.
    pub fn written_by<'a>(&'a self, feed: Option<&'a Feed>) -> impl Iterator<Item = &'a str> {
        let author = self.author.as_deref();
        let title = feed.map(|feed| feed.title.as_str());
        author
            .into_iter()
            .chain(title.filter(|&title| author != Some(title)))
    }

    /// Author, day and tags on one line, as far as they are known.
    #[must_use]
    pub fn facts(&self) -> Option<String> {
        let day = self.published.map(|at| at.strftime("%Y-%m-%d").to_string());
        let tags = (!self.tags.is_empty()).then(|| self.tags.join(", "));
        let known = [self.author.clone(), day, tags].into_iter().flatten();
        let known: Vec<String> = known.collect();
        (!known.is_empty()).then(|| known.join(" · "))
    }
}

/// How the text of an article is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Markup {
    /// HTML, decoded once: as an author's browser would get it.
    Html,
    /// Plain text, never HTML.
    Plain,
    /// Plain text whose lines are its author's: none is joined with the next.
    Lines,
}

/// The text of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// How it is written.
    pub markup: Markup,
    /// The text itself, UTF-8.
    pub source: String,
    /// What relative links are relative to.
    pub base: Option<String>,
    /// What comes with it.
    pub enclosures: Vec<Enclosure>,
}
