//! The facts of a line of JSON: Lambda's platform records and the lines of the usual loggers.

use super::{Facts, RecordKind, worded};
use crate::logs::json::{JsonValue, Members};
use crate::logs::{Level, RequestId};

/// Members that are looked at; loggers write what matters first.
const MEMBERS: usize = 64;

/// The facts of the object that `text` starts with.
pub(super) fn facts(text: &str) -> Facts {
    let mut facts = Facts::default();
    for member in Members::of(text).take(MEMBERS) {
        match (member.key.unwrap_or_default(), member.value) {
            (
                "level" | "severity" | "lvl" | "levelname" | "log.level" | "log_level" | "loglevel"
                | "level_name" | "severityText",
                value,
            ) if facts.level == Level::Unknown => facts.level = level(value),
            ("requestId" | "request_id" | "function_request_id" | "awsRequestId", value) => {
                facts.request = facts.request.or_else(|| RequestId::parse(value.text()));
            }
            ("type", JsonValue::String(kind)) => {
                facts.kind = RecordKind::typed(kind).unwrap_or(facts.kind);
            }
            ("record", JsonValue::Object(record)) => read_record(record, &mut facts),
            ("message", JsonValue::String(message)) if worded::is_time_out(message) => {
                facts.kind = RecordKind::TimedOut;
                facts.level = Level::Error;
            }
            _ => {}
        }
    }
    if facts.kind == RecordKind::LogsDropped {
        facts.level = Level::Error;
    }
    facts
}

/// The `record` of a platform record.
fn read_record(record: &str, facts: &mut Facts) {
    for member in Members::of(record).take(MEMBERS) {
        match (member.key.unwrap_or_default(), member.value.text()) {
            ("requestId", id) => facts.request = facts.request.or_else(|| RequestId::parse(id)),
            ("status", "error" | "failure" | "timeout") => facts.level = Level::Error,
            _ => {}
        }
    }
}

fn level(value: JsonValue<'_>) -> Level {
    let level = match value {
        JsonValue::String(name) => {
            Level::named(name).or_else(|| Level::numbered(name.parse().ok()?))
        }
        JsonValue::Plain(number) => number.parse().ok().and_then(Level::numbered),
        JsonValue::Object(_) | JsonValue::Array(_) => None,
    };
    level.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{Facts, RecordKind};
    use crate::logs::{Level, RequestId};

    const ID: &str = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";

    #[test]
    fn the_level_is_found_under_its_many_names() {
        let cases = [
            (r#"{"level":"ERROR","message":"x"}"#, Level::Error),
            (r#"{"severity":"WARNING"}"#, Level::Warn),
            (r#"{"msg":"x","lvl":"dbg"}"#, Level::Debug),
            (r#"{"level":50,"time":1,"msg":"pino"}"#, Level::Error),
            (r#"{"level":"30"}"#, Level::Info),
            (r#"{"level":{"a":1}}"#, Level::Unknown),
            (r#"{"nested":{"level":"error"}}"#, Level::Unknown),
        ];
        for (text, expected) in cases {
            assert_eq!(Facts::of(text).level, expected, "{text}");
        }
    }

    #[test]
    fn platform_records_tell_their_kind_and_invocation() {
        let text = format!(
            r#"{{"time":"2026-01-01T00:00:00Z","type":"platform.report","record":{{"requestId":"{ID}","metrics":{{"durationMs":1}},"status":"timeout"}}}}"#
        );
        let facts = Facts::of(&text);
        assert_eq!(facts.kind, RecordKind::Report);
        assert_eq!(facts.request, RequestId::parse(ID));
        assert_eq!(facts.level, Level::Error);
    }

    #[test]
    fn application_lines_tell_their_invocation() {
        let text = format!(r#"{{"level":"INFO","requestId":"{ID}","message":"hi"}}"#);
        let facts = Facts::of(&text);
        assert_eq!(facts.kind, RecordKind::Application);
        assert_eq!(facts.request, RequestId::parse(ID));
    }

    #[test]
    fn dropped_logs_are_an_error() {
        let facts = Facts::of(r#"{"type":"platform.logsDropped","record":{"droppedRecords":12}}"#);
        assert_eq!(
            (facts.kind, facts.level),
            (RecordKind::LogsDropped, Level::Error)
        );
    }

    #[test]
    fn fifty_thousand_keys_are_looked_at_briefly() {
        let keys: Vec<String> = (0..50_000).map(|n| format!("\"k{n}\":{n}")).collect();
        let text = format!("{{{},\"level\":\"error\"}}", keys.join(","));
        let facts = Facts::of(&text);
        assert!(facts.is_json);
        assert_eq!(facts.level, Level::Unknown);
    }
}
