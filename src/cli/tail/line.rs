//! An event as a line of text or of JSON, safe for any terminal it may end up on.

use std::borrow::Cow;
use std::cell::LazyCell;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::super::args::{EventField, FormatPiece, LineFormat, RegexArg};
use super::highlight;
use crate::logs::{
    EventOrigin, Facts, Home, Level, LogEvent, Shift, group_label, group_name, safe_text,
};
use crate::panes::logs::shift_words;
use crate::text::{json_line, reveal};

/// What the further lines of an event begin with, so that the first ones are told from them; with several groups, the
/// group follows.
const INDENT: &str = "    ";

/// An event, and how far it is from its own time where it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlacedEvent {
    pub(super) event: LogEvent,
    pub(super) shift: Shift,
}

/// How events are written as text.
#[derive(Debug)]
pub(super) struct TextLine<'a> {
    /// The fields and what stands between them.
    pub(super) format: LineFormat,
    /// What is coloured in messages; nothing where there are no colours.
    pub(super) highlights: &'a [RegexArg],
}

impl TextLine<'_> {
    /// Appends an event with a line break at its end; `own` is where the session works.
    pub(super) fn write(&self, placed: &PlacedEvent, own: &Home, out: &mut String) {
        let event = &placed.event;
        // Looked for once, and only where the line tells of it.
        let facts = LazyCell::new(|| Facts::of(&event.message));
        for piece in self.format.pieces() {
            match piece {
                FormatPiece::Text(text) => out.push_str(text),
                FormatPiece::Field(EventField::Time) => out.push_str(&time(event.time_ms)),
                FormatPiece::Field(EventField::LocalTime) => out.push_str(&local(event.time_ms)),
                FormatPiece::Field(EventField::IngestionTime) => {
                    out.push_str(&time(event.ingested_ms));
                }
                FormatPiece::Field(EventField::Group) => {
                    out.push_str(&reveal(&group_label(&event.group, Some(own))));
                }
                FormatPiece::Field(EventField::Account) => {
                    out.push_str(&home_of(event, own).account);
                }
                FormatPiece::Field(EventField::Region) => {
                    out.push_str(&home_of(event, own).region);
                }
                FormatPiece::Field(EventField::Stream) => out.push_str(&reveal(&event.stream)),
                FormatPiece::Field(EventField::Level) => {
                    out.push_str(level(&facts).unwrap_or_default());
                }
                FormatPiece::Field(EventField::RequestId) => {
                    out.extend(facts.request.as_ref().map(ToString::to_string));
                }
                FormatPiece::Field(EventField::EventId) => {
                    out.push_str(&reveal(event.id.as_deref().unwrap_or_default()));
                }
                FormatPiece::Field(EventField::Late) => out.push_str(&shift_words(placed.shift)),
                FormatPiece::Field(EventField::Message) => self.message(event, own, out),
            }
        }
        out.push('\n');
    }

    /// The text of an event; its further lines are indented, and named after their group where lines are.
    fn message(&self, event: &LogEvent, own: &Home, out: &mut String) {
        let message = safe_text(event.message.trim_end_matches(['\n', '\r']));
        let message = highlight::coloured(&message, self.highlights);
        for (number, line) in message.split('\n').enumerate() {
            if number > 0 {
                out.push('\n');
                out.push_str(INDENT);
                if self.format.has(EventField::Group) {
                    out.push_str(&reveal(&group_label(&event.group, Some(own))));
                    out.push(' ');
                }
            }
            out.push_str(line);
        }
    }
}

/// Where the group of an event is.
fn home_of<'h>(event: &LogEvent, own: &'h Home) -> Cow<'h, Home> {
    Home::of_arn(&event.group).map_or(Cow::Borrowed(own), Cow::Owned)
}

/// Appends an event as one line of JSON; `own` is where the session works.
pub(super) fn json(event: &LogEvent, own: &Home, out: &mut String) {
    let facts = Facts::of(&event.message);
    let home = home_of(event, own);
    let entry = EventJson {
        time: time(event.time_ms),
        account: Some(home.account.as_str()).filter(|account| !account.is_empty()),
        region: &home.region,
        group: group_name(&event.group),
        stream: &event.stream,
        message: &event.message,
        event_id: event.id.as_deref(),
        request_id: facts.request.map(|id| id.to_string()),
        ingested: time(event.ingested_ms),
        late_by_ms: (event.ingested_ms - event.time_ms).max(0),
        recovered: event.origin == EventOrigin::Recovered,
        level: level(&facts),
    };
    if let Ok(line) = json_line(&entry) {
        out.push_str(&line);
        out.push('\n');
    }
}

/// One event in JSON. What is not known is null.
#[derive(Serialize)]
struct EventJson<'a> {
    time: String,
    account: Option<&'a str>,
    region: &'a str,
    group: &'a str,
    stream: &'a str,
    message: &'a str,
    event_id: Option<&'a str>,
    request_id: Option<String>,
    ingested: String,
    late_by_ms: i64,
    recovered: bool,
    level: Option<&'static str>,
}

/// The level in a word, when it is known.
fn level(facts: &Facts) -> Option<&'static str> {
    (facts.level != Level::Unknown).then(|| facts.level.name())
}

/// A time in RFC 3339 with milliseconds, in UTC; the number itself when it is beyond the calendar.
fn time(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms)
        .map_or_else(|_beyond| unix_ms.to_string(), |time| format!("{time:.3}"))
}

/// The same by the clock of this machine's zone, with its distance from UTC.
fn local(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms).map_or_else(
        |_beyond| unix_ms.to_string(),
        |time| {
            let zoned = time.to_zoned(TimeZone::system());
            zoned.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
        },
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

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

    fn home() -> Home {
        Home {
            account: "111111111111".to_owned(),
            region: "eu-west-1".to_owned(),
        }
    }

    fn as_text(message: &str, with_group: bool) -> String {
        written(message, LineFormat::usual(with_group), &[])
    }

    fn written(message: &str, format: LineFormat, highlights: &[RegexArg]) -> String {
        as_placed(Shift::None, message, format, highlights)
    }

    fn as_placed(
        shift: Shift,
        message: &str,
        format: LineFormat,
        highlights: &[RegexArg],
    ) -> String {
        let mut out = String::new();
        let placed = PlacedEvent {
            event: event(message),
            shift,
        };
        TextLine { format, highlights }.write(&placed, &home(), &mut out);
        out
    }

    fn as_json(message: &str) -> String {
        let mut out = String::new();
        json(&event(message), &home(), &mut out);
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
    fn a_format_says_what_is_on_a_line() {
        let format = "{ingestion_time}\\t{level}|{request_id}|{event_id}|{group} {message}".parse();
        assert_eq!(
            written("[ERROR] a\u{200b}b\nc", format.unwrap(), &[]),
            "2023-11-14T22:13:20.100Z\terror|||/ecs/web [ERROR] a\\u{200b}b\n    /ecs/web c\n"
        );
        let local = written("m", "{local_time}".parse().unwrap(), &[]);
        let read: Timestamp = local.trim_end().parse().unwrap();
        assert_eq!(read.as_millisecond(), 1_700_000_000_000);
    }

    #[test]
    fn what_is_late_says_so_where_the_message_begins_and_only_where_it_is_asked_for() {
        let late = |format| as_placed(Shift::Late(192_000), "m\nn", format, &[]);
        assert_eq!(
            late(LineFormat::usual(false)),
            "2023-11-14T22:13:20.000Z web/1 (late by 3m12s) m\n    n\n"
        );
        assert_eq!(
            late("{stream} {message}".parse().unwrap()),
            "web/1 m\n    n\n"
        );
    }

    #[test]
    fn highlights_colour_the_message_and_nothing_else() {
        let line = written(
            "web/1 \u{1b}[2Jred",
            LineFormat::usual(false),
            &["web|red".parse().unwrap()],
        );
        let coloured = |text: &str| format!("\u{1b}[1;33m{text}\u{1b}[0m");
        let expected = format!("{}/1 \\x1b[2J{}\n", coloured("web"), coloured("red"));
        assert_eq!(line, format!("2023-11-14T22:13:20.000Z web/1 {expected}"));
    }

    #[test]
    fn tabs_stay_tabs() {
        assert_eq!(
            as_text("tab\tsep\u{1b}[2J\tvalues\n\tmore", false),
            "2023-11-14T22:13:20.000Z web/1 tab\tsep\\x1b[2J\tvalues\n    \tmore\n"
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
        assert_eq!(value["ingested"], "2023-11-14T22:13:20.100Z");
        assert_eq!(
            (&value["late_by_ms"], &value["recovered"]),
            (&100.into(), &false.into())
        );
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
