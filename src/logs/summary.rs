//! One line for a line of JSON: what it says first, then its fields as `key=value`.

use std::fmt::Write as _;

use super::field::written;
use super::json::{JsonValue, Member, Members, unescape};
use crate::text::neutralise;

/// Members that are looked at.
const MEMBERS: usize = 64;
/// Bytes of a summary after which no field is added.
const ENOUGH: usize = 1024;
/// Characters of a value that are shown.
const VALUE: usize = 48;

/// Fields that have a column of their own, or say nothing to a reader.
const SKIPPED: [&str; 22] = [
    "level",
    "severity",
    "lvl",
    "levelname",
    "log.level",
    "log_level",
    "loglevel",
    "level_name",
    "severityText",
    "timestamp",
    "@timestamp",
    "time",
    "ts",
    "date",
    "requestId",
    "request_id",
    "function_request_id",
    "awsRequestId",
    "pid",
    "hostname",
    "v",
    "type",
];

/// Fields that hold what a line says, the best first.
const SAYING: [&str; 7] = [
    "message",
    "msg",
    "errorMessage",
    "error_message",
    "@message",
    "event",
    "error",
];

/// One line for a line of JSON, safe to draw; also for one that is cut off. `None` for anything but an object with
/// members. The tail engine's own time, level and request id are left out: the log shows them beside.
#[must_use]
pub fn summary(line: &str) -> Option<String> {
    summary_without(line, &[])
}

/// As [`summary`], without the members of these keys.
#[must_use]
pub fn summary_without(line: &str, hidden: &[String]) -> Option<String> {
    let is_shown = |member: &Member<'_>| {
        let key = member.key.unwrap_or_default();
        hidden.is_empty() || !hidden.iter().any(|hidden| **hidden == *unescape(key))
    };
    let members: Vec<Member<'_>> = Members::of(line).take(MEMBERS).filter(is_shown).collect();
    if members.is_empty() || !line.trim_start().starts_with('{') {
        return None;
    }
    let mut out = String::new();
    let said = said(&members);
    match said.map(|member| member.value) {
        Some(value @ (JsonValue::Object(_) | JsonValue::Array(_))) => {
            fields(value.members(), &mut out, 1);
        }
        Some(value) => out.push_str(&written(value)),
        None => {}
    }
    let rest = members
        .iter()
        .copied()
        .filter(|member| Some(*member) != said);
    fields(rest, &mut out, 0);
    if out.is_empty() {
        out.push_str(&neutralise(line.trim()));
    }
    Some(out)
}

/// The member that holds what the line says. Of a record of the platform that is its type.
fn said<'a>(members: &[Member<'a>]) -> Option<Member<'a>> {
    let with = |key: &str| {
        members
            .iter()
            .find(|member| member.key == Some(key))
            .copied()
    };
    let platform = with("type").filter(|kind| kind.value.text().starts_with("platform."));
    platform.or_else(|| SAYING.iter().find_map(|key| with(key)))
}

/// Adds fields; what is nested is opened once.
fn fields<'a>(members: impl Iterator<Item = Member<'a>>, out: &mut String, depth: usize) {
    for member in members.take(MEMBERS) {
        if out.len() > ENOUGH {
            return;
        }
        let key = member.key.unwrap_or_default();
        if depth == 0 && SKIPPED.contains(&key) {
            continue;
        }
        if let JsonValue::Object(_) = member.value
            && depth < 2
            && matches!(key, "record" | "metrics")
        {
            fields(member.value.members(), out, depth + 1);
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        if member.key.is_some() {
            out.push_str(&neutralise(&unescape(key)));
            out.push('=');
        }
        out.push_str(&short(member.value));
    }
}

/// A value in few characters, in ASCII but for its own.
fn short(value: JsonValue<'_>) -> String {
    let count = |value: JsonValue<'_>| value.members().take(MEMBERS).count();
    match value {
        JsonValue::Object(_) => match count(value) {
            0 => "{}".to_owned(),
            _ => "{...}".to_owned(),
        },
        JsonValue::Array(_) => match count(value) {
            0 => "[]".to_owned(),
            MEMBERS => format!("[{MEMBERS}+]"),
            items => format!("[{items}]"),
        },
        JsonValue::Plain(text) => text.to_owned(),
        JsonValue::String(_) => quoted(&written(value)),
    }
}

/// A string as a value: in quotes where it could be read wrongly, cut where it is long.
fn quoted(text: &str) -> String {
    let mut out: String = text.chars().take(VALUE).collect();
    if out.len() < text.len() {
        out.push_str("...");
    }
    if text.is_empty() || text.contains([' ', '=', '"']) {
        let plain = std::mem::take(&mut out);
        let written = write!(out, "\"{plain}\"");
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{summary, summary_without};

    #[test]
    fn what_a_line_says_comes_first() {
        let cases = [
            (
                r#"{"level":30,"time":1,"pid":7,"user":"ann","msg":"signed in"}"#,
                "signed in user=ann",
            ),
            (
                r#"{"timestamp":"t","level":"INFO","message":{"sku":"a b","n":2},"cold_start":true}"#,
                "sku=\"a b\" n=2 cold_start=true",
            ),
            (
                r#"{"errorType":"TypeError","errorMessage":"x is not a function","stack":["a","b"]}"#,
                "x is not a function errorType=TypeError stack=[2]",
            ),
            (
                r#"{"time":"t","type":"platform.report","record":{"requestId":"r","status":"success","metrics":{"durationMs":1.5}}}"#,
                "platform.report requestId=r status=success durationMs=1.5",
            ),
            (r#"{"level":"info"}"#, r#"{"level":"info"}"#),
        ];
        for (line, expected) in cases {
            assert_eq!(summary(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn hidden_fields_are_left_out() {
        let line = r#"{"msg":"signed in","user":"ann","host":"a"}"#;
        let without = |hidden: &[&str]| {
            let hidden: Vec<String> = hidden.iter().map(|&key| key.to_owned()).collect();
            summary_without(line, &hidden).unwrap()
        };
        assert_eq!(without(&["host", "level"]), "signed in user=ann");
        assert_eq!(without(&["msg"]), "user=ann host=a");
    }

    #[test]
    fn a_line_that_is_cut_off_still_says_something() {
        let line = r#"{"message":"start","payload":"aaaaaaa"#;
        assert_eq!(summary(line).as_deref(), Some("start"));
    }

    #[test]
    fn other_lines_have_none() {
        for line in ["plain", "", "[1,2]", "{}", "{broken"] {
            assert_eq!(summary(line), None, "{line}");
        }
    }

    #[test]
    fn escapes_written_in_json_are_made_safe() {
        let line = r#"{"message":"a\u001b[2Jb\nc","k\u0007":"\u202e"}"#;
        assert_eq!(summary(line).as_deref(), Some("ab c k\\x07=\\u{202e}"));
    }

    #[test]
    fn fifty_thousand_keys_make_a_short_line() {
        let keys: Vec<String> = (0..50_000)
            .map(|n| format!("\"key{n}\":\"{}\"", "x".repeat(90)))
            .collect();
        let line = format!("{{{}}}", keys.join(","));
        assert!(summary(&line).unwrap().len() < 2 * super::ENOUGH);
    }

    proptest! {
        #[test]
        fn never_holds_a_control_character(line in "\\{\"[a-z\\\\u0-9\u{1b}]{0,12}\":\"[\\\\un0-9a-f\u{7}\\[]{0,20}\"\\}") {
            let summary = summary(&line).unwrap_or_default();
            prop_assert!(!summary.chars().any(char::is_control), "{summary:?}");
        }
    }
}
