//! An article as Markdown, with what stands above its text.

use super::markdown::escape;
use super::{Article, Document};
use crate::text::{neutralise, prose};

impl Article {
    /// The whole article as Markdown: title, facts and links above its text. Safe to print.
    #[must_use]
    pub fn markdown(&self, document: &Document) -> String {
        let facts = self.facts().map(|facts| words(&facts));
        let link = self.link.as_deref().map(address);
        let also = self.also.iter();
        let also = also.map(|link| format!("also published as {}", address(link)));
        let lines: Vec<String> = facts.into_iter().chain(link).chain(also).collect();
        let mut written = format!("# {}\n\n", words(&self.title));
        if !lines.is_empty() {
            written.push_str(&lines.join("\\\n"));
            written.push_str("\n\n");
        }
        written.push_str(&document.markdown());
        written
    }
}

/// Words from outside: neither a terminal nor Markdown takes them for signs.
fn words(text: &str) -> String {
    escape(&prose(text))
}

/// An address as a link that shows itself.
fn address(url: &str) -> String {
    let url = neutralise(url).replace(' ', "%20");
    format!("<{}>", url.replace('<', "%3C").replace('>', "%3E"))
}

#[cfg(test)]
mod tests {
    use crate::app::fixture::article;
    use crate::articles::{Document, Markup, Text};

    #[test]
    fn what_stands_above_the_text_is_safe_to_print_and_no_markup() {
        let mut article = article(
            "a",
            1,
            "\u{1b}]0;own\u{7}*Big* <b>news</b>",
            Some("2026-11-20"),
        );
        article.author = Some("A\u{9b}2Jda\u{7f}".to_owned());
        article.tags = vec!["c_d\u{1b}[2J".to_owned()];
        article.link = Some("https://ada.example/a b>\u{1b}".to_owned());
        article.also = vec!["https://mirror.example/a".to_owned()];
        let text = Text {
            markup: Markup::Plain,
            source: "Words.".to_owned(),
            base: None,
            enclosures: Vec::new(),
        };
        let written = article.markdown(&Document::read(&text));
        let dangerous = |c: char| c.is_control() && c != '\n';
        assert!(!written.contains(dangerous), "{written:?}");
        assert!(written.starts_with("# "), "{written}");
        assert!(
            written.contains("\\*Big\\* \\<b>news\\</b>\n\n"),
            "{written}"
        );
        assert!(written.contains("· 2026-11-20 · c\\_d"), "{written}");
        assert!(
            written.contains("<https://ada.example/a%20b%3E"),
            "{written}"
        );
        assert!(
            written.ends_with("\\\nalso published as <https://mirror.example/a>\n\nWords.\n"),
            "{written}"
        );
    }
}
