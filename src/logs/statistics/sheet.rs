//! The figures of several groups side by side: which lines there are, and what stands in them.

use super::events::EventSummary;
use super::series::{Percentile, Share, Spread};
use super::{GroupFigures, InvocationCost, InvocationSummary};
use crate::logs::Level;
use crate::logs::export::short_time;

/// A line of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// What it is about, such as `duration`.
    pub of: &'static str,
    /// Which figure of it, such as `p90`; empty when there is one alone.
    pub figure: &'static str,
    /// The figure of each group; nothing where nobody told it.
    pub cells: Vec<Option<SheetCell>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetCell {
    /// Words.
    Text(String),
    /// Counts to be drawn as bars.
    Bars(Vec<u32>),
}

/// What tells the figure of a group.
type Teller<'t, T> = &'t dyn Fn(&T) -> Option<String>;

/// The lines for groups of which some may have no figures yet. A line that no group tells is left out, unless it is to be
/// expected.
#[must_use]
pub fn sheet(columns: &[Option<&GroupFigures>]) -> Vec<SheetLine> {
    let mut sheet = Sheet {
        columns,
        lines: Vec::new(),
    };
    let is_of_events =
        |column: Option<&GroupFigures>| matches!(column, Some(GroupFigures::Events(_)));
    if !columns.iter().copied().all(is_of_events) {
        sheet.invocations();
    }
    if columns.iter().copied().any(is_of_events) {
        sheet.events();
    }
    sheet.lines
}

/// The lines so far.
struct Sheet<'f> {
    columns: &'f [Option<&'f GroupFigures>],
    lines: Vec<SheetLine>,
}

/// A series of a summary.
type Series = fn(&InvocationSummary) -> Option<Spread>;

/// The series of a summary, each with whether it is always told.
const SERIES: [(&str, bool, Series); 4] = [
    ("duration", true, |it| it.duration),
    ("init", false, |it| it.init),
    ("init ahead", false, |it| it.ahead_init),
    ("restore", false, |it| it.restore),
];

impl Sheet<'_> {
    fn add(
        &mut self,
        (of, figure): (&'static str, &'static str),
        always: bool,
        tell: &dyn Fn(&GroupFigures) -> Option<SheetCell>,
    ) {
        let cells: Vec<Option<SheetCell>> = self
            .columns
            .iter()
            .map(|column| column.and_then(tell))
            .collect();
        if always || cells.iter().any(Option::is_some) {
            self.lines.push(SheetLine { of, figure, cells });
        }
    }

    fn told(&mut self, of: &'static str, always: bool, tell: Teller<'_, InvocationSummary>) {
        self.add((of, ""), always, &|figures| match figures {
            GroupFigures::Invocations(summary) => tell(summary).map(SheetCell::Text),
            GroupFigures::Events(_) => None,
        });
    }

    fn of_events(&mut self, of: &'static str, tell: Teller<'_, EventSummary>) {
        self.add((of, ""), false, &|figures| match figures {
            GroupFigures::Events(summary) => tell(summary).map(SheetCell::Text),
            GroupFigures::Invocations(_) => None,
        });
    }

    fn invocations(&mut self) {
        self.told("invocations", true, &|s| Some(s.invocations.to_string()));
        self.told("unfinished", false, &|s| some(s.unfinished));
        self.told("tuning left out", false, &|s| {
            s.of_runs.map_or_else(|| Some("?".to_owned()), some)
        });
        self.told("cold starts", true, &|s| {
            share(s.cold_starts, s.invocations)
        });
        self.told("restores", false, &|s| {
            some(s.restores).and_then(|_| share(s.restores, s.invocations))
        });
        self.told("errors", true, &|s| share(s.errors, s.invocations));
        self.told("time-outs", true, &|s| share(s.timeouts, s.invocations));
        self.told("init failures", false, &|s| some(s.init_failures));
        for (of, always, series) in SERIES {
            self.series(of, always, series);
        }
        self.told("billed", false, &|s| s.billed_ms.map(seconds));
        self.told("of cold starts", false, &|s| s.billed_cold_ms.map(seconds));
        self.told("memory used", false, &|s| {
            s.max_memory_used_mb.map(megabytes)
        });
        self.told("memory size", false, &|s| s.memory_mb.map(megabytes));
        let cost = |tell: fn(&InvocationCost) -> String| {
            move |s: &InvocationSummary| s.cost.as_ref().map(tell)
        };
        self.told(
            "cost a million",
            false,
            &cost(|it| money(it, it.per_million)),
        );
        self.told("cost a month", false, &|s| {
            s.cost
                .as_ref()
                .and_then(|it| Some(money(it, it.per_month?)))
        });
        self.told("priced as", false, &cost(priced_as));
        self.told("records lost", false, &|s| some(s.dropped_records));
    }

    fn series(&mut self, of: &'static str, always: bool, series: Series) {
        let mut add = |figure, always, tell: &dyn Fn(&Spread) -> Option<SheetCell>| {
            self.add((of, figure), always, &|figures| match figures {
                GroupFigures::Invocations(summary) => series(summary).as_ref().and_then(tell),
                GroupFigures::Events(_) => None,
            });
        };
        add("n", always, &|it| {
            Some(SheetCell::Text(it.count.to_string()))
        });
        add("avg", always, &|it| Some(text(it.avg)));
        for (percentile, name) in Percentile::ALL.into_iter().zip(PERCENTILES) {
            add(name, always, &|it| {
                let too_few = || SheetCell::Text("n too small".to_owned());
                Some(it.told(percentile).map_or_else(too_few, text))
            });
        }
        add("from", false, &|it| match it.share {
            Share::All => None,
            Share::OneOf(every) => Some(SheetCell::Text(format!("1 of {every} values"))),
        });
        add("least", false, &|it| {
            it.shape.map(|shape| text(shape.least))
        });
        add("most", false, &|it| it.shape.map(|shape| text(shape.most)));
        add("shape", false, &|it| {
            it.shape.map(|shape| SheetCell::Bars(shape.counts.to_vec()))
        });
    }

    fn events(&mut self) {
        self.of_events("events", &|s| Some(s.all.total().to_string()));
        self.of_events("a minute", &|s| Some(rate(s, s.all.total())));
        for (level, name) in LEVELS {
            self.of_events(name, &|s| {
                let count = s.all.of(level);
                (count > 0).then(|| rate(s, count))
            });
        }
        self.of_events("share of errors", &|s| share(s.all.errors(), s.all.total()));
        self.of_events("patterns", &|s| {
            let more = if s.others.templates > 0 { "+" } else { "" };
            Some(format!("{}{more}", s.templates.len()))
        });
        self.of_events("read up to", &|s| {
            s.is_cut.then(|| short_time(s.span.to_ms))
        });
    }
}

/// The names of the percentiles.
pub(super) const PERCENTILES: [&str; Percentile::ALL.len()] =
    ["p10", "p25", "p50", "p75", "p90", "p99"];

/// The levels, the gravest first.
const LEVELS: [(Level, &str); Level::ALL.len()] = [
    (Level::Fatal, "fatal a minute"),
    (Level::Error, "error a minute"),
    (Level::Warn, "warn a minute"),
    (Level::Info, "info a minute"),
    (Level::Debug, "debug a minute"),
    (Level::Trace, "trace a minute"),
    (Level::Unknown, "no level"),
];

fn some(count: u64) -> Option<String> {
    (count > 0).then(|| count.to_string())
}

/// A count, with its part of all in percent.
fn share(count: u64, all: u64) -> Option<String> {
    let percent = || format!("{count} ({:.1} %)", 100.0 * count as f64 / all as f64);
    match (count, all) {
        (_, 0) => None,
        (0, _) => Some("0".to_owned()),
        _ => Some(percent()),
    }
}

/// Events a minute.
fn rate(summary: &EventSummary, count: u64) -> String {
    let Some(rate) = summary.span.per_minute(count) else {
        return "range too short".to_owned();
    };
    let decimals = match rate {
        rate if rate < 0.995 => 3,
        rate if rate < 99.95 => 1,
        _ => 0,
    };
    format!("{rate:.decimals$}")
}

fn text(ms: f64) -> SheetCell {
    SheetCell::Text(milliseconds(ms))
}

fn milliseconds(value: f64) -> String {
    let decimals = if value < 10.0 {
        2
    } else {
        usize::from(value < 10_000.0)
    };
    format!("{value:.decimals$} ms")
}

/// Milliseconds in seconds: whole milliseconds as long as they matter.
fn seconds(ms: f64) -> String {
    let decimals = if ms < 10_000.0 { 3 } else { 1 };
    format!("{:.decimals$} s", ms / 1000.0)
}

fn megabytes(size: u32) -> String {
    format!("{size} MB")
}

fn money(cost: &InvocationCost, amount: f64) -> String {
    let sign = cost.basis.rate.currency.sign();
    let decimals = if amount < 0.0995 { 4 } else { 2 };
    format!("{sign}{amount:.decimals$}")
}

fn priced_as(cost: &InvocationCost) -> String {
    let sign = if cost.basis.is_assumed {
        " assumed"
    } else {
        ""
    };
    format!("{}{sign}", cost.basis.architecture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::statistics::{EventStatistics, Statistics};
    use crate::logs::templates::EventSpan;

    const ID: &str = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e";

    fn invocations(count: usize) -> GroupFigures {
        let mut statistics = Statistics::new();
        for number in 0..count {
            let line = format!(
                "REPORT RequestId: {ID}{number:02}\tDuration: 12.50 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\tInit Duration: 150.20 ms\t"
            );
            statistics.take("s", &line, 0);
        }
        GroupFigures::Invocations(Box::new(statistics.summary()))
    }

    fn events(messages: &[&str]) -> GroupFigures {
        let mut events = EventStatistics::new(EventSpan {
            from_ms: 0,
            to_ms: 120_000,
            split_ms: None,
        });
        for message in messages {
            events.take(message, 0);
        }
        GroupFigures::Events(Box::new(events.summary()))
    }

    fn told(columns: &[Option<&GroupFigures>]) -> Vec<(String, Vec<String>)> {
        let cell = |cell: Option<SheetCell>| match cell {
            Some(SheetCell::Text(words)) => words,
            Some(SheetCell::Bars(counts)) => format!("{counts:?}"),
            None => "-".to_owned(),
        };
        let line = |line: SheetLine| {
            let name = format!("{} {}", line.of, line.figure).trim().to_owned();
            (name, line.cells.into_iter().map(cell).collect())
        };
        sheet(columns).into_iter().map(line).collect()
    }

    fn line<'t>(told: &'t [(String, Vec<String>)], name: &str) -> Option<&'t [String]> {
        let mut lines = told.iter();
        lines.find(|(it, _)| it == name).map(|(_, cells)| &**cells)
    }

    #[test]
    fn every_figure_the_records_tell_has_a_line() {
        let (busy, quiet) = (invocations(100), invocations(0));
        let told = told(&[Some(&busy), Some(&quiet)]);
        assert_eq!(line(&told, "invocations").unwrap(), ["100", "0"]);
        assert_eq!(line(&told, "cold starts").unwrap(), ["100 (100.0 %)", "-"]);
        for figure in [
            "avg", "p10", "p25", "p50", "p75", "p90", "p99", "least", "most",
        ] {
            let cells = line(&told, &format!("init {figure}")).unwrap();
            assert_eq!(cells, ["150.2 ms", "-"], "{figure}");
        }
        assert_eq!(line(&told, "init n").unwrap(), ["100", "-"]);
        assert_eq!(
            line(&told, "duration shape").unwrap()[0],
            "[100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]"
        );
        assert_eq!(line(&told, "memory used").unwrap(), ["61 MB", "-"]);
        assert!(told.iter().all(|(name, _)| !name.starts_with("restore")));
        assert_eq!(line(&told, "events"), None);
    }

    #[test]
    fn a_percentile_of_too_few_values_is_not_told() {
        for (count, told_ones) in [(1, 0), (2, 1), (4, 3), (10, 5), (99, 5), (100, 6)] {
            let figures = invocations(count);
            let told = told(&[Some(&figures)]);
            let is_told = |name: &&str| {
                let cells = line(&told, &format!("duration {name}")).unwrap();
                cells != ["n too small"]
            };
            let found = PERCENTILES.iter().filter(|name| is_told(name)).count();
            assert_eq!(found, told_ones, "{count}");
        }
    }

    #[test]
    fn a_group_without_invocations_has_figures_of_its_own() {
        let (log, function) = (
            events(&["ERROR: no 1", "ERROR: no 2", "INFO: up", "what"]),
            invocations(2),
        );
        let alone = told(&[Some(&log)]);
        assert_eq!(line(&alone, "invocations"), None);
        assert_eq!(line(&alone, "events").unwrap(), ["4"]);
        assert_eq!(line(&alone, "a minute").unwrap(), ["2.0"]);
        assert_eq!(line(&alone, "error a minute").unwrap(), ["1.0"]);
        assert_eq!(line(&alone, "no level").unwrap(), ["0.500"]);
        assert_eq!(line(&alone, "share of errors").unwrap(), ["2 (50.0 %)"]);
        assert_eq!(line(&alone, "patterns").unwrap(), ["3"]);
        assert_eq!(line(&alone, "warn a minute"), None);
        let both = told(&[Some(&log), Some(&function)]);
        assert_eq!(line(&both, "invocations").unwrap(), ["-", "2"]);
        assert_eq!(line(&both, "events").unwrap(), ["4", "-"]);
    }

    #[test]
    fn what_is_not_counted_yet_has_the_lines_that_are_to_be_expected() {
        let told = told(&[None]);
        assert_eq!(line(&told, "duration avg").unwrap(), ["-"]);
        assert_eq!(line(&told, "init avg"), None);
    }
}
