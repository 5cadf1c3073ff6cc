//! The account's queries: what runs, how far it is, what it has found.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::cursor::Malformed;
use super::pipeline::Pipeline;
use super::query::Query;
use super::row::{ResultRow, SeenEvent};
use crate::simulator::logs::StoredEvent;

/// Queries remembered; the oldest go first.
const MOST_QUERIES: usize = 1000;
/// Queries under way at once.
const MOST_RUNNING: usize = 100;
/// Events read for one answer.
const PORTION: usize = 50_000;

/// The queries, oldest first.
#[derive(Debug, Default)]
pub(in crate::simulator) struct QueryRegistry {
    queries: VecDeque<RunningQuery>,
}

/// What to do when: a query that was taken in.
#[derive(Debug)]
pub(in crate::simulator) struct Submission {
    /// The query's id.
    pub(in crate::simulator) id: String,
    /// It begins to run then.
    pub(in crate::simulator) begins: Instant,
    /// It is complete then at the earliest.
    pub(in crate::simulator) ends: Instant,
    pub(in crate::simulator) work: QueryWork,
}

#[derive(Debug)]
struct RunningQuery {
    id: String,
    begins: Instant,
    ends: Instant,
    status: QueryStatus,
    /// What is left to do; none while someone does it, and when it is done.
    work: Option<QueryWork>,
    answer: QueryResults,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QueryStatus {
    Scheduled,
    Running,
    Complete,
    Cancelled,
}

/// What a query has found so far.
#[derive(Debug, Clone, Default)]
pub(in crate::simulator) struct QueryResults {
    /// Its status as the service calls it.
    pub(in crate::simulator) status: &'static str,
    /// Rows of named texts.
    pub(in crate::simulator) rows: Vec<Vec<(String, String)>>,
    pub(in crate::simulator) matched: u64,
    pub(in crate::simulator) scanned: u64,
    pub(in crate::simulator) bytes: u64,
}

/// A query and the events it has still to read.
pub(in crate::simulator) struct QueryWork {
    pipeline: Pipeline,
    sources: VecDeque<GroupEvents>,
    scanned: u64,
    bytes: u64,
}

/// The events of one group.
struct GroupEvents {
    account: String,
    group: String,
    events: Box<dyn Iterator<Item = StoredEvent> + Send>,
}

impl QueryWork {
    /// A query that gives at most `limit` rows; without events yet.
    pub(in crate::simulator) fn new(text: &str, limit: usize) -> Result<Self, Malformed> {
        let query = Query::read(text)?;
        Ok(Self {
            pipeline: Pipeline::new(&query, limit),
            sources: VecDeque::new(),
            scanned: 0,
            bytes: 0,
        })
    }

    /// Adds the events of a group.
    pub(in crate::simulator) fn read(
        &mut self,
        account: &str,
        group: &str,
        events: impl Iterator<Item = StoredEvent> + Send + 'static,
    ) {
        self.sources.push_back(GroupEvents {
            account: account.to_owned(),
            group: group.to_owned(),
            events: Box::new(events),
        });
    }

    /// Reads the next portion; whether there may be more.
    pub(in crate::simulator) fn advance(&mut self) -> bool {
        for _ in 0..PORTION {
            let Some(source) = self.sources.front_mut() else {
                return false;
            };
            let Some(event) = source.events.next() else {
                self.sources.pop_front();
                continue;
            };
            self.scanned += 1;
            self.bytes += event.message.len() as u64;
            self.pipeline.take(source.row(&event));
        }
        true
    }

    fn answer(&self) -> QueryResults {
        QueryResults {
            status: QueryStatus::Running.name(),
            rows: self.pipeline.results(),
            matched: self.pipeline.matched(),
            scanned: self.scanned,
            bytes: self.bytes,
        }
    }
}

impl GroupEvents {
    fn row(&self, event: &StoredEvent) -> ResultRow {
        ResultRow::of(&SeenEvent {
            log: &format!("{}:{}", self.account, self.group),
            stream: &event.stream,
            time_ms: event.time_ms,
            ingested_ms: event.ingested_ms,
            message: &event.message,
            pointer: &event.id(&self.group),
        })
    }
}

impl QueryRegistry {
    /// Takes a query in; `false` when too many are under way.
    pub(in crate::simulator) fn accept(&mut self, order: Submission) -> bool {
        let running = self
            .queries
            .iter()
            .filter(|task| task.status.is_under_way());
        if running.count() >= MOST_RUNNING {
            return false;
        }
        let Submission {
            id,
            begins,
            ends,
            work,
        } = order;
        self.queries.push_back(RunningQuery {
            id,
            begins,
            ends,
            status: QueryStatus::Scheduled,
            work: Some(work),
            answer: QueryResults::default(),
        });
        if self.queries.len() > MOST_QUERIES {
            self.queries.pop_front();
        }
        true
    }

    /// What a query has found, and the work to do before the answer is given; none when there is no such query.
    pub(in crate::simulator) fn ask(
        &mut self,
        id: &str,
    ) -> Option<(QueryResults, Option<QueryWork>)> {
        let task = self.task(id)?;
        let now = Instant::now();
        if task.status == QueryStatus::Scheduled && now >= task.begins {
            task.status = QueryStatus::Running;
        }
        let work = match task.status {
            QueryStatus::Running => task.work.take(),
            _ => None,
        };
        Some((task.told(), work))
    }

    /// Takes the work back after a portion of it.
    pub(in crate::simulator) fn give_back(
        &mut self,
        id: &str,
        work: QueryWork,
        more: bool,
    ) -> Option<QueryResults> {
        let task = self.task(id)?;
        if task.status == QueryStatus::Running {
            task.answer = work.answer();
            let is_over = !more && Instant::now() >= task.ends;
            if is_over {
                task.status = QueryStatus::Complete;
            } else {
                task.work = Some(work);
            }
        }
        Some(task.told())
    }

    /// Stops a query; `None` when there is none, else whether it was under way.
    pub(in crate::simulator) fn stop(&mut self, id: &str) -> Option<bool> {
        let task = self.task(id)?;
        let was_under_way = task.status.is_under_way();
        if was_under_way {
            task.status = QueryStatus::Cancelled;
            task.work = None;
        }
        Some(was_under_way)
    }

    fn task(&mut self, id: &str) -> Option<&mut RunningQuery> {
        self.queries.iter_mut().find(|task| task.id == id)
    }
}

impl RunningQuery {
    fn told(&self) -> QueryResults {
        QueryResults {
            status: self.status.name(),
            ..self.answer.clone()
        }
    }
}

impl QueryStatus {
    const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "Scheduled",
            Self::Running => "Running",
            Self::Complete => "Complete",
            Self::Cancelled => "Cancelled",
        }
    }

    const fn is_under_way(self) -> bool {
        matches!(self, Self::Scheduled | Self::Running)
    }
}

impl std::fmt::Debug for QueryWork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Work")
            .field("scanned", &self.scanned)
            .finish_non_exhaustive()
    }
}
