//! `iacstone query`: a Logs Insights query, its rows to standard output, what it read and costs to standard error.

mod rows;

use std::io::Read;
use std::path::Path;

use futures::StreamExt;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::args::QueryArgs;
use super::context::CommandContext;
use super::groups::{ChosenGroups, choose};
use super::interrupt::until_interrupted;
use super::output::Output;
use super::tune::read_file;
use super::{CommandExit, CommandFailure};
use crate::aws::LogsClient;
use crate::insights::{QueryEvent, QueryFailure, ReadLimit, ask, where_asked};
use crate::logs::Moment;
use crate::logs::query::{
    MOST_ANSWER_ROWS, QueryAnswer, QueryFigures, QueryProgress, QueryRequest, ScanPrice,
};
use crate::text::{size, thousands};

/// A query is read up to this many bytes.
const LARGEST: u64 = 1 << 20;

/// Asks a query and prints its rows.
///
/// # Errors
/// Exit code 2 for wishes that cannot be; 1 when the query is refused or fails.
pub(super) async fn run(
    args: &QueryArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.needs_network("query")?;
    let query = query_text(&args.query)?;
    check_order(args, &query)?;
    let range =
        Moment::range(args.since, args.until, Timestamp::now()).map_err(CommandFailure::usage)?;
    let session = context.connection().session().await;
    let logs = session.map_err(CommandFailure::work)?.logs();
    let ChosenGroups {
        keys: groups,
        unmet,
        ..
    } = choose(&logs, &args.groups).await?;
    for sentence in &unmet {
        output.note(sentence);
    }
    if groups.is_empty() && !args.groups.is_empty() {
        return Ok(CommandExit::Failed);
    }
    let request = QueryRequest {
        groups,
        query,
        from_s: range.0.as_second(),
        to_s: range.1.as_second(),
        limit: args.limit,
    };
    let exit = ask_and_print(&logs, &request, args, context, output).await?;
    Ok(match exit {
        CommandExit::Done if !unmet.is_empty() => CommandExit::Partial,
        exit => exit,
    })
}

/// Asks, then prints the rows and what they cost.
async fn ask_and_print(
    logs: &LogsClient,
    request: &QueryRequest,
    args: &QueryArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let there = where_asked(logs, &request.groups);
    let region = there.region();
    let token = CancellationToken::new();
    // What ends the query because it reads too much, and not because of the user.
    let enough = token.child_token();
    let work = async { Ok(answer(logs, request, args.max_scan, &enough, output).await) };
    let answer = until_interrupted(token.clone(), work).await?;
    if token.is_cancelled() {
        return Ok(interrupted(answer.as_ref(), region, output));
    }
    let answer = answer.map_err(CommandFailure::work)?;
    rows::print(&answer, request, region, args.format, context, output)?;
    // Whoever else cancelled it, it was not for the limit.
    let limit = args.max_scan.filter(|_| enough.is_cancelled());
    Ok(told(&answer, limit, region, output))
}

/// Refuses a query that was given before its groups, or groups without one.
fn check_order(args: &QueryArgs, query: &str) -> Result<(), CommandFailure> {
    const ORDER: &str = "the query comes last: iacstone query GROUP... QUERY";
    if let Some(word) = args
        .groups
        .iter()
        .find(|word| word.contains([' ', '|', '@']))
    {
        return Err(CommandFailure::usage(format!(
            "'{word}' is no log group; {ORDER}"
        )));
    }
    if args.groups.is_empty() && !query.trim().contains(char::is_whitespace) {
        return Err(CommandFailure::usage(format!(
            "'{query}' is no query and no group stands before it; {ORDER}"
        )));
    }
    Ok(())
}

/// The query that a word means.
fn query_text(word: &str) -> Result<String, CommandFailure> {
    if let Some(path) = word.strip_prefix('@') {
        return read_file(Path::new(path), "query file");
    }
    if word != "-" {
        return Ok(word.to_owned());
    }
    let mut text = String::new();
    let read = std::io::stdin().take(LARGEST).read_to_string(&mut text);
    read.map_err(|error| CommandFailure::work(format!("standard input cannot be read: {error}")))?;
    Ok(text)
}

/// Asks until there is an answer, or enough was read.
async fn answer(
    logs: &LogsClient,
    request: &QueryRequest,
    max_scan: Option<u64>,
    enough: &CancellationToken,
    output: &mut Output,
) -> Result<QueryAnswer, QueryFailure> {
    let mut told = std::pin::pin!(ask(logs, request.clone(), enough));
    let mut limit = max_scan.map(ReadLimit::new);
    while let Some(told) = told.next().await {
        match told {
            QueryEvent::Progress(answer) => {
                output.progress(&progress(&answer), false);
                if limit
                    .as_mut()
                    .is_some_and(|it| it.is_near(answer.figures.bytes))
                {
                    enough.cancel();
                }
            }
            QueryEvent::Ended(ended) => return ended,
        }
    }
    Err(QueryFailure::Interrupted)
}

fn progress(answer: &QueryAnswer) -> String {
    let QueryFigures { scanned, bytes, .. } = answer.figures;
    format!(
        "{} events read · {} · {} rows",
        thousands(scanned),
        size(bytes),
        thousands(answer.rows.len())
    )
}

/// The user broke it off.
fn interrupted(
    answer: Result<&QueryAnswer, &QueryFailure>,
    region: &str,
    output: &mut Output,
) -> CommandExit {
    match answer {
        Ok(answer) => {
            let bytes = answer.figures.bytes;
            let price = ScanPrice::of(bytes, Some(region)).words();
            let read = size(bytes);
            output.note(format!("Stopped. The query had read {read}: {price}."));
        }
        Err(unstopped @ QueryFailure::Unstopped) => output.note(unstopped),
        Err(_) => {}
    }
    CommandExit::Interrupted
}

/// Says what the query read and costs, and whether the rows are all there are.
fn told(
    answer: &QueryAnswer,
    limit: Option<u64>,
    region: &str,
    output: &mut Output,
) -> CommandExit {
    let rows = answer.rows.len();
    let figures = answer.figures;
    let broken = broken(answer, limit);
    if let Some(why) = &broken {
        output.note(why);
    }
    if rows >= MOST_ANSWER_ROWS {
        output.note(format!(
            "{} rows are the most a query gives: there may be more. Take a shorter range.",
            thousands(rows)
        ));
    }
    output.note(format!(
        "{} {} · {} of {} events matched · {} read · {}",
        thousands(rows),
        if rows == 1 { "row" } else { "rows" },
        thousands(figures.matched),
        thousands(figures.scanned),
        size(figures.bytes),
        ScanPrice::of(figures.bytes, Some(region)).words()
    ));
    match broken {
        Some(_) => CommandExit::Partial,
        None => CommandExit::Done,
    }
}

/// Why rows are missing, if the query did not come to its end: perhaps because it was stopped for this limit.
fn broken(answer: &QueryAnswer, limit: Option<u64>) -> Option<String> {
    let QueryProgress::Broken(status) = &answer.progress else {
        return None;
    };
    Some(match limit {
        Some(most) if answer.figures.bytes <= most => format!(
            "The query was stopped before it read more than {} (--max-scan): rows are missing.",
            size(most)
        ),
        Some(most) => format!(
            "The query was stopped because it had read more than {} (--max-scan): rows are missing.",
            size(most)
        ),
        None => format!(
            "The query ended with '{status}': rows are missing. Take a shorter range or fewer groups."
        ),
    })
}
