//! Tables on pages too narrow for their columns: a record a row, each cell behind the name of its column.

use super::margin::Margin;
use super::table::TableGrid;
use super::{PageBuilder, prepared, spans, wrap};
use crate::articles::TextRole;
use crate::articles::body::Flow;

impl PageBuilder<'_> {
    pub(super) fn records(&mut self, grid: &TableGrid<'_>, margin: &Margin) {
        let heads = grid.rows.first().filter(|_| grid.headed);
        let body = grid.rows.iter().skip(usize::from(grid.headed));
        let mut margin = margin.clone();
        if let (Some(heads), 1) = (heads, grid.rows.len()) {
            for head in heads {
                self.field(head, &mut margin);
            }
        }
        for (at, row) in body.enumerate() {
            if at > 0 {
                self.line(&mut margin, Vec::new());
            }
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
                let head = heads.and_then(|heads| heads.get(column));
                let field = named(
                    head.filter(|head| !head.is_blank()).map(AsRef::as_ref),
                    cell,
                );
                self.field(&field, &mut margin);
            }
        }
    }

    fn field(&mut self, field: &Flow, margin: &mut Margin) {
        let mut hanging = margin.and("", "");
        let field = prepared(field, crate::articles::LayoutOptions::default());
        let indent = 2.min(self.room(margin).saturating_sub(2));
        let lines = wrap::wrap(&field.text, self.room(margin).saturating_sub(indent).max(2));
        for (at, range) in lines.into_iter().enumerate() {
            let mut line = spans(&field, range, |role| role);
            if at > 0 && indent > 0 {
                line.insert(0, super::frame(" ".repeat(indent)));
            }
            self.line(&mut hanging, line);
            margin.next();
        }
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
