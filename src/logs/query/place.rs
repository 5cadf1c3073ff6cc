//! Where the event of a row stands.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Where an event stands: its group, its stream and its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogPlace {
    /// The name of the group.
    pub group: String,
    /// The name of the stream.
    pub stream: String,
    /// The time of the event, in Unix milliseconds.
    pub time_ms: i64,
}

impl LogPlace {
    /// Reads the place from fields of an event (`@log`, `@logStream`, `@timestamp`), as a query or `GetLogRecord` tells
    /// them. The only group that was asked stands for an `@log` that is missing.
    #[must_use]
    pub fn of<'f>(
        field: impl Fn(&str) -> Option<&'f str>,
        only_group: Option<&str>,
    ) -> Option<Self> {
        let log = field("@log").map(|log| log.split_once(':').map_or(log, |(_, name)| name));
        Some(Self {
            group: log.or(only_group)?.to_owned(),
            stream: field("@logStream")?.to_owned(),
            time_ms: time(field("@timestamp")?)?,
        })
    }
}

/// Reads a time of an answer, in Unix milliseconds: `2026-01-31 08:00:00.000` in UTC, or the milliseconds themselves.
pub(super) fn time(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        return text.parse().ok();
    }
    let time: DateTime = text.parse().ok()?;
    let zoned = time.to_zoned(TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(fields: &[(&str, &'static str)], only: Option<&str>) -> Option<LogPlace> {
        let find = |name: &str| {
            let mut all = fields.iter();
            all.find(|(field, _)| *field == name)
                .map(|(_, value)| *value)
        };
        LogPlace::of(find, only)
    }

    #[test]
    fn the_fields_of_an_event_tell_where_it_stands() {
        let wanted = LogPlace {
            group: "/ecs/web".to_owned(),
            stream: "web/1".to_owned(),
            time_ms: 1_700_000_000_123,
        };
        let fields = [
            ("@log", "123456789012:/ecs/web"),
            ("@logStream", "web/1"),
            ("@timestamp", "2023-11-14 22:13:20.123"),
        ];
        assert_eq!(place(&fields, None).as_ref(), Some(&wanted));
        // GetLogRecord tells milliseconds.
        let record = [("@logStream", "web/1"), ("@timestamp", "1700000000123")];
        assert_eq!(place(&record, Some("/ecs/web")).as_ref(), Some(&wanted));
        assert_eq!(place(&record, None), None);
        assert_eq!(place(&fields[..2], None), None);
        let worded = [("@logStream", "web/1"), ("@timestamp", "yesterday")];
        assert_eq!(place(&worded, Some("/ecs/web")), None);
    }
}
