//! From what the parser found to what the store keeps.

use feed_rs::model::{Content, Entry, Feed, FeedType, Text as FeedText};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::contents::joined;
use super::entities;
use super::extras::EntryExtras;
use super::identity::{id, marks};
use super::limits::{LONGEST_LINK, LONGEST_NAME, LONGEST_TITLE, MOST_BYTES_OF_ITEM, MOST_TAGS};
use super::naming::{ArticleNames, Candidate, Name};
use super::visible::{one_line, searchable, visible, words_of};
use crate::articles::{Delivered, Enclosure, Markup, Text};
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
    /// What they are relative to by the feed's own word, which goes before the address of an article.
    pub(super) own_base: Option<Url>,
    /// The time of the fetch.
    pub(super) now: Timestamp,
}

/// The articles of a feed in its order, and what was left out of them.
pub(super) fn articles(
    feed: Feed,
    extras: Vec<EntryExtras>,
    origin: &FeedContext<'_>,
) -> (Vec<Delivered>, Vec<String>) {
    let mut reader = EntryReader {
        kind: feed.feed_type,
        origin,
        names: ArticleNames::of(&feed.entries),
        odd: Odd::default(),
    };
    let articles = feed
        .entries
        .iter()
        .zip(
            extras
                .into_iter()
                .chain(std::iter::repeat(EntryExtras::default())),
        )
        .filter_map(|(entry, extras)| reader.article(entry, &extras))
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
                "date that cannot be or cannot be read was left out",
                "dates that cannot be or cannot be read were left out",
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
    fn article(&mut self, entry: &Entry, extras: &EntryExtras) -> Option<Delivered> {
        let link = self.link(entry, extras);
        let text = self.text(entry, extras, link.as_deref());
        if text.source.len() > MOST_BYTES_OF_ITEM {
            self.odd.large += 1;
            return None;
        }
        let title = title(entry, extras, &text, link.as_deref(), &self.kind);
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
            author: author(entry, extras),
            published: self.date(entry),
            first_seen: Some(self.origin.now),
            tags: tags(entry, extras),
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

    fn link(&mut self, entry: &Entry, extras: &EntryExtras) -> Option<String> {
        let is_page = |rel: Option<&str>| rel.is_none_or(|rel| rel == "alternate");
        let links = entry
            .links
            .iter()
            .filter(|link| link.target.is_none() && is_page(link.rel.as_deref()));
        let is_link = entry.id.starts_with("http") && !extras.guid_is_no_link;
        let guid = is_link.then_some(entry.id.as_str());
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

    fn text(&self, entry: &Entry, extras: &EntryExtras, link: Option<&str>) -> Text {
        let (source, html) = self.words(entry);
        let base = self.base(extras, link);
        let enclosures = enclosures(extras, base.as_deref(), &source);
        let markup = if html {
            Markup::Html
        } else if source.trim().contains('\n') || source.contains("://") {
            Markup::Lines
        } else {
            Markup::Plain
        };
        Text {
            markup,
            source,
            base,
            enclosures,
        }
    }

    /// What an entry says, and whether that is HTML.
    fn words(&self, entry: &Entry) -> (String, bool) {
        let content = entry.content.as_ref().and_then(of_content);
        let summary = entry.summary.as_ref();
        let summary = summary.map(|it| (it.content.clone(), is_html(it.content_type.as_str())));
        let media = entry
            .media
            .iter()
            .find_map(|media| media.description.clone());
        let media = media.map(|text| (text.content, false));
        let mut all = [content, summary, media].into_iter().flatten();
        let filled = all.find(|(text, _)| !text.trim().is_empty());
        let (source, html) = filled.unwrap_or_default();
        // RSS 1.0 does not say, and its feeds have HTML there all the same.
        let html = html || (matches!(self.kind, FeedType::RSS1) && looks_like_html(&source));
        (source, html)
    }

    /// What the addresses in a text are relative to: what feed and entry say, else the article itself.
    fn base(&self, extras: &EntryExtras, link: Option<&str>) -> Option<String> {
        let mut said = self.origin.own_base.clone();
        for base in &extras.bases {
            said = joined(said.as_ref().or(self.origin.base.as_ref()), base).or(said);
        }
        let page = || self.origin.base.as_ref().map(Url::to_string);
        said.map(String::from)
            .or_else(|| link.map(str::to_owned))
            .or_else(page)
    }

    /// The first date of an entry that can be.
    fn date(&mut self, entry: &Entry) -> Option<Timestamp> {
        let latest = self.origin.now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
        let written = [entry.published, entry.updated].into_iter().flatten();
        let dates: Vec<Option<Timestamp>> = written
            .map(|at| {
                let nanoseconds = i32::try_from(at.timestamp_subsec_nanos()).unwrap_or_default();
                Timestamp::new(at.timestamp(), nanoseconds.min(999_999_999)).ok()
            })
            .collect();
        let can_be = |date: &Timestamp| *date >= Timestamp::UNIX_EPOCH && *date <= latest;
        let date = dates.iter().flatten().copied().find(can_be);
        self.odd.dates += usize::from(date.is_none() && !dates.is_empty());
        date
    }
}

fn of_content(content: &Content) -> Option<(String, bool)> {
    let kind = content.content_type.as_str();
    let body = content.body.clone()?;
    if [
        "image/",
        "audio/",
        "video/",
        "font/",
        "application/octet",
        "application/pdf",
    ]
    .iter()
    .any(|start| kind.starts_with(start))
    {
        // It is no text, only written as one.
        let what = kind.split('/').next().unwrap_or_default();
        return Some((format!("[{what}]"), false));
    }
    Some((body, is_html(kind)))
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

/// The title on one line; what has none is called by its recording, its first words, its link.
fn title(
    entry: &Entry,
    extras: &EntryExtras,
    text: &Text,
    link: Option<&str>,
    kind: &FeedType,
) -> String {
    let written = entry.title.as_ref().map(|title| title_words(title, kind));
    let recording = || extras.title.as_deref().map(words_of);
    let words = || match text.markup {
        Markup::Html => visible(&text.source),
        Markup::Plain | Markup::Lines => text.source.clone(),
    };
    let enclosed = || text.enclosures.first().map(Enclosure::name);
    let filled = |words: Option<String>, most| {
        let shown = one_line(&without_bom(&words?), most);
        (!shown.is_empty()).then_some(shown)
    };
    filled(written, LONGEST_TITLE)
        .or_else(|| filled(recording(), LONGEST_TITLE))
        .or_else(|| filled(Some(words()), MADE_UP))
        .or_else(|| filled(link.map(str::to_owned), LONGEST_TITLE))
        .or_else(|| filled(enclosed(), LONGEST_TITLE))
        .unwrap_or_else(|| "Untitled".to_owned())
}

/// What a title says. Atom and JSON Feed know plain titles: in RSS nobody tells whether there is markup in it.
fn title_words(title: &FeedText, kind: &FeedType) -> String {
    if matches!(kind, FeedType::Atom | FeedType::JSON)
        && title.content_type.as_str() == "text/plain"
    {
        return title.content.clone();
    }
    words_of(&title.content)
}

fn without_bom(text: &str) -> String {
    text.replace('\u{feff}', "")
}

fn author(entry: &Entry, extras: &EntryExtras) -> Option<String> {
    let persons = entry.authors.iter();
    let names = persons.filter_map(|person| person.name.as_ref().or(person.email.as_ref()));
    let recorded = extras.author.iter().filter(|_| entry.authors.is_empty());
    let mut known: Vec<String> = Vec::new();
    for name in names.chain(recorded) {
        let name = one_line(&entities::decode(unbracketed(name)), LONGEST_NAME);
        if !name.is_empty() && !known.contains(&name) && known.len() < MOST_AUTHORS {
            known.push(name);
        }
    }
    (!known.is_empty()).then(|| one_line(&known.join(", "), LONGEST_NAME))
}

/// RSS has the name in brackets behind the address.
fn unbracketed(name: &str) -> &str {
    let name = name.trim();
    let inside = name
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    inside.unwrap_or(name).trim()
}

fn tags(entry: &Entry, extras: &EntryExtras) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let categories = entry.categories.iter();
    let categories = categories.map(|it| it.label.as_ref().unwrap_or(&it.term));
    for words in categories.chain(&extras.subjects) {
        let tag = one_line(words, LONGEST_NAME);
        if !tag.is_empty() && !tags.contains(&tag) && tags.len() < MOST_TAGS {
            tags.push(tag);
        }
    }
    tags
}

/// What comes with an entry, but for pictures that its text has too.
fn enclosures(extras: &EntryExtras, base: Option<&str>, source: &str) -> Vec<Enclosure> {
    let base = base.and_then(|base| Url::parse(base).ok());
    let is_new = |it: &&Enclosure| {
        let is_picture = it
            .media_type
            .as_deref()
            .is_some_and(|kind| kind.starts_with("image"));
        let written = it.url.replace('&', "&amp;");
        !(is_picture && (source.contains(&it.url) || source.contains(&written)))
    };
    let kept = extras.enclosures.iter().filter(is_new).filter_map(|it| {
        let url = joined(base.as_ref(), &it.url)?;
        let is_web = matches!(url.scheme(), "http" | "https");
        let is_short = url.as_str().len() <= LONGEST_LINK;
        (is_web && is_short).then(|| Enclosure {
            url: url.into(),
            ..it.clone()
        })
    });
    kept.collect()
}
