//! The part of a tail that waits: carries out the machine's commands, and passes on what it tells.

use std::collections::HashMap;
use std::time::Duration;

use futures::StreamExt;
use futures::future::{AbortHandle, Abortable, BoxFuture, FutureExt};
use futures::stream::FuturesUnordered;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Clock;
use super::end::TailEnd;
use super::engine::{CommandOutcome, EngineCommand, TailEngine};
use super::ids::{PollerId, SessionGroupId, SessionId};
use super::newcomers;
use super::scan::{ScanRequest, Scanned, scan};
use super::sessions::Place;
use crate::aws::{AwsError, LiveSession, LogsClient};
use crate::insights::STOPPING;
use crate::logs::{TailTarget, Tailing};
use crate::task::jitter;

/// How often the machine looks at the clock.
const TICK: Duration = Duration::from_millis(250);

/// How long stopping queries may take: one that is just being asked is first waited for.
const LEAVING: Duration = STOPPING.saturating_mul(3);

/// Follows log groups until `stop` is cancelled or nobody reads any more. Everything it learns goes to `out`; a reader
/// that is slow costs no update of the sessions. It ends by itself when nothing but queries reads the groups, and these have
/// read as much as they may.
///
/// It ends badly before anything was read: when no group exists, the pattern is none, reading is not allowed at all, or what
/// answers is not `CloudWatch` Logs. A group that is missing among others is told and joins in when it is there; later troubles are told
/// too, and waited out.
pub async fn follow(
    logs: &LogsClient,
    wanted: TailTarget,
    out: mpsc::Sender<Tailing>,
    stop: CancellationToken,
    clock: Clock,
) -> TailEnd {
    let mut engine = TailEngine::new(wanted, logs.quotas(), clock.now(), jitter());
    let mut works = Works::new(logs.clone());
    let ended = work(&mut engine, &mut works, &out, &stop, &clock).await;
    let queries = works.leave().await;
    TailEnd {
        failure: ended.err(),
        ..engine.end(&queries)
    }
}

/// Has the machine decide and does what it says, until it is over.
async fn work(
    engine: &mut TailEngine,
    works: &mut Works,
    out: &mpsc::Sender<Tailing>,
    stop: &CancellationToken,
    clock: &Clock,
) -> Result<(), AwsError> {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        engine.advance(clock.now());
        for command in engine.take_commands() {
            works.start(command);
        }
        if works.is_over && !engine.has_news() {
            return Ok(());
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(()),
            Some(outcome) = works.next() => engine.hear(outcome, clock.now())?,
            room = out.reserve(), if engine.has_news() => match room {
                Ok(room) => {
                    if let Some(news) = engine.take_news() {
                        room.send(news);
                    }
                }
                Err(_closed) => return Ok(()),
            },
            _ = tick.tick() => {}
        }
    }
}

/// What a piece of work leads to.
enum Done {
    Outcome(CommandOutcome),
    Opened(SessionGroupId, SessionId, LiveSession),
    Heard(SessionGroupId, SessionId, LiveSession, CommandOutcome),
    Renewed(LogsClient),
}

type Work = Abortable<BoxFuture<'static, Done>>;

/// The calls under way.
struct Works {
    logs: LogsClient,
    under_way: FuturesUnordered<Work>,
    sessions: HashMap<SessionId, AbortHandle>,
    /// How many of them are queries, and what stops these.
    queries: usize,
    leaving: CancellationToken,
    /// Whether nothing is to be done any more.
    is_over: bool,
}

impl Works {
    fn new(logs: LogsClient) -> Self {
        Self {
            logs,
            under_way: FuturesUnordered::new(),
            sessions: HashMap::new(),
            queries: 0,
            leaving: CancellationToken::new(),
            is_over: false,
        }
    }

    /// Stops the queries under way, so that they cost no more; gives what became of them.
    async fn leave(mut self) -> Vec<Scanned> {
        self.leaving.cancel();
        let mut stopped = Vec::new();
        let stopping = async {
            while self.queries > 0
                && let Some(outcome) = self.next().await
            {
                if let CommandOutcome::Scanned(_, scanned) = outcome {
                    stopped.push(scanned);
                }
            }
        };
        if tokio::time::timeout(LEAVING, stopping).await.is_err() {
            tracing::warn!("a query may still be running");
        }
        stopped
    }

    fn start(&mut self, command: EngineCommand) {
        let logs = self.logs.clone();
        match command {
            EngineCommand::Resolve(session_group, groups) => self.push(None, async move {
                Done::Outcome(CommandOutcome::Resolved(
                    session_group,
                    places(&logs, &groups).await,
                ))
            }),
            EngineCommand::Open(session_group, id, request) => self.push(Some(id), async move {
                match LiveSession::open(&logs, &request).await {
                    Ok(session) => Done::Opened(session_group, id, session),
                    Err(error) => {
                        Done::Outcome(CommandOutcome::Opened(session_group, id, Err(error)))
                    }
                }
            }),
            EngineCommand::Close(id) => {
                if let Some(session) = self.sessions.remove(&id) {
                    session.abort();
                }
            }
            EngineCommand::Page(poller, request) => self.push(None, async move {
                Done::Outcome(CommandOutcome::Page(poller, logs.filter(&request).await))
            }),
            EngineCommand::Scan(poller, request) => self.query(poller, request),
            EngineCommand::End => self.is_over = true,
            EngineCommand::Look(watched) => self.push(None, async move {
                let found = newcomers::look(&logs, &watched).await;
                Done::Outcome(CommandOutcome::Found(found))
            }),
            EngineCommand::Renew => self.push(None, async move {
                match logs.renewed().await {
                    Ok(logs) => Done::Renewed(logs),
                    Err(error) => Done::Outcome(CommandOutcome::Renewed(Err(error))),
                }
            }),
        }
    }

    fn query(&mut self, poller: PollerId, request: ScanRequest) {
        self.queries += 1;
        let (logs, leaving) = (self.logs.clone(), self.leaving.clone());
        self.push(None, async move {
            let scanned = scan(&logs, request, leaving).await;
            Done::Outcome(CommandOutcome::Scanned(poller, scanned))
        });
    }

    fn push(&mut self, id: Option<SessionId>, work: impl Future<Output = Done> + Send + 'static) {
        let (work, handle) = futures::future::abortable(work.boxed());
        if let Some(id) = id {
            self.sessions.insert(id, handle);
        }
        self.under_way.push(work);
    }

    fn listen(&mut self, session_group: SessionGroupId, id: SessionId, mut session: LiveSession) {
        // Whoever was told to close it meanwhile has taken its handle away.
        if !self.sessions.contains_key(&id) {
            return;
        }
        self.push(Some(id), async move {
            let heard = session.recv().await;
            Done::Heard(
                session_group,
                id,
                session,
                CommandOutcome::Heard(session_group, id, heard),
            )
        });
    }

    /// The next outcome; never one while nothing is under way. Cancel-safe: what is under way stays so.
    async fn next(&mut self) -> Option<CommandOutcome> {
        loop {
            return Some(match self.under_way.next().await? {
                Err(_aborted) => continue,
                Ok(Done::Outcome(outcome)) => {
                    match &outcome {
                        CommandOutcome::Opened(_, id, Err(_)) => drop(self.sessions.remove(id)),
                        CommandOutcome::Scanned(..) => self.queries -= 1,
                        _ => {}
                    }
                    outcome
                }
                Ok(Done::Opened(session_group, id, session)) => {
                    self.listen(session_group, id, session);
                    CommandOutcome::Opened(session_group, id, Ok(()))
                }
                Ok(Done::Heard(session_group, id, session, outcome)) => {
                    if matches!(outcome, CommandOutcome::Heard(_, _, Ok(Some(_)))) {
                        self.listen(session_group, id, session);
                    } else {
                        self.sessions.remove(&id);
                    }
                    outcome
                }
                Ok(Done::Renewed(logs)) => {
                    self.logs = logs;
                    CommandOutcome::Renewed(Ok(()))
                }
            });
        }
    }
}

/// Where the groups are. One that is not there, or must not be looked at, says nothing about the others.
async fn places(logs: &LogsClient, groups: &[String]) -> Result<Vec<(String, Place)>, AwsError> {
    let mut places = Vec::with_capacity(groups.len());
    for group in groups {
        let place = match logs.group_arn(group).await {
            Err(error) if !error.is_about_one_group() => return Err(error),
            place => place,
        };
        places.push((group.clone(), place));
    }
    Ok(places)
}
