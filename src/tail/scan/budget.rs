//! How much queries may read, and what the next one is known to.
//!
//! Invariant: no query begins of which the last long one of the same group lets expect that the limit would be passed.

use std::collections::HashMap;

use super::ScanRequest;
use super::window::ScanWindow;
use crate::aws::FilterRequest;
use crate::logs::query::ScanCost;
use crate::logs::{Marker, MarkerKind};
use crate::text::size;

/// A shorter stretch tells nothing about a longer one, in seconds.
const TELLING_S: i64 = 60;

/// What queries may read and have read.
#[derive(Debug, Default)]
pub(in crate::tail) struct ScanBudget {
    most_bytes: u64,
    cost: Option<ScanCost>,
    /// By group, how many seconds the long stretch had that was read last, and how many bytes.
    last: HashMap<String, (i64, u64)>,
    /// The group and the stretch of the query under way.
    under_way: Option<(String, ScanWindow)>,
    is_spent: bool,
    /// What was said to be missing.
    told: Vec<Marker>,
}

impl ScanBudget {
    /// Queries may read so many bytes.
    pub(in crate::tail) fn new(most_bytes: u64) -> Self {
        Self {
            most_bytes,
            ..Self::default()
        }
    }

    /// What queries have read so far; `None` before the first.
    pub(in crate::tail) const fn cost(&self) -> Option<ScanCost> {
        self.cost
    }

    /// Whether a query is under way: what it reads is not known yet.
    pub(in crate::tail) const fn is_busy(&self) -> bool {
        self.under_way.is_some()
    }

    /// Whether a group is not read any further.
    pub(in crate::tail) const fn is_spent(&self) -> bool {
        self.is_spent
    }

    /// A group is not read any further than up to a time, in Unix milliseconds; gives the marker that says so.
    pub(in crate::tail) fn give_up(&mut self, group: &str, from_ms: i64) -> Marker {
        self.is_spent = true;
        let read = self
            .cost
            .map_or_else(|| "nothing".to_owned(), ScanCost::words);
        let most = size(self.most_bytes);
        Marker {
            time_ms: from_ms,
            kind: MarkerKind::Unchecked,
            text: format!(
                "'{group}' is not read any further: the limit for queries is {most}, so far {read}"
            ),
        }
    }

    /// What is to be said to be missing, unless it was said before.
    pub(in crate::tail) fn untold(&mut self, missing: Option<Marker>) -> Option<Marker> {
        let missing = missing.filter(|missing| !self.told.contains(missing))?;
        self.told.push(missing.clone());
        Some(missing)
    }

    /// The query for a page, at this of the service's times; it is under way then.
    ///
    /// # Errors
    /// From when on it would have read, in Unix milliseconds, when it is known to read more than it may.
    pub(in crate::tail) fn query(
        &mut self,
        filter: FilterRequest,
        now_ms: i64,
    ) -> Result<ScanRequest, i64> {
        let window = ScanWindow::of(&filter, now_ms);
        let begun = self.begin(&filter.group, window);
        Ok(ScanRequest {
            most_bytes: begun.ok_or(window.from_ms)?,
            filter,
            window,
        })
    }

    /// Begins a query about a stretch of a group; gives how many bytes it may read. `None` when it is known to read more.
    fn begin(&mut self, group: &str, window: ScanWindow) -> Option<u64> {
        let read = self.cost.map_or(0, |cost| cost.bytes);
        let left = self.most_bytes.saturating_sub(read);
        let expected = self
            .last
            .get(group)
            .map(|&(seconds, bytes)| bytes as f64 / seconds as f64 * window.seconds() as f64);
        if left == 0 || expected.is_some_and(|bytes| bytes > left as f64) {
            return None;
        }
        self.under_way = Some((group.to_owned(), window));
        Some(left)
    }

    /// The query under way is over.
    pub(in crate::tail) fn end(&mut self, cost: ScanCost, is_whole: bool) {
        let Some((group, window)) = self.under_way.take() else {
            return;
        };
        self.cost = Some(self.cost.map_or(cost, |before| before.and(cost)));
        if is_whole && window.seconds() >= TELLING_S {
            self.last.insert(group, (window.seconds(), cost.bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(seconds: i64) -> ScanWindow {
        let request = FilterRequest {
            from_ms: 1_000_000,
            to_ms: Some(1_000_000 + seconds * 1_000 - 1),
            ..FilterRequest::default()
        };
        ScanWindow::of(&request, 1_000_000_000)
    }

    fn read(budget: &mut ScanBudget, seconds: i64, bytes: u64) -> Option<u64> {
        let left = budget.begin("/g", window(seconds));
        budget.end(ScanCost::of(bytes, Some("us-east-1")), true);
        left
    }

    #[test]
    fn a_query_that_is_known_to_pass_the_limit_does_not_begin() {
        let mut budget = ScanBudget::new(1_000);
        assert_eq!(read(&mut budget, 100, 400), Some(1_000));
        assert_eq!(read(&mut budget, 100, 400), Some(600));
        // As long as the one before it would read 400 of the 200 that are left; a shorter one may.
        assert_eq!(budget.begin("/g", window(100)), None);
        assert_eq!(budget.begin("/g", window(50)), Some(200));
        assert!(budget.is_busy());
        assert_eq!(budget.cost().unwrap().bytes, 800);
    }

    #[test]
    fn another_group_is_not_judged_by_it_and_nothing_begins_once_all_is_read() {
        let mut budget = ScanBudget::new(1_000);
        read(&mut budget, 100, 999);
        assert_eq!(budget.begin("/other", window(100)), Some(1));
        budget.end(ScanCost::of(1, None), true);
        assert_eq!(budget.begin("/third", window(100)), None);
        assert!(!budget.cost().unwrap().price.is_known);
    }

    #[test]
    fn a_short_stretch_that_was_dense_does_not_end_the_tail() {
        let mut budget = ScanBudget::new(1_000_000);
        assert_eq!(read(&mut budget, 1, 100_000), Some(1_000_000));
        assert_eq!(read(&mut budget, 120, 100_000), Some(900_000));
        assert_eq!(read(&mut budget, 1, 100_000), Some(800_000));
        assert_eq!(read(&mut budget, 120, 100_000), Some(700_000));
    }

    #[test]
    fn what_is_missing_is_said_once() {
        let mut budget = ScanBudget::default();
        let missing = |time_ms| Some(super::super::crowded("/g", time_ms));
        assert_eq!(budget.untold(missing(1)), missing(1));
        assert_eq!(budget.untold(missing(2)), missing(2));
        assert_eq!(budget.untold(missing(1)), None);
    }
}
