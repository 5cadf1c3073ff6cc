//! `iacstone stats`.

mod follow;
mod sheet;

use jiff::Timestamp;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::args::{StatsArgs, StatsEngine, range};
use super::context::CommandContext;
use super::groups::choose;
use super::interrupt::until_interrupted;
use super::output::Output;
use super::{CommandExit, CommandFailure};
use crate::jobs::statistics::{StatisticsEngine, StatisticsError, TimeRange};
use crate::logs::statistics::{InvocationSummary, METHOD, RunVersion, Share, Spread};
use crate::logs::written_time;
use crate::text::counted;

/// What percentiles are when Logs Insights computes them.
const INSIGHTS_METHOD: &str = "as pct() of Logs Insights computes them";

/// Prints the invocation statistics of log groups.
///
/// # Errors
/// When the account cannot be asked, or no group has statistics.
pub(super) async fn run(
    args: &StatsArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.needs_network("stats")?;
    let range = time_range(args)?;
    let session = context
        .connection()
        .session()
        .await
        .map_err(CommandFailure::work)?;
    let logs = session.logs();
    let (groups, unmet) = choose(&logs, &args.groups).await?;
    let engine = engine(args)?;
    let versions = run_versions(args, context, output).await;
    let token = CancellationToken::new();
    let follow = follow::Follow::new(&groups, range, args.show_query, output);
    let work = async { Ok(follow.all(engine, &logs, versions.as_deref(), &token).await) };
    let results = until_interrupted(token.clone(), work).await?;
    let troubled = !unmet.is_empty() || results.iter().any(|(_, result)| result.is_err());
    for sentence in &unmet {
        output.note(sentence);
    }
    let summaries = told(results, output);
    if token.is_cancelled() {
        return Ok(CommandExit::Interrupted);
    }
    if summaries.is_empty() && troubled {
        return Ok(CommandExit::Failed);
    }
    print(&summaries, range, engine, context, output)?;
    Ok(if troubled {
        CommandExit::Partial
    } else {
        CommandExit::Done
    })
}

fn engine(args: &StatsArgs) -> Result<StatisticsEngine, CommandFailure> {
    match args.engine {
        StatsEngine::Scan if args.show_query => Err(CommandFailure::usage(
            "--show-query shows the query of --engine insights; without that there is none",
        )),
        StatsEngine::Scan => Ok(StatisticsEngine::Scan),
        StatsEngine::Insights => Ok(StatisticsEngine::Insights),
    }
}

/// The versions that tuning runs published, unless theirs are to be counted too. Without them there are figures all the
/// same, and it is said what they count.
async fn run_versions(
    args: &StatsArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Option<Vec<RunVersion>> {
    if args.include_runs {
        return Some(Vec::new());
    }
    let read = async {
        let versions = context.store()?.runs().versions().await;
        versions.map_err(CommandFailure::work)
    };
    let read = read.await;
    read.inspect_err(|failure| output.note(failure)).ok()
}

/// The range of time.
fn time_range(args: &StatsArgs) -> Result<TimeRange, CommandFailure> {
    let (from, to) =
        range(args.since, args.until, Timestamp::now()).map_err(CommandFailure::usage)?;
    Ok(TimeRange {
        from_ms: from.as_millisecond(),
        to_ms: to.as_millisecond(),
    })
}

/// What is to be said about the invocations of tuning runs in a group.
fn about_runs(group: &str, of_runs: Option<u64>) -> Option<String> {
    match of_runs {
        Some(count) => counted(
            count,
            &format!(
                "invocation of tuning runs in '{group}' is left out; --include-runs counts it."
            ),
            &format!(
                "invocations of tuning runs in '{group}' are left out; --include-runs counts them."
            ),
        ),
        None => Some(format!(
            "Invocations of tuning runs in '{group}' cannot be told from others and are counted, if there are any; \
             'iacstone doctor' says what is missing."
        )),
    }
}

/// The groups with statistics; says why the others have none.
fn told(
    results: Vec<(String, Result<Box<InvocationSummary>, StatisticsError>)>,
    output: &mut Output,
) -> Vec<(String, InvocationSummary)> {
    let mut summaries = Vec::new();
    for (group, result) in results {
        match result {
            Ok(summary) => {
                if summary.dropped_records > 0 {
                    output.note(format!(
                        "The platform dropped {} log records of '{group}': its figures miss them.",
                        summary.dropped_records
                    ));
                }
                if let Some(sentence) = about_runs(&group, summary.of_runs) {
                    output.note(sentence);
                }
                if summary.invocations == 0 {
                    output.note(format!(
                        "No invocation ended in '{group}' in this range; --since reaches further back."
                    ));
                }
                summaries.push((group, *summary));
            }
            Err(StatisticsError::Interrupted { .. }) => {}
            Err(error) => output.note(error),
        }
    }
    summaries
}

fn print(
    summaries: &[(String, InvocationSummary)],
    range: TimeRange,
    engine: StatisticsEngine,
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let method = match engine {
        StatisticsEngine::Scan => METHOD,
        StatisticsEngine::Insights => INSIGHTS_METHOD,
    };
    if context.json() {
        let entries: Vec<GroupStatisticsJson<'_>> = summaries
            .iter()
            .map(|(group, summary)| GroupStatisticsJson::of(group, range, summary, method))
            .collect();
        return output.json(&entries);
    }
    let (from, to) = (written_time(range.from_ms), written_time(range.to_ms));
    let sheet = sheet::sheet(summaries);
    output.data(&format!("{sheet}\nfrom {from} to {to} (UTC)\n"))?;
    output.note(format!("Percentiles: {method}."));
    Ok(())
}

/// The statistics of one group in JSON. What nobody told is null, never 0.
#[derive(Serialize)]
struct GroupStatisticsJson<'a> {
    group: &'a str,
    /// The range of time, as RFC 3339 in UTC.
    from: String,
    to: String,
    invocations: u64,
    unfinished: u64,
    cold_starts: u64,
    restores: u64,
    errors: u64,
    timeouts: u64,
    duration_ms: Option<FiguresJson>,
    init_ms: Option<FiguresJson>,
    provisioned_init_ms: Option<FiguresJson>,
    restore_ms: Option<FiguresJson>,
    billed_ms: Option<f64>,
    billed_cold_ms: Option<f64>,
    max_memory_used_mb: Option<u32>,
    memory_mb: Option<u32>,
    dropped_records: u64,
    /// Invocations of tuning runs, which nothing else counts.
    run_invocations: Option<u64>,
    percentiles: &'static str,
}

#[derive(Serialize)]
struct FiguresJson {
    count: u64,
    avg: f64,
    p10: f64,
    p25: f64,
    p50: f64,
    p75: f64,
    p90: f64,
    p99: f64,
    /// The percentiles are from one of so many values.
    one_of: u64,
}

impl<'a> GroupStatisticsJson<'a> {
    fn of(
        group: &'a str,
        range: TimeRange,
        summary: &InvocationSummary,
        percentiles: &'static str,
    ) -> Self {
        Self {
            group,
            from: written_time(range.from_ms),
            to: written_time(range.to_ms),
            invocations: summary.invocations,
            unfinished: summary.unfinished,
            cold_starts: summary.cold_starts,
            restores: summary.restores,
            errors: summary.errors,
            timeouts: summary.timeouts,
            duration_ms: summary.duration.map(FiguresJson::of),
            init_ms: summary.init.map(FiguresJson::of),
            provisioned_init_ms: summary.ahead_init.map(FiguresJson::of),
            restore_ms: summary.restore.map(FiguresJson::of),
            billed_ms: summary.billed_ms,
            billed_cold_ms: summary.billed_cold_ms,
            max_memory_used_mb: summary.max_memory_used_mb,
            memory_mb: summary.memory_mb,
            dropped_records: summary.dropped_records,
            run_invocations: summary.of_runs,
            percentiles,
        }
    }
}

impl FiguresJson {
    fn of(spread: Spread) -> Self {
        Self {
            count: spread.count,
            avg: spread.avg,
            p10: spread.p10,
            p25: spread.p25,
            p50: spread.p50,
            p75: spread.p75,
            p90: spread.p90,
            p99: spread.p99,
            one_of: match spread.share {
                Share::All => 1,
                Share::OneOf(every) => every,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::about_runs;

    #[test]
    fn what_is_left_out_is_told_by_its_number() {
        let told = |count| about_runs("g", Some(count)).unwrap_or_default();
        assert_eq!(told(0), "");
        assert_eq!(
            told(1),
            "1 invocation of tuning runs in 'g' is left out; --include-runs counts it."
        );
        assert_eq!(
            told(1204),
            "1,204 invocations of tuning runs in 'g' are left out; --include-runs counts them."
        );
    }
}
