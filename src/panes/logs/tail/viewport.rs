//! Where the reader is: at the end with the newest rows, or held at a row that nothing moves.

use super::row_order::Position;
use crate::logs::RowId;

/// Where the reader is.
#[derive(Debug, Clone, Default)]
pub(super) struct Viewport {
    hold: Option<ScrollHold>,
    /// Columns of text left of the screen.
    pub(super) sideways: usize,
}

/// A reader who is not at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScrollHold {
    /// The first row on the screen.
    pub(super) top: Position,
    /// Lines of that row above the screen.
    pub(super) skip: usize,
    /// The row under the cursor.
    pub(super) cursor: Position,
    /// The last row there was when the reader stopped, or a later one that was on the screen since: what stands after
    /// it is new.
    pub(super) seen: Option<RowId>,
}

/// What the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScreenExtent {
    /// The first row on it.
    pub(super) top: Position,
    /// Lines of that row above it.
    pub(super) skip: usize,
    /// The last row on it.
    pub(super) bottom: Position,
}

impl Viewport {
    /// Where the reader is held; nothing while following.
    pub(super) const fn hold(&self) -> Option<&ScrollHold> {
        self.hold.as_ref()
    }

    /// Follows the newest rows.
    pub(super) const fn follow(&mut self) {
        self.hold = None;
    }

    /// Stays where the screen is; `seen` is the last row there is.
    pub(super) fn pause(&mut self, extent: Option<ScreenExtent>, seen: Option<RowId>) {
        if let (None, Some(extent)) = (self.hold, extent) {
            self.hold = Some(ScrollHold {
                top: extent.top,
                skip: extent.skip,
                cursor: extent.bottom,
                seen,
            });
        }
    }

    /// Is held with the cursor on a row, also before anything was on the screen; `seen` is the last row there is.
    pub(super) fn hold_at(&mut self, cursor: Position, seen: Option<RowId>) {
        let hold = self.hold.get_or_insert(ScrollHold {
            top: cursor,
            skip: 0,
            cursor,
            seen,
        });
        hold.cursor = cursor;
    }

    /// Puts the cursor on a row; the layout moves the screen as far as it must.
    pub(super) const fn put_cursor(&mut self, cursor: Position) {
        if let Some(hold) = &mut self.hold {
            hold.cursor = cursor;
        }
    }

    /// A row has been on the screen: what stands before it is not new.
    pub(super) const fn see(&mut self, row: RowId) {
        if let Some(hold) = &mut self.hold {
            hold.seen = Some(row);
        }
    }

    /// Puts the screen on a row.
    pub(super) const fn put_top(&mut self, top: Position, skip: usize) {
        if let Some(hold) = &mut self.hold {
            hold.top = top;
            hold.skip = skip;
        }
    }
}
