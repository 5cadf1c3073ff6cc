//! Takes the sting out of tags with thousands of attributes.
//!
//! The tokenizer compares every attribute of a tag with all those before it: a megabyte of attributes in one tag would
//! take minutes. What follows the first [`MAX_SEPARATORS`] of a tag is left out.

use std::borrow::Cow;

/// Spaces, slashes and ends of quotes in one tag, each of which may part two attributes.
const MAX_SEPARATORS: usize = 256;

/// The text, without the attributes that are too many.
pub(super) fn tame(source: &str) -> Cow<'_, str> {
    let mut tamed = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(open) = find(source, at, b'<') {
        let (limit, end) = tag(source.as_bytes(), open + 1);
        if let Some(limit) = limit {
            tamed.push_str(source.get(kept..limit).unwrap_or_default());
            kept = end;
        }
        at = end.max(open + 1);
    }
    if kept == 0 {
        return Cow::Borrowed(source);
    }
    tamed.push_str(source.get(kept..).unwrap_or_default());
    Cow::Owned(tamed)
}

fn find(source: &str, from: usize, byte: u8) -> Option<usize> {
    let rest = source.as_bytes().get(from..)?;
    rest.iter().position(|&it| it == byte).map(|at| from + at)
}

/// Walks over a tag from behind its `<` to its `>`: where its attributes become too many, if they do, and where it ends.
fn tag(bytes: &[u8], start: usize) -> (Option<usize>, usize) {
    let mut count = 0;
    let mut limit = None;
    let mut quote = None;
    let mut before = b' ';
    let is_tag = bytes
        .get(start)
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
    if !is_tag {
        return (None, start);
    }
    for (at, &byte) in bytes.iter().enumerate().skip(start) {
        // Every attribute but the first begins behind a space, a slash or the quote of the one before.
        let parts = match quote {
            Some(open) if byte == open => {
                quote = None;
                true
            }
            Some(_) => false,
            None if byte == b'>' => return (limit, at),
            None if matches!(byte, b'"' | b'\'') && before == b'=' => {
                quote = Some(byte);
                false
            }
            None => byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\''),
        };
        count += usize::from(parts);
        if parts && count > MAX_SEPARATORS && limit.is_none() {
            limit = Some(at + 1);
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    (limit, bytes.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_tags_are_left_alone() {
        let long = format!("<img src=\"data:{}\" alt='a > b / c d'>", "x y".repeat(999));
        for source in [
            "a < b",
            "<a href=x>y</a>",
            "<",
            "<a",
            "<!-- a b -->",
            long.as_str(),
        ] {
            assert!(matches!(tame(source), Cow::Borrowed(_)), "{source}");
        }
    }

    #[test]
    fn attributes_that_are_too_many_are_left_out() {
        for separator in [" ", "/", "\n", "=\"\"", "=''", "\""] {
            let names: Vec<String> = (0..9999).map(|at| format!("a{at}")).collect();
            let source = format!("<b>x</b><a {}>text</a>", names.join(separator));
            let tamed = tame(&source);
            assert!(tamed.len() < 4000, "{separator:?}: {}", tamed.len());
            assert!(tamed.starts_with("<b>x</b><a a0"), "{separator:?}");
            assert!(tamed.ends_with(">text</a>"), "{separator:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_left_is_never_more(source in "[<>a\"'=/ \n]{0,2000}") {
            prop_assert!(tame(&source).len() <= source.len());
        }
    }
}
