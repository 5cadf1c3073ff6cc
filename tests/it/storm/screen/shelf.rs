//! A made-up store of feeds and articles: the same ones all through a storm, with texts that hold everything keys go to.

use std::sync::Arc;

use iacstone::articles::{
    Article, ArticleFilter, ArticleId, Document, Feed, FeedHealth, FeedId, Markup, SearchHit,
    Snippet, Text,
};
use iacstone::effect::OpenedArticle;
use jiff::{SignedDuration, Timestamp};

use super::words;
use crate::storm::{Dice, time};

/// Articles a list loads at once.
const PAGE: usize = 200;

/// What is stored.
#[derive(Debug)]
pub(super) struct Shelf {
    seed: u64,
    feeds: Vec<Feed>,
    articles: Vec<Article>,
}

impl Shelf {
    pub(super) fn of(seed: u64) -> Self {
        let mut dice = Dice::of(seed, "shelf");
        let feeds: Vec<Feed> = (1..=dice.within(0..=5).cast_signed())
            .map(|id| feed(id, &mut dice))
            .collect();
        let count = if dice.percent(5) {
            2 * PAGE as u64
        } else {
            dice.within(0..=24)
        };
        let articles = (0..count)
            .map(|number| article(number, &mut dice))
            .collect();
        Self {
            seed,
            feeds,
            articles,
        }
    }

    /// The feeds, as healthy as they are just now, and the number of starred articles.
    pub(super) fn feeds(&self, dice: &mut Dice) -> (Vec<Feed>, usize) {
        let mut feeds = self.feeds.clone();
        for feed in &mut feeds {
            feed.unread = usize::try_from(dice.within(0..=feed.articles as u64)).unwrap();
            feed.health = health(dice);
        }
        let starred = self
            .articles
            .iter()
            .filter(|article| article.starred)
            .count();
        (feeds, starred)
    }

    /// Some feed there is.
    pub(super) fn a_feed(&self, dice: &mut Dice) -> FeedId {
        self.feeds
            .get(super::keyboard::index(dice.number(), self.feeds.len()))
            .map_or(FeedId(9), |feed| feed.id)
    }

    /// What the filter shows.
    pub(super) fn list(&self, filter: &ArticleFilter) -> Vec<Article> {
        let after = filter.after.as_ref();
        let from = after.and_then(|id| self.articles.iter().position(|article| article.id == *id));
        let shown = self
            .articles
            .iter()
            .skip(from.map_or(0, |at| at + 1))
            .filter(|article| {
                filter.feed.is_none_or(|feed| article.feed == feed)
                    && filter.read.is_none_or(|read| article.read == read)
                    && filter
                        .starred
                        .is_none_or(|starred| article.starred == starred)
                    && filter
                        .tag
                        .as_ref()
                        .is_none_or(|tag| article.tags.contains(tag))
            });
        shown
            .take(filter.limit.unwrap_or(usize::MAX))
            .cloned()
            .collect()
    }

    /// What a search finds, whatever it is for.
    pub(super) fn found(&self, dice: &mut Dice) -> Vec<SearchHit> {
        let count = usize::try_from(dice.within(0..=8)).unwrap();
        let found = |article: &Article| {
            let text = words::any(dice);
            let cut =
                |at: u64| text.floor_char_boundary(super::keyboard::index(at, text.len().max(1)));
            let (from, to) = (cut(dice.number()), cut(dice.number()));
            let hits = if from < to {
                std::iter::once(from..to).collect()
            } else {
                Vec::new()
            };
            SearchHit {
                article: article.clone(),
                snippet: Snippet { hits, text },
            }
        };
        self.articles.iter().take(count).map(found).collect()
    }

    /// The article of this id with its text.
    pub(super) fn open(&self, id: &ArticleId) -> Option<OpenedArticle> {
        let at = self.articles.iter().position(|article| article.id == *id)?;
        let article = self.articles[at].clone();
        let mut dice = Dice::of(self.seed, &id.0);
        let text = Text {
            markup: if dice.percent(80) {
                Markup::Html
            } else {
                Markup::Plain
            },
            source: body(&mut dice),
            base: article.link.clone(),
            enclosures: Vec::new(),
        };
        Some(OpenedArticle {
            place: None,
            document: Arc::new(Document::read(&text)),
            previous: at
                .checked_sub(1)
                .and_then(|at| self.articles.get(at))
                .cloned(),
            next: self.articles.get(at + 1).cloned(),
            article,
        })
    }

    /// Some article with its text, if there is one.
    pub(super) fn open_any(&self, dice: &mut Dice) -> Option<OpenedArticle> {
        let at = super::keyboard::index(dice.number(), self.articles.len());
        self.open(&self.articles.get(at)?.id)
    }

    /// Some of the articles.
    pub(super) fn some_ids(&self, dice: &mut Dice) -> Vec<ArticleId> {
        let chosen = self.articles.iter().filter(|_| dice.percent(40));
        chosen.map(|article| article.id.clone()).collect()
    }
}

fn feed(id: i64, dice: &mut Dice) -> Feed {
    Feed {
        id: FeedId(id),
        source: if dice.percent(80) {
            format!("https://feed{id}.example/rss")
        } else {
            words::some(dice)
        },
        title: words::some(dice),
        articles: usize::try_from(dice.within(0..=400)).unwrap(),
        unread: 0,
        folder: None,
        elsewhere: Vec::new(),
        health: FeedHealth::default(),
    }
}

fn health(dice: &mut Dice) -> FeedHealth {
    let moment = |dice: &mut Dice| {
        let hours = SignedDuration::from_hours(dice.within(0..=900).cast_signed());
        dice.percent(80).then(|| time::epoch() - hours)
    };
    FeedHealth {
        last_fetch: moment(dice),
        next_fetch: moment(dice),
        status: *dice.pick(&[None, Some(200), Some(304), Some(410), Some(503)]),
        error: dice.percent(25).then(|| words::some(dice)),
        failures: u32::try_from(dice.within(0..=6)).unwrap(),
        bytes: *dice.pick(&[None, Some(0), Some(108_000), Some(1 << 40)]),
        ttl_minutes: *dice.pick(&[None, Some(60)]),
        warnings: (0..dice.within(0..=2)).map(|_| words::some(dice)).collect(),
    }
}

fn article(number: u64, dice: &mut Dice) -> Article {
    let published = |dice: &mut Dice| {
        let days = dice.within(0..=6000).cast_signed();
        Timestamp::from_second(1_800_000_000 - days * 86_400).unwrap()
    };
    let link = match dice.within(0..=9) {
        0 => None,
        1 => Some(words::odd(dice)),
        2 => Some("javascript:alert(1)".to_owned()),
        _ => Some(format!("https://a.example/{number}")),
    };
    Article {
        id: ArticleId(format!("{number:016x}")),
        feed: FeedId(dice.within(1..=6).cast_signed()),
        title: match dice.within(0..=3) {
            0 => format!("{} [Part {}]", words::plain(dice), number % 3),
            _ => words::some(dice),
        },
        author: dice.percent(70).then(|| words::any(dice)),
        published: dice.percent(85).then(|| published(dice)),
        link,
        tags: (0..dice.within(0..=3)).map(|_| words::any(dice)).collect(),
        read: dice.percent(50),
        starred: dice.percent(20),
        changed: dice.percent(10),
        is_full: dice.percent(10),
        also: (0..dice.within(0..=1)).map(|_| words::any(dice)).collect(),
    }
}

/// A text of many kinds of blocks, now and then a long one.
fn body(dice: &mut Dice) -> String {
    let count = if dice.percent(1) {
        700
    } else {
        dice.within(0..=14)
    };
    let mut text = String::new();
    for number in 0..count {
        text.push_str(&block(number, dice));
    }
    text
}

fn block(number: u64, dice: &mut Dice) -> String {
    let words = words::any(dice);
    match dice.within(0..=13) {
        0 => format!("<h2>{words}</h2>"),
        1 => format!("<h{} id=\"x{number}\">{words}</h3>", dice.within(1..=6)),
        2 => format!(
            "<pre class=\"highlight python\"><code><span class=\"k\">def</span> f({words}):\n\treturn {}</code></pre>",
            "x".repeat(120)
        ),
        3 => format!("<pre>{words}\n{words}</pre>"),
        4 => format!(
            "<table><tr><th>{words}</th><th>b</th></tr><tr><td>1</td><td>{words}</td></tr></table>"
        ),
        5 => format!("<ul><li>{words}<ol><li>deep <kbd>{words}</kbd></ol><li>two</ul>"),
        6 => format!("<blockquote><p>{words}</p><blockquote>deeper</blockquote></blockquote>"),
        7 => format!(
            "<p>See <a href=\"https://a.example/{}\">{words}</a> and <a href=\"#x{}\">there</a>.</p>",
            number % 20,
            number / 2
        ),
        8 => format!("<p><a href=\"{}\">{words}</a></p>", dice.pick(&LINKS)),
        9 => format!(
            "<img src=\"https://img.example/{number}.png\" alt=\"{words}\"><figure><figcaption>{words}</figcaption></figure>"
        ),
        10 => format!("<p>{}</p>", format!("{words} ").repeat(12)),
        11 => format!("<div><p>{words}<hr><b><i>{words}"),
        12 => words,
        _ => format!("<p>{words}<br>{words} <code>{words}</code> <del>{words}</del></p>"),
    }
}

/// Where links lead that are not all harmless.
const LINKS: [&str; 7] = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "--help",
    "mailto:a@b.example",
    "HTTPS://A.example/x y",
    "https://lambda-power-tuning.show/#gAAAAQACAAQABsAL;AJYTRjPalEUodxdFpKyZRKRATkT59eND;R8KlN/SApzepe643Xna1NxNxvDeABM03",
    "https://lambda-power-tuning.show/#broken",
];
