//! What is asked of the rows: the filters, and what is searched for.

use super::filter::{Filter, RowTest};
use super::matcher::Matcher;

/// The filters and the search, and how many scans they took so far.
#[derive(Debug, Default)]
pub(super) struct RowQuery {
    filters: Vec<Filter>,
    search: Option<Matcher>,
    scans: u64,
}

impl RowQuery {
    pub(super) fn filters(&self) -> &[Filter] {
        &self.filters
    }

    pub(super) const fn search(&self) -> Option<&Matcher> {
        self.search.as_ref()
    }

    /// Changes the filters; gives what a visible row must pass, unless every row is visible.
    pub(super) fn filter(&mut self, filters: Vec<Filter>) -> Option<RowTest> {
        self.filters = filters;
        let test = RowTest::new(&self.filters, None);
        (!test.is_empty()).then_some(test)
    }

    /// Searches for something else, or for nothing; gives what a hit must pass.
    pub(super) fn look_for(&mut self, search: Option<Matcher>) -> Option<RowTest> {
        self.search = search;
        let search = self.search.as_ref()?;
        Some(RowTest::new(&self.filters, Some(search)))
    }

    /// The number of the next scan: answers to the one before are stale then.
    pub(super) const fn next_scan(&mut self) -> u64 {
        self.scans += 1;
        self.scans
    }
}
