//! What a line that tells an error says, without the columns that loggers put before it.

use crate::logs::summary::said_in;
use crate::logs::{Facts, Level, RecordKind, RequestId};

/// What nearly every line that tells an error holds; the others are not looked at, because most lines are others.
const SIGNS: [&str; 4] = ["rror", "RROR", "FATAL", "CRIT"];

/// The words of a line when it tells an error, as they came.
pub(super) fn error_in(message: &str) -> Option<String> {
    let has_sign = SIGNS.iter().any(|sign| message.contains(sign));
    let is_error =
        |facts: Facts| facts.level >= Level::Error && facts.kind == RecordKind::Application;
    if !has_sign || !is_error(Facts::of(message)) {
        return None;
    }
    let line = after_columns(message.lines().next()?);
    let said = line.starts_with('{').then(|| said_in(message)).flatten();
    Some(said.unwrap_or_else(|| line.to_owned()))
}

/// What follows the columns with a time, a request id and a level.
fn after_columns(line: &str) -> &str {
    let mut rest = line;
    while let Some((column, after)) = rest.split_once('\t') {
        let is_time = column.starts_with(|c: char| c.is_ascii_digit()) && column.contains(':');
        let is_level = Level::named(column.trim_matches(['[', ']'])).is_some();
        if !is_time && !is_level && RequestId::parse(column).is_none() {
            break;
        }
        rest = after;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::error_in;

    #[test]
    fn an_error_is_told_without_time_id_and_level() {
        let id = "3f1c2a90-6b1d-4c55-9a70-0d8b1f6e0002";
        let time = "2026-11-28T10:00:00.000Z";
        let cases = [
            (
                format!("[ERROR]\t{time}\t{id}\tboom\tat last\nTraceback"),
                Some("boom\tat last"),
            ),
            (format!("{time}\t{id}\tERROR\tno queue"), Some("no queue")),
            (
                format!(r#"{time}\t{id}\tinfo\t{{"Level":"Error","Message":"refused"}}"#)
                    .replace("\\t", "\t"),
                Some("refused"),
            ),
            (
                r#"{"level":"ERROR","message":"lost"}"#.to_owned(),
                Some("lost"),
            ),
            ("ERROR: plain".to_owned(), Some("ERROR: plain")),
            ("no error here".to_owned(), None),
            (
                r#"{"type":"platform.initRuntimeDone","record":{"status":"error"}}"#.to_owned(),
                None,
            ),
            (r#"{"level":"info","message":"ERROR"}"#.to_owned(), None),
        ];
        for (line, words) in cases {
            assert_eq!(error_in(&line).as_deref(), words, "{line}");
        }
    }
}
