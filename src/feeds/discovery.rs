//! The feeds a web page names: `<link rel="alternate" type="application/rss+xml" href="…">`.

use url::Url;

use super::entities;
use super::markup::{MarkupPiece, Pieces, attribute};

const TYPES: [&str; 5] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
];

/// Pages name few feeds; more are of no use to anybody.
const MOST: usize = 8;

/// The addresses of a page's feeds in its order, without those of its comments when there are others.
pub(super) fn feeds_of_page(html: &str, page: &Url) -> Vec<String> {
    let mut base = page.clone();
    let mut found: Vec<(String, bool)> = Vec::new();
    let mut pieces = Pieces::of(html);
    while let Some(piece) = pieces.next() {
        let (MarkupPiece::Start(tag) | MarkupPiece::Empty(tag)) = piece else {
            continue;
        };
        let name = piece.name().to_ascii_lowercase();
        match name.as_str() {
            "base" => base = href(tag, page).unwrap_or(base),
            "link" if is_feed(tag) => {
                let of_comments = attribute(tag, "title")
                    .is_some_and(|title| title.to_lowercase().contains("comment"));
                found.extend(href(tag, &base).map(|url| (String::from(url), of_comments)));
            }
            "body" => break,
            "script" | "style" | "noscript" => pieces.skip_raw(&name),
            _ => {}
        }
    }
    let any_article = found.iter().any(|(_, of_comments)| !of_comments);
    found.retain(|(_, of_comments)| !any_article || !of_comments);
    found.dedup();
    found.into_iter().map(|(url, _)| url).take(MOST).collect()
}

fn is_feed(tag: &str) -> bool {
    let rel = attribute(tag, "rel").unwrap_or_default().to_lowercase();
    let kind = attribute(tag, "type").unwrap_or_default().to_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    rel.split_whitespace().any(|word| word == "alternate") && TYPES.contains(&kind)
        || rel.split_whitespace().any(|word| word == "feed")
}

fn href(tag: &str, base: &Url) -> Option<Url> {
    let href = entities::decode(attribute(tag, "href")?);
    let url = base.join(href.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feeds_of_a_page_are_found_in_order() {
        let page = "<!doctype html><script>'<link rel=alternate type=application/rss+xml href=/no>'</script>
            <link rel=stylesheet href=x><LINK REL='alternate home' TYPE='application/rss+xml' HREF='/feed?a=1&amp;b=2'>
            <link rel=alternate type='application/atom+xml' title='Comments' href=/comments>
            <link rel=alternate type='text/html' href=/de><link rel=alternate type=application/json href='javascript:x'>
            <body><link rel=alternate type=application/rss+xml href=/spam>";
        let url = Url::parse("https://example.org/blog/").unwrap();
        assert_eq!(
            feeds_of_page(page, &url),
            ["https://example.org/feed?a=1&b=2"]
        );
        let base = "<base href='https://other.example/x/'><link rel=feed href=a.xml>";
        assert_eq!(feeds_of_page(base, &url), ["https://other.example/x/a.xml"]);
    }
}
