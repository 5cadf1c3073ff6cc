//! How a run is stopped or held from outside, and the time it was held.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::task::Pause;

/// How a run is stopped or held from outside.
#[derive(Debug, Clone, Default)]
pub struct RunSwitches {
    /// Ends the measurement; the clean-up still takes its time.
    pub stop: CancellationToken,
    /// Holds it: invocations under way finish, nothing new is started, and the function is as it was meanwhile.
    pub pause: Pause,
}

impl From<CancellationToken> for RunSwitches {
    fn from(stop: CancellationToken) -> Self {
        Self {
            stop,
            ..Self::default()
        }
    }
}

/// The pause of one run as the measurement takes it.
#[derive(Debug)]
pub(super) struct Hold {
    pause: Pause,
    since: Option<Instant>,
}

/// What became of a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HoldChange {
    Began,
    /// It is over, after this time.
    Ended(Duration),
}

impl Hold {
    pub(super) const fn new(pause: Pause) -> Self {
        Self { pause, since: None }
    }

    /// Whether nothing new may be started.
    pub(super) fn is_asked(&self) -> bool {
        self.pause.is_on()
    }

    /// Whether it has begun, and was not heard to be over.
    pub(super) const fn is_on(&self) -> bool {
        self.since.is_some()
    }

    /// Waits until it begins, or is over. Cancel-safe.
    pub(super) async fn switched(&mut self) -> HoldChange {
        if self.since.is_none() {
            self.pause.begun().await;
            self.since = Some(Instant::now());
            return HoldChange::Began;
        }
        self.pause.over().await;
        HoldChange::Ended(self.end().unwrap_or_default())
    }

    /// Ends it with the run; gives how long it was.
    pub(super) fn end(&mut self) -> Option<Duration> {
        self.since.take().map(|since| since.elapsed())
    }
}
