//! Where a session group stands on the ladder: live, reconnecting, polling.

use std::time::Duration;

use super::session::TailSession;
use crate::logs::TailMode;
use crate::tail::ids::SessionId;

/// Where a session group stands.
#[derive(Debug)]
pub(super) enum SessionState {
    /// A first session is to be opened when the time has come.
    Down {
        until: Duration,
        why: Option<String>,
    },
    /// A first session is being opened.
    Opening {
        id: SessionId,
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
        id: SessionId,
        why: String,
    },
}

impl SessionState {
    /// How it stands.
    pub(super) fn mode(&self) -> TailMode {
        match self {
            Self::Down { why: None, .. } | Self::Opening { why: None, .. } => TailMode::Connecting,
            Self::Down { why: Some(why), .. } | Self::Opening { why: Some(why), .. } => {
                TailMode::Reconnecting(why.clone())
            }
            Self::Live(session) if session.is_stalled() => TailMode::Stalled,
            Self::Live(_) => TailMode::Live,
            Self::Polling { why, .. } | Self::Trying { why, .. } => TailMode::Polling(why.clone()),
        }
    }

    /// The session that is open, be it silent.
    pub(super) const fn session(&self) -> Option<&TailSession> {
        match self {
            Self::Live(session) => Some(session),
            _ => None,
        }
    }

    /// Whether polling is the plan.
    pub(super) const fn is_polling(&self) -> bool {
        matches!(self, Self::Polling { .. } | Self::Trying { .. })
    }

    /// The session that is being opened: a first one, or the one that is to follow.
    pub(super) const fn awaited(&self) -> Option<SessionId> {
        match self {
            Self::Opening { id, .. } | Self::Trying { id, .. } => Some(*id),
            Self::Live(session) => session.next(),
            Self::Down { .. } | Self::Polling { .. } => None,
        }
    }
}
