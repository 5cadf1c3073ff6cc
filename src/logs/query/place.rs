//! Where the event of a row stands.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::logs::{Home, group_name, is_arn};

/// Where an event stands: its group, its stream and its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogPlace {
    /// The key of the group.
    pub group: String,
    /// The name of the stream.
    pub stream: String,
    /// The time of the event, in Unix milliseconds.
    pub time_ms: i64,
}

impl LogPlace {
    /// Reads the place from fields of an event (`@log`, `@logStream`, `@timestamp`), as a query or `GetLogRecord` tells
    /// them, of the groups of these keys. The only one of them stands for an `@log` that is missing.
    #[must_use]
    pub fn of<'f>(field: impl Fn(&str) -> Option<&'f str>, asked: &[String]) -> Option<Self> {
        let group = match (field("@log"), asked) {
            (Some(log), _) => key(log, asked),
            (None, [only]) => only,
            (None, _) => return None,
        };
        Some(Self {
            group: group.to_owned(),
            stream: field("@logStream")?.to_owned(),
            time_ms: answer_time(field("@timestamp")?)?,
        })
    }
}

/// The key among these that an `@log`, which is an account and a name, stands for. Of two groups of one name the ARN of
/// that account is meant before the name, which is of the session's own.
fn key<'k>(log: &'k str, asked: &'k [String]) -> &'k str {
    let (account, name) = log.split_once(':').unwrap_or(("", log));
    let mut named = asked.iter().filter(|key| group_name(key) == name);
    let is_there = |key: &&String| Home::of_arn(key).is_some_and(|home| home.account == account);
    let own = named.clone().find(|key| !is_arn(key));
    named.find(is_there).or(own).map_or(name, String::as_str)
}

/// Reads a time of an answer, in Unix milliseconds: `2026-01-31 08:00:00.000` in UTC, or the milliseconds themselves.
pub(super) fn answer_time(text: &str) -> Option<i64> {
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

    fn place(fields: &[(&str, &'static str)], asked: &[&str]) -> Option<LogPlace> {
        let find = |name: &str| {
            let mut all = fields.iter();
            all.find(|(field, _)| *field == name)
                .map(|(_, value)| *value)
        };
        let asked: Vec<String> = asked.iter().map(|&key| key.to_owned()).collect();
        LogPlace::of(find, &asked)
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
        assert_eq!(place(&fields, &[]).as_ref(), Some(&wanted));
        // GetLogRecord tells milliseconds.
        let record = [("@logStream", "web/1"), ("@timestamp", "1700000000123")];
        assert_eq!(place(&record, &["/ecs/web"]).as_ref(), Some(&wanted));
        assert_eq!(place(&record, &["/ecs/web", "/ecs/api"]), None);
        assert_eq!(place(&fields[..2], &[]), None);
        let worded = [("@logStream", "web/1"), ("@timestamp", "yesterday")];
        assert_eq!(place(&worded, &["/ecs/web"]), None);
    }

    #[test]
    fn a_group_of_another_account_is_not_taken_for_its_namesake() {
        let other = "arn:aws:logs:eu-west-1:222222222222:log-group:/ecs/web";
        let fields = |log| {
            [
                ("@log", log),
                ("@logStream", "web/1"),
                ("@timestamp", "1700000000123"),
            ]
        };
        let group = |log, asked: &[&str]| place(&fields(log), asked).unwrap().group;
        for asked in [&["/ecs/web", other][..], &[other]] {
            assert_eq!(group("222222222222:/ecs/web", asked), other);
        }
        assert_eq!(
            group("111111111111:/ecs/web", &[other, "/ecs/web"]),
            "/ecs/web"
        );
    }
}
