//! The lines of the statistics: a figure of every group each.

use super::{Counting, GroupColumn};
use crate::logs::statistics::{InvocationSummary, Spread};

/// A line of the statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// What it tells; of durations in milliseconds.
    pub name: &'static str,
    /// The figure of each group, in the order of the columns.
    pub cells: Vec<String>,
}

/// A figure of a summary.
struct Figure {
    name: &'static str,
    /// Nothing where nobody told it.
    tell: fn(&InvocationSummary) -> Option<String>,
    /// Whether it has a line even when no group tells it.
    always: bool,
}

/// A figure that always has a line.
const fn always(name: &'static str, tell: fn(&InvocationSummary) -> Option<String>) -> Figure {
    Figure {
        name,
        tell,
        always: true,
    }
}

/// A figure that has a line when a group tells it.
const fn told(name: &'static str, tell: fn(&InvocationSummary) -> Option<String>) -> Figure {
    Figure {
        name,
        tell,
        always: false,
    }
}

const FIGURES: [Figure; 40] = [
    always("invocations", |s| Some(s.invocations.to_string())),
    told("unfinished", |s| some(s.unfinished)),
    told("tuning left out", |s| {
        s.of_runs.map_or_else(|| Some("?".to_owned()), some)
    }),
    always("cold starts", |s| share(s.cold_starts, s.invocations)),
    told("restores", |s| some(s.restores)),
    always("errors", |s| share(s.errors, s.invocations)),
    always("time-outs", |s| share(s.timeouts, s.invocations)),
    always("duration avg", |s| ms(s.duration, |d| d.avg)),
    always("  p10", |s| ms(s.duration, |d| d.p10)),
    always("  p25", |s| ms(s.duration, |d| d.p25)),
    always("  p50", |s| ms(s.duration, |d| d.p50)),
    always("  p75", |s| ms(s.duration, |d| d.p75)),
    always("  p90", |s| ms(s.duration, |d| d.p90)),
    always("  p99", |s| ms(s.duration, |d| d.p99)),
    told("init avg", |s| ms(s.init, |d| d.avg)),
    told("  p10", |s| ms(s.init, |d| d.p10)),
    told("  p25", |s| ms(s.init, |d| d.p25)),
    told("  p50", |s| ms(s.init, |d| d.p50)),
    told("  p75", |s| ms(s.init, |d| d.p75)),
    told("  p90", |s| ms(s.init, |d| d.p90)),
    told("  p99", |s| ms(s.init, |d| d.p99)),
    told("init ahead avg", |s| ms(s.ahead_init, |d| d.avg)),
    told("  p10", |s| ms(s.ahead_init, |d| d.p10)),
    told("  p25", |s| ms(s.ahead_init, |d| d.p25)),
    told("  p50", |s| ms(s.ahead_init, |d| d.p50)),
    told("  p75", |s| ms(s.ahead_init, |d| d.p75)),
    told("  p90", |s| ms(s.ahead_init, |d| d.p90)),
    told("  p99", |s| ms(s.ahead_init, |d| d.p99)),
    told("restore avg", |s| ms(s.restore, |d| d.avg)),
    told("  p10", |s| ms(s.restore, |d| d.p10)),
    told("  p25", |s| ms(s.restore, |d| d.p25)),
    told("  p50", |s| ms(s.restore, |d| d.p50)),
    told("  p75", |s| ms(s.restore, |d| d.p75)),
    told("  p90", |s| ms(s.restore, |d| d.p90)),
    told("  p99", |s| ms(s.restore, |d| d.p99)),
    told("billed", |s| s.billed_ms.map(seconds)),
    told("  of cold starts", |s| s.billed_cold_ms.map(seconds)),
    told("memory used", |s| s.max_memory_used_mb.map(megabytes)),
    told("memory size", |s| s.memory_mb.map(megabytes)),
    told("records lost", |s| some(s.dropped_records)),
];

/// The lines there are: what no group tells has none, unless it is to be expected.
pub(super) fn lines(columns: &[GroupColumn]) -> Vec<SheetLine> {
    let line = |figure: &Figure| {
        let is_told = figure.always || columns.iter().any(|column| column.tells(figure));
        let cells = columns.iter().map(|column| column.cell(figure));
        is_told.then(|| SheetLine {
            name: figure.name,
            cells: cells.collect(),
        })
    };
    FIGURES.iter().filter_map(line).collect()
}

impl GroupColumn {
    fn tells(&self, figure: &Figure) -> bool {
        matches!(&self.state, Counting::Counted(summary) if (figure.tell)(summary).is_some())
    }

    fn cell(&self, figure: &Figure) -> String {
        match &self.state {
            Counting::Counted(summary) => (figure.tell)(summary).unwrap_or_else(|| "-".to_owned()),
            Counting::Failed(_) => "failed".to_owned(),
            Counting::Waiting | Counting::Reading(_, 0, _) => "...".to_owned(),
            Counting::Reading(_, events, _) => format!("{events} ev"),
        }
    }
}

fn some(count: u64) -> Option<String> {
    (count > 0).then(|| count.to_string())
}

/// A count, with its part of all in percent.
fn share(count: u64, all: u64) -> Option<String> {
    if all == 0 {
        return None;
    }
    let percent = count as f64 * 100.0 / all as f64;
    Some(format!("{count} {percent:.1} %"))
}

fn ms(spread: Option<Spread>, figure: fn(&Spread) -> f64) -> Option<String> {
    let figure = figure(&spread?);
    Some(if figure < 100.0 {
        format!("{figure:.3}")
    } else {
        format!("{figure:.1}")
    })
}

/// Milliseconds in seconds: whole milliseconds as long as they matter.
fn seconds(ms: f64) -> String {
    let decimals = if ms < 10_000.0 { 3 } else { 1 };
    format!("{:.decimals$} s", ms / 1000.0)
}

fn megabytes(mb: u32) -> String {
    format!("{mb} MB")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::statistics::Statistics;

    fn column(state: Counting) -> GroupColumn {
        GroupColumn {
            group: "/aws/lambda/f".to_owned(),
            name: "f".to_owned(),
            state,
        }
    }

    fn counted(lines: &[&str]) -> GroupColumn {
        let mut statistics = Statistics::new();
        for line in lines {
            statistics.take("s", line, 0);
        }
        column(Counting::Counted(Box::new(statistics.summary())))
    }

    const ID: &str = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";

    #[test]
    fn every_figure_the_records_tell_has_a_line() {
        let report = format!(
            "REPORT RequestId: {ID}\tDuration: 12.50 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\tInit Duration: 150.20 ms\t"
        );
        let lines = lines(&[counted(&[&report]), counted(&[])]);
        let told: Vec<(&str, &str)> = lines
            .iter()
            .map(|line| (line.name, line.cells[0].as_str()))
            .collect();
        assert_eq!(
            told[..2],
            [("invocations", "1"), ("cold starts", "1 100.0 %")]
        );
        let init: Vec<&str> = told
            .iter()
            .skip_while(|(name, _)| *name != "init avg")
            .take(7)
            .map(|(_, cell)| *cell)
            .collect();
        assert_eq!(init, ["150.2"; 7]);
        assert!(told.contains(&("memory used", "61 MB")));
        assert!(told.iter().all(|(name, _)| !name.starts_with("restore")));
        assert!(lines.iter().skip(1).all(|line| line.cells[1] == "-"));
    }

    #[test]
    fn what_is_not_counted_yet_says_so_and_what_failed_too() {
        let lines = lines(&[
            column(Counting::Waiting),
            column(Counting::Failed("No.".to_owned())),
        ]);
        assert!(lines.iter().all(|line| line.cells == ["...", "failed"]));
        assert!(lines.iter().any(|line| line.name == "duration avg"));
    }
}
