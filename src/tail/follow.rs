//! The part of a tail that waits: carries out the machine's commands, and passes on what it tells.

use std::collections::HashMap;
use std::time::Duration;

use futures::StreamExt;
use futures::future::{AbortHandle, Abortable, BoxFuture, FutureExt};
use futures::stream::FuturesUnordered;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Clock;
use super::engine::{CommandOutcome, EngineCommand, TailEngine};
use super::ids::{SessionGroupId, SessionId};
use super::newcomers;
use super::sessions::Place;
use crate::aws::{AwsError, LiveSession, LogsClient};
use crate::logs::{TailTarget, Tailing};
use crate::task::jitter;

/// How often the machine looks at the clock.
const TICK: Duration = Duration::from_millis(250);

/// Follows log groups until `stop` is cancelled or nobody reads any more. Everything it learns goes to `out`; a reader
/// that is slow costs no update of the sessions.
///
/// # Errors
/// Before anything was read: when no group exists, the pattern is none, reading is not allowed at all, or what answers is
/// not `CloudWatch` Logs. A group that is missing among others is told and joins in when it is there; later troubles are told
/// too, and waited out.
pub async fn follow(
    logs: &LogsClient,
    wanted: TailTarget,
    out: mpsc::Sender<Tailing>,
    stop: CancellationToken,
    clock: Clock,
) -> Result<(), AwsError> {
    let mut engine = TailEngine::new(wanted, logs.quotas(), clock.now(), jitter());
    let mut works = Works::new(logs.clone());
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        engine.advance(clock.now());
        for command in engine.take_commands() {
            works.start(command);
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
}

impl Works {
    fn new(logs: LogsClient) -> Self {
        Self {
            logs,
            under_way: FuturesUnordered::new(),
            sessions: HashMap::new(),
        }
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
            EngineCommand::Open(session_group, id, request) => {
                self.push(Some(id), async move {
                    match LiveSession::open(&logs, &request).await {
                        Ok(session) => Done::Opened(session_group, id, session),
                        Err(error) => {
                            Done::Outcome(CommandOutcome::Opened(session_group, id, Err(error)))
                        }
                    }
                });
            }
            EngineCommand::Close(id) => {
                if let Some(handle) = self.sessions.remove(&id) {
                    handle.abort();
                }
            }
            EngineCommand::Page(poller, request) => self.push(None, async move {
                Done::Outcome(CommandOutcome::Page(poller, logs.filter(&request).await))
            }),
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
                    if let CommandOutcome::Opened(_, id, Err(_)) = &outcome {
                        self.sessions.remove(id);
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
