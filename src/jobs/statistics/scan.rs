//! Statistics by reading events: only those with records, which the service picks out.

use futures::Stream;
use tokio_util::sync::CancellationToken;

use super::step::{NextStep, PATIENT, StatisticsError, StatisticsEvent, TimeRange, steps};
use crate::aws::{AwsError, FilterPage, FilterRequest, LogsClient};
use crate::logs::LogEvent;
use crate::logs::statistics::{RunVersions, Statistics};
use crate::task::retry;

/// Picks out what the figures come from: REPORT and initialisation records in both formats, and the lines that tell of
/// failures which no record tells.
const RECORDS: &str = "?\"REPORT RequestId: \" ?\"platform.report\" ?\"INIT_REPORT \" ?\"platform.initReport\" \
                       ?\"platform.logsDropped\" ?\"Task timed out after \" ?\"Runtime exited\" \
                       ?\"Invoke Error\" ?\"Uncaught Exception\" ?\"[ERROR] \"";

/// How often the same page may come in a row.
const MOST_REPEATS: u32 = 5;

struct StatisticsScan {
    logs: LogsClient,
    request: FilterRequest,
    statistics: Statistics,
    events: u64,
    /// The ids of the events of the newest time: the pages after a token that was too old begin there.
    newest: (i64, Vec<Box<str>>),
    repeats: u32,
    token: CancellationToken,
}

/// Statistics of a group by reading its events. Throttling is waited out, empty pages are passed over.
pub(super) fn scan(
    logs: &LogsClient,
    group: &str,
    range: TimeRange,
    runs: RunVersions,
    token: &CancellationToken,
) -> impl Stream<Item = StatisticsEvent> + use<> {
    let request = FilterRequest {
        group: group.to_owned(),
        pattern: RECORDS.to_owned(),
        from_ms: range.from_ms,
        to_ms: Some(range.to_ms),
        ..FilterRequest::default()
    };
    let scan = StatisticsScan {
        logs: logs.clone(),
        request,
        statistics: Statistics::without(runs),
        events: 0,
        newest: (i64::MIN, Vec::new()),
        repeats: 0,
        token: token.clone(),
    };
    steps(scan, StatisticsScan::step)
}

impl StatisticsScan {
    async fn step(mut self) -> Result<NextStep<Self>, StatisticsError> {
        let read = async || {
            self.logs.quota().wait().await;
            self.logs.filter(&self.request).await
        };
        let page = retry(PATIENT, AwsError::is_transient, read);
        let Some(page) = self.token.run_until_cancelled(page).await else {
            let group = self.request.group;
            return Err(StatisticsError::Interrupted { group });
        };
        let page = match page {
            Err(AwsError::Refused(refused)) if self.request.next.is_some() => {
                tracing::info!("the page's token is not taken any more: {refused}");
                return self.restart();
            }
            page => page?,
        };
        if page.next.is_some() && page.next == self.request.next {
            return self.repeat();
        }
        self.repeats = 0;
        let next = page.next.clone();
        self.take(page);
        if next.is_none() {
            return Ok(NextStep::Over(Box::new(self.statistics.summary())));
        }
        self.request.next = next;
        let reached_ms = (self.newest.0 > i64::MIN).then_some(self.newest.0);
        let told = StatisticsEvent::Progress {
            events: self.events,
            reached_ms,
        };
        Ok(NextStep::More(told, self))
    }

    fn take(&mut self, page: FilterPage) {
        for event in page.events {
            if !self.is_new(&event) {
                continue;
            }
            self.events += 1;
            self.statistics
                .take(&event.stream, &event.message, event.time_ms);
        }
    }

    /// Whether an event was not taken before; events come in order of time.
    fn is_new(&mut self, event: &LogEvent) -> bool {
        let (newest, ids) = &mut self.newest;
        if event.time_ms > *newest {
            *newest = event.time_ms;
            ids.clear();
        }
        let Some(id) = event.id.as_ref().filter(|_| event.time_ms == *newest) else {
            return true;
        };
        let is_new = !ids.contains(id);
        if is_new {
            ids.push(id.clone());
        }
        is_new
    }

    /// Begins new pages at the newest event.
    fn restart(mut self) -> Result<NextStep<Self>, StatisticsError> {
        self.request.from_ms = self.newest.0.max(self.request.from_ms);
        self.request.next = None;
        self.repeat()
    }

    /// Asks once more, but not for ever.
    fn repeat(mut self) -> Result<NextStep<Self>, StatisticsError> {
        self.repeats += 1;
        if self.repeats > MOST_REPEATS {
            let group = self.request.group;
            return Err(StatisticsError::Circle { group });
        }
        let told = StatisticsEvent::Progress {
            events: self.events,
            reached_ms: None,
        };
        Ok(NextStep::More(told, self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::FilterPattern;

    #[test]
    fn the_pattern_is_one_and_lets_every_line_through_that_counts() {
        let pattern = FilterPattern::parse(RECORDS).unwrap();
        for line in [
            "REPORT RequestId: a\tDuration: 1.00 ms",
            r#"{"time":"t","type":"platform.report","record":{}}"#,
            "INIT_REPORT Init Duration: 5.00 ms\tPhase: init",
            r#"{"type":"platform.initReport","record":{}}"#,
            "2024-01-01T00:00:00.000Z a Task timed out after 3.00 seconds",
            "RequestId: a Error: Runtime exited with error: signal: killed",
            "2024-01-01T00:00:00.000Z\ta\tERROR\tInvoke Error \t{}",
            "[ERROR] KeyError: 'x'",
        ] {
            assert!(pattern.matches(line), "{line}");
        }
        assert!(!pattern.matches("START RequestId: a Version: 1"));
    }
}
