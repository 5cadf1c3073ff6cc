//! What an article is named by within its feed, so that it keeps its id whatever the feed lists around it.

use std::collections::{HashMap, HashSet};

use feed_rs::model::Entry;

use crate::articles::Text;

/// An article that wants a name.
pub(super) struct Candidate<'a> {
    /// What the parser found.
    pub(super) entry: &'a Entry,
    /// Its address, absolute.
    pub(super) link: Option<&'a str>,
    /// Its title.
    pub(super) title: &'a str,
    /// Its text.
    pub(super) text: &'a Text,
    /// What tells its title and text from others.
    pub(super) fingerprint: &'a str,
}

/// A name that was given.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// The guid, else the link, else title and text.
    Own(String),
    /// More than that, for other articles of the feed have the same guid or link.
    Shared(String),
    /// None: the article is in the feed already.
    Copy,
}

/// The names of one feed's articles.
#[derive(Debug, Default)]
pub(super) struct ArticleNames {
    /// Guids and links that name several articles.
    shared: HashSet<String>,
    /// The fingerprint of the article of each name.
    given: HashMap<String, String>,
}

impl ArticleNames {
    /// Looks which guids and links name several articles: none of these may count for one of them alone, or the others
    /// would change places with it when the feed moves on.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut first: HashMap<&str, (&str, &str)> = HashMap::new();
        let mut shared = HashSet::new();
        for entry in entries {
            let (called, details) = (called(entry), (href(entry), title(entry)));
            if !called.is_empty() && *first.entry(called).or_insert(details) != details {
                shared.insert(called.to_owned());
            }
        }
        Self {
            shared,
            given: HashMap::new(),
        }
    }

    /// Names an article.
    pub(super) fn take(&mut self, article: &Candidate<'_>) -> Name {
        let called = called(article.entry);
        let shared = self.shared.contains(called);
        let (guid, link) = (guid(article.entry), article.link.unwrap_or_default());
        let name = match (guid, link) {
            _ if shared => format!("{called}\n{link}\n{}", article.title),
            ("", "") => format!("{}\n{}", article.title, article.text.source),
            ("", link) => link.to_owned(),
            (guid, _) => guid.to_owned(),
        };
        match self.given.get(&name) {
            None => self.give(name, article, shared),
            Some(known) if known == article.fingerprint => Name::Copy,
            Some(_) => self.give(format!("{name}\n{}", article.fingerprint), article, true),
        }
    }

    fn give(&mut self, name: String, article: &Candidate<'_>, shared: bool) -> Name {
        let fingerprint = article.fingerprint.to_owned();
        if self.given.insert(name.clone(), fingerprint).is_some() {
            return Name::Copy;
        }
        if shared {
            Name::Shared(name)
        } else {
            Name::Own(name)
        }
    }
}

/// What a feed calls an article: by its guid, else by its link.
fn called(entry: &Entry) -> &str {
    match guid(entry) {
        "" => href(entry),
        guid => guid,
    }
}

fn guid(entry: &Entry) -> &str {
    entry.id.trim()
}

fn href(entry: &Entry) -> &str {
    let first = entry.links.first();
    first.map_or("", |link| link.href.trim())
}

fn title(entry: &Entry) -> &str {
    let title = entry.title.as_ref();
    title.map_or("", |title| title.content.trim())
}
