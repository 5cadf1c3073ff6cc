//! Rows that stand on the screen already, further up or down: the terminal moves them by itself, and only what is new is
//! sent. A page scrolled by a line costs a line and not a screen.

use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;

use ratatui::buffer::Cell;

/// Fewer rows are not worth moving.
const FEWEST: usize = 3;

/// Rows that are to be elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowMove {
    /// The rows that take part: those that move, and those they go to. As many as they move are blank afterwards.
    rows: Range<usize>,
    by: usize,
    up: bool,
}

impl RowMove {
    /// What takes most rows of one screen to where they are on the next, both row by row in so many columns.
    pub(super) fn between(before: &[Cell], after: &[Cell], columns: usize) -> Option<Self> {
        let marks = Marks::default();
        let (old, new) = (marks.of(before, columns), marks.of(after, columns));
        let moves = (1..old.len()).flat_map(|by| [(by, true), (by, false)]);
        let found = moves.filter_map(|(by, up)| Self::with(&old, &new, by, up));
        let (_, best) = found.max_by_key(|(rows, _)| *rows)?;
        Some(best)
    }

    /// The move by so many rows, with how many rows it takes to their places.
    fn with(old: &[u64], new: &[u64], by: usize, up: bool) -> Option<(usize, Self)> {
        let came = |at: &usize| {
            let from = if up {
                at.checked_add(by)
            } else {
                at.checked_sub(by)
            };
            let is_new = old.get(*at) != new.get(*at);
            is_new
                && from.is_some_and(|from| old.get(from).is_some() && old.get(from) == new.get(*at))
        };
        let there: Vec<usize> = (0..new.len()).filter(came).collect();
        let (&first, &last) = (there.first()?, there.last()?);
        let rows = if up {
            first..last + 1 + by
        } else {
            first - by..last + 1
        };
        (there.len() >= FEWEST).then_some((there.len(), Self { rows, by, up }))
    }

    /// Moves the rows of a screen of so many columns.
    pub(super) fn apply(&self, cells: &mut [Cell], columns: usize) {
        let range = self.rows.start * columns..self.rows.end * columns;
        let Some(part) = cells.get_mut(range) else {
            return;
        };
        let moved = (self.by * columns).min(part.len());
        let blank = if self.up {
            part.rotate_left(moved);
            part.len() - moved..part.len()
        } else {
            part.rotate_right(moved);
            0..moved
        };
        if let Some(blank) = part.get_mut(blank) {
            blank.fill(Cell::EMPTY);
        }
    }

    /// The rows that take part.
    pub(super) fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }

    /// What makes a terminal do it: lines deleted or inserted within a scrolling region, as every one since the VT102
    /// can. The new lines get the background of the pen, so that is put away first.
    pub(super) fn sequence(&self) -> String {
        let (top, bottom) = (self.rows.start + 1, self.rows.end);
        let action = if self.up { 'M' } else { 'L' };
        format!(
            "\x1b[m\x1b[{top};{bottom}r\x1b[{top}H\x1b[{}{action}\x1b[r",
            self.by
        )
    }
}

/// Numbers that differ when rows do.
#[derive(Default)]
struct Marks(RandomState);

impl Marks {
    fn of(&self, cells: &[Cell], columns: usize) -> Vec<u64> {
        let rows = cells.chunks(columns.max(1));
        rows.map(|row| self.0.hash_one(row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: usize = 4;

    fn screen(rows: &str) -> Vec<Cell> {
        let cells = rows.split_whitespace().flat_map(|row| {
            let letters = row.chars().chain("    ".chars()).take(COLUMNS);
            letters.map(|letter| {
                let mut cell = Cell::EMPTY;
                cell.set_char(letter);
                cell
            })
        });
        cells.collect()
    }

    #[test]
    fn a_scrolled_page_is_moved_between_its_head_and_its_foot() {
        let before = screen("head a b c d e f foot");
        let after = screen("head b c d e f g foot");
        let up = RowMove::between(&before, &after, COLUMNS).unwrap();
        assert_eq!(
            up.sequence(),
            "\u{1b}[m\u{1b}[2;7r\u{1b}[2H\u{1b}[1M\u{1b}[r"
        );
        let mut moved = before.clone();
        up.apply(&mut moved, COLUMNS);
        assert_eq!(moved[..6 * COLUMNS], after[..6 * COLUMNS]);
        let down = RowMove::between(&after, &before, COLUMNS).unwrap();
        assert_eq!(
            down.sequence(),
            "\u{1b}[m\u{1b}[2;7r\u{1b}[2H\u{1b}[1L\u{1b}[r"
        );
        assert_eq!(
            RowMove::between(&before, &screen("q r s t u v w x"), COLUMNS),
            None
        );
        assert_eq!(RowMove::between(&before, &before, COLUMNS), None);
    }

    proptest! {
        #[test]
        fn a_terminal_shows_after_the_sequence_what_is_kept_of_it(
            before in proptest::collection::vec("[ab]", 8..9),
            after in proptest::collection::vec("[ab]", 8..9),
        ) {
            let (before, after) = (before.join(" "), after.join(" "));
            let mut kept = screen(&before);
            if let Some(found) = RowMove::between(&kept, &screen(&after), COLUMNS) {
                let mut terminal = vt100::Parser::new(8.try_into().unwrap(), 4.try_into().unwrap(), 0);
                terminal.process(before.replace(' ', "\r\n").as_bytes());
                terminal.process(found.sequence().as_bytes());
                found.apply(&mut kept, COLUMNS);
                let shown: Vec<String> = terminal.screen().rows(0, 4).collect();
                let rows = kept.chunks(COLUMNS).map(|row| {
                    row.iter().map(Cell::symbol).collect::<String>().trim().to_owned()
                });
                prop_assert_eq!(shown, rows.collect::<Vec<_>>());
            }
        }
    }
}
