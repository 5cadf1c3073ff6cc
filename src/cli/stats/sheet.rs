//! Statistics for people: the groups side by side, a line for each figure.

use super::super::table::{Alignment, TextTable};
use crate::logs::statistics::{InvocationSummary, Share, Spread};
use crate::logs::{Home, group_label};

/// A figure of a summary as text; none when nobody told it.
type Cell = fn(&InvocationSummary) -> Option<String>;
/// A figure of a series, in milliseconds.
type Figure = fn(&Spread) -> f64;
/// One series of a summary.
type Series = fn(&InvocationSummary) -> Option<Spread>;

const COUNTS: [(&str, Cell); 7] = [
    ("invocations", |it| Some(it.invocations.to_string())),
    ("cold starts", |it| {
        Some(with_share(it.cold_starts, it.invocations))
    }),
    ("restores", |it| some(it.restores, it.invocations)),
    ("errors", |it| Some(with_share(it.errors, it.invocations))),
    ("time-outs", |it| {
        Some(with_share(it.timeouts, it.invocations))
    }),
    ("unfinished", |it| {
        (it.unfinished > 0).then(|| it.unfinished.to_string())
    }),
    ("left out: tuning runs", |it| {
        let left_out = it.of_runs.map_or("?".to_owned(), |count| count.to_string());
        (it.of_runs != Some(0)).then_some(left_out)
    }),
];

const SERIES: [(&str, Series); 4] = [
    ("duration", |it| it.duration),
    ("init", |it| it.init),
    ("provisioned init", |it| it.ahead_init),
    ("restore", |it| it.restore),
];

const FIGURES: [(&str, Figure); 7] = [
    ("avg", |it| it.avg),
    ("p10", |it| it.p10),
    ("p25", |it| it.p25),
    ("p50", |it| it.p50),
    ("p75", |it| it.p75),
    ("p90", |it| it.p90),
    ("p99", |it| it.p99),
];

const TOTALS: [(&str, Cell); 4] = [
    ("billed", |it| it.billed_ms.map(milliseconds)),
    ("billed of cold starts", |it| {
        it.billed_cold_ms.map(milliseconds)
    }),
    ("memory size", |it| it.memory_mb.map(megabytes)),
    ("max memory used", |it| it.max_memory_used_mb.map(megabytes)),
];

/// The groups side by side. A line that no group has a figure for is left out.
pub(super) fn sheet(summaries: &[(String, InvocationSummary)], home: &Home) -> String {
    let labels = summaries
        .iter()
        .map(|(key, _)| group_label(key, Some(home)));
    let labels: Vec<_> = labels.collect();
    let mut columns = vec![("", Alignment::Left)];
    columns.extend(labels.iter().map(|label| (&**label, Alignment::Right)));
    let mut table = TextTable::new(&columns);
    let mut line = |name: &str, cell: &dyn Fn(&InvocationSummary) -> Option<String>| {
        let cells: Vec<Option<String>> = summaries.iter().map(|(_, it)| cell(it)).collect();
        if cells.iter().any(Option::is_some) {
            let cells = cells
                .into_iter()
                .map(|cell| cell.unwrap_or_else(|| "-".to_owned()));
            table.row(std::iter::once(name.to_owned()).chain(cells));
        }
    };
    for (name, cell) in COUNTS {
        line(name, &cell);
    }
    for (name, series) in SERIES {
        for (figure, of) in FIGURES {
            let cell = |it: &InvocationSummary| series(it).map(|spread| milliseconds(of(&spread)));
            line(&format!("{name} {figure}"), &cell);
        }
        line(&format!("{name} from"), &|it| {
            series(it).and_then(|spread| thinned(&spread))
        });
    }
    for (name, cell) in TOTALS {
        line(name, &cell);
    }
    table.to_string()
}

/// Says that percentiles are not from all values.
fn thinned(spread: &Spread) -> Option<String> {
    match spread.share {
        Share::All => None,
        Share::OneOf(every) => Some(format!("1 of {every} values")),
    }
}

fn with_share(count: u64, all: u64) -> String {
    match count {
        0 => "0".to_owned(),
        _ => format!(
            "{count} ({:.1} %)",
            100.0 * count as f64 / all.max(1) as f64
        ),
    }
}

fn some(count: u64, all: u64) -> Option<String> {
    (count > 0).then(|| with_share(count, all))
}

fn milliseconds(value: f64) -> String {
    let decimals = if value < 10.0 {
        2
    } else {
        usize::from(value < 10_000.0)
    };
    format!("{value:.decimals$} ms")
}

fn megabytes(size: u32) -> String {
    format!("{size} MB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_side_by_side_and_empty_lines_are_left_out() {
        let spread = |avg: f64| Spread {
            count: 2,
            avg,
            p10: 1.0,
            p25: 2.0,
            p50: 30.0,
            p75: 40.0,
            p90: 50.0,
            p99: 123_456.0,
            share: Share::OneOf(4),
        };
        let busy = InvocationSummary {
            invocations: 200,
            cold_starts: 11,
            duration: Some(spread(7.456)),
            billed_ms: Some(900.0),
            memory_mb: Some(512),
            ..InvocationSummary::default()
        };
        let home = Home {
            account: "1".to_owned(),
            region: "eu-west-1".to_owned(),
        };
        let summaries = [
            ("/busy".into(), busy),
            ("/quiet".into(), InvocationSummary::default()),
        ];
        let text = sheet(&summaries, &home);
        let lines: Vec<&str> = text.lines().collect();
        let line = |name: &str| lines.iter().find(|line| line.starts_with(name)).copied();
        assert!(
            lines[0].contains("/busy") && lines[0].ends_with("/quiet"),
            "{text}"
        );
        assert!(
            line("cold starts").unwrap().contains("11 (5.5 %)"),
            "{text}"
        );
        let average = line("duration avg").unwrap();
        assert!(
            average.contains("7.46 ms") && average.ends_with('-'),
            "{text}"
        );
        assert!(
            line("duration p99").unwrap().contains("123456 ms"),
            "{text}"
        );
        assert!(
            line("duration from").unwrap().contains("1 of 4 values"),
            "{text}"
        );
        assert_eq!(
            (line("init"), line("restores"), line("unfinished")),
            (None, None, None)
        );
    }
}
