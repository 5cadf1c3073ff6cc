//! What a function answered first: whether it is the answer that was to be measured is seen before the rest is paid for.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::text::{self, ELLIPSIS};

/// The longest beginning of an answer that is kept, in characters.
const LONGEST: usize = 200;

/// The first answer of a function in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstAnswer {
    /// Its beginning, made safe for a terminal; its length alone where payloads are not kept.
    pub text: String,
    /// Why it looks like the answer of a failure, if it does: `statusCode 502`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub doubt: Option<String>,
}

impl FirstAnswer {
    /// Takes the payload of an answer; in full (but for its length) only where payloads may be kept.
    #[must_use]
    pub fn of(payload: &[u8], in_full: bool) -> Self {
        let text = if in_full {
            beginning(&String::from_utf8_lossy(payload))
        } else {
            format!("{} bytes, not shown", payload.len())
        };
        Self {
            text,
            doubt: doubt(payload),
        }
    }

    /// What is to be said before more money is spent, if the answer looks like that of a failure.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let doubt = self.doubt.as_deref()?;
        Some(format!(
            "the function's first answer has {doubt}, so the run may measure the way of a failure; it said: {}",
            self.text
        ))
    }
}

/// The beginning of an answer in one line.
fn beginning(answer: &str) -> String {
    let safe = text::neutralise(answer);
    if safe.is_empty() {
        return "nothing".to_owned();
    }
    if safe.chars().count() <= LONGEST {
        return safe.into_owned();
    }
    let cut: String = safe.chars().take(LONGEST).collect();
    cut + ELLIPSIS
}

/// What in an answer says that the function failed, though its invocation did not: the status of an HTTP answer, or the
/// field of an error.
fn doubt(payload: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(payload).ok()?;
    let status = answer.get("statusCode").and_then(|status| match status {
        Value::String(text) => text.trim().parse().ok(),
        status => status.as_u64(),
    });
    if let Some(status) = status.filter(|status| *status >= 400) {
        return Some(format!("statusCode {status}"));
    }
    let message = answer.get("errorMessage")?;
    (!message.is_null()).then(|| "an errorMessage".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt_of(payload: &str) -> Option<String> {
        FirstAnswer::of(payload.as_bytes(), true).doubt
    }

    #[test]
    fn answers_of_failures_are_doubted() {
        let bad = [
            (r#"{"statusCode":502,"body":"x"}"#, "statusCode 502"),
            (r#"{"statusCode":"404"}"#, "statusCode 404"),
            (r#"{"errorMessage":"no"}"#, "an errorMessage"),
        ];
        for (payload, expected) in bad {
            assert_eq!(doubt_of(payload).as_deref(), Some(expected), "{payload}");
        }
        let good = [
            r#"{"statusCode":200}"#,
            r#"{"statusCode":399}"#,
            r#"{"errorMessage":null}"#,
            "null",
            "[1]",
            "\"statusCode\"",
            "",
            "no JSON",
        ];
        for payload in good {
            assert_eq!(doubt_of(payload), None, "{payload}");
        }
    }

    #[test]
    fn an_answer_is_shown_safely_and_not_for_ever() {
        let answer = FirstAnswer::of(b"{\"a\":\"\x1b[2J\"}", true);
        assert!(!answer.text.contains('\u{1b}'), "{answer:?}");
        let long = FirstAnswer::of("ü".repeat(1000).as_bytes(), true).text;
        assert_eq!(long.chars().filter(|c| *c == 'ü').count(), LONGEST);
        assert_eq!(FirstAnswer::of(b"", true).text, "nothing");
    }

    #[test]
    fn what_must_not_be_kept_is_told_by_its_length() {
        let answer = FirstAnswer::of(br#"{"statusCode":500,"name":"secret"}"#, false);
        assert_eq!(answer.text, "34 bytes, not shown");
        let warning = answer.warning().unwrap();
        assert!(warning.contains("statusCode 500"), "{warning}");
        assert!(!warning.contains("secret"), "{warning}");
    }
}
