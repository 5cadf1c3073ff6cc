//! How much queries may read, and what the next one is known to.
//!
//! Invariant: no query begins of which the one before of the same group lets expect that the limit would be passed.

use std::collections::HashMap;

use super::ScanRequest;
use super::window::ScanWindow;
use crate::aws::FilterRequest;
use crate::logs::query::ScanCost;
use crate::text::size;

/// What queries may read and have read.
#[derive(Debug, Default)]
pub(in crate::tail) struct ScanBudget {
    most_bytes: u64,
    cost: Option<ScanCost>,
    /// By group, how long the stretch was that was read last, in milliseconds, and how many bytes it had.
    last: HashMap<String, (i64, u64)>,
    /// The group and the stretch of the query under way.
    under_way: Option<(String, ScanWindow)>,
    is_spent: bool,
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

    /// A group is not read any further; gives the sentence that says so.
    pub(in crate::tail) fn give_up(&mut self, group: &str) -> String {
        self.is_spent = true;
        let read = self
            .cost
            .map_or_else(|| "nothing".to_owned(), ScanCost::words);
        let most = size(self.most_bytes);
        format!("'{group}' is not read any further: the limit for queries is {most}, so far {read}")
    }

    /// The query for a page, at this of the service's times; it is under way then. `None` when it is known to read more
    /// than it may.
    pub(in crate::tail) fn query(
        &mut self,
        filter: FilterRequest,
        now_ms: i64,
    ) -> Option<ScanRequest> {
        let window = ScanWindow::of(&filter, now_ms);
        let most_bytes = self.begin(&filter.group, window)?;
        Some(ScanRequest {
            filter,
            window,
            most_bytes,
        })
    }

    /// Begins a query about a stretch of a group; gives how many bytes it may read. `None` when it is known to read more.
    fn begin(&mut self, group: &str, window: ScanWindow) -> Option<u64> {
        let read = self.cost.map_or(0, |cost| cost.bytes);
        let left = self.most_bytes.saturating_sub(read);
        let expected = self
            .last
            .get(group)
            .map(|&(length_ms, bytes)| bytes as f64 / length_ms as f64 * window.length_ms() as f64);
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
        if is_whole {
            self.last.insert(group, (window.length_ms(), cost.bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(length_ms: i64) -> ScanWindow {
        let request = FilterRequest {
            from_ms: 1_000_000,
            to_ms: Some(1_000_000 + length_ms - 1),
            ..FilterRequest::default()
        };
        ScanWindow::of(&request, 1_000_000_000)
    }

    fn read(budget: &mut ScanBudget, length_ms: i64, bytes: u64) -> Option<u64> {
        let left = budget.begin("/g", window(length_ms));
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
}
