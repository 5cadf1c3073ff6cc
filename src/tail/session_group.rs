//! The live session of up to ten groups, and what there is when there is none: the ladder live, reconnecting, polling.

mod reason;
mod session;

use std::time::Duration;

use crate::aws::AwsError;
use crate::clock::Now;
use crate::logs::TailMode;
use reason::passes;
pub(super) use reason::reason;
use session::TailSession;

/// Groups one session may have.
pub(super) const GROUPS: usize = 10;
/// Age at which a session has proved that sessions work.
const PROVED: Duration = Duration::from_secs(10);
/// Passing failures after which polling is called by its name.
const PATIENCE: u32 = 3;
/// How soon a session is tried again where too many are open, or there is no way to the host.
const AGAIN_SOON: Duration = Duration::from_mins(1);
/// How soon it is tried again where it was refused.
pub(super) const AGAIN_LATE: Duration = Duration::from_mins(10);
/// What polling says when it was asked for.
const ASKED_FOR: &str = "as asked for";

/// Where a session group stands.
#[derive(Debug)]
enum SessionState {
    /// A first session is to be opened when the time has come.
    Down {
        until: Duration,
        why: Option<String>,
    },
    /// A first session is being opened.
    Opening {
        serial: u32,
        why: Option<String>,
    },
    Live(TailSession),
    /// No session, and that is the plan until `again`.
    Polling {
        why: String,
        again: Option<Duration>,
    },
    /// A session is being opened although polling works.
    Trying {
        serial: u32,
        why: String,
    },
}

/// What has to be done about a session group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SessionStep {
    /// Open a session under this number.
    Open(u32),
    /// An update is missed.
    Missed,
    /// Updates stay away since this of the service's times.
    Stalled(i64),
    /// Give this session up.
    Close(u32),
}

/// What became of an attempt to open a session.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SessionOpening {
    /// Sessions work again, or for the first time.
    Live,
    /// It takes the place of this one.
    Renewed(u32),
    /// Nobody waits for it: close it.
    Unwanted,
}

/// One session group.
#[derive(Debug)]
pub(super) struct SessionGroup {
    pub(super) groups: Vec<String>,
    pub(super) arns: Option<Vec<String>>,
    state: SessionState,
    failures: u32,
    /// When the first session opened, by the service's clock.
    live_since_ms: Option<i64>,
    /// How long sessions that are closed lasted, in whole minutes as AWS bills them.
    billed: u64,
    /// Whether its group was taken out of a session group with others.
    is_apart: bool,
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
            is_apart: false,
        }
    }

    /// The session group of a group that could not be in a session with the others; it may try one of its own from `again` on.
    pub(super) fn isolated(group: String, why: String, again: Option<Duration>) -> Self {
        Self {
            state: SessionState::Polling { why, again },
            is_apart: true,
            ..Self::new(vec![group], None)
        }
    }

    /// Whether it polls by itself while other session groups have sessions.
    pub(super) const fn is_set_aside(&self) -> bool {
        self.is_apart && self.is_polling()
    }

    /// None of its groups can have a session, perhaps until `again`.
    pub(super) fn settle_for_polling(&mut self, why: String, again: Option<Duration>) {
        if !self.is_open() {
            self.state = SessionState::Polling { why, again };
        }
    }

    /// A session was refused for a reason that is gone: another one is opened at once.
    pub(super) fn try_again(&mut self, serial: u32, now: Now) {
        match &mut self.state {
            SessionState::Live(session) if session.next == Some(serial) => {
                session.next = None;
                session.renew_at = now.at;
            }
            SessionState::Opening { serial: waited, .. }
            | SessionState::Trying { serial: waited, .. }
                if *waited == serial =>
            {
                self.state = SessionState::Down {
                    until: now.at,
                    why: None,
                };
            }
            _ => {}
        }
    }

    /// Why a session group with these wishes cannot have a session.
    pub(super) fn polls(poll: bool, streams: usize, groups: usize) -> Option<&'static str> {
        match (poll, streams, groups) {
            (true, ..) => Some(ASKED_FOR),
            (_, 0, _) | (_, _, 1) => None,
            _ => Some("a live session takes stream names for one group only"),
        }
    }

    /// How it stands.
    pub(super) fn mode(&self) -> TailMode {
        match &self.state {
            SessionState::Down { why: None, .. } | SessionState::Opening { why: None, .. } => {
                TailMode::Connecting
            }
            SessionState::Down { why: Some(why), .. }
            | SessionState::Opening { why: Some(why), .. } => TailMode::Reconnecting(why.clone()),
            SessionState::Live(session) if session.is_stalled => TailMode::Stalled,
            SessionState::Live(_) => TailMode::Live,
            SessionState::Polling { why, .. } | SessionState::Trying { why, .. } => {
                TailMode::Polling(why.clone())
            }
        }
    }

    /// Whether a session brings events.
    pub(super) const fn is_live(&self) -> bool {
        matches!(&self.state, SessionState::Live(session) if !session.is_stalled)
    }

    /// Whether a session is open, be it silent.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.state, SessionState::Live(_))
    }

    /// Whether polling is the plan.
    pub(super) const fn is_polling(&self) -> bool {
        matches!(
            self.state,
            SessionState::Polling { .. } | SessionState::Trying { .. }
        )
    }

    /// When the first session opened, by the service's clock.
    pub(super) const fn live_since_ms(&self) -> Option<i64> {
        self.live_since_ms
    }

    /// From which of the service's times on a session brings events; `None` while none does.
    pub(super) const fn brings_since_ms(&self) -> Option<i64> {
        match &self.state {
            SessionState::Live(session) if !session.is_stalled => Some(session.since_ms),
            _ => None,
        }
    }

    /// Minutes of sessions so far.
    pub(super) fn minutes(&self, now: Now) -> u64 {
        let open = match &self.state {
            SessionState::Live(session) => now.since(session.since).as_secs() / 60,
            _ => 0,
        };
        self.billed + open
    }

    /// What has to be done now; `serial` numbers the next session.
    pub(super) fn due(&mut self, now: Now, serial: u32) -> Option<SessionStep> {
        match &mut self.state {
            SessionState::Down { until, why } if now.at >= *until => {
                let why = why.take();
                self.state = SessionState::Opening { serial, why };
                Some(SessionStep::Open(serial))
            }
            SessionState::Polling {
                why,
                again: Some(again),
            } if now.at >= *again => {
                let why = std::mem::take(why);
                self.state = SessionState::Trying { serial, why };
                Some(SessionStep::Open(serial))
            }
            SessionState::Live(session) => session.due(now, serial),
            _ => None,
        }
    }

    /// A session was opened.
    pub(super) fn opened(&mut self, serial: u32, server_ms: i64, now: Now) -> SessionOpening {
        let mut session = TailSession::new(serial, server_ms, now);
        match &mut self.state {
            SessionState::Opening { serial: waited, .. }
            | SessionState::Trying { serial: waited, .. }
                if *waited == serial =>
            {
                self.state = SessionState::Live(session);
                self.live_since_ms.get_or_insert(server_ms);
                SessionOpening::Live
            }
            SessionState::Live(old) if old.next == Some(serial) => {
                let (replaced, since) = (old.serial, old.since);
                session.since_ms = old.since_ms;
                self.state = SessionState::Live(session);
                self.billed += minutes(now.since(since));
                SessionOpening::Renewed(replaced)
            }
            _ => SessionOpening::Unwanted,
        }
    }

    /// A session could not be opened. `pause` draws how long to wait after so many failures.
    pub(super) fn refused(
        &mut self,
        serial: u32,
        error: &AwsError,
        now: Now,
        pause: impl FnOnce(u32) -> Duration,
    ) {
        let waits_for_it = match &mut self.state {
            SessionState::Opening { serial: waited, .. }
            | SessionState::Trying { serial: waited, .. } => *waited == serial,
            SessionState::Live(session) if session.next == Some(serial) => {
                session.next = None;
                session.renew_at = now.at + AGAIN_SOON / 2;
                false
            }
            _ => false,
        };
        if waits_for_it {
            self.step_down(error, now, pause);
        }
    }

    fn step_down(&mut self, error: &AwsError, now: Now, pause: impl FnOnce(u32) -> Duration) {
        // Which of several groups is not there, the next attempt finds out.
        let is_one_of_many = self.groups.len() > 1 && matches!(error, AwsError::NotFound(_));
        let passing = passes(error) || is_one_of_many;
        let why = reason(error);
        let was_polling = self.is_polling();
        let pause = pause(self.failures);
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

    /// An update came.
    pub(super) fn heard(&mut self, serial: u32, server_ms: i64, now: Now) {
        let SessionState::Live(session) = &mut self.state else {
            return;
        };
        if session.serial != serial {
            return;
        }
        if now.since(session.since) > PROVED {
            self.failures = 0;
        }
        session.heard = now.at;
        session.heard_ms = server_ms;
        session.is_stalled = false;
        session.missed = false;
    }

    /// A session has ended; gives the service's time of its last update when it is the one that counts.
    pub(super) fn ended(
        &mut self,
        serial: u32,
        why: String,
        pause: Duration,
        now: Now,
    ) -> Option<i64> {
        let SessionState::Live(session) = &self.state else {
            return None;
        };
        if session.serial != serial {
            return None;
        }
        let (heard_ms, since, next) = (session.heard_ms, session.since, session.next);
        self.billed += minutes(now.since(since));
        let proved = now.since(since) > PROVED;
        // A session that worked is followed at once by another one.
        let pause = if proved { Duration::ZERO } else { pause };
        self.failures = if proved { 0 } else { self.failures + 1 };
        self.state = match next {
            Some(serial) => SessionState::Opening {
                serial,
                why: Some(why),
            },
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

    /// Failures in a row, for the pauses between attempts.
    pub(super) const fn failures(&self) -> u32 {
        self.failures
    }
}

fn minutes(time: Duration) -> u64 {
    time.as_secs().div_ceil(60)
}
