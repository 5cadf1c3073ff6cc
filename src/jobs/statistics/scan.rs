//! Statistics by reading events: of invocations only those with records, which the service picks out.

use futures::Stream;
use tokio_util::sync::CancellationToken;

use super::StatisticsKind;
use super::step::{NextStep, PATIENT, StatisticsError, StatisticsEvent, StatisticsPart, steps};
use crate::aws::{AwsError, FilterPage, FilterRequest, LogsClient};
use crate::logs::statistics::{
    EventStatistics, GroupFigures, InvocationSubset, RunVersions, Statistics, version_of,
};
use crate::logs::templates::EventSpan;
use crate::logs::{LogEvent, function_of};
use crate::task::retry;

/// Picks out what the figures come from: REPORT and initialisation records in both formats, and the lines that tell of
/// failures which no record tells.
const RECORDS: &str = "?\"REPORT RequestId: \" ?\"platform.report\" ?\"INIT_REPORT \" ?\"platform.initReport\" \
                       ?\"platform.logsDropped\" ?\"Task timed out after \" ?\"Runtime exited\" \
                       ?\"Invoke Error\" ?\"Uncaught Exception\" ?\"[ERROR] \"";

/// How often the same page may come in a row.
const MOST_REPEATS: u32 = 5;

/// Events that are read of a group when nobody asked for its events: the quota of calls is shared with everybody.
const MOST_EVENTS: u64 = 20_000;

struct StatisticsScan {
    logs: LogsClient,
    request: FilterRequest,
    part: StatisticsPart,
    gathered: Gathered,
    events: u64,
    /// The ids of the events of the newest time: the pages after a token that was too old begin there.
    newest: (i64, Vec<Box<str>>),
    repeats: u32,
    token: CancellationToken,
}

/// What the events are gathered for.
enum Gathered {
    Invocations(Box<Statistics>),
    /// With the number of events after which reading ends.
    Events(Box<EventStatistics>, u64),
}

/// Statistics of a group by reading its events. Throttling is waited out, empty pages are passed over.
pub(super) fn scan(
    logs: &LogsClient,
    part: StatisticsPart,
    kind: StatisticsKind,
    runs: RunVersions,
    token: &CancellationToken,
) -> impl Stream<Item = StatisticsEvent> + use<> {
    let (pattern, gathered) = match kind {
        StatisticsKind::Either => {
            let memory = part.only.as_ref().and_then(InvocationSubset::memory);
            let statistics = Box::new(Statistics::without(runs).at(memory));
            (RECORDS, Gathered::Invocations(statistics))
        }
        StatisticsKind::Events(split_ms) => ("", Gathered::events(&part, split_ms, u64::MAX)),
    };
    let scan = StatisticsScan {
        logs: logs.clone(),
        request: FilterRequest {
            group: part.group.clone(),
            pattern: pattern.to_owned(),
            from_ms: part.range.from_ms,
            to_ms: Some(part.range.to_ms),
            ..FilterRequest::default()
        },
        part,
        gathered,
        events: 0,
        newest: (i64::MIN, Vec::new()),
        repeats: 0,
        token: token.clone(),
    };
    steps(scan, StatisticsScan::step)
}

impl Gathered {
    fn events(part: &StatisticsPart, split_ms: Option<i64>, most: u64) -> Self {
        let span = EventSpan {
            from_ms: part.range.from_ms,
            to_ms: part.range.to_ms,
            split_ms,
        };
        Self::Events(Box::new(EventStatistics::new(span)), most)
    }

    fn take(&mut self, event: &LogEvent) {
        match self {
            Self::Invocations(statistics) => {
                statistics.take(&event.stream, &event.message, event.time_ms);
            }
            Self::Events(statistics, _) => statistics.take(&event.message, event.time_ms),
        }
    }
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
            Err(refused) if refused.is_about_class() => {
                let group = self.request.group;
                let refused = Box::new(refused);
                return Err(StatisticsError::Class { group, refused });
            }
            page => page?,
        };
        if page.next.is_some() && page.next == self.request.next {
            return self.repeat();
        }
        self.repeats = 0;
        let next = page.next.clone();
        self.take(page);
        let is_cut = matches!(self.gathered, Gathered::Events(_, most) if self.events >= most);
        if next.is_none() || is_cut {
            return Ok(self.ended(next.is_some()));
        }
        self.request.next = next;
        Ok(self.goes_on())
    }

    fn goes_on(self) -> NextStep<Self> {
        let reached_ms = (self.newest.0 > i64::MIN).then_some(self.newest.0);
        let told = StatisticsEvent::Progress {
            events: self.events,
            reached_ms,
        };
        NextStep::More(told, self)
    }

    /// All that was to be read is read. A group without invocations is read once more, for its events.
    fn ended(mut self, is_cut: bool) -> NextStep<Self> {
        let summary = match &self.gathered {
            Gathered::Invocations(statistics) => statistics.summary(),
            Gathered::Events(statistics, _) => {
                let mut summary = statistics.summary();
                if is_cut {
                    summary.is_cut = true;
                    summary.span.to_ms = self.newest.0;
                }
                return NextStep::Over(GroupFigures::Events(Box::new(summary)));
            }
        };
        let of_memory = self.part.only.as_ref().and_then(InvocationSubset::memory);
        let is_function = function_of(&self.part.group).is_some() || of_memory.is_some();
        let has_any = summary.invocations + summary.unfinished + summary.init_failures > 0
            || summary.of_runs.is_some_and(|count| count > 0);
        if is_function || has_any {
            return NextStep::Over(GroupFigures::Invocations(Box::new(summary)));
        }
        self.gathered = Gathered::events(&self.part, None, MOST_EVENTS);
        self.request.pattern.clear();
        self.request.from_ms = self.part.range.from_ms;
        self.request.next = None;
        (self.events, self.newest) = (0, (i64::MIN, Vec::new()));
        self.goes_on()
    }

    fn take(&mut self, page: FilterPage) {
        for event in page.events {
            let only = self.part.only.as_ref();
            let version = only.and_then(InvocationSubset::version);
            let is_meant = version.is_none() || version == version_of(&event.stream);
            if is_meant && self.is_new(&event) {
                self.events += 1;
                self.gathered.take(&event);
            }
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
