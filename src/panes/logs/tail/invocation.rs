//! An invocation in one line: how it went, how long it took, what was billed, its memory, how it started.

use crate::lambda::report::Report;
use crate::logs::invocation::{EnvironmentStart, Invocation, InvocationOutcome};
use crate::text;

/// Columns in which everything has room.
const WIDE: usize = 72;
/// Columns below which what was billed is left out.
const NARROW: usize = 54;

/// An invocation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InvocationText {
    pub(super) text: String,
    /// Whether it failed or timed out.
    pub(super) is_bad: bool,
}

/// Tells an invocation for a line of so many columns: its figures come before its id and the number of its lines.
pub(super) fn tell(invocation: &Invocation, columns: usize) -> InvocationText {
    let is_wide = columns >= WIDE;
    let outcome = invocation.outcome();
    let report = invocation.report.as_ref();
    let mut parts = vec![text::pad(word(outcome), 8)];
    if is_wide {
        let id = invocation.request_id.as_deref().unwrap_or("");
        let id: String = id.chars().take(8).collect();
        parts.push(text::pad(&text::neutralise(&id), 8));
    }
    let duration = report.and_then(|report| report.duration_ms);
    parts.push(text::pad_left(
        &duration.map(milliseconds).unwrap_or_default(),
        9,
    ));
    if columns >= NARROW {
        parts.push(billed(report, is_wide));
    }
    parts.push(text::pad(&memory(report), 11));
    parts.push(start(invocation));
    if is_wide {
        let lines = invocation.lines;
        let noun = if lines == 1 { "line" } else { "lines" };
        parts.push(format!("{lines} {noun}"));
    }
    InvocationText {
        text: parts.join(" ").trim_end().to_owned(),
        is_bad: matches!(
            outcome,
            InvocationOutcome::Failed | InvocationOutcome::TimedOut
        ),
    }
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
    memory.map_or_else(String::new, |(used, size)| format!("{used}/{size} MB"))
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
