//! Events per second, and how late they are.

use std::collections::VecDeque;
use std::time::Duration;

use crate::clock::Now;
use crate::logs::{EventOrigin, LogEvent};

/// The stretch the rate is taken over.
const STRETCH: Duration = Duration::from_secs(5);

/// Measures what arrives.
#[derive(Debug, Default)]
pub(super) struct Meter {
    arrivals: VecDeque<(Duration, usize)>,
    lag_ms: Option<u64>,
}

impl Meter {
    /// Takes note of new events. History, and what a sweep brings up later, says nothing about the lag.
    pub(super) fn measure(&mut self, events: &[LogEvent], now: Now) {
        let fresh =
            |event: &&LogEvent| matches!(event.origin, EventOrigin::Live | EventOrigin::Polled);
        let newest = events.iter().filter(fresh).map(|event| event.time_ms).max();
        if let Some(time_ms) = newest {
            self.lag_ms = Some(u64::try_from(now.wall_ms - time_ms).unwrap_or(0));
        }
        let current = events
            .iter()
            .filter(|event| event.origin != EventOrigin::History);
        self.arrivals.push_back((now.at, current.count()));
        self.forget(now);
    }

    /// Events per second over the last seconds.
    pub(super) fn rate(&mut self, now: Now) -> f64 {
        self.forget(now);
        let events: usize = self.arrivals.iter().map(|&(_, events)| events).sum();
        let stretch = STRETCH.min(now.at.max(Duration::from_secs(1)));
        events as f64 / stretch.as_secs_f64()
    }

    /// From the newest event's own time to its arrival, in milliseconds.
    pub(super) const fn lag_ms(&self) -> Option<u64> {
        self.lag_ms
    }

    fn forget(&mut self, now: Now) {
        while (self.arrivals.front()).is_some_and(|&(at, _)| now.since(at) > STRETCH) {
            self.arrivals.pop_front();
        }
    }
}
