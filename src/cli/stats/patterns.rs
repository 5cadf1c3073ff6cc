//! The patterns of messages for people: a table for each group, the most counted first.

use super::super::CommandFailure;
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::ColumnFigures;
use super::json::PatternsJson;
use crate::logs::statistics::{EventSummary, GroupFigures};
use crate::logs::templates::Template;
use crate::logs::written_time;
use crate::text::{bars, counted, thousands};

/// Prints the patterns of each column.
pub(super) fn print(
    told: &[ColumnFigures],
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let summaries = told.iter().filter_map(|(column, figures)| match figures {
        GroupFigures::Events(summary) => Some((column, &**summary)),
        GroupFigures::Invocations(_) => None,
    });
    if context.json() {
        let entries = summaries.map(|(column, summary)| PatternsJson::of(column, summary));
        let entries: Vec<PatternsJson<'_>> = entries.collect();
        return output.json(&entries);
    }
    for (column, summary) in summaries {
        let (from, to) = (summary.span.from_ms, summary.span.to_ms);
        let heading = format!(
            "{}: {}, {} a minute, {:.1} % errors, from {} to {} (UTC)",
            column.title,
            counted(summary.all.total(), "event", "events").unwrap_or_else(|| "no events".into()),
            rate(summary),
            100.0 * summary.all.errors() as f64 / summary.all.total().max(1) as f64,
            written_time(from),
            written_time(to),
        );
        let table = table(summary, context.settings().ascii);
        output.data(&format!("{}\n{table}", crate::text::neutralise(&heading)))?;
        if summary.others.events > 0 {
            output.note(format!(
                "{} events of '{}' were of patterns too rare to be kept; a shorter range has fewer.",
                thousands(summary.others.events),
                column.title
            ));
        }
    }
    Ok(())
}

fn rate(summary: &EventSummary) -> String {
    let rate = summary.span.per_minute(summary.all.total());
    rate.map_or_else(|| "-".to_owned(), |rate| format!("{rate:.1}"))
}

fn table(summary: &EventSummary, ascii: bool) -> TextTable {
    let is_compared = summary.span.split_ms.is_some();
    let mut heads = vec![("count", Alignment::Right), ("share", Alignment::Right)];
    if is_compared {
        heads.extend([("before", Alignment::Right), ("since", Alignment::Right)]);
        heads.push(("", Alignment::Left));
    }
    heads.extend(["worst", "when", "first", "last", "pattern"].map(|it| (it, Alignment::Left)));
    let mut table = TextTable::new(&heads);
    for template in &summary.templates {
        table.row(cells(template, summary, ascii));
    }
    table
}

fn cells(template: &Template, summary: &EventSummary, ascii: bool) -> Vec<String> {
    let sights = &template.sights;
    let share = 100.0 * sights.count as f64 / summary.all.total().max(1) as f64;
    let mut cells = vec![thousands(sights.count), format!("{share:.1} %")];
    if summary.span.split_ms.is_some() {
        cells.push(thousands(sights.count - sights.count_since));
        cells.push(thousands(sights.count_since));
        cells.push(if sights.is_new() { "new" } else { "" }.to_owned());
    }
    let second = |time_ms: i64| written_time(time_ms).chars().take(19).collect();
    cells.extend([
        match sights.level.letter() {
            ' ' => "-".to_owned(),
            _ => sights.level.name().to_owned(),
        },
        bars(&sights.bars, ascii),
        second(sights.first_ms),
        second(sights.last_ms),
        template.words.clone(),
    ]);
    cells
}
