//! The first picture of a group: how far back it looks, and where the tail begins after it.

use super::{DEEP_MS, GroupPoller};
use crate::tail::page_run::{PageRun, RunPurpose};

/// How far back it looks at first, in milliseconds.
pub(super) const FIRST_MS: i64 = 3_600_000;
/// How far back the first picture looks, step by step, until it is full. The last step is as far as anything is kept.
const PAINT_MS: [i64; 4] = [FIRST_MS, 24 * 3_600_000, 30 * 24 * 3_600_000, i64::MAX / 2];

impl GroupPoller {
    /// The picture is not full: looks at what is before it. False when that was far enough, or took too long.
    pub(super) fn paint_further(&mut self, page_run: &PageRun, most: usize) -> bool {
        let left = most.saturating_sub(page_run.events());
        let back_ms = PAINT_MS.get(self.paints);
        let Some(back_ms) = back_ms.filter(|_| left > 0 && !page_run.is_tired()) else {
            return false;
        };
        self.paints += 1;
        let from_ms = (page_run.began_ms - back_ms).max(0);
        let next = PageRun::new(RunPurpose::Paint(left), from_ms, page_run.began_ms);
        self.page_run = Some(next.until(page_run.from_ms - 1));
        true
    }

    /// The picture is where the tail begins, when something older was left out of it. When all there was is in it,
    /// whatever turns up is new, however late it is.
    pub(super) fn painted(&mut self, page_run: &PageRun, most: usize) {
        let is_cut = page_run.events() >= most || page_run.is_tired();
        self.opened_ms = page_run.began_ms;
        (self.first_ms, self.begin_ms) = match self.painted_ms.filter(|_| is_cut) {
            Some(oldest_ms) => (oldest_ms, oldest_ms),
            None => (i64::MIN, page_run.began_ms - DEEP_MS.0),
        };
    }
}
