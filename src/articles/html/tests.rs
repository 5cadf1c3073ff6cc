//! Tests of reading HTML: each construct as it is shown.

mod blocks;
mod embeds;
mod formulas;
mod hostile;
mod inline;
mod links;
mod tables;

use crate::articles::{Document, LayoutOptions, Line, Markup, PageLayout, Text};

/// The text of an article on a page of its own site.
fn text(html: &str) -> Text {
    Text {
        markup: Markup::Html,
        source: html.to_owned(),
        base: Some("https://blog.example/post".to_owned()),
        enclosures: Vec::new(),
    }
}

fn layout(html: &str, width: usize) -> PageLayout {
    Document::read(&text(html)).lay_out(width, &LayoutOptions::default())
}

fn written(line: &Line) -> String {
    line.spans.iter().map(|span| span.text.as_str()).collect()
}

/// The lines of an article in 40 columns.
fn show(html: &str) -> String {
    let lines: Vec<String> = layout(html, 40).lines.iter().map(written).collect();
    lines.join("\n")
}
