//! The facts of a line of text: the words loggers set around a level, and Lambda's own records.

use super::columns::Columns;
use super::{Facts, RecordKind, container, head};
use crate::logs::{Level, RequestId};

/// Bytes of the first line in which a level is looked for; further in, a word is part of the message.
const LOOK: usize = 160;

/// The facts of a line of text that starts with these columns.
pub(super) fn facts(text: &str, columns: Columns) -> Facts {
    let line = head(text, LOOK);
    let line = line.split('\n').next().unwrap_or(line);
    let word = line.split([' ', '\t']).next().unwrap_or(line);
    if let Some(kind) = RecordKind::worded(word) {
        return Facts {
            kind,
            request: labelled(line),
            level: status(kind, text),
            ..Facts::default()
        };
    }
    let request = columns.request.or_else(|| column(line));
    let request = request.or_else(|| labelled(line));
    if is_time_out(line) {
        return Facts {
            kind: RecordKind::TimedOut,
            level: Level::Error,
            request,
            ..Facts::default()
        };
    }
    Facts {
        level: columns.level.or(level(line)),
        request,
        ..Facts::default()
    }
}

/// Whether Lambda says here that it stopped an invocation.
pub(super) fn is_time_out(text: &str) -> bool {
    let rest = text
        .split_once("Task timed out after ")
        .map(|(_, rest)| rest);
    rest.is_some_and(|rest| rest.contains("seconds"))
}

/// What failed says so at the end of its report.
fn status(kind: RecordKind, text: &str) -> Level {
    let is_report = matches!(
        kind,
        RecordKind::Report | RecordKind::InitReport | RecordKind::RestoreReport
    );
    let failed = is_report
        && text
            .rsplit_once("Status: ")
            .is_some_and(|(_, status)| !status.starts_with("success"));
    if failed { Level::Error } else { Level::Unknown }
}

/// The request id after its label.
fn labelled(line: &str) -> Option<RequestId> {
    let (_, id) = line.split_once("RequestId: ")?;
    RequestId::leading(id)
}

/// The request id as Lambda's runtimes write it: the second or third column, after a time or a level.
fn column(line: &str) -> Option<RequestId> {
    let mut columns = line.splitn(4, ['\t', ' ']);
    let first = columns.next()?;
    let starts = first.starts_with(|c: char| c.is_ascii_digit() || c == '[');
    let id = columns.take(2).find_map(RequestId::parse);
    id.filter(|_| starts)
}

/// The first word of the line that is a level, as loggers set it.
fn level(line: &str) -> Level {
    if let Some(level) = klog(line) {
        return level;
    }
    if line.starts_with("Traceback (most recent call last)") || line.starts_with("panic: ") {
        return Level::Error;
    }
    let mut rest = line;
    let mut before = None;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        before = rest
            .get(..start)
            .and_then(|gap| gap.chars().next_back())
            .or(before);
        let word = rest.get(start..).unwrap_or_default();
        let end = word.find(|c: char| !is_part(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        if let Some(level) = set_apart(word, before, after) {
            return level;
        }
        if after.starts_with(':') && container::is_error(word) {
            return Level::Error;
        }
        before = None;
        rest = after;
    }
    Level::Unknown
}

fn is_part(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// The level a word names, if it stands as loggers set it: in capitals, in brackets, after `=` or before a colon.
fn set_apart(word: &str, before: Option<char>, after: &str) -> Option<Level> {
    let level = Level::named(word)?;
    let capitals = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let in_words = matches!(word, "LOG" | "FINE" | "ALERT" | "FINER" | "SILLY" | "FAIL");
    let bracketed = before == Some('[') && after.starts_with(']');
    let valued = matches!(before, Some('=')) && level != Level::Unknown;
    // Within a sentence "fail" is what something does; .NET writes it at the beginning of a line.
    let is_verb = word.eq_ignore_ascii_case("fail") && before.is_some();
    let is_word = is_verb || matches!(word, "log" | "fine" | "alert");
    let labelled = after.starts_with(": ") && !is_word;
    ((capitals && !in_words) || bracketed || valued || labelled).then_some(level)
}

/// Kubernetes' style: `E0102 15:04:05.678`.
fn klog(line: &str) -> Option<Level> {
    let (letter, rest) = line.split_at_checked(1)?;
    let (date, rest) = rest.split_at_checked(4)?;
    let is_date = date.bytes().all(|byte| byte.is_ascii_digit()) && rest.starts_with(' ');
    let level = match letter {
        "I" => Level::Info,
        "W" => Level::Warn,
        "E" => Level::Error,
        "F" => Level::Fatal,
        _ => return None,
    };
    is_date.then_some(level)
}

#[cfg(test)]
mod tests {
    use super::super::{Facts, RecordKind};
    use crate::logs::{Level, RequestId};

    const ID: &str = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";

    #[test]
    fn levels_are_found_where_loggers_set_them() {
        let cases = [
            ("[ERROR] boom", Level::Error),
            ("ERROR: boom", Level::Error),
            ("2026-01-02 03:04:05,678 WARN  main - slow", Level::Warn),
            ("[warn] nginx", Level::Warn),
            ("time=\"2026\" level=info msg=x", Level::Info),
            ("error: could not compile", Level::Error),
            ("E0102 15:04:05.678 1 main.go:3] x", Level::Error),
            ("ERROR\tlate", Level::Error),
            ("fail: Orders.Worker[0]", Level::Error),
            ("crit: Orders.Worker[0]", Level::Fatal),
            ("dbug: Orders.Worker[0]", Level::Debug),
            ("E1128 10:00:00.1 1 main.go:3] klog error", Level::Error),
            ("level=error ts=1 msg=\"logfmt error\"", Level::Error),
            ("2026/11/28 INFO ErrorBudget is fine", Level::Info),
            ("no error here at all, errors=0", Level::Unknown),
            ("3 PASS, 1 FAIL", Level::Unknown),
            ("none may fail: all are needed", Level::Unknown),
            (
                "CannotPullContainerError: pull image manifest has been retried",
                Level::Error,
            ),
            (
                "Task stopped: ResourceInitializationError: unable to pull secrets",
                Level::Error,
            ),
            (
                "OutOfMemoryError: Container killed due to memory usage",
                Level::Error,
            ),
            (
                "CannotStartContainerError: Error response from daemon",
                Level::Error,
            ),
            ("java.lang.OutOfMemoryError: Java heap space", Level::Error),
            ("what CannotPullContainerError means", Level::Unknown),
            ("TypeError: x is not a function", Level::Unknown),
            ("no errors found, 3 warnings", Level::Unknown),
            ("the error was mended", Level::Unknown),
            ("GET /error 200", Level::Unknown),
            ("", Level::Unknown),
        ];
        for (text, expected) in cases {
            assert_eq!(Facts::of(text).level, expected, "{text:?}");
        }
    }

    #[test]
    fn the_runtimes_columns_tell_the_invocation() {
        for text in [
            format!("2026-01-02T03:04:05.678Z\t{ID}\tINFO\thi"),
            format!("[INFO]\t2026-01-02T03:04:05.678Z\t{ID}\thi"),
            format!("2026-01-02T03:04:05.678Z\t{ID}\tinfo\tERROR budget"),
        ] {
            let facts = Facts::of(&text);
            assert_eq!(
                (facts.level, facts.request),
                (Level::Info, RequestId::parse(ID))
            );
        }
        assert_eq!(Facts::of(&format!("user {ID} came")).request, None);
    }

    #[test]
    fn records_of_the_platform_are_known() {
        let cases = [
            (
                format!("START RequestId: {ID} Version: $LATEST\n"),
                RecordKind::Start,
                Level::Unknown,
            ),
            (
                format!("END RequestId: {ID}\n"),
                RecordKind::End,
                Level::Unknown,
            ),
            (
                format!("REPORT RequestId: {ID}\tDuration: 1 ms\tStatus: timeout"),
                RecordKind::Report,
                Level::Error,
            ),
            (
                format!("REPORT RequestId: {ID}  Duration: 1 ms  Status: timeout"),
                RecordKind::Report,
                Level::Error,
            ),
            (
                format!("START RequestId: {ID} Version: 1 Tenant Id: x"),
                RecordKind::Start,
                Level::Unknown,
            ),
            (
                format!("2026-01-02T03:04:05.678Z {ID} Task timed out after 3.00 seconds\n"),
                RecordKind::TimedOut,
                Level::Error,
            ),
        ];
        for (text, kind, level) in cases {
            let facts = Facts::of(&text);
            assert_eq!((facts.kind, facts.level), (kind, level), "{text}");
            assert_eq!(facts.request, RequestId::parse(ID), "{text}");
        }
        assert_eq!(
            Facts::of("INIT_START Runtime Version: x").kind,
            RecordKind::InitStart
        );
        assert_eq!(Facts::of("STARTED").kind, RecordKind::Application);
    }

    #[test]
    fn an_initialisation_that_timed_out_is_an_error() {
        for text in [
            "INIT_REPORT Init Duration: 10007.33 ms\tPhase: init\tStatus: timeout\n",
            "INIT_REPORT Init Duration: 10007.33 ms  Phase: init  Status: timeout",
            "INIT_REPORT Init Duration: 206.72 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError",
        ] {
            let facts = Facts::of(text);
            assert_eq!(
                (facts.kind, facts.level),
                (RecordKind::InitReport, Level::Error)
            );
        }
        let ready = Facts::of("INIT_REPORT Init Duration: 206.72 ms\tPhase: init");
        assert_eq!(ready.level, Level::Unknown);
    }
}
