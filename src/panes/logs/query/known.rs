//! The queries that are remembered, and the cursor among them.

use std::cmp::Ordering;

use crate::effect::{Job, JobReport, Outbox, QueryJob, QueryReport};
use crate::logs::query::KnownQuery;
use crate::panes::{Load, StoredItem, StoredList};
use crate::task::TaskId;

/// The remembered queries and the cursor among them.
#[derive(Debug, Default)]
pub struct KnownQueries {
    queries: StoredList<KnownQuery>,
    cursor: usize,
}

impl StoredItem for KnownQuery {
    const LOAD: fn() -> Job = || Job::Query(QueryJob::LoadKnown);

    fn loaded(report: JobReport) -> Option<Vec<Self>> {
        match report {
            JobReport::Query(QueryReport::Known(queries)) => Some(queries),
            _ => None,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.is_same(other)
    }

    /// Those with a name first, by name, then the latest.
    fn order(&self, other: &Self) -> Ordering {
        let unnamed = self.name.is_none().cmp(&other.name.is_none());
        let by_name = unnamed.then_with(|| self.name.cmp(&other.name));
        by_name.then_with(|| other.at.cmp(&self.at))
    }
}

impl KnownQueries {
    /// Loads the queries unless that was done.
    pub(super) fn load_once(&mut self, out: &mut Outbox<'_>) {
        self.queries.load_once(out);
    }

    /// The queries for these groups: first those that were saved or asked for the same ones, then the others; in each part
    /// those with a name first, by name, then the latest.
    #[must_use]
    pub fn list(&self, groups: &[String]) -> Vec<&KnownQuery> {
        let queries = self.queries.all().iter();
        let (own, others): (Vec<_>, Vec<_>) = queries.partition(|it| it.groups == groups);
        [own, others].concat()
    }

    /// How loading them is doing.
    #[must_use]
    pub const fn load_state(&self) -> &Load {
        self.queries.load()
    }

    /// The place of the cursor.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// The query under the cursor.
    pub(in crate::panes::logs) fn selected(&self, groups: &[String]) -> Option<&KnownQuery> {
        self.list(groups).get(self.cursor).copied()
    }

    /// Puts the cursor on the first query.
    pub(in crate::panes::logs) const fn begin(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor; it stops at the ends.
    pub(in crate::panes::logs) fn step(&mut self, rows: isize) {
        let last = self.queries.all().len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }

    /// Remembers a query, in place of the same one.
    pub(super) fn keep(&mut self, query: KnownQuery, out: &mut Outbox<'_>) {
        let said = query.name.as_ref();
        let said = said.map(|name| format!("Saved the query {name}."));
        let job = Job::Query(QueryJob::Keep(query.clone()));
        self.queries.put(query, job, said, out);
    }

    /// Forgets the query under the cursor.
    pub(in crate::panes::logs) fn forget(&mut self, groups: &[String], out: &mut Outbox<'_>) {
        let Some(query) = self.selected(groups).cloned() else {
            return;
        };
        let said = match &query.name {
            Some(name) => format!("Deleted the query {name}."),
            None => "Forgot the query.".to_owned(),
        };
        let job = Job::Query(QueryJob::Forget(query.clone()));
        self.queries.remove(query, job, Some(said), out);
        self.step(0);
    }

    /// Whether this task loads or changes remembered queries.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.queries.awaits(id)
    }

    /// Takes the report of such a task.
    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.queries.report(id, report, out);
        self.step(0);
    }
}
