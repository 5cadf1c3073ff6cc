//! The live session of up to ten groups, and what there is when there is none: the ladder live, reconnecting, polling.

mod reason;
mod session;
mod state;
#[cfg(test)]
mod tests;

use std::time::Duration;

use rand::rngs::StdRng;

use super::ids::SessionId;
use crate::aws::{AwsError, LiveRequest};
use crate::clock::Now;
use crate::logs::{Home, SESSION_GROUPS, TailMode, TailTarget};
use crate::task::Backoff;
use reason::passes;
pub(super) use reason::reason;
use session::TailSession;
use state::SessionState;

/// Passing failures after which polling is called by its name.
const PATIENCE: u32 = 3;
/// Pauses between attempts at a session.
const ATTEMPTS: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(30), u32::MAX);
/// How soon a session is tried again where too many are open, or there is no way to the host.
const AGAIN_SOON: Duration = Duration::from_mins(1);
/// How soon it is tried again where it was refused.
pub(super) const AGAIN_LATE: Duration = Duration::from_mins(10);
/// What polling says when it was asked for.
const ASKED_FOR: &str = "as asked for";

/// What has to be done about a session group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SessionStep {
    /// Open a session under this number.
    Open(SessionId),
    /// An update is missed.
    Missed,
    /// Updates stay away since this of the service's times.
    Stalled(i64),
    /// Give this session up.
    Close(SessionId),
}

/// What became of an attempt to open a session.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SessionOpening {
    /// Sessions work again, or for the first time.
    Live,
    /// It takes the place of this one.
    Renewed(SessionId),
    /// Nobody waits for it: close it.
    Unwanted,
}

/// One session group.
#[derive(Debug)]
pub(super) struct SessionGroup {
    /// The keys of its groups, all of one region.
    groups: Vec<String>,
    /// Their ARNs, once they are known.
    arns: Option<Vec<String>>,
    state: SessionState,
    failures: u32,
    /// When the first session opened, by the service's clock.
    live_since_ms: Option<i64>,
    /// How long sessions that are closed lasted, in whole minutes as AWS bills them.
    billed: u64,
    /// Whether its group was taken out of a session group with others.
    is_isolated: bool,
}

impl SessionGroup {
    pub(super) fn new(groups: Vec<String>, polls: Option<&str>) -> Self {
        let state = match polls {
            Some(why) => SessionState::Polling {
                why: why.to_owned(),
                again: None,
            },
            None => SessionState::Down {
                until: Duration::ZERO,
                why: None,
            },
        };
        Self {
            groups,
            arns: None,
            state,
            failures: 0,
            live_since_ms: None,
            billed: 0,
            is_isolated: false,
        }
    }

    /// The session group of a group that could not be in a session with the others; it may try one of its own from `again` on.
    pub(super) fn isolated(group: String, why: String, again: Option<Duration>) -> Self {
        Self {
            state: SessionState::Polling { why, again },
            is_isolated: true,
            ..Self::new(vec![group], None)
        }
    }

    /// Why a session group with these wishes cannot have a session.
    pub(super) fn polls(wanted: &TailTarget) -> Option<&'static str> {
        match (wanted.poll, wanted.streams.len(), wanted.groups.len()) {
            (true, ..) => Some(ASKED_FOR),
            (_, 0, _) | (_, _, 1) => None,
            _ => Some("a live session takes stream names for one group only"),
        }
    }

    /// The keys of its groups.
    pub(super) fn groups(&self) -> &[String] {
        &self.groups
    }

    /// What opens a session for it; `None` until the ARNs of its groups are known.
    pub(super) fn request(&self, wanted: &TailTarget) -> Option<LiveRequest> {
        Some(LiveRequest {
            groups: self.groups.clone(),
            group_arns: self.arns.clone()?,
            streams: wanted.streams.clone(),
            pattern: wanted.pattern.clone(),
        })
    }

    /// Its groups by their keys, each with its ARN, once these are known.
    pub(super) fn located(&self) -> impl Iterator<Item = (&str, &str)> {
        let arns = self.arns.iter().flatten().map(String::as_str);
        self.groups.iter().map(String::as_str).zip(arns)
    }

    /// Takes the ARNs of its groups, in their order.
    pub(super) fn locate(&mut self, arns: Vec<String>) {
        self.arns = Some(arns);
    }

    /// Takes one more group in, when there is room and a session that the next one can take the place of at once; false
    /// when not.
    pub(super) fn take_in(&mut self, key: &str, now: Now) -> bool {
        let region = |key: &str| Home::of_arn(key).map(|home| home.region);
        let is_there = self
            .groups
            .first()
            .is_some_and(|one| region(one) == region(key));
        let has_room = self.groups.len() < SESSION_GROUPS && is_there && !self.is_isolated;
        match &mut self.state {
            SessionState::Live(session) if has_room && session.next().is_none() => {
                session.renew_at(now.at);
                self.groups.push(key.to_owned());
                self.arns = None;
                true
            }
            _ => false,
        }
    }

    /// Goes on without a group.
    pub(super) fn leave_out(&mut self, group: &str) {
        self.groups.retain(|name| name != group);
    }

    /// None of its groups can have a session, perhaps until `again`. One that is open goes on.
    pub(super) fn settle_for_polling(&mut self, why: String, again: Option<Duration>) {
        match &mut self.state {
            SessionState::Live(session) => session.renew_at(again.unwrap_or(Duration::MAX)),
            state => *state = SessionState::Polling { why, again },
        }
    }

    /// How it stands.
    pub(super) fn mode(&self) -> TailMode {
        self.state.mode()
    }

    /// Whether a session brings events.
    pub(super) const fn is_live(&self) -> bool {
        self.brings_since_ms().is_some()
    }

    /// Whether a session is open, be it silent.
    pub(super) const fn is_open(&self) -> bool {
        self.state.session().is_some()
    }

    /// Whether polling is the plan.
    pub(super) const fn is_polling(&self) -> bool {
        self.state.is_polling()
    }

    /// Whether it polls by itself while other session groups have sessions.
    pub(super) const fn is_set_aside(&self) -> bool {
        self.is_isolated && self.is_polling()
    }

    /// The session that is being opened.
    pub(super) const fn awaited(&self) -> Option<SessionId> {
        self.state.awaited()
    }

    /// When the first session opened, by the service's clock.
    pub(super) const fn live_since_ms(&self) -> Option<i64> {
        self.live_since_ms
    }

    /// From which of the service's times on a session brings events; `None` while none does.
    pub(super) const fn brings_since_ms(&self) -> Option<i64> {
        match self.state.session() {
            Some(session) if !session.is_stalled() => Some(session.since_ms()),
            _ => None,
        }
    }

    /// Minutes of sessions so far.
    pub(super) fn minutes(&self, now: Now) -> u64 {
        let open = self.state.session().map(|session| session.age(now));
        self.billed + open.unwrap_or_default().as_secs() / 60
    }

    /// Goes on in time; gives what has to be done now. `next` numbers the next session.
    pub(super) fn step(&mut self, now: Now, next: SessionId) -> Option<SessionStep> {
        self.state = match &mut self.state {
            SessionState::Down { until, why } if now.at >= *until => SessionState::Opening {
                id: next,
                why: why.take(),
            },
            SessionState::Polling {
                why,
                again: Some(again),
            } if now.at >= *again => SessionState::Trying {
                id: next,
                why: std::mem::take(why),
            },
            SessionState::Live(session) => return session.step(now, next),
            _ => return None,
        };
        Some(SessionStep::Open(next))
    }

    /// Takes a session that was opened.
    pub(super) fn take_session(
        &mut self,
        id: SessionId,
        server_ms: i64,
        now: Now,
    ) -> SessionOpening {
        if self.awaited() != Some(id) {
            return SessionOpening::Unwanted;
        }
        let session = TailSession::new(id, server_ms, now);
        let Some(old) = self.state.session() else {
            self.state = SessionState::Live(session);
            self.live_since_ms.get_or_insert(server_ms);
            return SessionOpening::Live;
        };
        let (replaced, session) = (old.id(), session.instead_of(old));
        self.billed += minutes(old.age(now));
        self.state = SessionState::Live(session);
        SessionOpening::Renewed(replaced)
    }

    /// A session could not be opened.
    pub(super) fn take_refusal(
        &mut self,
        id: SessionId,
        error: &AwsError,
        now: Now,
        rng: &mut StdRng,
    ) {
        // A group may have been made anew under another ARN.
        self.arns = None;
        if self.awaited() != Some(id) {
            return;
        }
        match &mut self.state {
            SessionState::Live(session) => session.renew_at(now.at + AGAIN_SOON / 2),
            _ => self.step_down(error, now, rng),
        }
    }

    fn step_down(&mut self, error: &AwsError, now: Now, rng: &mut StdRng) {
        // Which of several groups is not there, the next attempt finds out.
        let is_one_of_many = self.groups.len() > 1 && matches!(error, AwsError::NotFound(_));
        let passing = passes(error) || is_one_of_many;
        let why = reason(error);
        let was_polling = self.is_polling();
        let pause = ATTEMPTS.delay(self.failures, rng);
        self.failures += 1;
        self.state = if passing && self.failures < PATIENCE && !was_polling {
            SessionState::Down {
                until: now.at + pause,
                why: Some(why),
            }
        } else {
            let again = match error {
                _ if passing => pause,
                AwsError::LimitExceeded(_) | AwsError::Unreachable { .. } => AGAIN_SOON,
                _ => AGAIN_LATE,
            };
            SessionState::Polling {
                why,
                again: Some(now.at + again),
            }
        };
    }

    /// A session was refused for a reason that is gone: another one is opened at once.
    pub(super) fn try_again(&mut self, id: SessionId, now: Now) {
        self.arns = None;
        if self.awaited() != Some(id) {
            return;
        }
        match &mut self.state {
            SessionState::Live(session) => session.renew_at(now.at),
            state => {
                *state = SessionState::Down {
                    until: now.at,
                    why: None,
                }
            }
        }
    }

    /// Takes note of an update; true when the session had been silent and brings events again.
    pub(super) fn note_update(&mut self, id: SessionId, server_ms: i64, now: Now) -> bool {
        let SessionState::Live(session) = &mut self.state else {
            return false;
        };
        if session.id() != id {
            return false;
        }
        if session.has_proved(now) {
            self.failures = 0;
        }
        let was_stalled = session.is_stalled();
        session.note_update(server_ms, now);
        was_stalled
    }

    /// A session has ended; gives the service's time of its last update when it is the one that counts.
    pub(super) fn end_session(
        &mut self,
        id: SessionId,
        why: String,
        now: Now,
        rng: &mut StdRng,
    ) -> Option<i64> {
        let session = self.state.session()?;
        if session.id() != id {
            return None;
        }
        let (heard_ms, next) = (session.heard_ms(), session.next());
        self.billed += minutes(session.age(now));
        // A session that worked is followed at once by another one.
        let (failures, pause) = if session.has_proved(now) {
            (0, Duration::ZERO)
        } else {
            (self.failures + 1, ATTEMPTS.delay(self.failures, rng))
        };
        self.failures = failures;
        self.state = match next {
            Some(id) => SessionState::Opening { id, why: Some(why) },
            None if self.failures >= PATIENCE => SessionState::Polling {
                why,
                again: Some(now.at + pause),
            },
            None => SessionState::Down {
                until: now.at + pause,
                why: Some(why),
            },
        };
        Some(heard_ms)
    }
}

fn minutes(time: Duration) -> u64 {
    time.as_secs().div_ceil(60)
}
