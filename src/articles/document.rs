//! An article to be shown: read once, and laid out, written or searched from then on.

use super::body::ArticleBody;
use super::{LayoutOptions, Markup, PageLayout, Text, html, layout, lines, markdown, plain};

/// Bytes of text from which on an article is long.
const LONG: usize = 128 << 10;

/// Bytes of text below which an article may be only a summary.
const SHORT: usize = 1500;

/// The text of an article, read once; laid out for any width from then on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    body: ArticleBody,
}

impl Document {
    /// Reads the text of an article. Never fails: what is no markup is text.
    #[must_use]
    pub fn read(text: &Text) -> Self {
        let mut body = match text.markup {
            Markup::Html => html::read(&text.source, text.base.as_deref()),
            Markup::Plain => plain::read(&text.source),
            Markup::Lines => lines::read(&text.source),
        };
        body.enclose(&text.enclosures);
        Self { body }
    }

    /// Whether laying it out takes longer than a frame may: that is done beside the screen then.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.body.bytes() > LONG
    }

    /// Whether it may be only the beginning of an article.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.body.bytes() < SHORT
    }

    /// Lays the article out in `width` columns. Widths under 8 are taken as 8.
    #[must_use]
    pub fn lay_out(&self, width: usize, options: &LayoutOptions) -> PageLayout {
        layout::lay_out(&self.body, width, *options)
    }

    /// The words of the article without bullets, bars and labels, a block a paragraph: what full-text search looks through.
    #[must_use]
    pub fn plain_text(&self) -> String {
        self.body.words()
    }

    /// The article as Markdown, in the dialect of GitHub.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(&self.body)
    }
}
