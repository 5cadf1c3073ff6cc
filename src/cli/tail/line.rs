//! An event as a line of text or of JSON, safe for any terminal it may end up on.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Serialize;

use crate::logs::{Facts, Level, LogEvent, safe_text};
use crate::text::neutralise;

/// What the further lines of an event begin with, so that the first ones are told from them; with several groups, the
/// group follows.
const INDENT: &str = "    ";

/// Appends an event as text: time, group if there are several, stream, message.
pub(super) fn text(event: &LogEvent, with_group: bool, out: &mut String) {
    let time = time(event.time_ms);
    let group = if with_group {
        format!("{} ", neutralise(&event.group))
    } else {
        String::new()
    };
    let message = safe_text(event.message.trim_end_matches(['\n', '\r']));
    let mut lines = message.split('\n');
    let first = lines.next().unwrap_or_default();
    let stream = neutralise(&event.stream);
    let written = writeln!(out, "{time} {group}{stream} {first}");
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
    for line in lines {
        out.push_str(INDENT);
        out.push_str(&group);
        out.push_str(line);
        out.push('\n');
    }
}

/// Appends an event as one line of JSON.
pub(super) fn json(event: &LogEvent, out: &mut String) {
    let facts = Facts::of(&event.message);
    let entry = EventJson {
        time: time(event.time_ms),
        group: &event.group,
        stream: &event.stream,
        message: &event.message,
        event_id: event.id.as_deref(),
        request_id: facts.request.map(|id| id.to_string()),
        level: (facts.level != Level::Unknown).then(|| facts.level.name()),
    };
    if let Ok(line) = serde_json::to_string(&entry) {
        escape(&line, out);
        out.push('\n');
    }
}

/// One event in JSON. What is not known is null.
#[derive(Serialize)]
struct EventJson<'a> {
    time: String,
    group: &'a str,
    stream: &'a str,
    message: &'a str,
    event_id: Option<&'a str>,
    request_id: Option<String>,
    level: Option<&'static str>,
}

/// Escapes what JSON allows in a string and a terminal obeys: DEL and C1 controls, line separators, and characters that
/// reorder text. Outside of strings there is none of them.
fn escape(json: &str, out: &mut String) {
    for character in json.chars() {
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200e}'..='\u{200f}'
            | '\u{61c}'
            | '\u{feff}' => {
                let written = write!(out, "\\u{:04x}", u32::from(character));
                debug_assert!(written.is_ok(), "writing to a string cannot fail");
            }
            other => out.push(other),
        }
    }
}

/// A time in RFC 3339 with milliseconds, in UTC; the number itself when it is beyond the calendar.
fn time(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms)
        .map_or_else(|_beyond| unix_ms.to_string(), |time| format!("{time:.3}"))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::logs::EventOrigin;

    fn event(message: &str) -> LogEvent {
        LogEvent {
            group: "/ecs/web".into(),
            stream: "web/1".into(),
            time_ms: 1_700_000_000_000,
            ingested_ms: 1_700_000_000_100,
            message: message.to_owned(),
            id: None,
            origin: EventOrigin::Live,
        }
    }

    fn as_text(message: &str, with_group: bool) -> String {
        let mut out = String::new();
        text(&event(message), with_group, &mut out);
        out
    }

    fn as_json(message: &str) -> String {
        let mut out = String::new();
        json(&event(message), &mut out);
        out
    }

    #[test]
    fn a_line_has_the_time_with_milliseconds_the_stream_and_the_message() {
        assert_eq!(
            as_text("started\n", false),
            "2023-11-14T22:13:20.000Z web/1 started\n"
        );
        assert_eq!(
            as_text("Traceback:\n  File \"x\"\r\n", true),
            "2023-11-14T22:13:20.000Z /ecs/web web/1 Traceback:\n    /ecs/web   File \"x\"\n"
        );
    }

    #[test]
    fn tabs_stay_tabs() {
        assert_eq!(
            as_text("tab\tsep\u{1b}[2J\tvalues\n\tmore", false),
            "2023-11-14T22:13:20.000Z web/1 tab\tsep\tvalues\n    \tmore\n"
        );
    }

    #[test]
    fn json_tells_the_level_of_coloured_lines() {
        let line = as_json("\u{1b}[1;31mERROR\u{1b}[0m red");
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["level"], "error");
    }

    #[test]
    fn json_tells_level_and_request_id() {
        let line =
            as_json("{\"level\":\"ERROR\",\"requestId\":\"8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f\"}");
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["level"], "error");
        assert_eq!(value["request_id"], "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f");
        assert_eq!(value["time"], "2023-11-14T22:13:20.000Z");
        assert_eq!(
            (&value["group"], &value["stream"]),
            (&"/ecs/web".into(), &"web/1".into())
        );
        assert!(value["event_id"].is_null());
        assert!(serde_json::from_str::<Value>(&as_json("plain")).unwrap()["level"].is_null());
    }

    #[test]
    fn no_escape_leaves_raw_and_json_keeps_the_message() {
        let hostile = "\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{9b}31m\u{90}q\u{9c}\r\u{8}\0\u{7f}\u{202e}x\u{2028}\u{feff}";
        let (text, json) = (as_text(hostile, true), as_json(hostile));
        for line in [&text, &json] {
            let raw = |it: char| (it.is_control() && it != '\n') || it == '\u{202e}';
            assert!(!line.contains(raw), "{line:?}");
            assert_eq!(
                line.matches('\n').count() - 1,
                usize::from(line == &text),
                "{line:?}"
            );
        }
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["message"], hostile);
    }
}
