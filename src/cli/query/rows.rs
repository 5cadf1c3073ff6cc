//! The rows of an answer, as a table, as CSV or as JSON.

use std::io::{IsTerminal, stdout};

use serde_json::{Value, json};

use crate::cli::CommandFailure;
use crate::cli::args::QueryFormat;
use crate::cli::context::CommandContext;
use crate::cli::output::Output;
use crate::cli::table::{Alignment, TextTable};
use crate::logs::query::{
    AnswerTable, MOST_ANSWER_ROWS, QueryAnswer, QueryProgress, QueryRequest, ScanPrice, ValueKind,
    as_it_is, csv, json as answer_json,
};
use crate::logs::written_time;
use crate::text::reveal;

/// Prints the rows.
///
/// # Errors
/// When standard output takes no more.
pub(super) fn print(
    answer: &QueryAnswer,
    request: &QueryRequest,
    region: &str,
    format: QueryFormat,
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let table = AnswerTable::of(answer.rows.clone());
    let format = if context.json() {
        QueryFormat::Json
    } else {
        format
    };
    match format {
        QueryFormat::Json => output.json(&document(answer, &table, request, region)),
        _ if table.count() == 0 => Ok(()),
        QueryFormat::Csv => {
            // In a file the values are as they came; a terminal must not obey them.
            let is_shown = stdout().is_terminal();
            let shown = if is_shown { reveal } else { as_it_is };
            output.data(&csv(&table, 0..table.count(), shown))
        }
        QueryFormat::Table => output.data(&text(&table).to_string()),
    }
}

fn text(table: &AnswerTable) -> TextTable {
    let columns = table.columns().iter().map(|column| {
        let side = match column.kind {
            ValueKind::Number => Alignment::Right,
            ValueKind::Text | ValueKind::Time => Alignment::Left,
        };
        (column.name.as_str(), side)
    });
    let columns: Vec<_> = columns.collect();
    let mut text = TextTable::new(&columns);
    for row in 0..table.count() {
        let cells = (0..columns.len()).map(|column| table.cell(row, column));
        text.row(cells.map(|cell| cell.unwrap_or_default().trim_end().to_owned()));
    }
    text
}

/// The rows with what was asked and what was read.
fn document(
    answer: &QueryAnswer,
    table: &AnswerTable,
    request: &QueryRequest,
    region: &str,
) -> Value {
    let mut document = answer_json(table, 0..table.count(), answer.figures, as_it_is);
    let price = ScanPrice::of(answer.figures.bytes, Some(region));
    let asked = json!({
        "query": request.query,
        "groups": request.groups,
        "region": region,
        "from": written_time(request.from_s.saturating_mul(1_000)),
        "to": written_time(request.to_s.saturating_mul(1_000)),
        "complete": answer.progress == QueryProgress::Complete,
        "may_be_cut": table.count() >= MOST_ANSWER_ROWS,
        "usd_at_0_005_a_gb": price.usd,
    });
    if let (Value::Object(document), Value::Object(asked)) = (&mut document, asked) {
        document.extend(asked);
    }
    document
}
