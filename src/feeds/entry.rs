//! From what the parser found to what the store keeps.

use feed_rs::model::{Content, Entry, Feed, FeedType, Text as FeedText};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::entities;
use super::identity::{id, marks};
use super::limits::{LONGEST_LINK, LONGEST_NAME, LONGEST_TITLE, MOST_BYTES_OF_ITEM, MOST_TAGS};
use super::naming::{ArticleNames, Candidate, Name};
use super::visible::{one_line, searchable, visible};
use crate::articles::{Delivered, Markup, Text};
use crate::text::counted;

/// Characters of a title that is made of a text's first words.
const MADE_UP: usize = 60;

/// Authors of an article that are named; more do not fit into [`LONGEST_NAME`].
const MOST_AUTHORS: usize = 32;

/// How far ahead of our clock a date may be.
const AHEAD: SignedDuration = SignedDuration::from_hours(48);

/// What all articles of one feed share.
pub(super) struct FeedContext<'a> {
    /// The source as the user follows it: part of every id.
    pub(super) source: &'a str,
    /// What relative links are relative to.
    pub(super) base: Option<Url>,
    /// The time of the fetch.
    pub(super) now: Timestamp,
}

/// The articles of a feed in its order, and what was left out of them.
pub(super) fn articles(feed: Feed, origin: &FeedContext<'_>) -> (Vec<Delivered>, Vec<String>) {
    let mut reader = EntryReader {
        kind: feed.feed_type,
        origin,
        names: ArticleNames::of(&feed.entries),
        odd: Odd::default(),
    };
    let articles = feed
        .entries
        .into_iter()
        .filter_map(|entry| reader.article(&entry))
        .collect();
    (articles, reader.odd.sentences())
}

/// How often something was odd.
#[derive(Default)]
struct Odd {
    dates: usize,
    links: usize,
    guids: usize,
    copies: usize,
    large: usize,
}

impl Odd {
    fn sentences(&self) -> Vec<String> {
        let all = [
            (
                self.dates,
                "date before 1970 or in the future was left out",
                "dates before 1970 or in the future were left out",
            ),
            (
                self.links,
                "link that does not lead to the web was left out",
                "links that do not lead to the web were left out",
            ),
            (
                self.guids,
                "article shares its guid with another one",
                "articles share their guid with another one",
            ),
            (
                self.copies,
                "article is in the feed twice and was left out once",
                "articles are in the feed twice and were left out once",
            ),
            (
                self.large,
                "article that is too large was left out",
                "articles that are too large were left out",
            ),
        ];
        let told = all
            .into_iter()
            .filter_map(|(count, one, many)| counted(count, one, many));
        told.collect()
    }
}

struct EntryReader<'a> {
    kind: FeedType,
    origin: &'a FeedContext<'a>,
    names: ArticleNames,
    odd: Odd,
}

impl EntryReader<'_> {
    fn article(&mut self, entry: &Entry) -> Option<Delivered> {
        let link = self.link(entry);
        let base = entry
            .base
            .clone()
            .or_else(|| link.clone())
            .or_else(|| self.origin.base.as_ref().map(Url::to_string));
        let text = self.text(entry, base);
        if text.source.len() > MOST_BYTES_OF_ITEM {
            self.odd.large += 1;
            return None;
        }
        let title = title(entry.title.as_ref(), &text, link.as_deref());
        let marks = marks(&title, &text);
        let name = self.name(&Candidate {
            entry,
            link: link.as_deref(),
            title: &title,
            text: &text,
            fingerprint: &marks.fingerprint,
        })?;
        Some(Delivered {
            id: id(self.origin.source, &name),
            author: author(entry),
            published: self.date(entry),
            tags: tags(entry),
            plain: searchable(&text),
            fingerprint: marks.fingerprint,
            essence: marks.essence,
            title,
            link,
            text,
        })
    }

    fn name(&mut self, candidate: &Candidate<'_>) -> Option<String> {
        match self.names.take(candidate) {
            Name::Own(name) => Some(name),
            Name::Shared(name) => {
                self.odd.guids += 1;
                Some(name)
            }
            Name::Copy => {
                self.odd.copies += 1;
                None
            }
        }
    }

    fn link(&mut self, entry: &Entry) -> Option<String> {
        let is_page = |rel: Option<&str>| rel.is_none_or(|rel| rel == "alternate");
        let links = entry
            .links
            .iter()
            .filter(|link| link.target.is_none() && is_page(link.rel.as_deref()));
        let guid = entry.id.starts_with("http").then_some(entry.id.as_str());
        let mut written = links
            .map(|link| link.href.as_str())
            .chain(guid)
            .filter(|href| !href.trim().is_empty())
            .peekable();
        written.peek()?;
        let found = written.find_map(|href| self.web(href));
        self.odd.links += usize::from(found.is_none());
        found
    }

    /// An address of the web, absolute.
    fn web(&self, href: &str) -> Option<String> {
        let href = href.trim();
        let url = match (Url::parse(href), &self.origin.base) {
            (Ok(url), _) => url,
            (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => base.join(href).ok()?,
            _ => return None,
        };
        let url = matches!(url.scheme(), "http" | "https").then(|| String::from(url))?;
        (url.len() <= LONGEST_LINK).then_some(url)
    }

    fn text(&self, entry: &Entry, base: Option<String>) -> Text {
        let content = entry.content.as_ref().and_then(of_content);
        let summary = || {
            entry
                .summary
                .as_ref()
                .map(|text| (text.content.clone(), is_html(text.content_type.as_str())))
        };
        let media = || {
            entry
                .media
                .iter()
                .find_map(|media| media.description.clone())
                .map(|text| (text.content, false))
        };
        let filled = |(text, _): &(String, bool)| !text.trim().is_empty();
        let found = content
            .filter(filled)
            .or_else(|| summary().filter(filled))
            .or_else(media);
        let (source, html) = found.unwrap_or_default();
        // RSS 1.0 does not say, and its feeds have HTML there all the same.
        let html = html || (matches!(self.kind, FeedType::RSS1) && looks_like_html(&source));
        Text {
            markup: if html { Markup::Html } else { Markup::Plain },
            source,
            base,
        }
    }

    fn date(&mut self, entry: &Entry) -> Option<Timestamp> {
        let written = entry.published.or(entry.updated)?;
        let nanoseconds = i32::try_from(written.timestamp_subsec_nanos()).unwrap_or_default();
        let date = Timestamp::new(written.timestamp(), nanoseconds.min(999_999_999)).ok();
        let latest = self.origin.now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
        let date = date.filter(|date| *date >= Timestamp::UNIX_EPOCH && *date <= latest);
        self.odd.dates += usize::from(date.is_none());
        date
    }
}

fn of_content(content: &Content) -> Option<(String, bool)> {
    let body = content.body.clone()?;
    Some((body, is_html(content.content_type.as_str())))
}

/// Everything but plain text is shown as HTML.
fn is_html(content_type: &str) -> bool {
    !content_type.starts_with("text/plain")
}

fn looks_like_html(text: &str) -> bool {
    ["</", "<p", "<br", "<img", "<a "]
        .iter()
        .any(|tag| text.contains(tag))
}

/// The title on one line; what has none is called by its first words, else by its link.
fn title(title: Option<&FeedText>, text: &Text, link: Option<&str>) -> String {
    let written = title.map(|title| match title.content_type.as_str() {
        "text/plain" => one_line(&without_bom(&title.content), LONGEST_TITLE),
        _ => one_line(&visible(&title.content), LONGEST_TITLE),
    });
    if let Some(title) = written.filter(|title| !title.is_empty()) {
        return title;
    }
    let words = match text.markup {
        Markup::Html => one_line(&visible(&text.source), MADE_UP),
        Markup::Plain => one_line(&text.source, MADE_UP),
    };
    match (words.as_str(), link) {
        ("", Some(link)) => one_line(link, LONGEST_TITLE),
        ("", None) => "Untitled".to_owned(),
        _ => words,
    }
}

fn without_bom(text: &str) -> String {
    text.replace('\u{feff}', "")
}

fn author(entry: &Entry) -> Option<String> {
    let name = |name: &String| one_line(&entities::decode(name), LONGEST_NAME);
    let names = entry
        .authors
        .iter()
        .filter_map(|person| person.name.as_ref().or(person.email.as_ref()).map(name));
    let mut known: Vec<String> = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        if !known.contains(&name) && known.len() < MOST_AUTHORS {
            known.push(name);
        }
    }
    (!known.is_empty()).then(|| one_line(&known.join(", "), LONGEST_NAME))
}

fn tags(entry: &Entry) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for category in &entry.categories {
        let tag = one_line(
            category.label.as_ref().unwrap_or(&category.term),
            LONGEST_NAME,
        );
        if !tag.is_empty() && !tags.contains(&tag) && tags.len() < MOST_TAGS {
            tags.push(tag);
        }
    }
    tags
}
