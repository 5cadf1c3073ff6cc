//! An invocation in one line: how it went, how long it took, what was billed, its memory, how it started, the error.

use crate::lambda::report::Report;
use crate::logs::invocation::{EnvironmentStart, Invocation, InvocationOutcome, Trouble};
use crate::text;

/// Columns in which everything has room.
const WIDE: usize = 72;
/// Columns of the memory.
const MEMORY: usize = 11;
/// Columns below which what was billed is left out.
const NARROW: usize = 54;

/// An invocation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InvocationText {
    pub(super) text: String,
    /// Whether it failed or timed out.
    pub(super) is_bad: bool,
}

/// Tells an invocation for a line of so many columns: its figures come before its id and the number of its lines. What
/// went wrong stands at the end, however long the line becomes with it.
pub(super) fn tell(invocation: &Invocation, columns: usize) -> InvocationText {
    let is_wide = columns >= WIDE;
    let outcome = invocation.outcome();
    let mut parts = vec![text::pad(word(outcome), 8)];
    if !invocation.is_broken_init() {
        figures(invocation, columns, &mut parts);
    }
    parts.push(start(invocation));
    if is_wide {
        let lines = invocation.lines;
        let noun = if lines == 1 { "line" } else { "lines" };
        parts.push(format!("{lines} {noun}"));
    }
    let is_bad = matches!(
        outcome,
        InvocationOutcome::Failed | InvocationOutcome::TimedOut
    );
    let error = error(invocation).filter(|_| outcome == InvocationOutcome::Failed);
    let tenant = invocation.tenant_id.as_ref();
    parts.extend(tenant.map(|tenant| format!("tenant {}", text::neutralise(tenant))));
    parts.extend(error.map(|error| text::neutralise(error).into_owned()));
    InvocationText {
        text: parts.join(" ").trim_end().to_owned(),
        is_bad,
    }
}

/// Adds the figures of an invocation, each in columns of its own.
fn figures(invocation: &Invocation, columns: usize, parts: &mut Vec<String>) {
    let is_wide = columns >= WIDE;
    let report = invocation.report.as_ref();
    if is_wide {
        let id = invocation.request_id.as_deref().unwrap_or("");
        let id: String = id.chars().take(8).collect();
        parts.push(text::pad(&text::neutralise(&id), 8));
    }
    let duration = report.and_then(|report| report.duration_ms);
    let duration = duration.map(milliseconds).unwrap_or_default();
    parts.push(text::pad_left(&duration, 9));
    if columns >= NARROW {
        parts.push(billed(report, is_wide));
    }
    parts.push(text::pad(&memory(report), MEMORY));
}

/// What went wrong: what the error said, else its type.
fn error(invocation: &Invocation) -> Option<&str> {
    let report = invocation.report.as_ref();
    let told = match &invocation.trouble {
        Some(Trouble::Failed(kind)) => kind.as_deref(),
        Some(Trouble::TimedOut) | None => None,
    };
    let said = invocation.error.as_deref().or(told);
    said.or(report.and_then(|report| report.error_type.as_deref()))
}

/// What was billed, in 14 columns, or in 11 without the unit.
fn billed(report: Option<&Report>, has_unit: bool) -> String {
    let (unit, columns) = if has_unit { (" ms", 14) } else { ("", 11) };
    let billed = report.and_then(Report::whole_billed_ms);
    let words = billed.map(|billed| format!("billed {billed:.0}{unit}"));
    text::pad(&words.unwrap_or_default(), columns)
}

/// The memory used, of how much.
fn memory(report: Option<&Report>) -> String {
    let memory = report.and_then(|report| Some((report.max_memory_used_mb?, report.memory_mb?)));
    let words = memory.map_or_else(String::new, |(used, size)| format!("{used}/{size} MB"));
    if words.len() > MEMORY {
        words.replace(' ', "")
    } else {
        words
    }
}

const fn word(outcome: InvocationOutcome) -> &'static str {
    match outcome {
        InvocationOutcome::Starting => "starting",
        InvocationOutcome::Running => "running",
        InvocationOutcome::Succeeded => "ok",
        InvocationOutcome::Failed => "failed",
        InvocationOutcome::TimedOut => "time-out",
    }
}

/// How it found its environment, with what that took.
fn start(invocation: &Invocation) -> String {
    let with = |word: &str, figure: Option<f64>| match figure {
        Some(figure) => format!("{word} {}", milliseconds(figure)),
        None => word.to_owned(),
    };
    if invocation.is_broken_init() {
        let took = invocation.readiness.init.and_then(|init| init.duration_ms);
        return format!("{}, no invocation", with("init", took));
    }
    match invocation.start() {
        EnvironmentStart::Warm => "warm".to_owned(),
        EnvironmentStart::Cold => with("init", invocation.init_ms()),
        EnvironmentStart::Restored => with("restore", invocation.restore_ms()),
        EnvironmentStart::Ahead => with("ahead", invocation.init_ms()),
    }
}

/// Milliseconds with as many decimals as matter: `2.61 ms`, `35.2 ms`, `204 ms`.
fn milliseconds(figure: f64) -> String {
    if figure < 10.0 {
        format!("{figure:.2} ms")
    } else if figure < 100.0 {
        format!("{figure:.1} ms")
    } else {
        format!("{figure:.0} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::invocation::Folder;

    /// The row of the last invocation that these lines tell of, in so many columns.
    fn told(lines: &[&str], columns: usize) -> InvocationText {
        let mut folder = Folder::new(8);
        for (at, line) in (0_i64..).zip(lines) {
            folder.take("s", line, at);
        }
        tell(folder.invocations().next_back().unwrap().1, columns)
    }

    #[test]
    fn a_failure_says_what_went_wrong() {
        let report = "REPORT RequestId: a-1\tDuration: 77.00 ms\tBilled Duration: 77 ms\tMemory Size: 128 MB\tMax Memory Used: 129 MB\tStatus: error\tError Type: Runtime.ExitError";
        let start = "START RequestId: a-1 Version: 7";
        let killed =
            "RequestId: a-1 Error: Runtime exited with error: signal: killed\nRuntime.ExitError";
        let row = told(&[start, killed, "END RequestId: a-1", report], 120);
        assert!(row.is_bad);
        assert_eq!(
            row.text,
            "failed   a-1        77.0 ms billed 77 ms   129/128 MB  warm 4 lines Runtime exited with error: signal: killed"
        );
        assert!(
            told(&[report], 54)
                .text
                .ends_with(" warm Runtime.ExitError")
        );
        let raised = told(&[start, "[ERROR] E: \u{1b}[31mred\u{1b}[0m\u{202e}"], 120);
        assert!(raised.text.ends_with(" E: red\\u{202e}"), "{}", raised.text);
        let handled = "2024-01-01T00:00:00.000Z\ta-1\tERROR\thandled";
        let end = "END RequestId: a-1";
        assert!(!told(&[start, handled, end], 120).text.contains("handled"));
        let timed_out = "2024-01-01T00:00:03.000Z a-1 Task timed out after 3.00 seconds";
        let row = told(&[start, handled, timed_out, end], 120);
        assert!(row.is_bad && !row.text.contains("handled"));
    }

    #[test]
    fn an_initialisation_that_timed_out_is_told_as_one() {
        let init = "INIT_REPORT Init Duration: 10007.33 ms\tPhase: init\tStatus: timeout";
        let row = told(&["INIT_START Runtime Version: x", init], 120);
        assert!(row.is_bad);
        assert_eq!(row.text, "time-out init 10007 ms, no invocation 2 lines");
    }

    #[test]
    fn the_tenant_is_told() {
        let start = "START RequestId: a-1 Version: 7 Tenant Id: green light";
        let row = told(&[start, "END RequestId: a-1 Tenant Id: green light"], 120);
        assert!(
            row.text.ends_with(" 2 lines tenant green light"),
            "{}",
            row.text
        );
    }

    #[test]
    fn what_an_invocation_cost_is_told_at_80_columns_beside_the_names_of_groups() {
        let mut folder = Folder::new(8);
        let report = "REPORT RequestId: 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f\tDuration: 2641.30 ms\tBilled Duration: 2870 ms\tMemory Size: 1024 MB\tMax Memory Used: 961 MB\tInit Duration: 228.04 ms\t";
        let id = folder.take("s", report, 0).invocation.unwrap();
        let invocation = folder.invocation(id).unwrap();
        let cases = [
            (
                90,
                "ok       8f5b1c9e   2641 ms billed 2870 ms 961/1024 MB init 228 ms 1 line",
            ),
            (54, "ok         2641 ms billed 2870 961/1024 MB init 228 ms"),
            (44, "ok         2641 ms 961/1024 MB init 228 ms"),
        ];
        for (columns, words) in cases {
            assert_eq!(tell(invocation, columns).text, words);
            assert!(words.len() <= columns);
        }
    }
}
