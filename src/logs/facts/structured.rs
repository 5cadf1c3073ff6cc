//! The facts of a line of JSON: Lambda's platform records and the lines of the usual loggers.

use super::{Facts, Meaning, RecordKind, container, meaning, worded};
use crate::logs::json::{JsonValue, Member, Members, unescape};
use crate::logs::{Level, RequestId};
use crate::text::neutralise;

/// Members that are looked at; loggers write what matters first.
const MEMBERS: usize = 64;

/// The facts of the object that `text` starts with.
pub(super) fn facts(text: &str) -> Facts {
    let mut facts = Facts::default();
    // What counts when no member says it plainly.
    let mut implied = Level::Unknown;
    for member in Members::of(text).take(MEMBERS) {
        let key = member.key.unwrap_or_default();
        match (meaning(key), member.value) {
            (Some(Meaning::Level), value) => facts.level = facts.level.or(level(value)),
            (Some(Meaning::Severity), value) => implied = severity(value).or(implied),
            (Some(Meaning::Request), value) => {
                facts.request = facts.request.or_else(|| RequestId::parse(value.text()));
            }
            (_, value) => read_member(key, value, &mut facts, &mut implied),
        }
    }
    if facts.kind == RecordKind::LogsDropped {
        facts.level = Level::Error;
    }
    facts.level = facts.level.or(implied);
    facts
}

fn read_member(key: &str, value: JsonValue<'_>, facts: &mut Facts, implied: &mut Level) {
    match (key, value) {
        ("type", JsonValue::String(kind)) => {
            facts.kind = RecordKind::typed(kind).unwrap_or(facts.kind);
        }
        ("record", JsonValue::Object(record)) => read_record(record, facts),
        ("message", JsonValue::String(message)) if worded::is_time_out(message) => {
            facts.kind = RecordKind::TimedOut;
            facts.level = Level::Error;
        }
        ("message" | "stoppedReason", JsonValue::String(words)) if container::begins(words) => {
            *implied = Level::Error;
        }
        // An event of ECS: a task changed its state.
        ("detail", detail) if tells_error(detail) => *implied = Level::Error,
        // Serilog leaves the level out where it is Information.
        ("@m" | "@mt", _) => *implied = implied.or(Level::Info),
        _ => {}
    }
}

/// Whether a task or one of its containers says with an error why it stopped.
fn tells_error(detail: JsonValue<'_>) -> bool {
    let is_error = |member: Member<'_>| {
        let is_reason = matches!(member.key, Some("stoppedReason" | "reason"));
        is_reason && container::begins(member.value.text())
    };
    few(detail).any(|member| match member.key {
        Some("containers") => {
            let mut containers = few(member.value);
            containers.any(|container| few(container.value).any(is_error))
        }
        _ => is_error(member),
    })
}

/// The members of a value that are looked at.
fn few(value: JsonValue<'_>) -> impl Iterator<Item = Member<'_>> {
    value.members().take(MEMBERS)
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
        JsonValue::String(name) => Level::named(name)
            .or_else(|| Level::numbered(name.parse().ok()?))
            .or_else(|| coloured(name)),
        JsonValue::Plain(number) => number.parse().ok().and_then(Level::numbered),
        JsonValue::Object(_) | JsonValue::Array(_) => None,
    };
    level.unwrap_or_default()
}

/// The level of a name that is coloured inside its quotes.
fn coloured(name: &str) -> Option<Level> {
    /// Bytes of a name with escapes before and after it.
    const LONGEST: usize = 64;
    let is_escaped = name.contains('\\') && name.len() <= LONGEST;
    is_escaped.then(|| Level::named(&neutralise(&unescape(name))))?
}

fn severity(value: JsonValue<'_>) -> Level {
    let number = value.text().parse().ok();
    number.and_then(Level::of_severity).unwrap_or_default()
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
            (r#"{"Level":"Critical","Message":"x"}"#, Level::Fatal),
            (
                r#"{"EventId":0,"LogLevel":"Warning","Category":"a"}"#,
                Level::Warn,
            ),
            (r#"{"level":"Information","message":"x"}"#, Level::Info),
            (r#"{"@t":"t","@mt":"hi {Name}","Name":"ann"}"#, Level::Info),
            (r#"{"@t":"t","@mt":"x","@l":"Warning"}"#, Level::Warn),
            (
                r#"{"severityNumber":13,"body":{"stringValue":"x"}}"#,
                Level::Warn,
            ),
            (r#"{"severityNumber":"17","body":"x"}"#, Level::Error),
            (
                r#"{"severityText":"ERROR","severityNumber":9}"#,
                Level::Error,
            ),
            (r#"{"severityText":"","severityNumber":21}"#, Level::Fatal),
            (r#"{"severityNumber":0,"body":"x"}"#, Level::Unknown),
            (r#"{"level":"notice","message":"x"}"#, Level::Info),
            (r#"{"log_level":"debug","message":"x"}"#, Level::Debug),
            (r#"{"level":"info","message":"ERROR inside"}"#, Level::Info),
            (r#"{"message":"no level","error":null}"#, Level::Unknown),
            (
                r#"{"level":"\u001b[31merror\u001b[39m","message":"x"}"#,
                Level::Error,
            ),
            (
                r#"{"detail-type":"ECS Task State Change","detail":{"stopCode":"TaskFailedToStart","stoppedReason":"CannotPullContainerError: x"}}"#,
                Level::Error,
            ),
            (
                r#"{"detail":{"containers":[{"name":"a"},{"reason":"OutOfMemoryError: Container killed"}]}}"#,
                Level::Error,
            ),
            (
                r#"{"detail":{"stoppedReason":"Scaling activity"}}"#,
                Level::Unknown,
            ),
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
    fn an_initialisation_that_timed_out_is_an_error() {
        let text = r#"{"type":"platform.initReport","record":{"initializationType":"on-demand","phase":"init","status":"timeout","metrics":{"durationMs":10007.33}}}"#;
        let facts = Facts::of(text);
        assert_eq!(
            (facts.kind, facts.level),
            (RecordKind::InitReport, Level::Error)
        );
    }

    #[test]
    fn the_invocation_is_found_under_its_many_names() {
        for key in [
            "requestId",
            "request_id",
            "function_request_id",
            "AWSRequestId",
            "FunctionRequestId",
        ] {
            let text = format!(r#"{{"level":"INFO","{key}":"{ID}"}}"#);
            assert_eq!(Facts::of(&text).request, RequestId::parse(ID), "{key}");
        }
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
