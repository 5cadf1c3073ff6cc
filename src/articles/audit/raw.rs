//! Counts what the raw text of an article holds, with patterns rather than with the reader it checks.

use regex::{Captures, Regex};

use crate::articles::{Markup, Text, address, plain};
use crate::text::neutralise;

/// What a source holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Raw {
    /// The lines of code that are not blank.
    pub(super) code: Vec<String>,
    pub(super) links: usize,
    pub(super) images: usize,
    pub(super) embeds: usize,
    pub(super) tables: usize,
}

impl Raw {
    /// Counts. Of what is counted, plain text holds only code, and lines only links.
    pub(super) fn of(text: &Text) -> Self {
        match text.markup {
            Markup::Html => Self::of_html(text),
            Markup::Plain => Self {
                code: shown(plain::code(&text.source)),
                ..Self::default()
            },
            Markup::Lines => Self {
                links: count(&text.source, r"https?://[^\s<>\x22`|/]"),
                ..Self::default()
            },
        }
    }

    fn of_html(text: &Text) -> Self {
        let source = replaced(&text.source, "(?s)<!--.*?-->");
        let source = with_documents(source);
        let gists = count(
            &source,
            r"(?i)<script\b[^>]*\bsrc=.?https://gist\.github\.com",
        );
        let source = replaced(
            &source,
            r"(?is)<(script|style|svg|template)\b.*?</(script|style|svg|template)\s*>",
        );
        let source = without_gutters(source);
        Self {
            code: code(&source),
            links: links(&source, text.base.as_deref()),
            images: count(&source, r"(?i)<img\b") - dots(&source),
            embeds: gists
                + count(&source, r"(?i)<iframe\b[^>]*\ssrc=")
                + count(&source, r"(?i)<(video|audio)\b")
                + count(&source, r"(?i)<lite-youtube\b[^>]*\svideoid=")
                + count(
                    &source,
                    r#"(?i)<div\b[^>]*\bclass=["']?[^"'>]*gist-liquid-tag"#,
                ),
            tables: tables(&source),
        }
    }
}

/// The source with the documents that stand in attributes in their places.
fn with_documents(source: String) -> String {
    let frame = r#"(?is)<iframe\b[^>]*?\ssrcdoc=(?:"([^"]*)"|'([^']*)')[^>]*>"#;
    let Some(frames) = pattern(frame).filter(|_| source.contains("srcdoc")) else {
        return source;
    };
    let inner = |frame: &Captures<'_>| {
        let text = frame.get(1).or_else(|| frame.get(2));
        decoded(text.map_or("", |it| it.as_str()))
    };
    frames.replace_all(&source, inner).into_owned()
}

/// The source without the numbers of lines of code.
fn without_gutters(source: String) -> String {
    let classes = "(lnt|ln|lineno|linenos|gutter|line-numbers-rows|rouge-gutter|hljs-ln-numbers)";
    ["td", "th", "pre", "span", "div"]
        .into_iter()
        .fold(source, |source, name| {
            let marked = format!(r#"class=(["'][^"'>]*\b{classes}\b[^"'>]*["']|{classes}\b)"#);
            let gutter =
                format!(r"(?is)<{name}\b[^>]*\s({marked}|data-line-number)[^>]*>.*?</{name}\s*>");
            let is_plain = matches!(name, "span" | "div" | "pre");
            let gutter = if is_plain {
                gutter.replace("|data-line-number", "")
            } else {
                gutter
            };
            replaced(&source, &gutter)
        })
}

/// A pattern of this file. One that could not be read would find nothing, and the tests would tell.
fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

fn count(source: &str, of: &str) -> usize {
    pattern(of).map_or(0, |it| it.find_iter(source).count())
}

fn replaced(source: &str, what: &str) -> String {
    pattern(what).map_or_else(String::new, |it| it.replace_all(source, "").into_owned())
}

/// Invisible pictures that count readers.
fn dots(source: &str) -> usize {
    let Some(images) = pattern(r"(?i)<img\b[^>]*>") else {
        return 0;
    };
    let is_dot = |tag: &str| {
        count(tag, r#"(?i)\swidth=["']?1["'\s/>]"#) > 0
            && count(tag, r#"(?i)\sheight=["']?1["'\s/>]"#) > 0
    };
    images
        .find_iter(source)
        .filter(|tag| is_dot(tag.as_str()))
        .count()
}

/// The lines of all blocks of code, as a terminal shows them.
fn code(source: &str) -> Vec<String> {
    let Some(blocks) = pattern(r"(?is)<pre\b[^>]*>(.*?)(?:</pre\s*>|\z)") else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for block in blocks.captures_iter(source) {
        let broken = pattern(r"(?i)<br\b[^>]*>").map_or_else(String::new, |it| {
            it.replace_all(group(&block), "\n").into_owned()
        });
        let bare = decoded(&replaced(&broken, "(?s)<[a-zA-Z/!][^>]*>"));
        lines.extend(shown(bare.split('\n')));
    }
    lines
}

/// Lines of code as a terminal shows them, without the blank ones.
fn shown<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let lines = lines.into_iter();
    lines
        .map(|line| neutralise(line.trim_end_matches('\r')).into_owned())
        .filter(|line| !line.trim().is_empty())
        .collect()
}

fn group<'a>(captures: &Captures<'a>) -> &'a str {
    captures.get(1).map_or("", |it| it.as_str())
}

/// The text with entities decoded, once.
fn decoded(text: &str) -> String {
    let Some(entities) = pattern(r"&(#[xX]?[0-9a-fA-F]+|[a-z]+);") else {
        return String::new();
    };
    let decode = |entity: &Captures<'_>| -> String {
        let whole = entity.get(0).map_or("", |it| it.as_str());
        let name = entity.get(1).map_or("", |it| it.as_str());
        let number = match name.strip_prefix('#') {
            Some(digits) => match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => digits.parse().ok(),
            },
            None => None,
        };
        let known = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => number.and_then(char::from_u32),
        };
        known.map_or_else(|| whole.to_owned(), String::from)
    };
    entities.replace_all(text, decode).into_owned()
}

/// Links that can be opened and are not merely those of the picture in them.
fn links(source: &str, base: Option<&str>) -> usize {
    let link =
        r#"(?is)<a\b([^>]*?)\bhref\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)([^>]*)>(.*?)(?:</a\s*>|\z)"#;
    let Some(links) = pattern(link) else {
        return 0;
    };
    let base = address::base(base);
    links
        .captures_iter(source)
        .filter(|link| {
            let part = |at| link.get(at).map_or("", |it| it.as_str());
            let href = decoded(part(2).trim_matches(['"', '\'']));
            let marks = format!("{} {}", part(1), part(3));
            let unseen = marks.contains("aria-hidden=\"true\"")
                || count(&marks, r#"class="([^"]* )?anchor[ "]"#) > 0;
            let content = part(4);
            let is_empty = replaced(content, "(?s)<[^>]*>").trim().is_empty();
            let picture = picture(content, base.as_ref());
            let url = address::link(&href, base.as_ref());
            let is_picture = match (&url, &picture) {
                (Some(url), Some(picture)) => address::original(url) == *picture,
                _ => false,
            };
            let is_anchor = is_empty && picture.is_none() && href.trim().starts_with('#');
            url.is_some() && !unseen && !is_picture && !is_anchor
        })
        .count()
}

/// Where the picture of a link is.
fn picture(content: &str, base: Option<&url::Url>) -> Option<String> {
    let image = pattern(r#"(?is)<img\b[^>]*?\ssrc\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)"#)?;
    let src = decoded(group(&image.captures(content)?).trim_matches(['"', '\'']));
    address::source(&src, base)
}

/// Tables with columns or heads, and no blocks in them.
fn tables(source: &str) -> usize {
    let tables = pattern(r"(?is)<table\b.*?</table\s*>");
    let Some((tables, rows)) = tables.zip(pattern(r"(?is)<tr\b.*?(?:</tr\s*>|</table\s*>)")) else {
        return 0;
    };
    let is_table = |table: &str| {
        let wide = |row: &str| count(row, r"(?i)<t[dh]\b") > 1;
        let places = count(table, r"(?i)<(pre|h[1-6]|blockquote|hr|details)\b") > 0
            || count(table, r"(?i)<table\b") > 1;
        !places
            && (count(table, r"(?i)<th\b") > 0
                || rows.find_iter(table).any(|row| wide(row.as_str())))
    };
    tables
        .find_iter(source)
        .filter(|table| is_table(table.as_str()))
        .count()
}
