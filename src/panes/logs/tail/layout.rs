//! Which rows are on the screen, line by line. The work depends on the screen, not on the rows there are.

use super::folds::Folds;
use super::line::{Drafter, ScreenLine};
use super::row_order::{Position, RowOrder};
use super::viewport::{ScreenExtent, Viewport};
use crate::logs::invocation::Invocation;
use crate::logs::{Buffer, RowId};

/// The screen, worked out.
#[derive(Debug, Default)]
pub(super) struct ScreenLayout {
    pub(super) lines: Vec<ScreenLine>,
    pub(super) extent: Option<ScreenExtent>,
}

/// What the screen is worked out from.
#[derive(Debug)]
pub(super) struct LayoutInput<'a> {
    pub(super) buffer: &'a Buffer,
    pub(super) folds: Option<&'a Folds>,
    pub(super) drafter: Drafter<'a>,
    /// Lines of the screen.
    pub(super) height: usize,
}

/// Rows with their lines, in order.
type Drafts = Vec<(Position, Vec<ScreenLine>)>;

impl LayoutInput<'_> {
    /// Works out the screen; the viewport follows rows that have gone, and the cursor.
    pub(super) fn page(&self, viewport: &mut Viewport) -> ScreenLayout {
        let lane = RowOrder::new(self.buffer, self.folds);
        let Some(hold) = viewport.hold().copied() else {
            return lane
                .last()
                .map_or_else(ScreenLayout::default, |last| self.ending_with(lane, last));
        };
        let (Some(top), Some(cursor)) = (lane.settle(hold.top), lane.settle(hold.cursor)) else {
            return ScreenLayout::default();
        };
        let skip = if top == hold.top { hold.skip } else { 0 };
        let page = self.holding(lane, top, skip, cursor);
        viewport.put_cursor(cursor);
        if let Some(extent) = page.extent {
            viewport.put_top(extent.top, extent.skip);
        }
        page
    }

    /// The columns left of the screen that bring a match in a row onto it; nothing where no match can be seen.
    pub(super) fn sideways_to_match(&self, spot: Position) -> Option<usize> {
        let rows = self.buffer.rows(&[spot.row]);
        let invocation = self.invocation(spot).map(|(invocation, _)| invocation);
        self.drafter.sideways_to_match(rows.first()?, invocation)
    }

    /// The screen that starts with `top` if the cursor is on it, else the nearest one with the cursor; where the screen
    /// has grown, rows from above fill it.
    fn holding(
        &self,
        lane: RowOrder<'_>,
        top: Position,
        skip: usize,
        cursor: Position,
    ) -> ScreenLayout {
        let drafts = self.drafts(&self.down(lane, top));
        let below: usize = drafts.iter().map(|(_, lines)| lines.len()).sum();
        let is_full = below >= skip + self.height;
        let mut start = 0;
        for (spot, lines) in &drafts {
            let end = start + lines.len();
            if *spot == cursor {
                if start < skip {
                    return self.starting_with(lane, cursor);
                }
                if end <= skip + self.height || start == skip {
                    return match lane.last().filter(|_| !is_full) {
                        Some(last) => self.ending_with(lane, last),
                        None => self.cut(drafts, skip),
                    };
                }
                return self.ending_with(lane, cursor);
            }
            start = end;
        }
        match lane.distance(top, cursor, self.height) {
            Some(near) if near < 0 => self.starting_with(lane, cursor),
            Some(_) => self.ending_with(lane, cursor),
            None => self.around(lane, cursor),
        }
    }

    fn starting_with(&self, lane: RowOrder<'_>, top: Position) -> ScreenLayout {
        self.cut(self.drafts(&self.down(lane, top)), 0)
    }

    /// The screen with a row in its upper third, or as far up as there are rows below to fill it.
    fn around(&self, lane: RowOrder<'_>, cursor: Position) -> ScreenLayout {
        let third = isize::try_from(self.height / 3).unwrap_or(0);
        let top = lane.step(cursor, -third);
        let drafts = self.drafts(&self.down(lane, top));
        let lines: usize = drafts.iter().map(|(_, lines)| lines.len()).sum();
        match lane.last() {
            Some(last) if lines < self.height => self.ending_with(lane, last),
            _ => self.cut(drafts, 0),
        }
    }

    /// The screen whose last row is whole; without enough rows it is not full.
    fn ending_with(&self, lane: RowOrder<'_>, last: Position) -> ScreenLayout {
        let mut spots = vec![last];
        let mut spot = last;
        while spots.len() < self.height {
            let Some(above) = lane.previous(spot) else {
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

    fn down(&self, lane: RowOrder<'_>, top: Position) -> Vec<Position> {
        let next = |spot: &Position| lane.next(*spot);
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
        let rows = self.buffer.rows(&ids);
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
                None => self.drafter.row(spot, row),
            };
            drafts.push((spot, lines));
        }
        drafts
    }

    /// The invocation that is told at a place, and whether it is unfolded.
    fn invocation(&self, spot: Position) -> Option<(&Invocation, bool)> {
        let folds = self.folds.filter(|_| !spot.under)?;
        Some((folds.heads(spot.row)?, folds.is_unfolded(spot.row)))
    }
}
