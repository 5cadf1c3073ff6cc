//! A session that is open: its silence, its age.

use std::time::Duration;

use super::SessionStep;
use crate::clock::Now;
use crate::tail::ids::SessionId;

/// Silence after which a session counts as stalled: updates come every second, also empty ones.
const STALLED: Duration = Duration::from_millis(2_500);
/// Silence after which another session is opened.
const DEAD: Duration = Duration::from_secs(5);
/// Silence after which an update is missed.
const MISSED: Duration = Duration::from_millis(1_800);
/// Age at which the next session is opened: AWS ends a session after three hours.
const RENEWAL: Duration = Duration::from_mins(175);
/// Age at which a session has proved that sessions work.
const PROVED: Duration = Duration::from_secs(10);

/// A session that is open.
#[derive(Debug)]
pub(super) struct TailSession {
    id: SessionId,
    since: Duration,
    /// From which of the service's times on it, or one it took the place of, brings what is taken in.
    since_ms: i64,
    heard: Duration,
    heard_ms: i64,
    /// Whether its silence was told.
    is_stalled: bool,
    missed: bool,
    /// The session that is to follow it.
    next: Option<SessionId>,
    renew_at: Duration,
}

impl TailSession {
    pub(super) fn new(id: SessionId, server_ms: i64, now: Now) -> Self {
        Self {
            id,
            since: now.at,
            since_ms: server_ms,
            heard: now.at,
            heard_ms: server_ms,
            is_stalled: false,
            missed: false,
            next: None,
            renew_at: now.at + RENEWAL,
        }
    }

    /// The same session, in the place of another one.
    pub(super) fn instead_of(self, old: &Self) -> Self {
        Self {
            since_ms: old.since_ms,
            ..self
        }
    }

    pub(super) const fn id(&self) -> SessionId {
        self.id
    }

    /// From which of the service's times on it, or one it took the place of, brings what is taken in.
    pub(super) const fn since_ms(&self) -> i64 {
        self.since_ms
    }

    /// The service's time of its last update.
    pub(super) const fn heard_ms(&self) -> i64 {
        self.heard_ms
    }

    /// Whether updates stay away.
    pub(super) const fn is_stalled(&self) -> bool {
        self.is_stalled
    }

    /// The session that is to follow it.
    pub(super) const fn next(&self) -> Option<SessionId> {
        self.next
    }

    pub(super) fn age(&self, now: Now) -> Duration {
        now.since(self.since)
    }

    /// Whether it is so old that sessions are known to work.
    pub(super) fn has_proved(&self, now: Now) -> bool {
        self.age(now) > PROVED
    }

    /// Takes note of an update.
    pub(super) const fn note_update(&mut self, server_ms: i64, now: Now) {
        self.heard = now.at;
        self.heard_ms = server_ms;
        self.is_stalled = false;
        self.missed = false;
    }

    /// The session that is to follow it does not come; another one is opened at this time.
    pub(super) const fn renew_at(&mut self, at: Duration) {
        self.next = None;
        self.renew_at = at;
    }

    /// Goes on in time; gives what has to be done now. `next` numbers the session to follow.
    pub(super) fn step(&mut self, now: Now, next: SessionId) -> Option<SessionStep> {
        let silence = now.since(self.heard);
        if silence >= DEAD {
            return Some(SessionStep::Close(self.id));
        }
        if silence >= STALLED && !self.is_stalled {
            self.is_stalled = true;
            return Some(SessionStep::Stalled(self.heard_ms));
        }
        if silence >= MISSED && !self.missed {
            self.missed = true;
            return Some(SessionStep::Missed);
        }
        if now.at >= self.renew_at && self.next.is_none() {
            self.next = Some(next);
            return Some(SessionStep::Open(next));
        }
        None
    }
}
