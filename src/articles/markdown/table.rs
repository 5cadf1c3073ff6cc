//! Tables as Markdown.

use super::inline::Inline;
use crate::articles::body::{Flow, Table};

/// A table; one without heads gets empty ones, for Markdown knows no other.
pub(super) fn write(table: &Table, inline: &Inline<'_>) -> String {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let inline = inline.in_table();
    let cell = |flow: &Flow| inline.write(flow).replace("\\\n", "<br>");
    let line = |cells: Vec<String>| {
        let missing = columns.saturating_sub(cells.len());
        let cells = cells
            .into_iter()
            .chain(std::iter::repeat_n(String::new(), missing));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = table
        .rows
        .iter()
        .map(|row| line(row.iter().map(cell).collect()))
        .collect();
    if !table.headed {
        lines.insert(0, line(Vec::new()));
    }
    lines.insert(1.min(lines.len()), line(vec!["---".to_owned(); columns]));
    lines.join("\n")
}
