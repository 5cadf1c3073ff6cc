//! The lines that a tuning run wrote, out of all of its function's log group.

use futures::StreamExt;
use futures::stream;
use regex::Regex;

use super::account::Connection;
use super::problem::failed;
use super::statistics::of_group;
use crate::aws::{AwsError, FilterRequest, LogsClient};
use crate::effect::JobReport;
use crate::insights::PATIENT;
use crate::logs::statistics::{RunVersion, RunVersions};
use crate::logs::{LogEvent, Marker, MarkerKind, RunLog, Tailing, written_time};
use crate::store::Store;
use crate::task::{JobContext, retry};
use crate::text::{counted, thousands};

/// Reads the lines of a run and reports them as those of a tail; marks at both ends say what was looked for, and where.
pub(super) async fn read(
    connection: &Connection,
    store: &Store,
    (group, wanted): (String, RunLog),
    context: &JobContext<JobReport>,
) -> JobReport {
    let logs = match connection.session().await {
        Ok(session) => session.logs().at(&group),
        Err(error) => return failed(error),
    };
    let own: Vec<RunVersion> = match store.runs().versions().await {
        Ok(all) => all.into_iter().filter(|it| it.run == wanted.run).collect(),
        Err(error) => return failed(error),
    };
    let lines = RunLines {
        versions: of_group(&logs, &group, Some(&own), context.cancellation()).await,
        requests: any_of(&wanted.requests),
    };
    let range_ms = wanted.range_ms;
    let counts = match told(&lines, pages(&logs, group, range_ms), context).await {
        Ok(counts) => counts,
        Err(error) => return failed(error),
    };
    let known = if lines.versions.is_known() {
        &*own
    } else {
        &[]
    };
    for mark in marks(known, range_ms, counts) {
        context.report(told_of(Tailing::Marker(mark))).await;
    }
    JobReport::Done
}

/// Reports the lines of the run out of these pages; how many there were, and of others.
async fn told(
    lines: &RunLines,
    pages: impl futures::Stream<Item = Result<Vec<LogEvent>, AwsError>>,
    context: &JobContext<JobReport>,
) -> Result<(usize, usize), AwsError> {
    let mut pages = std::pin::pin!(pages);
    let (mut told, mut passed) = (0, 0);
    while let Some(page) = pages.next().await {
        let page = page?;
        let read = page.len();
        let events: Vec<_> = page.into_iter().filter(|it| lines.claim(it)).collect();
        told += events.len();
        passed += read - events.len();
        if !events.is_empty() {
            context.report(told_of(Tailing::Events(events))).await;
        }
    }
    Ok((told, passed))
}

fn told_of(told: Tailing) -> JobReport {
    JobReport::Tail(Box::new(told))
}

/// Which lines are those of the run.
struct RunLines {
    versions: RunVersions,
    /// Matches the ids of its requests: those of `$LATEST`, and all where its versions are not known.
    requests: Option<Regex>,
}

impl RunLines {
    fn claim(&self, event: &LogEvent) -> bool {
        let requests = self.requests.as_ref();
        self.versions.claims(&event.stream, event.time_ms)
            || requests.is_some_and(|ids| ids.is_match(&event.message))
    }
}

/// An expression for any of these ids.
fn any_of(requests: &[String]) -> Option<Regex> {
    let ids: Vec<String> = requests.iter().map(|id| regex::escape(id)).collect();
    Regex::new(&ids.join("|")).ok().filter(|_| !ids.is_empty())
}

/// The events of a group between two times, page by page.
fn pages(
    logs: &LogsClient,
    group: String,
    (from_ms, to_ms): (i64, i64),
) -> impl futures::Stream<Item = Result<Vec<LogEvent>, AwsError>> {
    let request = FilterRequest {
        group,
        from_ms,
        to_ms: Some(to_ms),
        ..FilterRequest::default()
    };
    stream::try_unfold(Some(request), move |request| async move {
        let Some(mut request) = request else {
            return Ok(None);
        };
        let page = retry(PATIENT, AwsError::is_transient, async || {
            logs.quota().wait().await;
            logs.filter(&request).await
        });
        let page = page.await?;
        // A token that comes again leads nowhere.
        let next = page.next.filter(|next| request.next.as_ref() != Some(next));
        request.next = next;
        let rest = request.next.is_some().then_some(request);
        Ok(Some((page.events, rest)))
    })
}

/// What was looked for, before the first line and after the last.
fn marks(
    versions: &[RunVersion],
    (from_ms, to_ms): (i64, i64),
    (told, passed): (usize, usize),
) -> [Marker; 2] {
    let mark = |time_ms, text| Marker {
        time_ms,
        kind: MarkerKind::Course,
        text,
    };
    let numbers: Vec<&str> = versions.iter().map(|it| it.version.as_str()).collect();
    let of = if numbers.is_empty() {
        "its versions are not known here: lines that name one of its requests".to_owned()
    } else {
        let word = if numbers.len() == 1 {
            "version"
        } else {
            "versions"
        };
        format!("of {word} {} and of its probes", numbers.join(", "))
    };
    let events = counted(told, "event", "events").unwrap_or_else(|| "no event".to_owned());
    let begin = format!("the run's own log from {}: {of}", written_time(from_ms));
    let end = format!(
        "{events} up to {}; {} of others passed over",
        written_time(to_ms),
        thousands(passed as u64)
    );
    [mark(from_ms, begin), mark(to_ms, end)]
}
