//! Takes the article out of a page, by the rules of the reader mode of browsers.
//!
//! What builds a tree of a page and what weighs its parts take time and depth of stack that a page can drive to any
//! height: the tree is built in small pieces, and given up as soon as it is larger or later than pages are.

use std::time::{Duration, Instant};

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use html5ever::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};

use super::super::sniff::{DocumentKind, sniff};
use super::{FeedError, FullTextError};
use crate::articles::limit_attributes;

/// The most elements and texts of a page.
const MOST_NODES: usize = 100_000;
/// How deep elements may stand inside each other: a tenth of what a thread has stack for.
const DEEPEST: usize = 256;
/// How long building the tree may take.
const BUILT_WITHIN: Duration = Duration::from_secs(5);
/// Bytes between two looks at how large the tree is: what so many can do to it is bounded by what it is.
const PIECE: usize = 64;

/// The article on a page as HTML; classes stay, for they colour code.
///
/// # Errors
/// [`FullTextError`] when there is none, or the page is no page that could be read.
pub(super) fn article(html: &str, address: &str) -> Result<String, FullTextError> {
    let kind = match sniff(html) {
        DocumentKind::Page | DocumentKind::OtherXml => None,
        DocumentKind::Plain => Some("plain text"),
        DocumentKind::Empty => Some("an empty document"),
        DocumentKind::Xml | DocumentKind::Json => Some("a feed"),
        DocumentKind::Binary => Some("something else than text"),
    };
    if let Some(kind) = kind {
        let error = FeedError::NoPage(kind);
        return Err(FullTextError::Page(address.to_owned(), error));
    }
    let tree = tree(html).map_err(|why| FullTextError::TooMuch {
        page: address.to_owned(),
        why,
    })?;
    let config = Config {
        keep_classes: true,
        ..Config::default()
    };
    let found = Readability::with_document(tree, Some(address), Some(config));
    let found = found.and_then(|mut page| page.parse());
    let article = found.map_err(|error| {
        tracing::debug!(address, %error, "no article was found on the page");
        FullTextError::NoArticle(address.to_owned())
    })?;
    Ok(article.content.to_string())
}

/// The tree of a page; an error says what there is too much of.
fn tree(html: &str) -> Result<Document, &'static str> {
    let began = Instant::now();
    let html = limit_attributes(html);
    let mut parser = html5ever::parse_document(Document::default(), ParseOpts::default());
    let mut rest = html.as_ref();
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        if parser.tokenizer.sink.sink.tree.len() > MOST_NODES {
            return Err("it has more than 100,000 elements");
        }
        if began.elapsed() > BUILT_WITHIN {
            return Err("its elements are tangled so much that reading it takes too long");
        }
    }
    let tree = parser.finish();
    if depth(&tree) > DEEPEST {
        return Err("its elements stand more than 256 deep inside each other");
    }
    Ok(tree)
}

fn depth(document: &Document) -> usize {
    let mut waiting = vec![(document.tree.root().id, 0)];
    let mut deepest = 0;
    while let Some((node, depth)) = waiting.pop() {
        deepest = deepest.max(depth);
        let children = document.tree.child_ids_of_it(&node, false);
        waiting.extend(children.map(|child| (child, depth + 1)));
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://a.example/posts/one";

    fn page(body: &str) -> String {
        format!("<!doctype html><html><head><title>One</title></head><body>{body}</body></html>")
    }

    #[test]
    fn the_article_is_taken_and_what_stands_around_it_is_not() {
        let words = "A sentence of the article, with a comma, that goes on for a while. ".repeat(8);
        let html = page(&format!(
            "<nav><a href=/>Home</a> <a href=/about>About us</a></nav>
             <article><h1>One</h1><p>{words}</p><pre class=highlight><code><span class=k>let</span> x = 1;</code></pre>
             <p>{words}</p></article><footer>Cookies, and a newsletter</footer>"
        ));
        let article = article(&html, ADDRESS).unwrap();
        assert!(article.contains("A sentence of the article"), "{article}");
        assert!(article.contains("class=\"k\""), "{article}");
        assert!(
            !article.contains("About us") && !article.contains("Cookies"),
            "{article}"
        );
    }

    #[test]
    fn a_page_that_is_made_to_harm_is_given_up() {
        const DEEP: &[&str] = &["256 deep"];
        // A slow machine is out of time first.
        const MUCH: &[&str] = &["100,000", "too long"];
        let parts = (0..100_000)
            .flat_map(|at: u32| ["<p><b id=".to_owned(), at.to_string(), ">x".to_owned()]);
        let tangled: String = parts.collect();
        for (body, why) in [
            ("<div>".repeat(300) + "x", DEEP),
            ("<svg>".to_owned() + &"<td>".repeat(3000), DEEP),
            ("<p>x".repeat(60_000), MUCH),
            (tangled, MUCH),
        ] {
            let began = Instant::now();
            let error = article(&page(&body), ADDRESS).unwrap_err().to_string();
            assert!(why.iter().any(|why| error.contains(why)), "{error}");
            assert!(began.elapsed() < Duration::from_mins(1), "{error}");
        }
        // As deep as is read at all.
        let deep = "<div><p>Words, of it.</p>".repeat(120);
        assert!(article(&page(&deep), ADDRESS).is_ok());
    }

    #[test]
    fn what_is_no_page_is_told() {
        for (text, what) in [
            ("", "an empty document"),
            ("Just words.", "plain text"),
            ("<rss version='2.0'><channel></channel></rss>", "a feed"),
        ] {
            let error = article(text, ADDRESS).unwrap_err().to_string();
            assert!(error.contains(what), "{error}");
        }
        let error = article(&page(""), ADDRESS).unwrap_err().to_string();
        assert!(error.contains("no article was found"), "{error}");
    }
}
