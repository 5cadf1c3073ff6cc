//! Takes the sting out of tags with thousands of attributes.
//!
//! The tokenizer compares every attribute of a tag with all those before it: a megabyte of attributes in one tag would
//! take minutes. What follows the first [`MAX_ATTRIBUTES`] of a tag is left out. Where attributes begin is decided as the
//! tokenizer decides it: by the states of the HTML standard, section 13.2.5.32 and following.

use std::borrow::Cow;

/// Attributes of one tag that are kept.
const MAX_ATTRIBUTES: usize = 256;

/// The text, without the attributes that are too many.
#[must_use]
pub fn limit_attributes(source: &str) -> Cow<'_, str> {
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
    let is_tag = bytes
        .get(start)
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
    if !is_tag {
        return (None, start);
    }
    let mut limit = None;
    let mut attributes = 0;
    let mut state = TagState::TagName;
    for (at, &byte) in bytes.iter().enumerate().skip(start) {
        let next = state.after(byte);
        if next == TagState::End {
            return (limit, at);
        }
        // A name begins anew behind a blank, a slash or a value, also where it goes on without a change of state.
        let begins = next == TagState::Name && state != TagState::Name;
        attributes += usize::from(begins);
        if begins && attributes > MAX_ATTRIBUTES && limit.is_none() {
            limit = Some(at);
        }
        state = next;
    }
    (limit, bytes.len())
}

/// Where in a tag the tokenizer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagState {
    TagName,
    /// Before an attribute's name: behind a blank, a slash or a closing quote.
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
    End,
}

impl TagState {
    /// The state behind one more byte.
    fn after(self, byte: u8) -> Self {
        let blank = byte.is_ascii_whitespace();
        match (self, byte) {
            (Self::Quoted(open), _) if byte == open => Self::BeforeName,
            (Self::Quoted(_), _) => self,
            (_, b'>') => Self::End,
            (Self::TagName, _) if !blank && byte != b'/' => Self::TagName,
            (Self::BeforeValue, _) if blank => Self::BeforeValue,
            (Self::BeforeValue, b'"' | b'\'') => Self::Quoted(byte),
            (Self::BeforeValue, _) => Self::Unquoted,
            (Self::Unquoted, _) if !blank => Self::Unquoted,
            (Self::Name | Self::AfterName, b'=') => Self::BeforeValue,
            (Self::Name | Self::AfterName, _) if blank => Self::AfterName,
            (_, b'/') => Self::BeforeName,
            _ if blank => Self::BeforeName,
            _ => Self::Name,
        }
    }
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
            assert!(
                matches!(limit_attributes(source), Cow::Borrowed(_)),
                "{source}"
            );
        }
    }

    #[test]
    fn attributes_that_are_too_many_are_left_out() {
        for separator in [" ", "/", "\n", "=\"\"", "=''", " =\" ", " ='x"] {
            let names: Vec<String> = (0..9999).map(|at| format!("a{at}")).collect();
            let source = format!("<b>x</b><a {}>text</a>", names.join(separator));
            let tamed = limit_attributes(&source);
            assert!(tamed.len() < 5000, "{separator:?}: {}", tamed.len());
            assert!(tamed.starts_with("<b>x</b><a a0"), "{separator:?}");
            assert!(tamed.ends_with(">text</a>"), "{separator:?}");
        }
    }

    #[test]
    fn an_equals_sign_may_begin_a_name() {
        let names: Vec<String> = (0..9999).map(|at| format!("a{at}")).collect();
        let tamed =
            limit_attributes(&format!("<a =\" {} \">text</a>", names.join(" "))).into_owned();
        assert!(tamed.len() < 5000, "{}", tamed.len());
        assert!(tamed.ends_with(">text</a>"), "{tamed}");
    }

    proptest! {
        #[test]
        fn what_is_left_is_never_more(source in "[<>a\"'=/ \n]{0,2000}") {
            prop_assert!(limit_attributes(&source).len() <= source.len());
        }
    }
}
