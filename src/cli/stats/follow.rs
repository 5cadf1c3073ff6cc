//! Several groups at once, with their progress on standard error.

use std::collections::BTreeSet;

use futures::{FutureExt, StreamExt, stream};
use tokio_util::sync::CancellationToken;

use super::super::output::Output;
use crate::aws::LogsClient;
use crate::jobs::statistics::{
    StatisticsEngine, StatisticsError, StatisticsEvent, TimeRange, gather, of_group,
};
use crate::logs::statistics::{InvocationSummary, RunVersion};

/// Groups read at once: the quota of `FilterLogEvents` is 5 calls a second in some regions, and others need it too.
const AT_ONCE: usize = 3;

/// The groups under way.
pub(super) struct Follow<'o> {
    groups: Vec<StatisticsProgress>,
    range: TimeRange,
    /// The queries that were shown, when they are to be.
    shown: Option<BTreeSet<String>>,
    output: &'o mut Output,
}

struct StatisticsProgress {
    group: String,
    events: u64,
    /// How much of the range was read, from 0 to 1.
    share: f64,
    result: Option<Result<Box<InvocationSummary>, StatisticsError>>,
}

impl<'o> Follow<'o> {
    pub(super) fn new(
        groups: &[String],
        range: TimeRange,
        shows_query: bool,
        output: &'o mut Output,
    ) -> Self {
        let groups = groups.iter().map(|group| StatisticsProgress {
            group: group.clone(),
            events: 0,
            share: 0.0,
            result: None,
        });
        Self {
            groups: groups.collect(),
            range,
            shown: shows_query.then(BTreeSet::new),
            output,
        }
    }

    /// The results in the order of the groups.
    pub(super) async fn all(
        mut self,
        engine: StatisticsEngine,
        logs: &LogsClient,
        versions: Option<&[RunVersion]>,
        token: &CancellationToken,
    ) -> Vec<(String, Result<Box<InvocationSummary>, StatisticsError>)> {
        let range = self.range;
        let works = self.groups.iter().enumerate().map(|(at, progress)| {
            let group = progress.group.clone();
            let told = async move {
                let runs = of_group(logs, &group, versions, token).await;
                gather(engine, logs, &group, range, runs, token)
            };
            told.flatten_stream().map(move |told| (at, told)).boxed()
        });
        let works: Vec<_> = works.collect();
        let mut told = stream::iter(works).flatten_unordered(AT_ONCE);
        while let Some((at, told)) = told.next().await {
            self.hear(at, told);
        }
        let results = self.groups.into_iter();
        results
            .filter_map(|it| Some((it.group, it.result?)))
            .collect()
    }

    fn hear(&mut self, at: usize, told: StatisticsEvent) {
        let range = self.range;
        let Some(progress) = self.groups.get_mut(at) else {
            return;
        };
        let mut is_over = false;
        match told {
            StatisticsEvent::Asked(query) => return self.show(query),
            StatisticsEvent::Progress { events, reached_ms } => {
                progress.events = events;
                if let Some(reached_ms) = reached_ms {
                    progress.share = share(range, reached_ms);
                }
            }
            StatisticsEvent::Ended(result) => {
                is_over = true;
                progress.share = 1.0;
                progress.result = Some(result);
            }
        }
        let line = if is_over && self.groups.len() > 1 {
            self.ended(at)
        } else {
            self.line()
        };
        self.output
            .progress(&line, is_over && self.groups.len() > 1);
    }

    /// Shows a query once, when that is wanted.
    fn show(&mut self, query: String) {
        if let Some(shown) = &mut self.shown
            && !shown.contains(&query)
        {
            self.output.note(&query);
            shown.insert(query);
        }
    }

    fn ended(&self, at: usize) -> String {
        let done = self.groups.iter().filter(|it| it.result.is_some()).count();
        let told = self
            .groups
            .get(at)
            .map_or_else(String::new, |it| match it.result {
                Some(Err(_)) => format!("{} cannot be read", it.group),
                _ => format!("{} is read", it.group),
            });
        format!("{told} · {done} of {} groups", self.groups.len())
    }

    /// The live line: groups, events, how far.
    fn line(&self) -> String {
        let done = self.groups.iter().filter(|it| it.result.is_some()).count();
        let events: u64 = self.groups.iter().map(|it| it.events).sum();
        let shares: f64 = self.groups.iter().map(|it| it.share).sum();
        let percent = 100.0 * shares / self.groups.len().max(1) as f64;
        format!(
            "{done}/{} groups · {events} events · {percent:.0} %",
            self.groups.len()
        )
    }
}

/// How much of the range lies before a time.
fn share(range: TimeRange, reached_ms: i64) -> f64 {
    let whole = (range.to_ms - range.from_ms).max(1) as f64;
    ((reached_ms - range.from_ms) as f64 / whole).clamp(0.0, 1.0)
}
