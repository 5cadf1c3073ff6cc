//! The results of a plan of several payloads: a row for each payload at each size.

use super::super::table::{Alignment, TextTable};
use crate::power::{Currency, PayloadFigures, TuneSummary};
use crate::ui::chart::format;

/// The rows, payload by payload; `None` for a plan of one payload.
pub(super) fn table(summary: &TuneSummary) -> Option<TextTable> {
    let mut rows: Vec<(&PayloadFigures, String)> = Vec::new();
    for size in &summary.sizes {
        let payloads = size.left_out.payloads.iter();
        rows.extend(payloads.map(|figures| (figures, size.memory_mb.to_string())));
    }
    rows.sort_by_key(|(figures, _)| figures.payload);
    let mut table = TextTable::new(&[
        ("payload", Alignment::Right),
        ("weight", Alignment::Right),
        ("MB", Alignment::Right),
        ("samples", Alignment::Right),
        ("failed", Alignment::Right),
        ("mean", Alignment::Right),
        ("p90", Alignment::Right),
        ("cost", Alignment::Right),
    ]);
    let currency = Currency::of_region(&summary.region);
    let nothing = || "-".to_owned();
    let milliseconds = |value: Option<f64>| value.map_or_else(nothing, format::duration_text);
    for (figures, memory) in &rows {
        let cost = |cost| format::per_million_text(cost, currency);
        table.row([
            figures.payload.to_string(),
            figures.weight.map_or_else(nothing, |it| it.to_string()),
            memory.clone(),
            figures.samples.to_string(),
            figures.errors.to_string(),
            milliseconds(figures.duration_ms),
            milliseconds(figures.p90_ms),
            figures.cost_usd.map_or_else(nothing, cost),
        ]);
    }
    (!rows.is_empty()).then_some(table)
}
