//! The statistics of a measured run, size by size.

use ratatui::layout::Rect;

use crate::panes::tuning::RunEntry;
use crate::power::statistics::Summary;
use crate::power::{
    Currency, LimitFigure, MeasuredRun, Prices, RunOrigin, SampleKind, SizeRun, SizeState,
};
use crate::text;
use crate::theme::Role;
use crate::ui::chart::format::{duration_text, usd_text};
use crate::ui::painter::{Painter, Piece};

/// Columns of a figure.
const FIGURE: usize = 9;

/// Rows the table wants: a heading, a row per size, the bill, the first answer, what was found, and the warnings. Nothing for runs of which only means are
/// known.
pub(super) fn height(entry: &RunEntry, notes: &[String]) -> u16 {
    match &entry.run.origin {
        RunOrigin::Measured(run) => {
            let answer = usize::from(run.preflight.first_answer.is_some());
            let rows = run.sizes.len() + run.warnings.len() + notes.len() + answer + 2;
            u16::try_from(rows).unwrap_or(u16::MAX)
        }
        RunOrigin::Imported { .. } => 0,
    }
}

/// Draws the table, with what is worth knowing beside what the run found.
pub(super) fn draw(painter: &mut Painter<'_>, entry: &RunEntry, notes: &[String], area: Rect) {
    let RunOrigin::Measured(run) = &entry.run.origin else {
        return;
    };
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        let titles = [
            "MB",
            "samples",
            "mean",
            "p50",
            "p90",
            highest(run),
            "cold",
            "failed",
        ];
        let line: String = titles
            .iter()
            .map(|title| text::pad_left(title, FIGURE))
            .collect();
        painter.line(row, &[(Role::Muted, line)]);
    }
    // The sizes first: a pair that misses one must not have taken a row.
    for (size, row) in run.sizes.iter().zip(rows.by_ref()) {
        painter.line(row, &line(run, size));
    }
    if let Some(row) = rows.next() {
        painter.line(row, &[(Role::Cost, bill(run))]);
    }
    for (words, row) in first_answer(run).iter().zip(rows.by_ref()) {
        painter.line(row, &[(Role::Muted, words.clone())]);
    }
    for (words, row) in notes.iter().zip(rows.by_ref()) {
        painter.line(row, &[(Role::Text, format!("  {words}"))]);
    }
    for (row, warning) in rows.zip(&run.warnings) {
        painter.line(row, &[(Role::Warning, format!("  ! {warning}"))]);
    }
}

/// What the function answered first, if the run knows.
fn first_answer(run: &MeasuredRun) -> Option<String> {
    let answer = run.preflight.first_answer.as_ref()?;
    Some(format!("  first answer: {}", answer.text))
}

/// The title of the highest figure: few samples have no 99th percentile, so that the slowest of them is told.
fn highest(run: &MeasuredRun) -> &'static str {
    if has_p99(run) { "p99" } else { "slowest" }
}

fn has_p99(run: &MeasuredRun) -> bool {
    let fewest = LimitFigure::P99.fewest();
    let counts = run.sizes.iter().map(|size| run.series(size).count());
    let mut told = counts.filter(|count| *count > 0);
    told.all(|count| count >= fewest)
}

/// What the run invoked and paid for at the prices of its day, and the list that costs are counted at.
fn bill(run: &MeasuredRun) -> String {
    let currency = Currency::of_region(&run.region);
    let spent = usd_text(run.usage.spent_usd, currency);
    let failures = run.failures_in_words();
    let failures = failures.map(|words| {
        let cost = usd_text(run.failures_cost(), currency);
        format!("{words} and cost {cost}")
    });
    let invocations = failures.unwrap_or_else(|| format!("{} invocations", run.invocations()));
    let list = &Prices::bundled().as_of;
    format!("  spent {spent}; {invocations}; costs at list prices of {list}")
}

fn line(run: &MeasuredRun, size: &SizeRun) -> Vec<Piece> {
    let durations = run.durations(size);
    let cold = size.samples.iter();
    let cold = cold.filter(|sample| sample.kind != SampleKind::Warm);
    let failures = size.failures();
    let memory = text::pad_left(&size.memory_mb.to_string(), FIGURE);
    let count = text::pad_left(&durations.len().to_string(), FIGURE);
    let mut pieces = vec![(Role::Text, memory), (Role::Muted, count)];
    if let Some(summary) = Summary::of(&durations) {
        let highest = if has_p99(run) {
            summary.p99
        } else {
            summary.max
        };
        let has_p90 = durations.len() >= LimitFigure::P90.fewest();
        let p90 = Some(summary.p90).filter(|_| has_p90);
        for figure in [Some(summary.mean), Some(summary.p50), p90, Some(highest)] {
            let text = figure.map_or_else(|| "-".to_owned(), duration_text);
            pieces.push((Role::Duration, text::pad_left(&text, FIGURE)));
        }
        pieces.push((
            Role::Muted,
            text::pad_left(&cold.count().to_string(), FIGURE),
        ));
        let role = if failures > 0 {
            Role::Error
        } else {
            Role::Muted
        };
        pieces.push((role, text::pad_left(&failures.to_string(), FIGURE)));
    }
    match &size.state {
        SizeState::Infeasible(why) => pieces.push((Role::Error, format!("  infeasible: {why}"))),
        SizeState::Skipped(why) => pieces.push((Role::Warning, format!("  skipped: {why}"))),
        SizeState::Dropped => pieces.push((Role::Muted, "  dropped".to_owned())),
        SizeState::Pending | SizeState::Ok => {}
    }
    pieces
}
