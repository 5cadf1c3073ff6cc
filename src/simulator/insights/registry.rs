//! The account's queries: what was asked, and how far each is.

use std::collections::VecDeque;

use super::work::QueryResults;

/// Queries remembered; the oldest that are over go first.
const MOST_QUERIES: usize = 1000;
/// Queries under way at once.
pub(in crate::simulator) const MOST_RUNNING: usize = 100;

/// The queries, oldest first.
#[derive(Debug, Default)]
pub(in crate::simulator) struct QueryRegistry {
    queries: VecDeque<StoredQuery>,
    accepted: u64,
}

/// What was asked.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct QueryQuestion {
    /// The query's id.
    pub(in crate::simulator) id: String,
    pub(in crate::simulator) text: String,
    /// The groups by name.
    pub(in crate::simulator) groups: Vec<String>,
    /// When it was asked, in Unix milliseconds.
    pub(in crate::simulator) asked_ms: i64,
}

/// A query, and how far it is.
#[derive(Debug)]
pub(in crate::simulator) struct StoredQuery {
    pub(in crate::simulator) question: QueryQuestion,
    pub(in crate::simulator) status: QueryStatus,
    /// Its place among all queries of the account.
    pub(in crate::simulator) number: u64,
    /// What its task has told of it.
    found: QueryResults,
    /// Whether somebody has asked since then: a task that nobody asks need not sort its rows.
    is_asked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator) enum QueryStatus {
    Scheduled,
    Running,
    Complete,
    Cancelled,
    /// It took too long.
    TimedOut,
}

impl QueryRegistry {
    /// Takes a query in; `false` when too many are under way.
    pub(in crate::simulator) fn accept(&mut self, question: QueryQuestion) -> bool {
        let is_over = |query: &StoredQuery| !query.status.is_under_way();
        let running = self.queries.iter().filter(|query| !is_over(query)).count();
        if running >= MOST_RUNNING {
            return false;
        }
        if self.queries.len() >= MOST_QUERIES
            && let Some(oldest) = self.queries.iter().position(is_over)
        {
            self.queries.remove(oldest);
        }
        self.accepted += 1;
        self.queries.push_back(StoredQuery {
            question,
            status: QueryStatus::Scheduled,
            number: self.accepted,
            found: QueryResults::default(),
            is_asked: true,
        });
        true
    }

    /// Every query that is remembered, newest first.
    pub(in crate::simulator) fn all(&self) -> impl Iterator<Item = &StoredQuery> {
        self.queries.iter().rev()
    }

    /// The status of a query and what it has found, as it was told last.
    pub(in crate::simulator) fn ask(&mut self, id: &str) -> Option<(QueryStatus, QueryResults)> {
        let query = self.query(id)?;
        query.is_asked = true;
        Some((query.status, query.found.clone()))
    }

    /// Whether somebody has asked for results since they were told.
    pub(super) fn is_asked(&mut self, id: &str) -> bool {
        self.query(id).is_some_and(|query| query.is_asked)
    }

    /// Takes in what a query has found.
    pub(super) fn tell(&mut self, id: &str, found: QueryResults) {
        if let Some(query) = self.query(id) {
            query.found = found;
            query.is_asked = false;
        }
    }

    /// Gives a query that is under way another status; `None` when there is no such query, else whether it was.
    pub(in crate::simulator) fn set(&mut self, id: &str, status: QueryStatus) -> Option<bool> {
        let query = self.query(id)?;
        let was_under_way = query.status.is_under_way();
        if was_under_way {
            query.status = status;
        }
        Some(was_under_way)
    }

    fn query(&mut self, id: &str) -> Option<&mut StoredQuery> {
        let mut queries = self.queries.iter_mut();
        queries.find(|query| query.question.id == id)
    }
}

impl QueryStatus {
    /// As the service calls it.
    pub(in crate::simulator) const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "Scheduled",
            Self::Running => "Running",
            Self::Complete => "Complete",
            Self::Cancelled => "Cancelled",
            Self::TimedOut => "Timeout",
        }
    }

    const fn is_under_way(self) -> bool {
        matches!(self, Self::Scheduled | Self::Running)
    }
}
