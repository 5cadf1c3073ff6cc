//! What one look at an event tells: how grave it is, what shape it has, which invocation it belongs to.
//!
//! Worked out once, at ingest, so it must be cheap: it looks at the first kilobytes only and builds nothing.

mod columns;
mod container;
mod keys;
mod record;
mod structured;
mod worded;

use std::borrow::Cow;

pub(super) use keys::{Meaning, is_named, meaning};
pub use record::RecordKind;

use super::{Level, RequestId, safe_text};

/// Bytes that are looked at for the level, the kind and the request id.
const LOOK: usize = 8 << 10;

/// What one look at an event tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// How grave it is.
    pub level: Level,
    /// Whether it looks like one JSON object, but for the columns that a Lambda runtime writes before it.
    pub is_json: bool,
    /// Whether it has several lines; a line break at its end does not count.
    pub is_multi_line: bool,
    /// What kind of Lambda record it is.
    pub kind: RecordKind,
    /// The Lambda invocation it belongs to, if it tells one.
    pub request: Option<RequestId>,
}

impl Facts {
    /// Looks at a message, as it came or made safe; colours in it change nothing.
    #[must_use]
    pub fn of(message: &str) -> Self {
        let text = message.trim_end();
        let head = uncoloured(head(text, LOOK));
        let (columns, rest) = columns::split(&head);
        let is_json = rest.starts_with('{') && text.ends_with('}');
        let mut facts = if is_json {
            let told = structured::facts(rest);
            Self {
                level: told.level.or(columns.level),
                request: told.request.or(columns.request),
                ..told
            }
        } else {
            worded::facts(&head, columns)
        };
        facts.is_json = is_json;
        facts.is_multi_line = text.contains('\n');
        facts
    }
}

/// A text without the escape sequences that colour its words.
fn uncoloured(text: &str) -> Cow<'_, str> {
    if text.contains('\u{1b}') || text.contains('\u{9b}') {
        safe_text(text)
    } else {
        Cow::Borrowed(text)
    }
}

/// The first `limit` bytes of `text`, or a little less where that would cut a character.
pub(super) fn head(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::Facts;
    use crate::logs::{Level, RequestId};

    #[test]
    fn a_line_break_at_the_end_makes_no_second_line() {
        assert!(!Facts::of("START RequestId: x\n").is_multi_line);
        assert!(Facts::of("Traceback:\n  File").is_multi_line);
        assert!(!Facts::of("").is_multi_line);
    }

    #[test]
    fn only_a_whole_object_is_json() {
        assert!(Facts::of("{\"a\":1}\n").is_json);
        assert!(!Facts::of("{\"a\":1} tail").is_json);
        assert!(!Facts::of("[1]").is_json);
    }

    #[test]
    fn json_after_the_columns_of_a_runtime_is_json() {
        let id = "3f1c2a90-6b1d-4c55-9a70-0d8b1f6e0001";
        let line = format!("2026-11-28T10:00:00.000Z\t{id}\tinfo\t{{\"Level\":\"Error\"}}");
        let facts = Facts::of(&line);
        assert!(facts.is_json);
        assert_eq!(
            (facts.level, facts.request),
            (Level::Error, RequestId::parse(id))
        );
        let silent = line.replace("\"Level\"", "\"Service\"");
        assert_eq!(Facts::of(&silent).level, Level::Info);
        assert!(!Facts::of("set\tx\t{\"a\":1}").is_json);
    }

    #[test]
    fn colours_change_nothing() {
        let cases = [
            (
                "\u{1b}[1;31mERROR\u{1b}[0m red and \u{1b}[38;5;208mamber\u{1b}[0m",
                Level::Error,
            ),
            ("\u{1b}[32mINFO\u{1b}[39m green ok", Level::Info),
            ("\u{1b}[33mwarn\u{1b}[39m: slow", Level::Warn),
            ("[\u{1b}[31mERROR\u{1b}[0m] boom", Level::Error),
            (
                "{\"level\":\"\u{1b}[31merror\u{1b}[39m\",\"message\":\"winston\"}",
                Level::Error,
            ),
        ];
        for (text, level) in cases {
            assert_eq!(Facts::of(text).level, level, "{text:?}");
            let safe = crate::text::neutralise_lines(text);
            assert_eq!(Facts::of(&safe), Facts::of(text), "{text:?}");
        }
        let tabs = "2026-11-28T10:00:00.000Z\t3f1c2a90-6b1d-4c55-9a70-0d8b1f6e0001\t\u{1b}[31mfail\u{1b}[0m\tx";
        assert_eq!(Facts::of(tabs).level, Level::Error);
    }
}
