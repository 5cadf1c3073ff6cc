//! When the next frame is due: at once after a rest, then at most one per interval, fewer on a slow terminal. Frames
//! that only show what flows in by itself keep to a budget of bytes, so that a tail stays readable over a slow line;
//! a frame somebody waits for never waits for that budget, and a few may come early, so that keys are answered at once
//! right after news, and what they bring right after their echo. In the long run there are no more frames for it.

use std::time::{Duration, Instant};

/// The longest rest between two frames, however slow the terminal is.
const LONGEST: Duration = Duration::from_secs(1);

/// What frames with nothing but news may send in the long run, in bytes per second.
const BUDGET: f64 = 5_000.0;

/// What such frames may send at once after a rest, in bytes.
const SAVINGS: f64 = 10_000.0;

/// How many intervals early a frame may come that somebody waits for: the echo of a key typed right after the one
/// before, and what both bring.
const EARLY: u32 = 2;

/// Decides about frames. Says nothing about a state that has been drawn already.
#[derive(Debug)]
pub(super) struct FramePacer {
    interval: Duration,
    dirt: Dirt,
    /// What the frame being drawn shows.
    drawing: Dirt,
    /// Bytes news may still send, below zero after a large frame; as of `saved`.
    allowance: f64,
    /// When the allowance was last worked out.
    saved: Option<Instant>,
    /// When the frame was begun that the terminal has not taken yet.
    begun: Option<Instant>,
    /// The earliest time of the next frame with news.
    rest_until: Option<Instant>,
    /// The time up to which intervals are used up by frames so far.
    used_until: Option<Instant>,
    /// The earliest time of the next frame somebody waits for.
    swift_from: Option<Instant>,
    outlet: OutputState,
}

/// What there is to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Dirt {
    Nothing,
    /// What flowed in by itself.
    News,
    /// What somebody waits for.
    Awaited,
}

/// Whether the terminal takes output.
#[derive(Debug, PartialEq)]
enum OutputState {
    Open,
    /// Not all that was sent is taken yet.
    Blocked,
    /// The terminal is gone.
    Closed,
}

impl FramePacer {
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            interval,
            dirt: Dirt::Nothing,
            drawing: Dirt::Nothing,
            allowance: SAVINGS,
            saved: None,
            begun: None,
            rest_until: None,
            used_until: None,
            swift_from: None,
            outlet: OutputState::Open,
        }
    }

    /// There is something to draw.
    pub(super) fn touch(&mut self) {
        self.dirt = Dirt::Awaited;
    }

    /// There is news to draw.
    pub(super) fn hear(&mut self) {
        self.dirt = self.dirt.max(Dirt::News);
    }

    /// True while the terminal has not taken all that was sent.
    pub(super) fn is_blocked(&self) -> bool {
        self.outlet == OutputState::Blocked
    }

    /// True once the terminal is gone.
    pub(super) fn is_closed(&self) -> bool {
        self.outlet == OutputState::Closed
    }

    /// When to draw; `None` while there is nothing to draw, or nowhere to.
    pub(super) fn due(&self, now: Instant) -> Option<Instant> {
        if self.outlet != OutputState::Open {
            return None;
        }
        let rested = self.rest_until.unwrap_or(now);
        match self.dirt {
            Dirt::Nothing => None,
            Dirt::Awaited => Some(self.swift_from.unwrap_or(now)),
            Dirt::News => Some(rested.max(self.affordable(now))),
        }
    }

    /// When news has an allowance again.
    fn affordable(&self, now: Instant) -> Instant {
        let debt = (-self.allowance / BUDGET).max(0.0);
        self.saved.unwrap_or(now) + Duration::from_secs_f64(debt)
    }

    /// A frame is being drawn.
    pub(super) fn begin(&mut self, now: Instant) {
        self.drawing = std::mem::replace(&mut self.dirt, Dirt::Nothing);
        self.begun = Some(now);
        let since = self.saved.replace(now).unwrap_or(now);
        let earned = now.saturating_duration_since(since).as_secs_f64() * BUDGET;
        self.allowance = (self.allowance + earned).min(SAVINGS);
    }

    /// The frame had this many bytes.
    pub(super) fn spend(&mut self, bytes: u64) {
        if self.drawing == Dirt::News {
            self.allowance -= bytes as f64;
        }
    }

    /// The terminal did not take everything yet.
    pub(super) fn block(&mut self) {
        self.outlet = OutputState::Blocked;
    }

    /// The terminal is gone; nothing is ever due again.
    pub(super) fn close(&mut self) {
        self.outlet = OutputState::Closed;
    }

    /// The terminal took everything. One that needed longer than the interval gets as long to rest.
    pub(super) fn taken(&mut self, now: Instant) {
        self.outlet = OutputState::Open;
        let Some(begun) = self.begun.take() else {
            return;
        };
        let busy = now.saturating_duration_since(begun);
        let rest = match self.interval.checked_sub(busy) {
            Some(rest) => rest,
            None => busy.min(LONGEST),
        };
        self.rest_until = Some(now + rest);
        let used_until = self.used_until.map_or(begun, |until| until.max(begun)) + busy + rest;
        self.used_until = Some(used_until);
        self.swift_from = if busy < self.interval {
            used_until
                .checked_sub(self.interval * EARLY)
                .map(|from| from.max(now))
        } else {
            self.rest_until
        };
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::FramePacer;

    const INTERVAL: Duration = Duration::from_millis(16);

    fn drawn(at: Instant, took: Duration) -> FramePacer {
        let mut pace = FramePacer::new(INTERVAL);
        pace.touch();
        pace.begin(at);
        pace.taken(at + took);
        pace
    }

    #[test]
    fn a_clean_screen_is_never_due() {
        let now = Instant::now();
        assert_eq!(FramePacer::new(INTERVAL).due(now), None);
        assert_eq!(drawn(now, Duration::ZERO).due(now), None);
    }

    #[test]
    fn the_first_frame_is_due_at_once() {
        let now = Instant::now();
        let mut pace = FramePacer::new(INTERVAL);
        pace.touch();
        assert_eq!(pace.due(now), Some(now));
    }

    #[test]
    fn frames_keep_their_distance_from_start_to_start() {
        let start = Instant::now();
        let took = Duration::from_millis(2);
        let mut pace = drawn(start, took);
        pace.hear();
        assert_eq!(pace.due(start), Some(start + INTERVAL));
    }

    #[test]
    fn frames_that_are_awaited_may_come_early_and_not_more_often_in_the_long_run() {
        let start = Instant::now();
        let mut pace = drawn(start, Duration::ZERO);
        let mut times = Vec::new();
        for _ in 0..5 {
            pace.touch();
            let now = pace.due(start).unwrap();
            pace.begin(now);
            pace.taken(now);
            times.push(now);
        }
        let expected = [0, 0, 1, 2, 3].map(|frames| start + frames * INTERVAL);
        assert_eq!(times, expected);
    }

    #[test]
    fn a_slow_terminal_gets_fewer_frames() {
        let start = Instant::now();
        let took = Duration::from_millis(200);
        let mut pace = drawn(start, took);
        pace.touch();
        assert_eq!(pace.due(start), Some(start + took + took));
    }

    #[test]
    fn news_keeps_to_its_budget_and_what_is_awaited_does_not_wait_for_it() {
        let start = Instant::now();
        let mut pace = FramePacer::new(INTERVAL);
        let (mut now, mut sent) = (start, 0);
        while now < start + Duration::from_secs(20) {
            pace.hear();
            now = pace.due(now).unwrap().max(now);
            pace.begin(now);
            pace.spend(4_000);
            pace.taken(now);
            sent += 4_000;
        }
        assert!((100_000..=116_000).contains(&sent), "{sent} bytes in 20 s");
        pace.hear();
        assert!(pace.due(now) > Some(now + INTERVAL));
        pace.touch();
        assert_eq!(pace.due(now), Some(now));
        pace.begin(now);
        pace.spend(1_000_000);
        pace.taken(now);
        pace.hear();
        assert!(pace.due(now) < Some(now + Duration::from_secs(2)));
    }

    #[test]
    fn nothing_is_due_on_a_terminal_that_is_gone() {
        let now = Instant::now();
        let mut pace = FramePacer::new(INTERVAL);
        pace.touch();
        pace.block();
        pace.close();
        assert_eq!(pace.due(now), None);
        assert!(pace.is_closed() && !pace.is_blocked());
    }

    #[test]
    fn nothing_is_drawn_while_the_terminal_is_busy() {
        let now = Instant::now();
        let mut pace = FramePacer::new(INTERVAL);
        pace.touch();
        pace.begin(now);
        pace.block();
        pace.touch();
        assert_eq!(pace.due(now), None);
        pace.taken(now);
        assert_eq!(pace.due(now), Some(now));
    }
}
