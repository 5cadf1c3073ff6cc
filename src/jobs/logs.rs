//! Log groups, their saved sets, and tails.

use std::num::NonZero;
use std::path::Path;

use futures::StreamExt;
use tokio::sync::mpsc;

use super::account::Connection;
use super::blocking::blocking;
use super::files::{at_home, write_lines, write_out};
use super::problem::failed;
use super::statistics::{
    StatisticsEngine, StatisticsEvent, StatisticsPart, TimeRange, cost_basis, gather, of_group,
};
use crate::aws::{AwsError, GroupScope};
use crate::effect::{CountedPart, JobReport};
use crate::logs::statistics::LoadedEvents;
use crate::logs::{BufferScan, Export, Scanning, Snapshot, TailStatus, TailTarget, Tailing};
use crate::store::Store;
use crate::tail::{self, Clock, GroupPages};
use crate::task::{BrokenWork, JobContext};

/// Events that are reported at once: they are taken in within a millisecond or two, so that no key waits for all.
const AT_ONCE: usize = 250;
/// What a tail tells that may wait to be passed on; it has a longer queue of its own behind.
const TOLD: usize = 4;

/// Threads that look through rows at once, at most.
const WORKERS: usize = 8;

/// Lists the log groups, a report per page.
pub(super) async fn list_groups(
    connection: &Connection,
    context: &JobContext<JobReport>,
) -> JobReport {
    let listing = async {
        let logs = connection.session().await?.logs();
        let mut pages = GroupPages::of(&logs, "", GroupScope::Linked);
        while let Some(groups) = pages.next().await? {
            context.report(JobReport::Groups(groups)).await;
        }
        Ok::<_, AwsError>(JobReport::Done)
    };
    listing.await.unwrap_or_else(failed)
}

/// Follows log groups; everything the tail tells becomes a report.
pub(super) async fn follow(
    connection: &Connection,
    wanted: TailTarget,
    context: &JobContext<JobReport>,
) -> JobReport {
    let stop = context.cancellation().clone();
    let connecting = Box::pin(connection.session());
    let logs = match stop.run_until_cancelled(connecting).await {
        Some(Ok(session)) => session.logs(),
        Some(Err(error)) => return failed(error),
        None => return JobReport::Cancelled,
    };
    let (sender, mut told) = mpsc::channel(TOLD);
    let following = tail::follow(&logs, wanted, sender, stop, Clock::system());
    let passing = async {
        let mut last = None;
        while let Some(news) = told.recv().await {
            if let Tailing::Status(status) = &news {
                last = Some(status.clone());
            }
            for part in tail::parts(news, AT_ONCE) {
                context.report(JobReport::Tail(Box::new(part))).await;
            }
        }
        last
    };
    let (end, last) = tokio::join!(following, passing);
    // What the queries read that were stopped is known only now.
    if let Some(status) = last.filter(|status| status.scanned != end.scanned) {
        let scanned = end.scanned;
        let last = Tailing::Status(TailStatus { scanned, ..status });
        context.report(JobReport::Tail(Box::new(last))).await;
    }
    end.into_result()
        .map_or_else(failed, |_end| JobReport::Done)
}

/// Counts the invocations of a group between two times, without those of tuning runs; its events when it has none.
pub(super) async fn count(
    connection: &Connection,
    store: &Store,
    part: CountedPart,
    context: &JobContext<JobReport>,
) -> JobReport {
    let (from_ms, to_ms) = part.range_ms;
    let part = StatisticsPart {
        group: part.group,
        range: TimeRange { from_ms, to_ms },
        only: part.only,
    };
    let session = match connection.session().await {
        Ok(session) => session,
        Err(error) => return failed(error),
    };
    let logs = session.logs();
    let versions = store.runs().versions().await;
    let versions =
        versions.inspect_err(|error| tracing::warn!(?error, "tuning runs are not known"));
    let token = context.cancellation();
    let runs = of_group(&logs, &part.group, versions.ok().as_deref(), token).await;
    let basis = cost_basis(session, &part.group, token).await;
    let mut told = gather(StatisticsEngine::Scan, &logs, part, runs, basis, token);
    while let Some(told) = told.next().await {
        match told {
            StatisticsEvent::Asked(_) => {}
            StatisticsEvent::Progress { events, reached_ms } => {
                context
                    .report(JobReport::Counting { events, reached_ms })
                    .await;
            }
            StatisticsEvent::Ended(Ok(figures)) => return JobReport::Counted(figures),
            StatisticsEvent::Ended(Err(error)) => return failed(error),
        }
    }
    JobReport::Cancelled
}

/// Folds the rows of a tail to templates, group by group; between two parts others have their turn.
pub(super) async fn fold_messages(
    rows: Snapshot,
    split_ms: Option<i64>,
    context: &JobContext<JobReport>,
) -> JobReport {
    /// Rows between two parts.
    const PART: usize = 2_000;
    let mut groups = LoadedEvents::new(&rows, split_ms);
    for (number, (row, raw)) in rows.rows().enumerate() {
        groups.take(&row, &raw);
        if number % PART == PART - 1 {
            if context.is_cancelled() {
                return JobReport::Cancelled;
            }
            tokio::task::yield_now().await;
        }
    }
    JobReport::Folded(groups.summaries())
}

/// Looks through rows on all cores, a report per part.
pub(super) async fn scan(scan: BufferScan, context: &JobContext<JobReport>) -> JobReport {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let end = scan.end();
    let shares = scan.start_shared(cores.min(WORKERS));
    let is_shared = shares.len() > 1;
    let looks = shares.into_iter().map(|it| look(it, is_shared, context));
    for looked in futures::future::join_all(looks).await {
        if let Err(broken) = looked {
            return failed(broken);
        }
    }
    if is_shared {
        context.report(JobReport::Found(end)).await;
    }
    JobReport::Done
}

/// Looks through the rows of a share; the last part of one share of several is not the last of all.
async fn look(
    mut share: Scanning,
    is_shared: bool,
    context: &JobContext<JobReport>,
) -> Result<(), BrokenWork> {
    loop {
        let (back, found) = blocking(move || {
            let found = share.next_chunk();
            (share, found)
        })
        .await?;
        share = back;
        let Some(mut found) = found else {
            return Ok(());
        };
        found.is_last &= !is_shared;
        context.report(JobReport::Found(found)).await;
    }
}

/// Writes rows to a new file.
pub(super) async fn export(export: Export) -> JobReport {
    write_out(move || {
        let path = at_home(&export.path);
        write_lines(export.lines(), Path::new(&path))?;
        Ok(path)
    })
    .await
}

/// Loads the saved sets of groups.
pub(super) async fn load_sets(store: &Store, context: &JobContext<JobReport>) -> JobReport {
    match store.group_sets().all().await {
        Ok(sets) => {
            context.report(JobReport::Sets(sets)).await;
            JobReport::Done
        }
        Err(error) => failed(error),
    }
}

/// Loads the saved filters and hidden fields.
pub(super) async fn load_lists(store: &Store, context: &JobContext<JobReport>) -> JobReport {
    match store.saved_lists().all().await {
        Ok(lists) => {
            context.report(JobReport::Lists(lists)).await;
            JobReport::Done
        }
        Err(error) => failed(error),
    }
}
