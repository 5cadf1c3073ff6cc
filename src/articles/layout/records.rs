//! Tables on pages too narrow for their columns: a record a row, each cell behind the name of its column.

use super::margin::Margin;
use super::page_builder::PageBuilder;
use super::spans::{frame, spans};
use super::table_grid::TableGrid;
use super::wrap;
use crate::articles::TextRole;
use crate::articles::body::Flow;

/// Draws the rows of a table below each other.
pub(super) fn draw(grid: &TableGrid<'_>, mut margin: Margin, page: &mut PageBuilder) {
    let heads = grid.heads();
    if let (Some(heads), true) = (heads, grid.body().is_empty()) {
        for head in heads {
            field(head, &mut margin, page);
        }
    }
    for (at, row) in grid.body().iter().enumerate() {
        if at > 0 {
            page.line(&mut margin, Vec::new());
        }
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let head = heads.and_then(|heads| heads.get(column));
            let head = head.filter(|head| !head.is_blank()).map(AsRef::as_ref);
            field(&named(head, cell), &mut margin, page);
        }
    }
}

fn field(field: &Flow, margin: &mut Margin, page: &mut PageBuilder) {
    let mut hanging = margin.and("", "");
    let room = page.room(margin);
    let indent = 2.min(room.saturating_sub(2));
    let lines = wrap::wrap(&field.text, room.saturating_sub(indent).max(2));
    for (at, range) in lines.into_iter().enumerate() {
        let mut line = spans(field, range, |role| role);
        if at > 0 && indent > 0 {
            line.insert(0, frame(" ".repeat(indent)));
        }
        page.line(&mut hanging, line);
        margin.next();
    }
}

/// A cell behind the name of its column.
fn named(head: Option<&Flow>, cell: &Flow) -> Flow {
    let mut field = Flow::default();
    if let Some(head) = head {
        for (piece, run) in head.pieces(0, head.text.len()) {
            let role = match run.role {
                TextRole::Body => TextRole::Strong,
                role => role,
            };
            field.push_exact(&piece.replace('\n', " "), role, run.link);
        }
        field.push_exact(": ", TextRole::Frame, None);
    }
    for (piece, run) in cell.pieces(0, cell.text.len()) {
        field.push_exact(piece, run.role, run.link);
    }
    field
}
