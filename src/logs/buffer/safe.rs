//! Messages made safe at ingest, and what is stored of them.
//!
//! Stored is the safe text, except that tabs stay tabs until a row is read: so nearly every message is its own safe
//! text, and the raw message needs to be kept only where the two differ.

use std::borrow::Cow;

use crate::text::reveal_lines;

/// Bytes of a message that are stored; `CloudWatch` Logs takes 1 MB at most.
const LIMIT: usize = 16 << 20;

/// A message, ready to be stored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StoredMessage<'a> {
    /// Safe but for tabs, without the line break at its end.
    pub(super) text: Cow<'a, str>,
    /// Whether a line break was taken off at the end.
    pub(super) had_break: bool,
    /// The whole message as it came, where the text and the line break do not tell it.
    pub(super) raw: Option<&'a str>,
}

/// Makes a message safe to store.
pub(super) fn store(message: &str) -> StoredMessage<'_> {
    let message = super::super::facts::head(message, LIMIT);
    let body = message.strip_suffix('\n').unwrap_or(message);
    let had_break = body.len() < message.len();
    if is_plain(body) {
        return StoredMessage {
            text: Cow::Borrowed(body),
            had_break,
            raw: None,
        };
    }
    let text = safe_text(body.strip_suffix('\r').unwrap_or(body));
    let raw = (text != body).then_some(message);
    StoredMessage {
        text,
        had_break,
        raw,
    }
}

/// Whether a text has printable characters of ASCII, tabs and line breaks alone. Looks at many bytes at once: nearly
/// every message is plain.
fn is_plain(text: &str) -> bool {
    const AT_ONCE: usize = 64;
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n');
    let mut pieces = text.as_bytes().chunks(AT_ONCE);
    pieces.all(|piece| piece.iter().fold(true, |all, byte| all & is_plain(byte)))
}

/// A text that is safe but for its tabs, with `\n` between its lines. No escape sequence spans a tab, so the pieces between
/// them can be looked at alone.
#[must_use]
pub fn safe_text(body: &str) -> Cow<'_, str> {
    if !body.contains('\t') {
        return reveal_lines(body);
    }
    let mut out = String::with_capacity(body.len());
    for (count, piece) in body.split('\t').enumerate() {
        if count > 0 {
            out.push('\t');
        }
        out.push_str(&reveal_lines(piece));
    }
    Cow::Owned(out)
}

/// Stored text as it is drawn.
pub(super) fn shown(stored: &str) -> String {
    stored.replace('\t', "    ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{shown, store};
    use crate::text::reveal_lines;

    #[test]
    fn ordinary_messages_are_stored_once() {
        for message in ["plain", "a\tb\n", "line\n  at x\n", "日本\tgo", ""] {
            let stored = store(message);
            assert_eq!(stored.raw, None, "{message:?}");
            let line_break = if stored.had_break { "\n" } else { "" };
            assert_eq!(format!("{}{line_break}", stored.text), message);
        }
    }

    #[test]
    fn what_was_changed_is_kept_as_it_came() {
        for message in ["\u{1b}[31mred\u{1b}[0m\n", "a\r\nb\r\n", "x\u{202e}y\tz"] {
            let stored = store(message);
            assert_eq!(stored.raw, Some(message));
            assert_eq!(shown(&stored.text), reveal_lines(message.trim_end()));
        }
    }

    #[test]
    fn an_escape_split_over_two_events_stays_harmless() {
        assert_eq!(store("a\u{1b}]0;ti").text, "a\\x1b]0;ti");
        assert_eq!(store("tle\u{7}b").text, "tle\\x07b");
    }

    proptest! {
        #[test]
        fn nothing_but_line_breaks_controls(message in "[\u{0}-\u{20}\u{80}-\u{a0}\\[\\]a-z;0-9\u{202e}\u{200b}\u{2028}é]{0,40}") {
            let stored = store(&message);
            prop_assert!(!shown(&stored.text).chars().any(|c| c.is_control() && c != '\n'));
            let line_break = if stored.had_break { "\n" } else { "" };
            let whole = format!("{}{line_break}", stored.text);
            prop_assert_eq!(stored.raw.unwrap_or(&whole), message.as_str());
        }
    }
}
