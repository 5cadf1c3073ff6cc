//! `iacstone tail`: events to standard output as they arrive, what is known about them to standard error.

mod context;
mod highlight;
mod line;
mod notes;
mod order;
mod printer;

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::args::{EventField, LineFormat, TailArgs};
use super::context::CommandContext;
use super::groups::{ChosenGroups, choose};
use super::interrupt::until_interrupted;
use super::output::Output;
use super::{CommandExit, CommandFailure};
use crate::aws::{LogsClient, Session};
use crate::logs::{Moment, TailTarget, Tailing};
use crate::tail::{self, Clock, TailEnd};
use crate::theme::ColorDepth;
use printer::{OutputForm, Printer};

/// How long nothing is printed for want of the account's number.
const PATIENCE: Duration = Duration::from_secs(3);
/// What a tail tells that may wait to be printed; it has a longer queue of its own behind.
const TOLD: usize = 4;
/// Groups of one tail; more would take more live sessions than an account may have.
const MOST_GROUPS: usize = 100;
/// How far back a tail that does not follow begins when nobody says.
const BACK: SignedDuration = SignedDuration::from_mins(10);

/// Follows log groups, or prints what there is.
///
/// # Errors
/// Exit code 2 for wishes that cannot be; 1 when nothing can be read.
pub(super) async fn run(
    args: &TailArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.needs_network("tail")?;
    let now = Timestamp::now();
    let range = TailRange::of(args, now)?;
    let session = context
        .connection()
        .session()
        .await
        .map_err(CommandFailure::work)?;
    let logs = session.logs();
    let mut chosen = with_account(args, context, session).await?;
    for sentence in &chosen.unmet {
        output.note(sentence);
    }
    check(&chosen.keys, args)?;
    let pattern = args.filter.as_deref();
    if let Some(sentence) = pattern.and_then(|it| notes::doubts(it, args.max_scan.is_some())) {
        output.note(sentence);
    }
    let wanted = target(&mut chosen, args, range.since);
    if range.until_ms.is_none()
        && let Some(sentence) = notes::sessions(&wanted, logs.region())
    {
        output.note(sentence);
    }
    let ChosenGroups { unmet, home, .. } = chosen;
    let printer = Printer::new(args, &wanted, home, range.until_ms, form(context), output);
    let token = CancellationToken::new();
    let work = print(&logs, wanted, range.until_ms, printer, token.clone());
    let answer = Box::pin(until_interrupted(token, work)).await?;
    Ok(if answer == CommandExit::Done && !unmet.is_empty() {
        CommandExit::Partial
    } else {
        answer
    })
}

/// The groups that are meant, with the session's account where lines tell it.
async fn with_account(
    args: &TailArgs,
    context: &CommandContext,
    session: &Session,
) -> Result<ChosenGroups, CommandFailure> {
    let logs = session.logs();
    let account = account(args, context, session);
    let (chosen, account) = tokio::join!(choose(&logs, &args.groups), account);
    let mut chosen = chosen?;
    if chosen.home.account.is_empty() {
        chosen.home.account = account;
    }
    Ok(chosen)
}

/// The account of the session where lines tell it, as far as it says so in time; else nothing.
async fn account(args: &TailArgs, context: &CommandContext, session: &Session) -> String {
    let told = |format: &LineFormat| format.has(EventField::Account);
    if !context.json() && !args.format.as_ref().is_some_and(told) {
        return String::new();
    }
    match tokio::time::timeout(PATIENCE, session.identity()).await {
        Ok(Ok(identity)) => identity.account,
        Ok(Err(_)) | Err(_) => String::new(),
    }
}

/// What standard output takes: colours only where a terminal shows them and the user wants some.
fn form(context: &CommandContext) -> OutputForm {
    let has_colours = context.settings().color != ColorDepth::None;
    match context.json() {
        true => OutputForm::Json,
        false if has_colours && io::stdout().is_terminal() => OutputForm::Coloured,
        false => OutputForm::Plain,
    }
}

/// What to follow: of the groups that were chosen, what the options say.
fn target(chosen: &mut ChosenGroups, args: &TailArgs, since: Option<Timestamp>) -> TailTarget {
    let mut watched = std::mem::take(&mut chosen.watched);
    if !args.streams.is_empty() {
        // Streams are of one group.
        watched.clear();
    }
    TailTarget {
        groups: std::mem::take(&mut chosen.keys),
        watched,
        streams: args.streams.clone(),
        pattern: args.filter.clone().unwrap_or_default(),
        since,
        poll: args.poll,
        max_scan: args.max_scan,
    }
}

/// The stretch of time that is wanted.
struct TailRange {
    since: Option<Timestamp>,
    /// The end, when it is not followed.
    until_ms: Option<i64>,
}

impl TailRange {
    fn of(args: &TailArgs, now: Timestamp) -> Result<Self, CommandFailure> {
        let since = args.since.map(|since| since.at(now));
        if let Some(ahead) = since.filter(|&since| since > now) {
            return Err(CommandFailure::usage(format!(
                "--since {ahead:.0} lies ahead (now it is {now:.0}); give a time that has passed"
            )));
        }
        if !args.no_follow && args.until.is_none() {
            return Ok(Self {
                since,
                until_ms: None,
            });
        }
        let until = args.until.map_or(now, |until| until.at(now));
        let back = Moment::At(until.saturating_sub(BACK).unwrap_or(until));
        let range = Moment::range(args.since.unwrap_or(back), args.until, now);
        let (since, until) = range.map_err(CommandFailure::usage)?;
        Ok(Self {
            since: Some(since),
            until_ms: Some(until.as_millisecond()),
        })
    }
}

fn check(groups: &[String], args: &TailArgs) -> Result<(), CommandFailure> {
    if groups.is_empty() {
        return Err(CommandFailure::work("there is no log group to follow"));
    }
    if groups.len() > MOST_GROUPS {
        return Err(CommandFailure::usage(format!(
            "the names mean {} log groups, and a tail follows at most {MOST_GROUPS}; name fewer",
            groups.len()
        )));
    }
    if !args.streams.is_empty() && groups.len() > 1 {
        return Err(CommandFailure::usage(format!(
            "--stream chooses within one log group, and the names mean {}; name one",
            groups.len()
        )));
    }
    let prefixes = args.streams.iter().filter(|name| name.ends_with('*'));
    if prefixes.count() > 0 && args.streams.len() > 1 {
        return Err(CommandFailure::usage(
            "--stream takes either names or one beginning such as 'web/*'; give one of them",
        ));
    }
    Ok(())
}

/// Reads and prints at the same time: a slow reader of standard output holds up nothing but itself. When one ends, or
/// nobody reads standard output any more, so does the other.
async fn print(
    logs: &LogsClient,
    wanted: TailTarget,
    until_ms: Option<i64>,
    mut printer: Printer<'_>,
    token: CancellationToken,
) -> Result<CommandExit, CommandFailure> {
    let (sender, told) = mpsc::channel(TOLD);
    let (over, is_agreed) = (token.child_token(), wanted.max_scan.is_some());
    let reading = read(logs, wanted, until_ms, sender, over.clone());
    let printing = async {
        let shown = printer.all(told, &over).await;
        over.cancel();
        shown
    };
    let watching = async {
        let closed = over.run_until_cancelled(Output::closed()).await;
        over.cancel();
        closed.unwrap_or(Ok(()))
    };
    let (end, shown, open) = tokio::join!(reading, printing, watching);
    // What was read is billed, however it ended.
    printer.scanned(end.scanned);
    shown.and(open)?;
    for error in &end.left_out {
        printer.note(error);
    }
    printer.close(end.failure.is_none() && !end.is_cut && !token.is_cancelled());
    if let Some(error) = end.failure {
        return Err(CommandFailure::work(notes::failed(&error, is_agreed)));
    }
    Ok(if token.is_cancelled() {
        CommandExit::Interrupted
    } else if end.left_out.is_empty() && !end.is_cut {
        CommandExit::Done
    } else {
        CommandExit::Partial
    })
}

/// Reads until the end that is wanted, or until it is over.
async fn read(
    logs: &LogsClient,
    wanted: TailTarget,
    until_ms: Option<i64>,
    sender: mpsc::Sender<Tailing>,
    over: CancellationToken,
) -> TailEnd {
    match until_ms {
        Some(until_ms) => tail::read(logs, &wanted, until_ms, &sender, &over).await,
        None => tail::follow(logs, wanted, sender, over, Clock::system()).await,
    }
}
