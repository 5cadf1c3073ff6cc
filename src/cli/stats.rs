//! `iacstone stats`.

mod follow;
mod json;
mod patterns;
mod sheet;

use std::collections::BTreeSet;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::args::{StatsArgs, StatsEngine};
use super::context::CommandContext;
use super::groups::choose;
use super::interrupt::until_interrupted;
use super::output::Output;
use super::{CommandExit, CommandFailure};
use crate::jobs::statistics::{
    StatisticsEngine, StatisticsError, StatisticsKind, StatisticsPart, TimeRange,
};
use crate::lambda::MemoryMb;
use crate::logs::statistics::{GroupFigures, InvocationSubset, METHOD, RunVersion};
use crate::logs::{Home, Moment, group_label, written_time};
use crate::text::{counted, neutralise};
use json::GroupStatisticsJson;

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
    let now = Timestamp::now();
    let range = time_range(args, now)?;
    let split_ms = split(args, range, now)?;
    let session = context.connection().session().await;
    let session = session.map_err(CommandFailure::work)?;
    let chosen = choose(&session.logs(), &args.groups).await?;
    let unmet = &chosen.unmet;
    let asked = AskedStatistics {
        engine: engine(args)?,
        kind: kind(args, split_ms),
        versions: run_versions(args, context, output).await,
    };
    let columns = columns(args, &chosen.keys, &chosen.home, range, split_ms);
    let token = CancellationToken::new();
    let follow = follow::Follow::new(columns, args.show_query, output);
    let work = async { Ok(follow.all(&asked, session, &token).await) };
    let results = until_interrupted(token.clone(), work).await?;
    let troubled = !unmet.is_empty() || results.iter().any(|(_, result)| result.is_err());
    for sentence in unmet {
        output.note(sentence);
    }
    let told = told(results, output);
    match (token.is_cancelled(), troubled) {
        (true, _) => return Ok(CommandExit::Interrupted),
        (_, true) if told.is_empty() => return Ok(CommandExit::Failed),
        _ if args.patterns => patterns::print(&told, context, output)?,
        _ => print(&told, asked.engine, context, output)?,
    }
    Ok(if troubled {
        CommandExit::Partial
    } else {
        CommandExit::Done
    })
}

/// What is asked of each column.
struct AskedStatistics {
    engine: StatisticsEngine,
    kind: StatisticsKind,
    /// The versions of tuning runs, when they are known.
    versions: Option<Vec<RunVersion>>,
}

/// A column: a part of a group, and what it is called.
struct StatisticsColumn {
    title: String,
    part: StatisticsPart,
}

/// A column with its figures.
type ColumnFigures = (StatisticsColumn, GroupFigures);

/// The columns: each group, or each version of it, or what is before and what is since a time.
fn columns(
    args: &StatsArgs,
    groups: &[String],
    home: &Home,
    range: TimeRange,
    split_ms: Option<i64>,
) -> Vec<StatisticsColumn> {
    let subsets = subsets(args);
    let ranges = match split_ms {
        Some(split_ms) if !args.patterns => {
            let (mut before, mut since) = (range, range);
            (before.to_ms, since.from_ms) = (split_ms - 1, split_ms);
            vec![(" before", before), (" since", since)]
        }
        _ => vec![("", range)],
    };
    let mut columns = Vec::new();
    for group in groups {
        let label = group_label(group, Some(home));
        for only in &subsets {
            let of_subset = only
                .as_ref()
                .map_or_else(String::new, |only| format!(" {only}"));
            columns.extend(ranges.iter().map(|(when, range)| StatisticsColumn {
                title: format!("{label}{of_subset}{when}"),
                part: StatisticsPart {
                    group: group.clone(),
                    range: *range,
                    only: only.clone(),
                },
            }));
        }
    }
    columns
}

/// The invocations that have a column of their own; all of them where nothing was asked for.
fn subsets(args: &StatsArgs) -> Vec<Option<InvocationSubset>> {
    let versions = args.versions.iter().cloned().map(InvocationSubset::Version);
    let sizes: BTreeSet<MemoryMb> = args.memory.iter().copied().collect();
    let sizes = sizes.into_iter().map(InvocationSubset::Memory);
    let asked: Vec<_> = versions.chain(sizes).map(Some).collect();
    if asked.is_empty() { vec![None] } else { asked }
}

/// The time of comparison in Unix milliseconds; it must be within the range.
fn split(
    args: &StatsArgs,
    range: TimeRange,
    now: Timestamp,
) -> Result<Option<i64>, CommandFailure> {
    let Some(at) = args.compare.map(|compare| compare.at(now)) else {
        return Ok(None);
    };
    let split_ms = at.as_millisecond();
    if split_ms <= range.from_ms || split_ms > range.to_ms {
        return Err(CommandFailure::usage(format!(
            "the time of comparison ({at:.0}) is not within the range; change --compare, or --since and --until"
        )));
    }
    Ok(Some(split_ms))
}

const fn kind(args: &StatsArgs, split_ms: Option<i64>) -> StatisticsKind {
    if args.patterns {
        StatisticsKind::Events(split_ms)
    } else {
        StatisticsKind::Either
    }
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
fn time_range(args: &StatsArgs, now: Timestamp) -> Result<TimeRange, CommandFailure> {
    let (from, to) = Moment::range(args.since, args.until, now).map_err(CommandFailure::usage)?;
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

/// The columns with statistics; says why the others have none.
fn told(
    results: Vec<(StatisticsColumn, Result<GroupFigures, StatisticsError>)>,
    output: &mut Output,
) -> Vec<ColumnFigures> {
    let mut told = Vec::new();
    for (column, result) in results {
        match result {
            Ok(figures) => {
                remark(&column, &figures, output);
                told.push((column, figures));
            }
            Err(StatisticsError::Interrupted { .. }) => {}
            Err(error) => output.note(error),
        }
    }
    told
}

/// Says what the figures of a column do not tell.
fn remark(column: &StatisticsColumn, figures: &GroupFigures, output: &mut Output) {
    let title = &column.title;
    match figures {
        GroupFigures::Invocations(summary) => {
            if summary.dropped_records > 0 {
                output.note(format!(
                    "The platform dropped {} log records of '{title}': its figures miss them.",
                    summary.dropped_records
                ));
            }
            if let Some(sentence) = about_runs(title, summary.of_runs) {
                output.note(sentence);
            }
            if summary.invocations == 0 {
                output.note(format!(
                    "No invocation ended in '{title}' in this range; --since reaches further back."
                ));
            }
        }
        GroupFigures::Events(summary) if summary.is_cut => output.note(format!(
            "No invocation ended in '{title}'. Of its events only those up to {} were read; --patterns reads all.",
            written_time(summary.span.to_ms)
        )),
        GroupFigures::Events(_) => {}
    }
}

fn print(
    told: &[ColumnFigures],
    engine: StatisticsEngine,
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let method = match engine {
        StatisticsEngine::Scan => METHOD,
        StatisticsEngine::Insights => INSIGHTS_METHOD,
    };
    for (column, figures) in told {
        if matches!(figures, GroupFigures::Events(summary) if !summary.is_cut) {
            output.note(format!(
                "No invocation ended in '{}' in this range; its figures are about its events.",
                column.title
            ));
        }
    }
    if context.json() {
        let entries: Vec<GroupStatisticsJson<'_>> = told
            .iter()
            .map(|(column, figures)| GroupStatisticsJson::of(column, figures, method))
            .collect();
        return output.json(&entries);
    }
    let sheet = sheet::sheet(told, context.settings().ascii);
    output.data(&format!("{sheet}\n{}", ranges(told)))?;
    output.note(format!("Percentiles: {method}."));
    Ok(())
}

/// Which times the columns are of: a line for all, or one for each where they differ.
fn ranges(told: &[ColumnFigures]) -> String {
    let words = |column: &StatisticsColumn| {
        let TimeRange { from_ms, to_ms } = column.part.range;
        let (from, to) = (written_time(from_ms), written_time(to_ms));
        format!("from {from} to {to} (UTC)\n")
    };
    let all: BTreeSet<String> = told.iter().map(|(column, _)| words(column)).collect();
    if all.len() < 2 {
        return all.into_iter().collect();
    }
    let each = told.iter().map(|(column, _)| {
        let title = neutralise(&column.title);
        format!("{title}: {}", words(column))
    });
    each.collect()
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
