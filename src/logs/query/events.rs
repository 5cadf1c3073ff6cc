//! The events of a group as a query asks for them and an answer tells them.

use super::answer::{AnswerFields, MOST_ANSWER_ROWS};
use super::place::answer_time;
use crate::logs::{EventOrigin, LogEvent};

/// The query for all events between two times, both included, in Unix milliseconds: the first of them, or the last.
#[must_use]
pub fn events_query(from_ms: i64, to_ms: i64, newest_first: bool, most: usize) -> String {
    let order = if newest_first { "desc" } else { "asc" };
    let most = most.min(MOST_ANSWER_ROWS);
    format!(
        "fields @timestamp, @ingestionTime, @logStream, @message \
         | filter toMillis(@timestamp) >= {from_ms} and toMillis(@timestamp) <= {to_ms} \
         | sort @timestamp {order} | limit {most}"
    )
}

/// The event of this group that a row of the answer tells; `None` for one without a time. It has no id: a pointer holds for one
/// answer only.
#[must_use]
pub fn answered_event(row: AnswerFields, group: &str) -> Option<LogEvent> {
    let mut event = LogEvent {
        group: group.into(),
        stream: "".into(),
        time_ms: 0,
        ingested_ms: 0,
        message: String::new(),
        id: None,
        origin: EventOrigin::History,
    };
    let (mut time_ms, mut ingested_ms) = (None, None);
    for (field, value) in row {
        match field.as_str() {
            "@timestamp" => time_ms = answer_time(&value),
            "@ingestionTime" => ingested_ms = answer_time(&value),
            "@logStream" => event.stream = value.into(),
            "@message" => event.message = value,
            _ => {}
        }
    }
    event.time_ms = time_ms?;
    event.ingested_ms = ingested_ms.unwrap_or(event.time_ms);
    Some(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_tells_an_event_and_without_a_time_none() {
        let row = |fields: &[(&str, &str)]| {
            let fields = fields.iter();
            fields
                .map(|&(field, value)| (field.to_owned(), value.to_owned()))
                .collect::<AnswerFields>()
        };
        let fields = [
            ("@timestamp", "2023-11-14 22:13:20.123"),
            ("@ingestionTime", "1700000000999"),
            ("@logStream", "web/1"),
            ("@message", "hello"),
            ("@ptr", "p"),
        ];
        let event = answered_event(row(&fields), "/g").unwrap();
        assert_eq!((&*event.group, &*event.stream), ("/g", "web/1"));
        assert_eq!(
            (event.time_ms, event.ingested_ms),
            (1_700_000_000_123, 1_700_000_000_999)
        );
        assert_eq!((&*event.message, event.id), ("hello", None));
        // A server that does not tell when it took an event in.
        let event = answered_event(row(&fields[..1]), "/g").unwrap();
        assert_eq!(event.ingested_ms, event.time_ms);
        assert_eq!(answered_event(row(&fields[1..]), "/g"), None);
    }
}
