//! One line for a line of JSON: what it says first, then its fields as `key=value`.

mod metrics;

use std::fmt::Write as _;

use super::facts::{Meaning, is_named, meaning};
use super::field::written;
use super::json::{JsonValue, Member, Members, unescape};
use crate::text::reveal;
use metrics::Metrics;

/// Members that are looked at.
const MEMBERS: usize = 64;
/// Bytes of a summary after which no field is added.
const ENOUGH: usize = 1024;
/// Characters of a value that are shown.
const VALUE: usize = 48;

/// Fields that say nothing to a reader, beside those that have a column of their own.
const SKIPPED: [&str; 5] = ["pid", "hostname", "v", "type", "@i"];

/// Fields that hold what a line says, the best first.
const SAYING: [&str; 8] = [
    "message",
    "msg",
    "errormessage",
    "@message",
    "@m",
    "@mt",
    "event",
    "error",
];

/// One line for a line of JSON, safe to draw; also for one that is cut off, or that has columns of a runtime before it.
/// `None` for anything but an object with members. The line's own time, level and request id are left out: the log shows
/// them beside.
#[must_use]
pub fn summary(line: &str) -> Option<String> {
    summary_without(line, &[])
}

/// As [`summary`], without the members of these keys.
#[must_use]
pub fn summary_without(line: &str, hidden: &[String]) -> Option<String> {
    let mut members = members(line)?;
    if !hidden.is_empty() {
        members.retain(|member| {
            let key = unescape(member.key.unwrap_or_default());
            !hidden.iter().any(|hidden| **hidden == *key)
        });
    }
    if members.is_empty() {
        return None;
    }
    let mut out = String::new();
    let metrics = Metrics::of(&members);
    if let Some(metrics) = &metrics {
        metrics.write(&members, &mut out);
    }
    let said = said(&members);
    match said.map(|member| opened(member.value)) {
        Some(value @ (JsonValue::Object(_) | JsonValue::Array(_))) => {
            fields(value.members(), &mut out, 1);
        }
        Some(value) => put(&written(value), &mut out),
        None => {}
    }
    let rest = members.iter().copied().filter(|member| {
        let is_told = |metrics: &Metrics<'_>| metrics.tells(member);
        Some(*member) != said && !metrics.as_ref().is_some_and(is_told)
    });
    fields(rest, &mut out, 0);
    if out.is_empty() {
        out.push_str(&reveal(line.trim()));
    }
    Some(out)
}

/// What a line of JSON says without its fields, as it came. `None` where it says nothing in words.
pub(super) fn said_in(line: &str) -> Option<String> {
    let value = opened(said(&members(line)?)?.value);
    match value {
        JsonValue::String(text) => Some(unescape(text).into_owned()),
        _ => None,
    }
}

/// The members of the object that a line is or, after columns, ends with. `None` when there are none.
fn members(line: &str) -> Option<Vec<Member<'_>>> {
    let object = line.get(line.find('{')?..)?;
    let members: Vec<Member<'_>> = Members::of(object).take(MEMBERS).collect();
    (!members.is_empty()).then_some(members)
}

/// The member that holds what the line says. Of a record of the platform that is its type.
pub(super) fn said<'a>(members: &[Member<'a>]) -> Option<Member<'a>> {
    let find = |fits: &dyn Fn(&str) -> bool| {
        let mut members = members.iter();
        members.find(|it| it.key.is_some_and(fits)).copied()
    };
    let kind = find(&|key| key == "type");
    let platform = kind.filter(|kind| kind.value.text().starts_with("platform."));
    let named = || {
        SAYING
            .iter()
            .find_map(|name| find(&|key| is_named(key, name)))
    };
    let is_otel = |key: &str| is_named(key, "severitynumber") || is_named(key, "severitytext");
    // Of others than OpenTelemetry's records a body is what was sent.
    let body = || find(&is_otel).and(find(&|key| key == "body" || key == "Body"));
    platform.or_else(named).or_else(body)
}

/// A value without the object that tells its type, as OpenTelemetry writes it: `{"stringValue":"…"}`.
fn opened(value: JsonValue<'_>) -> JsonValue<'_> {
    let mut members = value.members();
    match (members.next(), members.next()) {
        (Some(only), None) if only.key == Some("stringValue") => only.value,
        _ => value,
    }
}

/// Adds words, apart from those before.
fn put(words: &str, out: &mut String) {
    if !out.is_empty() && !words.is_empty() {
        out.push(' ');
    }
    out.push_str(words);
}

/// Whether a field is left out at the top of a line.
pub(super) fn is_skipped(key: &str) -> bool {
    match meaning(key) {
        Some(Meaning::Level | Meaning::Severity | Meaning::Request | Meaning::Time) => true,
        None => SKIPPED.contains(&key),
    }
}

/// Adds fields; what is nested is opened once.
fn fields<'a>(members: impl Iterator<Item = Member<'a>>, out: &mut String, depth: usize) {
    for member in members.take(MEMBERS) {
        if out.len() > ENOUGH {
            return;
        }
        let key = member.key.unwrap_or_default();
        if depth == 0 && is_skipped(key) {
            continue;
        }
        if let JsonValue::Object(_) = member.value
            && depth < 2
            && matches!(key, "record" | "metrics" | "attributes")
        {
            fields(member.value.members(), out, depth + 1);
            continue;
        }
        let value = short(opened(member.value));
        let field = match member.key {
            Some(_) => format!("{}={value}", reveal(&unescape(key))),
            None => value,
        };
        put(&field, out);
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
            (
                r#"{"Level":"Error","Message":"payment refused","Service":"pay"}"#,
                "payment refused Service=pay",
            ),
            (
                r#"{"@t":"t","@l":"Warning","@mt":"serilog {Kind}","Kind":"compact"}"#,
                "serilog {Kind} Kind=compact",
            ),
            (
                r#"{"resource":{"attributes":{"service.name":"cart"}},"severityText":"WARN","severityNumber":13,"body":"cart is slow","attributes":{"http.status_code":503},"traceId":"0af"}"#,
                "cart is slow resource={...} http.status_code=503 traceId=0af",
            ),
            (
                r#"{"severityNumber":13,"body":{"stringValue":"otel warn num only"}}"#,
                "otel warn num only",
            ),
            (r#"{"method":"PUT","body":"sent"}"#, "method=PUT body=sent"),
            (
                r#"{"level":"ERROR","location":"h:12","message":{"order":7,"state":"lost"},"timestamp":"t","service":"svc","cold_start":true,"function_request_id":"r","xray_trace_id":"1-5"}"#,
                "order=7 state=lost location=h:12 service=svc cold_start=true xray_trace_id=1-5",
            ),
            (
                "2026-11-28T10:00:00.000Z    3f1c    info    {\"Level\":\"Error\",\"Message\":\"refused\"}",
                "refused",
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(summary(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn embedded_metrics_are_told_with_their_units_and_dimensions() {
        let emf = |metrics: &str, rest: &str| {
            let line = format!(
                r#"{{"_aws":{{"Timestamp":1,"CloudWatchMetrics":[{{"Namespace":"shop","Dimensions":[["service"],["service","env"]],"Metrics":[{metrics}]}}]}},{rest}}}"#
            );
            summary(&line).unwrap()
        };
        let orders = r#"{"Name":"Orders","Unit":"Count"}"#;
        assert_eq!(
            emf(orders, r#""service":"pay","Orders":3"#),
            "Orders 3 Count \u{b7} service pay"
        );
        let two = format!(r#"{orders},{{"Name":"Latency","Unit":"None"}}"#);
        assert_eq!(
            emf(
                &two,
                r#""env":"prod","service":"pay","Latency":[1.5,20],"Orders":3,"cold_start":1"#
            ),
            "Orders 3 Count, Latency [1.5,20] \u{b7} service pay, env prod cold_start=1"
        );
        assert_eq!(emf(orders, r#""message":"sold""#), "sold");
        assert_eq!(
            emf(&two, r#""Orders":3,"message":"sold","user":"ann""#),
            "Orders 3 Count sold user=ann"
        );
        let hostile = r#"{"Name":"a\u001b[2J","Unit":"\u0007"}"#;
        assert!(!emf(hostile, r#""a\u001b[2J":"\u202e""#).contains(char::is_control));
        let none = r#"{"_aws":{"Timestamp":1},"message":"x"}"#;
        assert_eq!(summary(none).unwrap(), "x _aws={...}");
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
        assert_eq!(
            summary(line).as_deref(),
            Some("a\\x1b[2Jb c k\\x07=\\u{202e}")
        );
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
