//! Several groups at once, with their progress on standard error.

use std::collections::BTreeSet;

use futures::stream::BoxStream;
use futures::{FutureExt, StreamExt, stream};
use tokio_util::sync::CancellationToken;

use super::super::output::Output;
use super::{AskedStatistics, StatisticsColumn};
use crate::aws::{LogsClient, Session};
use crate::jobs::statistics::{
    StatisticsError, StatisticsEvent, StatisticsKind, StatisticsPart, TimeRange, cost_basis,
    gather, gather_events, of_group,
};
use crate::logs::statistics::GroupFigures;

/// Groups read at once: the quota of `FilterLogEvents` is 5 calls a second in some regions, and others need it too.
const AT_ONCE: usize = 3;

/// The columns under way.
pub(super) struct Follow<'o> {
    columns: Vec<StatisticsProgress>,
    /// The queries that were shown, when they are to be.
    shown: Option<BTreeSet<String>>,
    output: &'o mut Output,
}

struct StatisticsProgress {
    column: StatisticsColumn,
    events: u64,
    /// How much of the range was read, from 0 to 1.
    share: f64,
    result: Option<Result<GroupFigures, StatisticsError>>,
}

impl<'o> Follow<'o> {
    pub(super) fn new(
        columns: Vec<StatisticsColumn>,
        shows_query: bool,
        output: &'o mut Output,
    ) -> Self {
        let columns = columns.into_iter().map(|column| StatisticsProgress {
            column,
            events: 0,
            share: 0.0,
            result: None,
        });
        Self {
            columns: columns.collect(),
            shown: shows_query.then(BTreeSet::new),
            output,
        }
    }

    /// The results in the order of the columns.
    pub(super) async fn all(
        mut self,
        asked: &AskedStatistics,
        session: &Session,
        token: &CancellationToken,
    ) -> Vec<(StatisticsColumn, Result<GroupFigures, StatisticsError>)> {
        let logs = &session.logs();
        let works = self.columns.iter().enumerate().map(|(at, progress)| {
            let part = progress.column.part.clone();
            let told = async move { start(part, asked, session, logs, token).await };
            told.flatten_stream().map(move |told| (at, told)).boxed()
        });
        let works: Vec<_> = works.collect();
        let mut told = stream::iter(works).flatten_unordered(AT_ONCE);
        while let Some((at, told)) = told.next().await {
            self.hear(at, told);
        }
        let results = self.columns.into_iter();
        results
            .filter_map(|it| Some((it.column, it.result?)))
            .collect()
    }

    fn hear(&mut self, at: usize, told: StatisticsEvent) {
        let Some(progress) = self.columns.get_mut(at) else {
            return;
        };
        let range = progress.column.part.range;
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
        let line = if is_over && self.columns.len() > 1 {
            self.ended(at)
        } else {
            self.line()
        };
        self.output
            .progress(&line, is_over && self.columns.len() > 1);
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
        let done = self.columns.iter().filter(|it| it.result.is_some()).count();
        let told = self
            .columns
            .get(at)
            .map_or_else(String::new, |it| match it.result {
                Some(Err(_)) => format!("{} cannot be read", it.column.title),
                _ => format!("{} is read", it.column.title),
            });
        format!("{told} · {done} of {}", self.columns.len())
    }

    /// The live line: what is read, events, how far.
    fn line(&self) -> String {
        let done = self.columns.iter().filter(|it| it.result.is_some()).count();
        let events: u64 = self.columns.iter().map(|it| it.events).sum();
        let shares: f64 = self.columns.iter().map(|it| it.share).sum();
        let percent = 100.0 * shares / self.columns.len().max(1) as f64;
        format!(
            "{done}/{} read · {events} events · {percent:.0} %",
            self.columns.len()
        )
    }
}

/// Starts to read a part.
async fn start(
    part: StatisticsPart,
    asked: &AskedStatistics,
    session: &Session,
    logs: &LogsClient,
    token: &CancellationToken,
) -> BoxStream<'static, StatisticsEvent> {
    if let StatisticsKind::Events(split_ms) = asked.kind {
        return gather_events(logs, part, split_ms, token);
    }
    let runs = of_group(logs, &part.group, asked.versions.as_deref(), token).await;
    let basis = cost_basis(session, &part.group, token).await;
    gather(asked.engine, logs, part, runs, basis, token)
}

/// How much of the range lies before a time.
fn share(range: TimeRange, reached_ms: i64) -> f64 {
    let whole = (range.to_ms - range.from_ms).max(1) as f64;
    ((reached_ms - range.from_ms) as f64 / whole).clamp(0.0, 1.0)
}
