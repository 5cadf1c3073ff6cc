//! A template in words for people, and as a regular expression for its messages.

use std::borrow::Cow;

use super::MessageForm;
use super::mask::{TIME, is_mask, shown};
use crate::logs::json::unescape;
use crate::text::reveal;

/// The words of a template, safe to draw.
pub(super) fn words(words: &[Box<str>], form: &MessageForm) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        let is_escaped = form.field.is_some() && word.contains('\\');
        let word = if is_escaped {
            unescaped(word)
        } else {
            Cow::Borrowed(&**word)
        };
        for piece in word.split_inclusive(is_mask) {
            let (plain, mask) = parted(piece);
            out.push_str(&reveal(plain));
            out.push_str(mask.and_then(shown).unwrap_or_default());
        }
    }
    if form.is_cut {
        out.push_str(" ...");
    }
    if out.is_empty() {
        out.push_str("(no words)");
    }
    out
}

/// A word of JSON as it was meant, its masks kept.
fn unescaped(word: &str) -> Cow<'_, str> {
    let pieces = word.split_inclusive(is_mask).map(|piece| {
        let (plain, mask) = parted(piece);
        // What the escapes hide may look like a mask.
        let plain = unescape(plain).replace(is_mask, " ");
        mask.map_or_else(|| plain.clone(), |mask| format!("{plain}{mask}"))
    });
    Cow::Owned(pieces.collect())
}

/// A regular expression for the messages of a template as the tail holds them. Nothing when they have no words.
pub(super) fn pattern(words: &[Box<str>], form: &MessageForm) -> Option<String> {
    let said = match words.split_last() {
        Some((_, said)) if form.has_names => said,
        _ => words,
    };
    let said_words: Vec<String> = said.iter().map(|word| expression(word)).collect();
    let said_words = said_words.join(r"\s+");
    match form.field.as_deref() {
        None if said.is_empty() => None,
        None if form.is_cut => Some(format!(r"^\s*{said_words}")),
        None => Some(format!(r"^\s*{said_words}\s*$")),
        Some("") => of_names(words, form),
        Some(field) => {
            let field = regex::escape(field);
            let end = if form.is_cut {
                ""
            } else {
                r#"\s*(?:"|\\n|[,}])"#
            };
            Some(format!(r#""{field}"\s*:\s*"?\s*{said_words}{end}"#))
        }
    }
}

/// Lines of JSON that say nothing but their fields.
fn of_names(words: &[Box<str>], form: &MessageForm) -> Option<String> {
    let names = words.last().filter(|_| form.has_names)?;
    let names = names.trim_start_matches('{').trim_end_matches('}');
    let names = names.split(',').filter(|name| !name.contains(is_mask));
    let names: Vec<String> = names
        .map(|name| format!(r#""{}"\s*:"#, regex::escape(name)))
        .collect();
    (!names.is_empty()).then(|| names.join(".*"))
}

fn expression(word: &str) -> String {
    let mut out = String::new();
    for piece in word.split_inclusive(is_mask) {
        let (plain, mask) = parted(piece);
        out.push_str(&regex::escape(plain));
        match mask {
            Some(TIME) => out.push_str(r"\S+(?:\s+\S+)*?"),
            Some(_) => out.push_str(r"\S+"),
            None => {}
        }
    }
    out
}

/// What stands before a mask, and the mask at its end.
fn parted(piece: &str) -> (&str, Option<char>) {
    match piece.chars().next_back() {
        Some(mask) if is_mask(mask) => {
            let plain = piece.strip_suffix(mask).unwrap_or_default();
            (plain, Some(mask))
        }
        _ => (piece, None),
    }
}
