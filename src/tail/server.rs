//! What time it is for `CloudWatch` Logs, learnt from the ingestion times of events: the clock of a bastion may be wrong,
//! and windows of time are cut by the service's clock.

use std::collections::VecDeque;
use std::time::Duration;

use crate::clock::Now;

/// How long a sample counts.
const KEPT: Duration = Duration::from_mins(2);

/// How far the service's clock may be behind this machine's without a request being refused (signatures hold five
/// minutes). Assumed until an event says better: a window that begins too early costs little, one too late loses.
const WORST_MS: i64 = -300_000;

/// A time by the service's clock, and by this machine's, in Unix milliseconds: between two estimates of the service's clock
/// only this machine's tells how much time passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ServiceTime {
    pub(super) server_ms: i64,
    pub(super) wall_ms: i64,
}

impl ServiceTime {
    /// The earlier one, by the service's clock.
    pub(super) fn earlier(self, other: Self) -> Self {
        std::cmp::min_by_key(self, other, |moment| moment.server_ms)
    }

    /// The later one, by the service's clock.
    pub(super) fn later(self, other: Self) -> Self {
        std::cmp::max_by_key(self, other, |moment| moment.server_ms)
    }
}

/// An estimate of the service's clock, never ahead of it.
#[derive(Debug, Default)]
pub(super) struct ServerClock {
    /// Samples of the difference in milliseconds with their times; the differences fall from front to back.
    samples: VecDeque<(Duration, i64)>,
    /// The best sample that ran out, for groups that fell silent.
    last: Option<i64>,
    /// The newest ingestion there was, in Unix milliseconds: what was taken in earlier, such as an event that is read
    /// again, says nothing new about the time.
    newest_ms: Option<i64>,
    /// The difference by the newest event that came live, a second or two after it was taken in.
    live: Option<i64>,
}

impl ServerClock {
    /// Learns from an event that `CloudWatch` Logs took in at this time.
    pub(super) fn learn(&mut self, ingested_ms: i64, now: Now) {
        if self
            .newest_ms
            .is_some_and(|newest_ms| ingested_ms <= newest_ms)
        {
            return;
        }
        self.newest_ms = Some(ingested_ms);
        let ahead = (ingested_ms - now.wall_ms).max(WORST_MS);
        while self.samples.back().is_some_and(|&(_, it)| it <= ahead) {
            self.samples.pop_back();
        }
        self.samples.push_back((now.at, ahead));
        while self.samples.len() > 1
            && (self.samples.front()).is_some_and(|&(at, _)| now.since(at) > KEPT)
        {
            self.last = self.samples.pop_front().map(|(_, ahead)| ahead);
        }
    }

    /// Learns from an event that was taken in a moment ago.
    pub(super) fn learn_live(&mut self, ingested_ms: i64, now: Now) {
        self.live = Some(ingested_ms - now.wall_ms);
        self.learn(ingested_ms, now);
    }

    /// How much later than [`Self::now_ms`] it is as far as a reader is to be told, in milliseconds: there, too early is
    /// as wrong as too late, so this machine's clock counts until a live event tells better.
    pub(super) fn modesty_ms(&self, now: Now) -> i64 {
        let likely_ms = now.wall_ms + self.live.unwrap_or_default();
        (likely_ms - self.now_ms(now)).max(0)
    }

    /// How far the service's time is ahead of this machine's, in milliseconds, as [`Self::now_ms`] has it now.
    pub(super) fn skew_ms(&self, now: Now) -> i64 {
        self.now_ms(now) - now.wall_ms
    }

    /// A time of the service, as it is estimated now.
    pub(super) fn moment(&self, server_ms: i64, now: Now) -> ServiceTime {
        ServiceTime {
            server_ms,
            wall_ms: server_ms - self.skew_ms(now),
        }
    }

    /// The service's time in Unix milliseconds; too early rather than too late.
    pub(super) fn now_ms(&self, now: Now) -> i64 {
        self.at_ms(now.wall_ms)
    }

    /// The service's time when it was `wall_ms` on this machine, both in Unix milliseconds; too early rather than too
    /// late.
    pub(super) fn at_ms(&self, wall_ms: i64) -> i64 {
        let best = self.samples.front().map(|&(_, ahead)| ahead);
        wall_ms + best.or(self.last).unwrap_or(WORST_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Now {
        Now {
            at: Duration::from_secs(seconds),
            wall_ms: 1_000_000_000 + i64::try_from(seconds).unwrap() * 1000,
        }
    }

    #[test]
    fn without_an_event_the_clock_may_be_five_minutes_off() {
        assert_eq!(
            ServerClock::default().now_ms(at(0)),
            1_000_000_000 - 300_000
        );
    }

    #[test]
    fn a_reader_is_told_the_machine_s_time_until_a_live_event_tells_a_better_one() {
        let mut server = ServerClock::default();
        let told = |server: &ServerClock| server.now_ms(at(5)) + server.modesty_ms(at(5));
        assert_eq!(told(&server), at(5).wall_ms);
        server.learn(at(0).wall_ms - 240_000, at(0));
        assert_eq!(told(&server), at(5).wall_ms);
        server.learn_live(at(5).wall_ms - 61_000, at(5));
        assert_eq!(told(&server), at(5).wall_ms - 61_000);
    }

    #[test]
    fn the_freshest_event_of_two_minutes_tells_the_time() {
        let mut server = ServerClock::default();
        server.learn(at(0).wall_ms + 90_000, at(0));
        server.learn(at(1).wall_ms + 60_000, at(1));
        assert_eq!(server.now_ms(at(2)), at(2).wall_ms + 90_000);
        // The clock of the machine was set right meanwhile.
        server.learn(at(200).wall_ms - 500, at(200));
        assert_eq!(server.now_ms(at(201)), at(201).wall_ms - 500);
    }

    #[test]
    fn events_that_are_read_again_do_not_put_the_clock_back() {
        let mut server = ServerClock::default();
        for seconds in 0..600 {
            server.learn(at(0).wall_ms - 1_000, at(seconds));
            assert_eq!(server.now_ms(at(seconds)), at(seconds).wall_ms - 1_000);
        }
    }

    #[test]
    fn an_old_event_moves_nothing_forward() {
        let mut server = ServerClock::default();
        server.learn(at(0).wall_ms - 40_000, at(0));
        assert_eq!(server.now_ms(at(5)), at(5).wall_ms - 40_000);
    }
}
