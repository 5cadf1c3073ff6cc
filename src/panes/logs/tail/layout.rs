//! Which rows are on the screen, line by line. The work depends on the screen, not on the rows there are.

use super::line::{Drafter, ScreenLine, ScreenLineKind};
use super::row_order::{Position, RowOrder};
use super::viewport::{ScreenExtent, Viewport};
use crate::logs::invocation::Invocation;
use crate::logs::{Row, RowId};

/// The screen, worked out.
#[derive(Debug, Default)]
pub(super) struct ScreenLayout {
    pub(super) lines: Vec<ScreenLine>,
    pub(super) extent: Option<ScreenExtent>,
}

/// What the screen is worked out from.
#[derive(Debug)]
pub(super) struct LayoutInput<'a> {
    pub(super) order: RowOrder<'a>,
    pub(super) drafter: Drafter<'a>,
    /// Lines of the screen.
    pub(super) height: usize,
}

/// Rows of the screen that a notice and a prompt may take at once: the cursor is near although it was on one of them.
const TAKEN: usize = 8;

/// Rows with their lines, in order.
type Drafts = Vec<(Position, Vec<ScreenLine>)>;

impl LayoutInput<'_> {
    /// Works out the screen; the viewport follows rows that have gone, and the cursor.
    pub(super) fn page(&self, viewport: &mut Viewport) -> ScreenLayout {
        let Some(hold) = viewport.hold().copied() else {
            let last = self.order.last();
            return last.map_or_else(ScreenLayout::default, |last| self.ending_with(last));
        };
        let order = self.order;
        let (Some(top), Some(cursor)) = (order.settle(hold.top), order.settle(hold.cursor)) else {
            return ScreenLayout::default();
        };
        let skip = if top == hold.top { hold.skip } else { 0 };
        let page = self.holding(top, skip, cursor);
        if !order.visible().is_complete() {
            // Rows nearer to where the reader is may still be found.
            return page;
        }
        viewport.put_cursor(cursor);
        if let Some(extent) = page.extent {
            viewport.put_top(extent.top, extent.skip);
        }
        page
    }

    /// The columns left of the screen that bring a match in a row onto it; nothing where no match can be seen.
    pub(super) fn sideways_to_match(&self, spot: Position) -> Option<usize> {
        let rows = self.order.rows(&[spot.row]);
        let invocation = self.invocation(spot).map(|(invocation, _)| invocation);
        self.drafter.sideways_to_match(rows.first()?, invocation)
    }

    /// The screen that starts with `top` if the cursor is on it, else the nearest one with the cursor; where the screen
    /// has grown, rows from above fill it.
    fn holding(&self, top: Position, skip: usize, cursor: Position) -> ScreenLayout {
        let drafts = self.drafts(&self.down(top));
        let below: usize = drafts.iter().map(|(_, lines)| lines.len()).sum();
        let is_full = below >= skip + self.height;
        let mut start = 0;
        for (spot, lines) in &drafts {
            let end = start + lines.len();
            if *spot == cursor {
                if start < skip {
                    return self.starting_with(cursor);
                }
                if end <= skip + self.height || start == skip {
                    return match self.order.last().filter(|_| !is_full) {
                        Some(last) => self.ending_with(last),
                        None => self.cut(drafts, skip),
                    };
                }
                return self.ending_with(cursor);
            }
            start = end;
        }
        match self.order.distance(top, cursor, self.height + TAKEN) {
            Some(near) if near < 0 => self.starting_with(cursor),
            Some(_) => self.ending_with(cursor),
            None => self.around(cursor),
        }
    }

    fn starting_with(&self, top: Position) -> ScreenLayout {
        self.cut(self.drafts(&self.down(top)), 0)
    }

    /// The screen with a row in its upper third, or as far up as there are rows below to fill it.
    fn around(&self, cursor: Position) -> ScreenLayout {
        let third = isize::try_from(self.height / 3).unwrap_or(0);
        let top = self.order.step(cursor, -third);
        let drafts = self.drafts(&self.down(top));
        let lines: usize = drafts.iter().map(|(_, lines)| lines.len()).sum();
        match self.order.last() {
            Some(last) if lines < self.height => self.ending_with(last),
            _ => self.cut(drafts, 0),
        }
    }

    /// The screen whose last row is whole; without enough rows it is not full.
    fn ending_with(&self, last: Position) -> ScreenLayout {
        let mut spots = vec![last];
        let mut spot = last;
        while spots.len() < self.height {
            let Some(above) = self.order.previous(spot) else {
                break;
            };
            spots.push(above);
            spot = above;
        }
        spots.reverse();
        let mut drafts = self.drafts(&spots);
        let mut lines: usize = drafts.iter().map(|(_, lines)| lines.len()).sum();
        let mut from = 0;
        for (_, first) in &drafts {
            if lines - first.len() < self.height {
                break;
            }
            lines -= first.len();
            from += 1;
        }
        drafts.drain(..from);
        self.cut(drafts, lines.saturating_sub(self.height))
    }

    fn down(&self, top: Position) -> Vec<Position> {
        let next = |spot: &Position| self.order.next(*spot);
        std::iter::successors(Some(top), next)
            .take(self.height + 1)
            .collect()
    }

    /// The lines on the screen when the first `skip` are above it.
    fn cut(&self, drafts: Drafts, skip: usize) -> ScreenLayout {
        let top = drafts.first().map(|(spot, _)| *spot);
        let lines: Vec<ScreenLine> = drafts
            .into_iter()
            .flat_map(|(_, lines)| lines)
            .skip(skip)
            .take(self.height)
            .collect();
        let bottom = lines.last().map(|line| line.spot);
        let extent = top
            .zip(bottom)
            .map(|(top, bottom)| ScreenExtent { top, skip, bottom });
        ScreenLayout { lines, extent }
    }

    /// Reads rows and makes their lines; rows that were dropped meanwhile have none.
    fn drafts(&self, spots: &[Position]) -> Drafts {
        let ids: Vec<RowId> = spots.iter().map(|spot| spot.row).collect();
        let rows = self.order.rows(&ids);
        let mut rows = rows.iter().peekable();
        let mut drafts = Drafts::new();
        for &spot in spots {
            let Some(row) = rows.next_if(|row| row.brief.id == spot.row) else {
                continue;
            };
            let lines = match self.invocation(spot) {
                Some((invocation, unfolded)) => {
                    self.drafter.invocation(spot, row, invocation, unfolded)
                }
                None => self.alone(spot, row),
            };
            drafts.push((spot, lines));
        }
        drafts
    }

    /// The lines of a row that stands for itself. A ruler is above it where rows are left out.
    fn alone(&self, spot: Position, row: &Row) -> Vec<ScreenLine> {
        let alike = if spot.under {
            1
        } else {
            self.order.bundles().alike_count(spot.row)
        };
        let mut lines = self.drafter.row(spot, row, alike);
        if self.order.is_around(spot.row) {
            for line in &mut lines {
                line.kind = ScreenLineKind::Around;
            }
        }
        if let Some(count) = self.order.left_out(spot.row) {
            lines.insert(0, ScreenLine::left_out(spot, count));
        }
        lines
    }

    /// The invocation that is told at a place, and whether it is unfolded.
    fn invocation(&self, spot: Position) -> Option<(&Invocation, bool)> {
        let folds = self.order.folds().filter(|_| !spot.under)?;
        Some((folds.heads(spot.row)?, folds.is_unfolded(spot.row)))
    }
}
