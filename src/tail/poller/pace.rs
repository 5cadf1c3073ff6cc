//! How soon a group is read again, and what that depends on.

use std::time::Duration;

use crate::clock::Now;

/// How soon sweeps follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tail) enum PollPace {
    /// A session brings the events, the sweep makes sure.
    Steady,
    /// The session leaves events out, or has left some out.
    Hot,
    /// There is no session.
    Poll,
    /// Nothing but queries reads it, and they cost money.
    Query,
}

impl PollPace {
    pub(super) const fn period(self) -> Duration {
        match self {
            Self::Steady => Duration::from_secs(10),
            Self::Hot => Duration::from_secs(5),
            Self::Poll => Duration::from_secs(2),
            Self::Query => Duration::from_mins(1),
        }
    }

    /// How soon they follow each other when there is a hurry.
    pub(super) const fn soonest(self) -> Duration {
        match self {
            Self::Query => self.period(),
            Self::Steady | Self::Hot | Self::Poll => Self::Poll.period(),
        }
    }
}

/// What a group's next sweep depends on.
#[derive(Debug, Clone, Copy)]
pub(in crate::tail) struct Circumstances {
    pub(in crate::tail) now: Now,
    /// The service's time.
    pub(in crate::tail) server_ms: i64,
    /// What is older was forgotten.
    pub(in crate::tail) floor_ms: i64,
    pub(in crate::tail) pace: PollPace,
}
