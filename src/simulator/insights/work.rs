//! What a query has still to read and what it has found.

use std::collections::VecDeque;

use super::cursor::Malformed;
use super::pipeline::Pipeline;
use super::query::Query;
use super::row::{ResultRow, SeenEvent};
use crate::simulator::logs::StoredEvent;

/// Events read at a time.
const PORTION: usize = 5_000;

/// What a query has found so far.
#[derive(Debug, Clone, Default)]
pub(in crate::simulator) struct QueryResults {
    /// Rows of named texts.
    pub(in crate::simulator) rows: Vec<Vec<(String, String)>>,
    pub(in crate::simulator) matched: u64,
    pub(in crate::simulator) scanned: u64,
    pub(in crate::simulator) bytes: u64,
    /// The groups it reads.
    pub(in crate::simulator) groups: usize,
}

/// A query and the events it has still to read.
pub(in crate::simulator) struct QueryWork {
    pipeline: Pipeline,
    sources: VecDeque<GroupEvents>,
    /// What was read so far, without rows.
    counted: QueryResults,
}

/// The events of one group.
struct GroupEvents {
    account: String,
    group: String,
    events: Box<dyn Iterator<Item = StoredEvent> + Send>,
}

impl QueryWork {
    /// A query asked at `now_s`, in Unix seconds, that gives at most `limit` rows; without events yet.
    pub(in crate::simulator) fn new(
        text: &str,
        now_s: i64,
        limit: usize,
    ) -> Result<Self, Malformed> {
        let query = Query::read(text, now_s)?;
        Ok(Self {
            pipeline: Pipeline::new(&query, limit),
            sources: VecDeque::new(),
            counted: QueryResults::default(),
        })
    }

    /// Adds the events of a group.
    pub(in crate::simulator) fn read(
        &mut self,
        account: &str,
        group: &str,
        events: impl Iterator<Item = StoredEvent> + Send + 'static,
    ) {
        self.counted.groups += 1;
        self.sources.push_back(GroupEvents {
            account: account.to_owned(),
            group: group.to_owned(),
            events: Box::new(events),
        });
    }

    /// Reads the next portion; whether there may be more.
    pub(super) fn advance(&mut self) -> bool {
        for _ in 0..PORTION {
            let Some(source) = self.sources.front_mut() else {
                return false;
            };
            let Some(event) = source.events.next() else {
                self.sources.pop_front();
                continue;
            };
            self.counted.scanned += 1;
            self.counted.bytes += event.message.len() as u64;
            let row = row(&source.account, &source.group, &event);
            self.pipeline.take(row);
        }
        true
    }

    pub(super) fn results(&self) -> QueryResults {
        QueryResults {
            rows: self.pipeline.results(),
            matched: self.pipeline.matched(),
            ..self.counted.clone()
        }
    }
}

/// Every field of an event with its text, those that are discovered in it too; times in Unix milliseconds.
pub(in crate::simulator) fn record(
    account: &str,
    group: &str,
    event: &StoredEvent,
) -> Vec<(String, String)> {
    row(account, group, event).record()
}

fn row(account: &str, group: &str, event: &StoredEvent) -> ResultRow {
    ResultRow::of(&SeenEvent {
        log: &format!("{account}:{group}"),
        stream: &event.stream,
        time_ms: event.time_ms,
        ingested_ms: event.ingested_ms,
        message: &event.message,
        pointer: &event.id(group),
    })
}

impl std::fmt::Debug for QueryWork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueryWork")
            .field("scanned", &self.counted.scanned)
            .finish_non_exhaustive()
    }
}
