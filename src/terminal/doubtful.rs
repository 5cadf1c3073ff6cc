//! Rows with clusters that terminals draw in different widths: emoji joined into one, flags, the signs of Indic scripts.
//!
//! A terminal that draws one wider or narrower than it is counted moves what stands behind it on the row, and a frame
//! that sends only what changed leaves pieces of the one before. So such a row is erased and drawn whole, with the place
//! of what follows such a cluster said anew.

use std::collections::BTreeSet;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::row_move::RowMove;

/// Changed cells from which on it is looked whether rows only moved.
const WORTH_MOVING: usize = 200;

/// What the rows with doubtful clusters show, and all others so that it is known when one becomes such a row.
#[derive(Debug, Default)]
pub(super) struct DoubtfulRows {
    width: usize,
    cells: Vec<Cell>,
    /// The rows that show such a cluster, as they were drawn last.
    doubtful: BTreeSet<u16>,
}

/// A cell with its column and row.
pub(super) type Placed = (u16, u16, Cell);

impl DoubtfulRows {
    /// The screen was erased, or has another size.
    pub(super) fn forget(&mut self, columns: u16, rows: u16) {
        self.width = usize::from(columns);
        self.cells = vec![Cell::EMPTY; self.width * usize::from(rows)];
        self.doubtful.clear();
    }

    /// Moves rows that are elsewhere on the next screen, if most of what changed is that; gives the move and what is left
    /// to be drawn.
    pub(super) fn shift(
        &mut self,
        changed: &[(u16, u16, &Cell)],
    ) -> Option<(RowMove, Vec<Placed>)> {
        if changed.len() < WORTH_MOVING {
            return None;
        }
        let mut after = self.cells.clone();
        put(&mut after, self.width, changed);
        let found = RowMove::between(&self.cells, &after, self.width)?;
        let mut moved = self.cells.clone();
        found.apply(&mut moved, self.width);
        let left = difference(&moved, &after, self.width);
        if left.len() + WORTH_MOVING / 4 > changed.len() {
            return None;
        }
        self.cells = moved;
        for row in found.rows().filter_map(|row| u16::try_from(row).ok()) {
            if self.row(row).iter().any(|cell| is_doubtful(cell.symbol())) {
                self.doubtful.insert(row);
            } else {
                self.doubtful.remove(&row);
            }
        }
        Some((found, left))
    }

    /// Takes what changed. Gives the rows to be erased and drawn whole; all other cells are drawn as ever.
    pub(super) fn take(&mut self, changed: &[(u16, u16, &Cell)]) -> BTreeSet<u16> {
        put(&mut self.cells, self.width, changed);
        let touched: BTreeSet<u16> = changed.iter().map(|(_, y, _)| *y).collect();
        let mut whole = BTreeSet::new();
        for row in touched {
            let is = self.row(row).iter().any(|cell| is_doubtful(cell.symbol()));
            let was = if is {
                !self.doubtful.insert(row)
            } else {
                self.doubtful.remove(&row)
            };
            if is || was {
                whole.insert(row);
            }
        }
        whole
    }

    /// The cells of a row in stretches: what follows a doubtful cluster begins a new one.
    pub(super) fn stretches(&self, row: u16) -> Vec<Vec<Placed>> {
        let mut stretches = vec![Vec::new()];
        let mut covered = 0;
        for (x, cell) in (0_u16..).zip(self.row(row)) {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let symbol = cell.symbol();
            covered = symbol.width().saturating_sub(1);
            if let Some(stretch) = stretches.last_mut() {
                stretch.push((x, row, cell.clone()));
            }
            if is_doubtful(symbol) {
                stretches.push(Vec::new());
            }
        }
        stretches
    }

    fn row(&self, row: u16) -> &[Cell] {
        let start = usize::from(row) * self.width;
        let row = self.cells.get(start..start + self.width);
        row.unwrap_or_default()
    }
}

/// Puts what changed on a screen of so many columns.
fn put(cells: &mut [Cell], columns: usize, changed: &[(u16, u16, &Cell)]) {
    for &(x, y, cell) in changed {
        let at = usize::from(y) * columns + usize::from(x);
        if let Some(kept) = cells.get_mut(at) {
            kept.clone_from(cell);
        }
        // What a wide cluster covers is not told of, and is nothing once the cluster is gone.
        for covered in at + 1..at + cell.symbol().width().max(1) {
            if let Some(kept) = cells.get_mut(covered) {
                *kept = Cell::EMPTY;
            }
        }
    }
}

/// What takes one screen to another, as ratatui has it.
fn difference(from: &[Cell], to: &[Cell], columns: usize) -> Vec<Placed> {
    let rows = from.len() / columns.max(1);
    let size = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
    let area = Rect::new(0, 0, size(columns), size(rows));
    let buffer = |cells: &[Cell]| Buffer {
        area,
        content: cells.to_vec(),
    };
    let (from, to) = (buffer(from), buffer(to));
    let changed = from.diff(&to).into_iter();
    changed.map(|(x, y, cell)| (x, y, cell.clone())).collect()
}

/// Whether terminals may differ about the width of a cluster: one of several characters, but for letters with accents.
fn is_doubtful(symbol: &str) -> bool {
    let is_accent = |c: char| matches!(c, '\u{300}'..='\u{36f}');
    !symbol.is_ascii() && symbol.chars().skip(1).any(|c| !is_accent(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<Cell> {
        use unicode_segmentation::UnicodeSegmentation as _;
        let cell = |symbol: &str| {
            let mut cell = Cell::EMPTY;
            cell.set_symbol(symbol);
            cell
        };
        let mut cells = Vec::new();
        for symbol in row.graphemes(true) {
            cells.push(cell(symbol));
            cells.extend(vec![Cell::EMPTY; symbol.width().saturating_sub(1)]);
        }
        cells
    }

    fn take(rows: &mut DoubtfulRows, y: u16, text: &str) -> Vec<u16> {
        let cells = cells(text);
        let changed: Vec<_> = (0_u16..)
            .zip(&cells)
            .map(|(x, cell)| (x, y, cell))
            .collect();
        rows.take(&changed).into_iter().collect()
    }

    #[test]
    fn a_row_is_drawn_whole_as_long_as_it_shows_a_doubtful_cluster_and_once_more() {
        let mut rows = DoubtfulRows::default();
        rows.forget(10, 3);
        assert_eq!(take(&mut rows, 1, "plain e\u{301} 漢"), [0_u16; 0]);
        assert_eq!(take(&mut rows, 1, "👨\u{200d}👩\u{200d}👧 family"), [1]);
        assert_eq!(take(&mut rows, 2, "कि 🇩🇪"), [2]);
        assert_eq!(
            take(&mut rows, 1, "ab        "),
            [1],
            "what was left behind goes"
        );
        assert_eq!(take(&mut rows, 1, "abc"), [0_u16; 0]);
        rows.forget(10, 3);
        assert_eq!(take(&mut rows, 2, "plain     "), [0_u16; 0]);
    }

    #[test]
    fn what_a_wide_cluster_covered_does_not_come_back() {
        let mut rows = DoubtfulRows::default();
        rows.forget(4, 1);
        take(&mut rows, 0, "word");
        let flag = cells("🇩🇪");
        rows.take(&[(1, 0, &flag[0])]);
        rows.take(&[(1, 0, &Cell::EMPTY)]);
        let stretches = rows.stretches(0);
        let row = stretches.iter().flatten().map(|(_, _, cell)| cell.symbol());
        assert_eq!(row.collect::<String>(), "w  d");
    }

    #[test]
    fn what_follows_a_doubtful_cluster_says_its_place() {
        let mut rows = DoubtfulRows::default();
        rows.forget(6, 1);
        take(&mut rows, 0, "a🇩🇪bc ");
        let written = |stretch: &Vec<Placed>| -> String {
            stretch.iter().map(|(_, _, cell)| cell.symbol()).collect()
        };
        let stretches = rows.stretches(0);
        let texts: Vec<String> = stretches.iter().map(written).collect();
        assert_eq!(texts, ["a🇩🇪", "bc "]);
        assert_eq!(stretches[1][0].0, 3);
    }
}
