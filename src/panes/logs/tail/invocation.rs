//! An invocation in one line: how it went, how long it took, what was billed, its memory, how it started.

use crate::logs::invocation::{Invocation, Outcome, Start};
use crate::text;

/// Columns below which figures are left out.
const WIDE: usize = 72;

/// An invocation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) text: String,
    /// Whether it failed or timed out.
    pub(super) is_bad: bool,
}

/// Tells an invocation for a line of so many columns.
pub(super) fn tell(invocation: &Invocation, columns: usize) -> Told {
    let outcome = invocation.outcome();
    let mut parts = vec![text::pad(word(outcome), 8)];
    let id = invocation.request_id.as_deref().unwrap_or("");
    let id: String = id.chars().take(8).collect();
    parts.push(text::pad(&text::neutralise(&id), 8));
    let report = invocation.report.as_ref();
    let ms = |figure: Option<f64>| figure.map(milliseconds).unwrap_or_default();
    parts.push(text::pad_left(
        &ms(report.and_then(|report| report.duration_ms)),
        10,
    ));
    let is_wide = columns >= WIDE;
    if is_wide {
        let billed = report.and_then(crate::lambda::report::Report::whole_billed_ms);
        parts.push(text::pad(
            &billed.map_or(String::new(), |billed| format!("billed {billed:.0} ms")),
            15,
        ));
    }
    let memory = report.and_then(|report| Some((report.max_memory_used_mb?, report.memory_mb?)));
    let memory = memory
        .map(|(used, size)| format!("{used}/{size} MB"))
        .unwrap_or_default();
    parts.push(text::pad(&memory, 11));
    parts.push(start(invocation));
    if is_wide {
        let noun = if invocation.lines == 1 {
            "line"
        } else {
            "lines"
        };
        parts.push(format!("{} {noun}", invocation.lines));
    }
    Told {
        text: parts.join(" ").trim_end().to_owned(),
        is_bad: matches!(outcome, Outcome::Failed | Outcome::TimedOut),
    }
}

const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Starting => "starting",
        Outcome::Running => "running",
        Outcome::Succeeded => "ok",
        Outcome::Failed => "failed",
        Outcome::TimedOut => "time-out",
    }
}

/// How it found its environment, with what that took.
fn start(invocation: &Invocation) -> String {
    let with = |word: &str, figure: Option<f64>| match figure {
        Some(figure) => format!("{word} {}", milliseconds(figure)),
        None => word.to_owned(),
    };
    match invocation.start() {
        Start::Warm => "warm".to_owned(),
        Start::Cold => with("init", invocation.init_ms()),
        Start::Restored => with("restore", invocation.restore_ms()),
        Start::Ahead => with("ahead", invocation.init_ms()),
    }
}

/// Milliseconds with as many decimals as matter: `2.61 ms`, `35.2 ms`, `1204 ms`.
fn milliseconds(figure: f64) -> String {
    if figure < 10.0 {
        format!("{figure:.2} ms")
    } else if figure < 1000.0 {
        format!("{figure:.1} ms")
    } else {
        format!("{figure:.0} ms")
    }
}
