//! Statistics for people: the columns side by side, a line for each figure.

use super::super::table::{Alignment, TextTable};
use super::ColumnFigures;
use crate::logs::statistics::{SheetCell, SheetLine, change, sheet as lines};
use crate::text::{bars, neutralise};

/// The columns side by side. A line that no column has a figure for is left out.
pub(super) fn sheet(told: &[ColumnFigures], ascii: bool) -> String {
    let mut heads = vec![("", Alignment::Left)];
    let titles = told.iter().map(|(column, _)| column.title.as_str());
    heads.extend(titles.map(|title| (title, Alignment::Right)));
    let mut table = TextTable::new(&heads);
    let figures: Vec<_> = told.iter().map(|(_, figures)| Some(figures)).collect();
    for line in lines(&figures) {
        if line.cells.iter().all(Option::is_none) {
            continue;
        }
        let name = name(&line);
        let cells = line.cells.into_iter().map(|cell| match cell {
            Some(SheetCell::Text(words)) => words,
            Some(SheetCell::Bars(counts)) => bars(&counts, ascii),
            None => "-".to_owned(),
        });
        table.row(std::iter::once(name).chain(cells));
    }
    format!("{table}{}", changes(told))
}

/// How each column of a group does against the one before it, a line each.
fn changes(told: &[ColumnFigures]) -> String {
    let line = |pair: &[ColumnFigures]| {
        let [(first, before), (second, since)] = pair else {
            return None;
        };
        let change = change(before, since).filter(|_| first.part.group == second.part.group)?;
        let (first, second) = (neutralise(&first.title), neutralise(&second.title));
        Some(format!(
            "{second} against {first}: duration avg {}\n",
            change.words()
        ))
    };
    told.windows(2).filter_map(line).collect()
}

fn name(line: &SheetLine) -> String {
    match line.figure {
        "" => line.of.to_owned(),
        figure => format!("{} {figure}", line.of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::stats::StatisticsColumn;
    use crate::jobs::statistics::{StatisticsPart, TimeRange};
    use crate::logs::statistics::{GroupFigures, InvocationSummary, Percentile, Share, Spread};

    fn column(title: &str, summary: InvocationSummary) -> ColumnFigures {
        let column = StatisticsColumn {
            title: title.to_owned(),
            part: StatisticsPart {
                group: title.to_owned(),
                range: TimeRange {
                    from_ms: 0,
                    to_ms: 1,
                },
                only: None,
            },
        };
        (column, GroupFigures::Invocations(Box::new(summary)))
    }

    #[test]
    fn groups_stand_side_by_side_and_empty_lines_are_left_out() {
        let mut percentiles = [1.0; Percentile::ALL.len()];
        percentiles[Percentile::P99 as usize] = 123_456.0;
        let spread = Spread {
            count: 200,
            avg: 7.456,
            avg_interval: None,
            percentiles,
            share: Share::OneOf(4),
            shape: None,
        };
        let busy = InvocationSummary {
            invocations: 200,
            cold_starts: 11,
            duration: Some(spread),
            billed_ms: Some(900.0),
            memory_mb: Some(512),
            ..InvocationSummary::default()
        };
        let quiet = InvocationSummary::default();
        let text = sheet(&[column("/busy", busy), column("/quiet", quiet)], false);
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
