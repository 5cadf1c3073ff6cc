//! Layout of whole articles: everything they hold is shown, code to the letter. Of articles that are written here, and of
//! real documents, where they are at hand.

mod written;

use std::path::PathBuf;

use iacstone::articles::{Audit, Document, LayoutOptions, LinkKind, Markup, Text};
use iacstone::text::width;

/// A document that is no part of the repository; none, said on standard error, when it is not there.
fn document(name: &str) -> Option<String> {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/seeds")
        .join(name);
    let read = std::fs::read_to_string(&place).ok();
    if read.is_none() {
        eprintln!("skipped: {} is not here", place.display());
    }
    read
}

/// The articles of an RSS document that holds them escaped.
fn articles(rss: &str) -> Vec<Text> {
    let items = rss.split("<item>").skip(1);
    let unescape = |text: &str| {
        let once = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"");
        once.replace("&#39;", "'")
            .replace("&apos;", "'")
            .replace("&amp;", "&")
    };
    items
        .filter_map(|item| {
            let body = item
                .split_once("<description>")?
                .1
                .split_once("</description>")?
                .0;
            let link = item.split_once("<link>")?.1.split_once("</link>")?.0;
            Some(Text {
                markup: Markup::Html,
                source: unescape(body),
                base: Some(link.to_owned()),
                enclosures: Vec::new(),
            })
        })
        .collect()
}

fn audit(articles: &[Text]) -> Audit {
    let mut sum = Audit::default();
    for article in articles {
        sum += Audit::of(article);
    }
    sum
}

/// No line but code is wider than the page; nothing leaks.
fn check_pages(articles: &[Text]) {
    for article in articles {
        let document = Document::read(article);
        for page in [10, 40, 80, 120] {
            let layout = document.lay_out(page, &LayoutOptions::default());
            for line in layout.lines.iter().filter(|line| !line.wide) {
                let columns: usize = line.spans.iter().map(|span| width(&span.text)).sum();
                assert!(columns <= page, "{columns} columns on {page}: {line:?}");
            }
        }
        assert!(!document.plain_text().contains("Detect dark theme"));
    }
}

/// A text without what a layout may move: white space and signs.
fn solid(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || "<>".contains(*c);
    text.chars().filter(kept).collect()
}

#[test]
fn everything_in_the_first_feed_is_shown() {
    let Some(rss) = document("001-briancaffey.rss.xml") else {
        return;
    };
    let articles = articles(&rss);
    assert_eq!(articles.len(), 12);
    let sum = audit(&articles);
    assert!(sum.is_whole(), "{sum:#?}");
    assert_eq!((sum.images.found, sum.embeds.found), (78, 3));
    check_pages(&articles);
    let blocks: usize = articles
        .iter()
        .map(|it| {
            Document::read(it)
                .lay_out(80, &LayoutOptions::default())
                .code
                .len()
        })
        .sum();
    assert_eq!(blocks, 110);
}

#[test]
fn everything_in_the_second_feed_is_shown() {
    let Some(rss) = document("003-alexcasalboni.rss.xml") else {
        return;
    };
    let articles = articles(&rss);
    assert_eq!(articles.len(), 9);
    let sum = audit(&articles);
    assert!(sum.is_whole(), "{sum:#?}");
    // 39 gists and 7 tweets.
    assert_eq!((sum.images.found, sum.embeds.found), (62, 46));
    check_pages(&articles);
    let runs = articles.iter().flat_map(|it| {
        Document::read(it)
            .lay_out(80, &LayoutOptions::default())
            .links
    });
    assert_eq!(
        runs.filter(|link| link.kind == LinkKind::PowerTuning)
            .count(),
        8
    );
}

#[test]
fn every_word_of_the_plain_document_is_shown() {
    let Some(source) = document("002-web-articles.txt") else {
        return;
    };
    let text = Text {
        markup: Markup::Plain,
        source,
        base: None,
        enclosures: Vec::new(),
    };
    let shown = Document::read(&text).plain_text();
    let without_numbers = |text: &str| -> String {
        solid(text)
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .collect()
    };
    // The numbers of numbered items are markers, not words.
    assert_eq!(without_numbers(&shown), without_numbers(&text.source));
    assert!(shown.contains("<VAR_NAME>") && shown.contains("<object-name>"));
    check_pages(&[text]);
}
