//! Statistics by a Logs Insights query: AWS reads the events and bills the bytes.
//!
//! A query cannot tell environments that were made ready ahead of time from cold starts: each REPORT with an Init
//! Duration counts as a cold start here. Percentiles are as the service computes them.

use std::collections::HashMap;

use futures::{Stream, StreamExt, stream};
use tokio_util::sync::CancellationToken;

use super::step::{StatisticsError, StatisticsEvent, StatisticsPart, TimeRange};
use crate::aws::LogsClient;
use crate::insights::{QueryEvent, QueryFailure, ask};
use crate::logs::query::{QueryAnswer, QueryProgress, QueryRequest};
use crate::logs::statistics::{
    GroupFigures, InvocationSubset, InvocationSummary, MemoryTime, Percentile, RunVersions, Share,
    Spread,
};

/// Characters of a query that may name streams of runs: Logs Insights takes 10,000 in all.
const MOST_OF_STREAMS: usize = 6_000;

/// Everything before the series: which events count, and their figures whichever the log format is.
const FIGURES: &str = r#"filter @type = "REPORT" or type = "platform.report"
    or @message like /^INIT_REPORT .*Status: |"platform.initReport".*"status":"(?:error|failure|timeout)"/
    or @message like /\tERROR\t(?:Invoke Error|Uncaught Exception) / or @message like /^\[ERROR\] [A-Za-z_.]+:/
| parse @message /^(?<textReport>REPORT) RequestId/
| parse @message /\tRestore Duration: (?<textRestore>[0-9.]+) ms/
| parse @message /\tBilled Restore Duration: (?<textBilledRestore>[0-9.]+) ms/
| parse @message /^(?<textInit>INIT_REPORT) .*Status: (?:error|failure|timeout)/
| parse @message /(?<jsonInit>platform\.initReport)".*"status":"(?:error|failure|timeout)"/
| parse @message /^(?:REPORT .*Status: |\{.*"platform.report".*"status":")(?<timeout>timeout)/
| parse @message /^REPORT RequestId: (?<failedReport>\S+)\t.*Status: error/
| parse @message /^\S+\t(?<failedLine>\S+)\tERROR\t/
| parse @message /"requestId":"(?<failedJson>[^"]+)".*"status":"(?:error|failure)"/
| parse @message /^\[ERROR\] (?<failedPython>[A-Za-z_.]+):/
| fields coalesce(textReport, type) as report,
    coalesce(failedReport, failedLine, failedJson) as failed,
    coalesce(@duration, record.metrics.durationMs) as duration,
    coalesce(@initDuration, record.metrics.initDurationMs) as init,
    coalesce(textRestore, record.metrics.restoreDurationMs) as restore,
    coalesce(@billedDuration, record.metrics.billedDurationMs) as billed,
    coalesce(textBilledRestore, record.metrics.billedRestoreDurationMs) as billedRestore,
    coalesce(@memorySize / 1000000, record.metrics.memorySizeMB) as memory,
    coalesce(@maxMemoryUsed / 1000000, record.metrics.maxMemoryUsedMB) as used
| fields (billed + coalesce(billedRestore, 0)) * memory as memoryTime
| stats count(report) as invocations, count_distinct(failed) as errors, count(failedPython) as pythonErrors,
    count(timeout) as timeouts, sum(billed) as billedMs, sum(billedRestore) as billedRestoreMs,
    latest(memory) as memoryMb, max(used) as usedMb, sum(memoryTime) as megabyteMs, count(memoryTime) as sized,
    count(textInit) + count(jsonInit) as initFailures"#;

/// What stands for the streams of no run.
const OTHERS: &str = "-";

/// The series, by the names of their fields.
const SERIES: [&str; 3] = ["duration", "init", "restore"];

/// What the names of the streams of runs hold, when that is known and is not more than a query can say.
fn streams_of(runs: &RunVersions, range: TimeRange) -> Option<Vec<String>> {
    let streams = runs.streams(range.from_ms, range.to_ms);
    let characters: usize = streams.iter().map(|stream| stream.len() + 1).sum();
    (runs.is_known() && characters <= MOST_OF_STREAMS).then_some(streams)
}

/// Statistics of a group by a query. Once the token is cancelled the query is stopped, so that it costs no more.
pub(super) fn query(
    logs: &LogsClient,
    part: StatisticsPart,
    runs: &RunVersions,
    token: &CancellationToken,
) -> impl Stream<Item = StatisticsEvent> + use<> {
    let StatisticsPart { group, range, only } = part;
    let version = only.as_ref().and_then(InvocationSubset::version);
    let of_runs = streams_of(runs, range);
    let request = QueryRequest {
        groups: vec![group.clone()],
        query: text(version, of_runs.as_deref().unwrap_or_default()),
        from_s: range.from_ms.div_euclid(1000),
        to_s: range.to_ms.div_euclid(1000),
        limit: None,
    };
    let asked = StatisticsEvent::Asked(request.query.clone());
    let token = token.clone();
    let told = ask(logs, request, &token).map(move |told| match told {
        QueryEvent::Progress(answer) => StatisticsEvent::Progress {
            events: answer.figures.scanned,
            reached_ms: None,
        },
        QueryEvent::Ended(answer) => {
            let summary = summed_up(answer, &group, of_runs.is_some(), token.is_cancelled());
            StatisticsEvent::Ended(summary)
        }
    });
    stream::iter([asked]).chain(told)
}

/// What the answer says, if it is a whole one.
fn summed_up(
    answer: Result<QueryAnswer, QueryFailure>,
    group: &str,
    runs_are_known: bool,
    is_interrupted: bool,
) -> Result<GroupFigures, StatisticsError> {
    let group = || group.to_owned();
    match answer {
        Ok(QueryAnswer {
            progress: QueryProgress::Broken(status),
            ..
        }) if !is_interrupted => Err(StatisticsError::Broken {
            group: group(),
            status,
        }),
        Ok(answer) if answer.progress == QueryProgress::Complete => {
            let rows = answer.rows.into_iter();
            let rows: Vec<_> = rows.map(HashMap::from_iter).collect();
            let summary = of_all(&rows, runs_are_known);
            Ok(GroupFigures::Invocations(Box::new(summary)))
        }
        Err(QueryFailure::Aws(error)) if !is_interrupted => Err(error.into()),
        _ => Err(StatisticsError::Interrupted { group: group() }),
    }
}

/// The whole query, perhaps about one version. With streams of tuning runs there is a row for each of them, and one for
/// all others.
fn text(version: Option<&str>, of_runs: &[String]) -> String {
    let text = text_of_all(of_runs);
    version.map_or_else(
        || text.clone(),
        |version| {
            let version = regex::escape(version);
            format!("filter @logStream like /\\[{version}\\]/\n| {text}")
        },
    )
}

fn text_of_all(of_runs: &[String]) -> String {
    let series = SERIES.map(|series| {
        let percentiles = Percentile::ALL.map(|it| {
            let p = it.percent();
            format!("pct({series}, {p}) as {series}P{p}")
        });
        let percentiles = percentiles.join(", ");
        format!("count({series}) as {series}Count, avg({series}) as {series}Avg, {percentiles}")
    });
    let whole = format!("{FIGURES}, {}", series.join(", "));
    if of_runs.is_empty() {
        return whole;
    }
    let streams = of_runs.join("|");
    let apart = format!(
        "\n| parse @logStream /(?<runStream>{streams})/\n| fields coalesce(runStream, \"{OTHERS}\") as ofRun\n| stats "
    );
    format!("{} by ofRun", whole.replacen("\n| stats ", &apart, 1))
}

/// The figures of all rows: those of runs are only counted, when they are known.
fn of_all(rows: &[HashMap<String, String>], runs_are_known: bool) -> InvocationSummary {
    let is_of_run =
        |row: &&HashMap<String, String>| row.get("ofRun").is_some_and(|run| run != OTHERS);
    let of_runs = rows.iter().filter(is_of_run);
    let own = rows.iter().find(|row| !is_of_run(row));
    InvocationSummary {
        of_runs: runs_are_known.then(|| of_runs.map(|row| count(row, "invocations")).sum()),
        ..own.map(summary).unwrap_or_default()
    }
}

/// The figures of the query's one row; what is missing stays so.
fn summary(row: &HashMap<String, String>) -> InvocationSummary {
    let billed = number(row, "billedMs");
    let restored = number(row, "billedRestoreMs").unwrap_or_default();
    InvocationSummary {
        invocations: count(row, "invocations"),
        cold_starts: count(row, "initCount"),
        restores: count(row, "restoreCount"),
        errors: count(row, "errors") + count(row, "pythonErrors"),
        timeouts: count(row, "timeouts"),
        init_failures: count(row, "initFailures"),
        duration: spread(row, "duration"),
        init: spread(row, "init"),
        restore: spread(row, "restore"),
        billed_ms: billed.map(|billed| billed + restored),
        memory_time: MemoryTime {
            megabyte_ms: number(row, "megabyteMs").unwrap_or_default(),
            invocations: count(row, "sized"),
            interval: None,
        },
        memory_mb: number(row, "memoryMb").map(megabytes),
        max_memory_used_mb: number(row, "usedMb").map(megabytes),
        ..InvocationSummary::default()
    }
}

fn spread(row: &HashMap<String, String>, series: &str) -> Option<Spread> {
    let of = |name: &str| number(row, &format!("{series}{name}"));
    let mut percentiles = [0.0; Percentile::ALL.len()];
    for (value, percentile) in percentiles.iter_mut().zip(Percentile::ALL) {
        *value = of(&format!("P{}", percentile.percent()))?;
    }
    Some(Spread {
        count: count(row, &format!("{series}Count")),
        avg: of("Avg")?,
        avg_interval: None,
        percentiles,
        share: Share::All,
        // A query does not tell the values one by one.
        shape: None,
    })
}

fn number(row: &HashMap<String, String>, name: &str) -> Option<f64> {
    row.get(name)?.parse().ok()
}

fn count(row: &HashMap<String, String>, name: &str) -> u64 {
    row.get(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are small and not negative; `as` saturates"
)]
fn megabytes(size: f64) -> u32 {
    size.round() as u32
}
