//! Reading without following: the stored events of several groups in one order.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::end::TailEnd;
use super::page_run::{PageRun, RunPurpose, Stage};
use super::scan::{PageSource, ScanBudget, ScanFailure, by_one_query, scan, wants_queries};
use crate::aws::{AwsError, FilterPage, FilterRequest, LogsClient};
use crate::logs::{LogEvent, Marker, MarkerKind, TailTarget, Tailing, group_name};
use crate::task::{Backoff, jitter};

/// How a page that does not come for a passing reason is asked for again: two minutes in all.
const PAGES: Backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(4), 60);
/// How long a server is asked that cannot be reached and never was: its address is more likely wrong than busy.
const UNREACHED: Duration = Duration::from_secs(10);
/// How long a page may stay away until it is told what is waited for.
const SILENCE: Duration = Duration::from_secs(3);
/// Events handed over at once.
const CHUNK: usize = 2_000;

/// One group's events that were read and not handed over.
struct GroupHistory {
    page_run: Option<PageRun>,
    group: String,
    events: VecDeque<LogEvent>,
    source: PageSource,
}

/// Reads the events of the wanted groups from `wanted.since` to `until_ms`, itself included, and sends them ordered by
/// time. Ends early when nobody reads, or `stop` is cancelled. Gives why groups were left out: some of several that do not
/// exist or must not be read. It ends badly when a page cannot be had: with [`AwsError::NotFound`] when no group exists, with
/// [`AwsError::Garbled`] when the pages lead in a circle.
pub async fn read(
    logs: &LogsClient,
    wanted: &TailTarget,
    until_ms: i64,
    out: &mpsc::Sender<Tailing>,
    stop: &CancellationToken,
) -> TailEnd {
    let since_ms = wanted.since_ms().unwrap_or_default();
    let source = |group: &String| GroupHistory {
        page_run: Some(PageRun::new(RunPurpose::History, since_ms, until_ms).until(until_ms)),
        group: group.clone(),
        events: VecDeque::new(),
        source: PageSource::default(),
    };
    let mut reading = HistoryMerge {
        logs,
        wanted,
        sources: wanted.groups.iter().map(source).collect(),
        out,
        stop,
        budget: ScanBudget::new(wanted.max_scan.unwrap_or_default()),
        left_out: Vec::new(),
        waiting: PageWait::new(out),
    };
    let ended = reading.tell_all(until_ms).await;
    TailEnd {
        left_out: reading.left_out,
        scanned: reading.budget.cost(),
        is_cut: reading.budget.is_spent(),
        failure: ended.err(),
    }
}

/// The sources being merged.
struct HistoryMerge<'a> {
    logs: &'a LogsClient,
    wanted: &'a TailTarget,
    sources: Vec<GroupHistory>,
    out: &'a mpsc::Sender<Tailing>,
    stop: &'a CancellationToken,
    /// What queries may read.
    budget: ScanBudget,
    /// Why groups were left out.
    left_out: Vec<AwsError>,
    waiting: PageWait<'a>,
}

/// Whether pages stay away, and whether that was told.
struct PageWait<'a> {
    out: &'a mpsc::Sender<Tailing>,
    /// When it is told; `None` once it has been.
    at: Option<Instant>,
    /// Whether anything ever came.
    has_heard: bool,
}

impl<'a> PageWait<'a> {
    fn new(out: &'a mpsc::Sender<Tailing>) -> Self {
        let at = Some(Instant::now() + SILENCE);
        Self {
            out,
            at,
            has_heard: false,
        }
    }

    /// Something came.
    fn end(&mut self) {
        self.at = Some(Instant::now() + SILENCE);
        self.has_heard = true;
    }

    /// Whether no server was ever reached where this error comes from.
    const fn is_unreached(&self, error: &AwsError) -> bool {
        let is_refused = matches!(
            error,
            AwsError::Unreachable {
                connected: false,
                ..
            }
        );
        is_refused && !self.has_heard
    }

    /// Passes on what a call comes to; tells on the way when it takes too long.
    async fn hear<T>(&mut self, group: &str, call: impl Future<Output = T>) -> T {
        let mut call = std::pin::pin!(call);
        if let Some(at) = self.at
            && let Ok(answer) = tokio::time::timeout_at(at, &mut call).await
        {
            return answer;
        }
        self.tell(group, "two minutes", "there is no answer yet")
            .await;
        call.await
    }

    /// Tells once what is waited for, and how long at most.
    async fn tell(&mut self, group: &str, most: &str, why: &str) {
        if self.at.take().is_none() {
            return;
        }
        let name = group_name(group);
        let text = format!("waiting for the events of '{name}', for {most} at most: {why}");
        // Where nobody listens, the reading ends with its next events.
        drop(self.out.send(Tailing::Marker(course(text))).await);
    }
}

impl HistoryMerge<'_> {
    /// Tells the reader something; false when nobody reads, or it is to stop.
    async fn tell(&self, told: Tailing) -> bool {
        let telling = self.stop.run_until_cancelled(self.out.send(told)).await;
        telling.is_some_and(|told| told.is_ok())
    }

    /// Tells the reader all events.
    async fn tell_all(&mut self, until_ms: i64) -> Result<(), AwsError> {
        while let Some(events) = self.next_chunk(until_ms).await? {
            if !self.tell(Tailing::Events(events)).await {
                break;
            }
        }
        Ok(())
    }

    /// The next events in order; `None` after the last.
    async fn next_chunk(&mut self, until_ms: i64) -> Result<Option<Vec<LogEvent>>, AwsError> {
        self.fill(until_ms).await?;
        if self.stop.is_cancelled() {
            return Ok(None);
        }
        let mut chunk = Vec::new();
        while chunk.len() < CHUNK && self.sources.iter().all(GroupHistory::is_ready) {
            let first = self.sources.iter_mut().filter(|it| !it.events.is_empty());
            let first = first.min_by_key(|source| source.events.front().map(order));
            match first.and_then(|source| source.events.pop_front()) {
                Some(event) => chunk.push(event),
                None => break,
            }
        }
        Ok((!chunk.is_empty()).then_some(chunk))
    }

    /// Reads pages until each source has an event or is at its end.
    async fn fill(&mut self, until_ms: i64) -> Result<(), AwsError> {
        for index in 0..self.sources.len() {
            while !self.stop.is_cancelled()
                && let Some(source) = self.sources.get_mut(index).filter(|it| !it.is_ready())
                && let Some(page_run) = &mut source.page_run
            {
                let request = page_run.request(&source.group, self.wanted);
                match source.source {
                    PageSource::Query => self.query(index, request, until_ms).await?,
                    PageSource::Filter | PageSource::Closed => {
                        self.read_page(index, &request).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn read_page(&mut self, index: usize, request: &FilterRequest) -> Result<(), AwsError> {
        let reading = answer(self.logs, request, &mut self.waiting);
        let Some(page) = self.stop.run_until_cancelled(reading).await else {
            return Ok(());
        };
        self.waiting.end();
        let Some(source) = self.sources.get_mut(index) else {
            return Ok(());
        };
        match page {
            Err(error) if source.is_first() && wants_queries(self.wanted, &error) => {
                source.source = PageSource::Query;
                let text = by_one_query(&source.group);
                self.tell(Tailing::Marker(course(text))).await;
                Ok(())
            }
            Err(error) if source.is_first() && error.is_about_one_group() => {
                self.leave_out(index, error)
            }
            page => source.take(page, self.logs),
        }
    }

    /// Asks a query for a page.
    async fn query(
        &mut self,
        index: usize,
        request: FilterRequest,
        until_ms: i64,
    ) -> Result<(), AwsError> {
        let request = match self.budget.query(request, until_ms) {
            Ok(request) => request,
            Err(from_ms) => {
                self.close(index, from_ms).await;
                return Ok(());
            }
        };
        let scanned = scan(self.logs, request, self.stop.clone()).await;
        self.budget.end(scanned.cost, scanned.page.is_ok());
        if let Some(missing) = scanned.missing {
            self.tell(Tailing::Marker(missing)).await;
        }
        let Some(source) = self.sources.get_mut(index) else {
            return Ok(());
        };
        match scanned.page {
            Ok(page) => source.take(Ok(page), self.logs),
            Err(_) if self.stop.is_cancelled() => Ok(()),
            Err(ScanFailure::Limit(from_ms)) => {
                self.close(index, from_ms).await;
                Ok(())
            }
            Err(ScanFailure::Aws(error)) if source.is_first() && error.is_about_one_group() => {
                self.leave_out(index, error)
            }
            Err(ScanFailure::Aws(error)) => Err(error),
        }
    }

    /// Queries have read as much of a group as they may, up to a time.
    async fn close(&mut self, index: usize, from_ms: i64) {
        let Some(source) = self.sources.get_mut(index) else {
            return;
        };
        source.page_run = None;
        let marker = self.budget.give_up(&source.group, from_ms);
        self.tell(Tailing::Marker(marker)).await;
    }

    /// The others are read without it, unless there are none left.
    fn leave_out(&mut self, index: usize, error: AwsError) -> Result<(), AwsError> {
        if self.left_out.len() + 1 == self.sources.len() {
            return Err(error);
        }
        if let Some(source) = self.sources.get_mut(index) {
            source.page_run = None;
        }
        self.left_out.push(error);
        Ok(())
    }
}

/// A page, asked for again while it does not come for a passing reason.
async fn answer(
    logs: &LogsClient,
    request: &FilterRequest,
    waiting: &mut PageWait<'_>,
) -> Result<FilterPage, AwsError> {
    let group = &request.group;
    let (mut pauses, begun) = (PAGES.delays(jitter()), Instant::now());
    loop {
        logs.at(group).quota().wait().await;
        let error = match waiting.hear(group, logs.filter(request)).await {
            Err(error) if error.is_transient() => error,
            answer => return answer,
        };
        let is_unreached = waiting.is_unreached(&error);
        let pause = pauses
            .next()
            .filter(|_| !is_unreached || begun.elapsed() < UNREACHED);
        let Some(pause) = pause else {
            return Err(error);
        };
        if waiting.at.is_some_and(|at| Instant::now() + pause >= at) {
            let most = if is_unreached {
                "ten seconds"
            } else {
                "two minutes"
            };
            waiting.tell(group, most, &error.to_string()).await;
        }
        tokio::time::sleep(pause).await;
    }
}

impl GroupHistory {
    /// Whether no page of it has come yet.
    fn is_first(&self) -> bool {
        self.page_run.as_ref().is_some_and(PageRun::is_first)
    }

    /// Whether its first event is known, or that there is none.
    fn is_ready(&self) -> bool {
        self.page_run.is_none() || !self.events.is_empty()
    }

    fn take(
        &mut self,
        page: Result<FilterPage, AwsError>,
        logs: &LogsClient,
    ) -> Result<(), AwsError> {
        let Some(page_run) = &mut self.page_run else {
            return Ok(());
        };
        let stage = match page {
            Ok(page) => {
                let (events, stage) = page_run.take(page);
                self.events.extend(events);
                if stage == Stage::Stuck {
                    return Err(logs.circle(&self.group));
                }
                stage
            }
            Err(AwsError::Refused(failure)) => match page_run.drop_token() {
                None | Some(Stage::Stuck) => return Err(AwsError::Refused(failure)),
                // It was too old.
                Some(stage) => stage,
            },
            Err(error) => return Err(error),
        };
        if stage != Stage::Going {
            self.page_run = None;
        }
        Ok(())
    }
}

/// What is told of how the reading goes.
const fn course(text: String) -> Marker {
    Marker {
        time_ms: 0,
        kind: MarkerKind::Course,
        text,
    }
}

const fn order(event: &LogEvent) -> (i64, i64) {
    (event.time_ms, event.ingested_ms)
}
