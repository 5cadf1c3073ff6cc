//! Logs Insights as a source of pages, for the groups that nothing else reads: a page is the answer to one query.
//!
//! A query answers with 10,000 rows at most, the oldest first, so that a full answer may lack events: the next query goes
//! on where it ended. AWS bills what a query reads: it is stopped as soon as it shows that this would be more than it may
//! be, or when nobody waits.

mod budget;
mod window;

use futures::StreamExt;
use tokio_util::sync::CancellationToken;

use crate::aws::{AwsError, FilterPage, FilterRequest, LogsClient};
use crate::insights::{QueryEvent, QueryFailure, ReadLimit, ask, where_asked};
use crate::logs::query::{
    MOST_ANSWER_ROWS, QueryAnswer, QueryProgress, QueryRequest, ScanCost, answered_event,
    events_query,
};
use crate::logs::{FilterPattern, LogEvent, Marker, MarkerKind, TailTarget};
pub(super) use budget::ScanBudget;
use window::ScanWindow;

/// What brings the pages of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PageSource {
    /// `FilterLogEvents`.
    #[default]
    Filter,
    /// Logs Insights.
    Query,
    /// Nothing any more: queries have read as much as they may.
    Closed,
}

/// Whether queries are to read a group that could not be read otherwise: its class has nothing else, and what they cost
/// was agreed to. They know no filter patterns: one that is not understood here cannot be applied.
pub(super) fn wants_queries(wanted: &TailTarget, error: &AwsError) -> bool {
    let is_agreed = error.is_about_class() && wanted.max_scan.is_some();
    is_agreed && FilterPattern::parse(&wanted.pattern).is_ok()
}

/// That a group is read by queries from now on.
pub(super) fn by_queries(group: &str) -> String {
    format!(
        "'{group}' is read by Logs Insights, a query a minute: nothing else reads its log class; events more than 2 min late are not looked for"
    )
}

/// The same, where its events are read once.
pub(super) fn by_one_query(group: &str) -> String {
    format!("'{group}' is read by a Logs Insights query: nothing else reads its log class")
}

/// A page to ask a query for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScanRequest {
    filter: FilterRequest,
    window: ScanWindow,
    /// How many bytes it may read.
    most_bytes: u64,
}

/// What became of a query.
#[derive(Debug)]
pub(super) struct Scanned {
    /// What it read, whatever became of it.
    pub(super) cost: ScanCost,
    pub(super) page: Result<FilterPage, ScanFailure>,
    /// What to say of events it cannot have brought.
    pub(super) missing: Option<Marker>,
}

/// Why a query brought no page.
#[derive(Debug)]
pub(super) enum ScanFailure {
    /// It would have read more than it may: nothing is read from this time on, in Unix milliseconds.
    Limit(i64),
    Aws(AwsError),
}

/// Asks the query for a page. When `stop` is cancelled the query is stopped, so that it costs no more.
pub(super) async fn scan(
    logs: &LogsClient,
    request: ScanRequest,
    stop: CancellationToken,
) -> Scanned {
    let groups = std::slice::from_ref(&request.filter.group);
    let there = where_asked(logs, groups);
    let enough = stop.child_token();
    let (ended, bytes) = request.answer(logs, &enough).await;
    let is_limited = enough.is_cancelled() && !stop.is_cancelled();
    let cost = ScanCost::of(bytes, Some(there.region()));
    let failed = |failure| Scanned {
        cost,
        page: Err(failure),
        missing: None,
    };
    let unfinished = |status: &str| logs.unfinished(&request.filter.group, status);
    let limit = ScanFailure::Limit(request.window.from_ms);
    match ended {
        Ok(answer) => match &answer.progress {
            QueryProgress::Complete => request.scanned(answer, cost),
            QueryProgress::Broken(_) if is_limited => failed(limit),
            QueryProgress::Broken(status) => failed(ScanFailure::Aws(unfinished(status))),
            QueryProgress::UnderWay => failed(ScanFailure::Aws(unfinished("Unknown"))),
        },
        Err(_) if is_limited => failed(limit),
        Err(QueryFailure::Aws(error)) => failed(ScanFailure::Aws(error)),
        Err(other) => failed(ScanFailure::Aws(unfinished(&other.to_string()))),
    }
}

impl ScanRequest {
    /// Waits for the answer, or stops the query once it would read more than it may; gives what it read as well.
    async fn answer(
        &self,
        logs: &LogsClient,
        enough: &CancellationToken,
    ) -> (Result<QueryAnswer, QueryFailure>, u64) {
        let mut told = std::pin::pin!(ask(logs, self.query(), enough));
        let (mut bytes, mut limit) = (0, ReadLimit::new(self.most_bytes));
        loop {
            match told.next().await {
                Some(QueryEvent::Progress(answer)) => {
                    bytes = answer.figures.bytes;
                    if limit.is_near(bytes) {
                        enough.cancel();
                    }
                }
                Some(QueryEvent::Ended(Ok(answer))) => {
                    let bytes = answer.figures.bytes;
                    return (Ok(answer), bytes);
                }
                Some(QueryEvent::Ended(Err(error))) => return (Err(error), bytes),
                None => return (Err(QueryFailure::Interrupted), bytes),
            }
        }
    }

    fn query(&self) -> QueryRequest {
        let window = self.window;
        let (from_s, to_s) = window.asked_s();
        let most = self.limit().map_or(MOST_ANSWER_ROWS, usize::from);
        let newest_first = self.filter.newest_first;
        QueryRequest {
            groups: vec![self.filter.group.clone()],
            query: events_query(window.from_ms, window.to_ms, newest_first, most),
            from_s,
            to_s,
            limit: None,
        }
    }

    /// What is left out of the answer would not count for the limit.
    fn limit(&self) -> Option<u16> {
        let is_whole = self.filter.pattern.is_empty() && self.filter.streams.is_empty();
        self.filter.limit.filter(|_| is_whole)
    }

    /// The page that an answer is: what of it is whole, and wanted.
    fn scanned(&self, answer: QueryAnswer, cost: ScanCost) -> Scanned {
        let group = &self.filter.group;
        let (rows, newest_first) = (answer.rows.len(), self.filter.newest_first);
        let events = answer.rows.into_iter();
        let mut events: Vec<LogEvent> = events
            .filter_map(|row| answered_event(row, group))
            .collect();
        let newest_ms = events.iter().map(|event| event.time_ms).max();
        // The newest come together: nothing follows.
        let next = (!newest_first).then(|| self.window.next(rows, newest_ms));
        let end_ms = (next.as_ref()).map_or(self.window.to_ms + 1, |next| next.from_ms);
        if !newest_first {
            events.sort_by_key(|event| (event.time_ms, event.ingested_ms));
        }
        let pattern = FilterPattern::parse(&self.filter.pattern).ok();
        events.retain(|event| {
            (self.window.from_ms..end_ms).contains(&event.time_ms)
                && is_of(&self.filter.streams, &event.stream)
                && (pattern.as_ref()).is_none_or(|pattern| pattern.matches(&event.message))
        });
        let is_crowded = next.as_ref().is_some_and(|next| next.is_crowded);
        Scanned {
            cost,
            page: Ok(FilterPage {
                events,
                next: next.and_then(|next| next.token),
            }),
            missing: is_crowded.then(|| crowded(group, self.window.from_ms)),
        }
    }
}

/// Whether a stream is among those that are wanted: these names, or the one beginning.
fn is_of(wanted: &[String], stream: &str) -> bool {
    let fits = |name: &String| match name.strip_suffix('*') {
        Some(prefix) => stream.starts_with(prefix),
        None => name == stream,
    };
    wanted.is_empty() || wanted.iter().any(fits)
}

/// That a millisecond of a group has more events than a query answers with.
fn crowded(group: &str, time_ms: i64) -> Marker {
    Marker {
        time_ms,
        kind: MarkerKind::Unchecked,
        text: format!(
            "unchecked: '{group}' has 10,000 events or more in one millisecond, and a query gives no more"
        ),
    }
}
