//! What one look at an event tells: how grave it is, what shape it has, which invocation it belongs to.
//!
//! Worked out once, at ingest, so it must be cheap: it looks at the first kilobytes only and builds nothing.

mod record;
mod structured;
mod worded;

pub use record::RecordKind;

use super::{Level, RequestId};

/// Bytes that are looked at for the level, the kind and the request id.
const LOOK: usize = 8 << 10;

/// What one look at an event tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// How grave it is.
    pub level: Level,
    /// Whether it looks like one JSON object.
    pub is_json: bool,
    /// Whether it has several lines; a line break at its end does not count.
    pub is_multi_line: bool,
    /// What kind of Lambda record it is.
    pub kind: RecordKind,
    /// The Lambda invocation it belongs to, if it tells one.
    pub request: Option<RequestId>,
}

impl Facts {
    /// Looks at a message.
    #[must_use]
    pub fn of(message: &str) -> Self {
        let text = message.trim_end();
        let head = head(text, LOOK);
        let is_json = head.starts_with('{') && text.ends_with('}');
        let mut facts = if is_json {
            structured::facts(head)
        } else {
            worded::facts(head)
        };
        facts.is_json = is_json;
        facts.is_multi_line = text.bytes().any(|byte| byte == b'\n');
        facts
    }
}

/// The first `limit` bytes of `text`, or a little less where that would cut a character.
pub(super) fn head(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::Facts;

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
}
