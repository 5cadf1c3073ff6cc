//! How many rows came that the reader has not had on the screen.

use super::Tail;

impl Tail {
    /// How many rows came since the reader stopped and stand below all that was on the screen since; a folded
    /// invocation is one.
    #[must_use]
    pub fn new_rows(&self) -> usize {
        let Some(hold) = self.viewport.hold() else {
            return 0;
        };
        let lane = self.lane();
        let seen = hold.seen.map_or(0, |seen| lane.count_to(seen));
        lane.count().saturating_sub(seen)
    }

    /// Remembers the last row on the screen when none after it was there before.
    pub(super) fn see_page(&mut self) {
        let (Some(hold), Some(extent)) = (self.viewport.hold(), self.page.extent) else {
            return;
        };
        let lane = self.lane();
        let bottom = lane.head(extent.bottom.row);
        let is_further = |seen| lane.count_to(bottom) > lane.count_to(seen);
        if hold.seen.is_none_or(is_further) {
            self.viewport.see(bottom);
        }
    }
}
