//! A session that is open: its silence, its age.

use std::time::Duration;

use super::SessionStep;
use crate::clock::Now;

/// Silence after which a session counts as stalled: updates come every second, also empty ones.
const STALLED: Duration = Duration::from_millis(2_500);
/// Silence after which another session is opened.
const DEAD: Duration = Duration::from_secs(5);
/// Silence after which an update is missed.
const MISSED: Duration = Duration::from_millis(1_800);
/// Age at which the next session is opened: AWS ends a session after three hours.
const RENEWAL: Duration = Duration::from_mins(175);

/// A session that is open.
#[derive(Debug)]
pub(super) struct TailSession {
    pub(super) serial: u32,
    pub(super) since: Duration,
    /// From which of the service's times on it, or one it took the place of, brings what is taken in.
    pub(super) since_ms: i64,
    pub(super) heard: Duration,
    pub(super) heard_ms: i64,
    /// Whether its silence was told.
    pub(super) is_stalled: bool,
    pub(super) missed: bool,
    /// The session that is to follow it.
    pub(super) next: Option<u32>,
    pub(super) renew_at: Duration,
}

impl TailSession {
    pub(super) fn new(serial: u32, server_ms: i64, now: Now) -> Self {
        Self {
            serial,
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

    /// What has to be done now; `serial` numbers the next session.
    pub(super) fn due(&mut self, now: Now, serial: u32) -> Option<SessionStep> {
        let silence = now.since(self.heard);
        if silence >= DEAD {
            return Some(SessionStep::Close(self.serial));
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
            self.next = Some(serial);
            return Some(SessionStep::Open(serial));
        }
        None
    }
}
