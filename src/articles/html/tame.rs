//! Takes the sting out of tags with thousands of attributes.
//!
//! The tokenizer compares every attribute of a tag with all those before it: a megabyte of attributes in one tag would
//! take minutes. Only the first [`MAX_ATTRIBUTES`] of a tag are handed on.

use std::borrow::Cow;

/// Attributes of one tag that are read.
const MAX_ATTRIBUTES: usize = 64;

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
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return (limit, at),
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            // Every attribute but the first begins behind a space, a slash or the quote of the one before.
            None if matches!(
                byte,
                b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'/' | b'"' | b'\''
            ) =>
            {
                count += 1;
                if count > MAX_ATTRIBUTES && limit.is_none() {
                    limit = Some(at);
                }
            }
            None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    (limit, bytes.len())
}
