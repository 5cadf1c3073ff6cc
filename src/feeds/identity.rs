//! What an article is known by: its id, its fingerprint, its essence. All are beginnings of SHA-256 in hexadecimal.

use super::visible::visible;
use crate::articles::{ArticleId, Markup, Text};
use crate::text::digest;

/// Letters and digits of a text below which two articles of the same text may well be two articles.
const SHORTEST_ESSENCE: usize = 200;

/// The id of an article: 16 digits, from its feed and what the feed names it by.
pub(super) fn id(source: &str, key: &str) -> ArticleId {
    ArticleId(digest(&[source, key], 16))
}

/// How an article's text is told from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArticleFingerprint {
    /// Differs when title or text do.
    pub(super) fingerprint: String,
    /// Equal for equal texts that are long enough to tell by.
    pub(super) essence: Option<String>,
}

/// The marks of an article. Embeds, blanks, punctuation, case and links do not count.
pub(super) fn marks(title: &str, text: &Text) -> ArticleFingerprint {
    let words = normalised(text);
    ArticleFingerprint {
        fingerprint: digest(&[title, &words], 32),
        essence: (words.chars().nth(SHORTEST_ESSENCE).is_some()).then(|| digest(&[&words], 32)),
    }
}

fn normalised(text: &Text) -> String {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    match text.markup {
        Markup::Html => letters(&visible(&text.source)),
        Markup::Plain | Markup::Lines => letters(&text.source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> Text {
        Text {
            markup: Markup::Html,
            source: source.to_owned(),
            base: None,
            enclosures: Vec::new(),
        }
    }

    #[test]
    fn an_id_is_sixteen_digits_and_stays_the_same() {
        let first = id("https://example.org/feed", "guid 1");
        assert_eq!(first, id("https://example.org/feed", "guid 1"));
        assert_eq!(first.0, "f3a8d1af245f59c9");
        assert_ne!(first, id("https://example.org/feedguid", " 1"));
    }

    #[test]
    fn embeds_and_blanks_make_no_other_article_and_words_do() {
        let body = "Word ".repeat(60);
        let one = marks(
            "A",
            &html(&format!(
                "<p>{body}<iframe id='tweet-1-805'></iframe> // Detect dark theme 805 </p>"
            )),
        );
        let two = marks(
            "A",
            &html(&format!(
                "<div> {body}\n\n<iframe id='tweet-1-463'></iframe> // Detect dark theme 463 </div>"
            )),
        );
        assert_eq!(one, two);
        let other = marks("A", &html(&format!("<p>{body} more</p>")));
        assert_ne!(
            (&one.fingerprint, &one.essence),
            (&other.fingerprint, &other.essence)
        );
        assert_eq!(
            marks("B", &html(&body)).essence,
            one.essence,
            "the title does not count"
        );
        assert_ne!(marks("B", &html(&body)).fingerprint, one.fingerprint);
    }

    #[test]
    fn short_texts_have_no_essence() {
        assert_eq!(marks("A", &html("<p>Read more</p>")).essence, None);
    }
}
