//! The queries that are remembered: shown as they will be before the store has it, and loaded again if that fails.

use crate::effect::{Job, JobReport, Outbox, QueryJob, QueryReport, Severity};
use crate::logs::query::KnownQuery;
use crate::panes::{Load, Pending};
use crate::task::TaskId;

/// The remembered queries and the cursor among them.
#[derive(Debug, Default)]
pub struct KnownQueries {
    queries: Vec<KnownQuery>,
    load: Load,
    /// The jobs for the store, with what to say when they are done.
    pending: Pending<Option<String>>,
    cursor: usize,
}

impl KnownQueries {
    /// Loads the queries unless that was done.
    pub(super) fn load_once(&mut self, out: &mut Outbox<'_>) {
        if self.load.is_unasked() || matches!(self.load, Load::Failed(_)) {
            self.load(out);
        }
    }

    fn load(&mut self, out: &mut Outbox<'_>) {
        self.load = Load::Loading(out.spawn(Job::Query(QueryJob::LoadKnown)));
    }

    /// The queries for these groups: first those that were saved or asked for the same ones, then the others; in each part
    /// those with a name first, by name, then the latest.
    #[must_use]
    pub fn list(&self, groups: &[String]) -> Vec<&KnownQuery> {
        let (own, others): (Vec<_>, Vec<_>) =
            self.queries.iter().partition(|it| it.groups == groups);
        [own, others].concat()
    }

    /// How loading them is doing.
    #[must_use]
    pub const fn load_state(&self) -> &Load {
        &self.load
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
        let last = self.queries.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }

    /// Remembers a query, in place of the same one.
    pub(super) fn keep(&mut self, query: KnownQuery, out: &mut Outbox<'_>) {
        let said = query.name.as_ref();
        let said = said.map(|name| format!("Saved the query {name}."));
        let job = QueryJob::Keep(query.clone());
        self.pending.add(out.spawn(Job::Query(job)), said);
        self.queries.retain(|it| !it.is_same(&query));
        self.queries.push(query);
        self.sort();
    }

    /// Forgets the query under the cursor.
    pub(in crate::panes::logs) fn forget(&mut self, groups: &[String], out: &mut Outbox<'_>) {
        let Some(query) = self.selected(groups).cloned() else {
            return;
        };
        self.queries.retain(|it| !it.is_same(&query));
        self.step(0);
        let said = match &query.name {
            Some(name) => format!("Deleted the query {name}."),
            None => "Forgot the query.".to_owned(),
        };
        let task = out.spawn(Job::Query(QueryJob::Forget(query)));
        self.pending.add(task, Some(said));
    }

    fn sort(&mut self) {
        self.queries.sort_by(|a, b| {
            let unnamed = (a.name.is_none(), b.name.is_none());
            let by_name = unnamed.0.cmp(&unnamed.1).then_with(|| a.name.cmp(&b.name));
            by_name.then_with(|| b.at.cmp(&a.at))
        });
    }

    /// Whether this task loads or changes remembered queries.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.load.task() == Some(id) || self.pending.has(id)
    }

    /// Takes the report of such a task.
    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        let loads = self.load.task() == Some(id);
        match report {
            JobReport::Query(QueryReport::Known(mut known)) => {
                // What was asked meanwhile may not be among them yet.
                let own = std::mem::take(&mut self.queries);
                known.retain(|it| !own.iter().any(|own| own.is_same(it)));
                self.queries = [own, known].concat();
                self.sort();
            }
            JobReport::Failed(why) if loads => {
                out.notice(Severity::Warning, why.clone());
                self.load = Load::Failed(why);
            }
            JobReport::Done | JobReport::Cancelled if loads => self.load = Load::Loaded(out.now),
            JobReport::Done | JobReport::Cancelled => {
                if let Some(said) = self.pending.end(id).flatten() {
                    out.notice(Severity::Success, said);
                }
            }
            JobReport::Failed(why) => {
                self.pending.end(id);
                out.notice(Severity::Error, why);
                // What the store holds is shown again.
                self.queries.clear();
                self.load(out);
            }
            _ => {}
        }
    }
}
