//! When the next frame is due: at once after a rest, then at most one per interval, fewer on a slow terminal.

use std::time::{Duration, Instant};

/// The longest rest between two frames, however slow the terminal is.
const LONGEST: Duration = Duration::from_secs(1);

/// Decides about frames. Says nothing about a state that has been drawn already.
#[derive(Debug)]
pub(super) struct Pace {
    interval: Duration,
    dirty: bool,
    /// When the frame was begun that the terminal has not taken yet.
    begun: Option<Instant>,
    /// The earliest time of the next frame.
    rest_until: Option<Instant>,
    outlet: Outlet,
}

/// Whether the terminal takes output.
#[derive(Debug, PartialEq)]
enum Outlet {
    Open,
    /// Not all that was sent is taken yet.
    Blocked,
    /// The terminal is gone.
    Closed,
}

impl Pace {
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            interval,
            dirty: false,
            begun: None,
            rest_until: None,
            outlet: Outlet::Open,
        }
    }

    /// There is something to draw.
    pub(super) fn touch(&mut self) {
        self.dirty = true;
    }

    /// True while the terminal has not taken all that was sent.
    pub(super) fn is_blocked(&self) -> bool {
        self.outlet == Outlet::Blocked
    }

    /// True once the terminal is gone.
    pub(super) fn is_closed(&self) -> bool {
        self.outlet == Outlet::Closed
    }

    /// When to draw; `None` while there is nothing to draw, or nowhere to.
    pub(super) fn due(&self, now: Instant) -> Option<Instant> {
        let is_waiting = self.dirty && self.outlet == Outlet::Open;
        is_waiting.then(|| self.rest_until.unwrap_or(now))
    }

    /// A frame is being drawn.
    pub(super) fn begin(&mut self, now: Instant) {
        self.dirty = false;
        self.begun = Some(now);
    }

    /// The terminal did not take everything yet.
    pub(super) fn block(&mut self) {
        self.outlet = Outlet::Blocked;
    }

    /// The terminal is gone; nothing is ever due again.
    pub(super) fn close(&mut self) {
        self.outlet = Outlet::Closed;
    }

    /// The terminal took everything. One that needed longer than the interval gets as long to rest.
    pub(super) fn taken(&mut self, now: Instant) {
        self.outlet = Outlet::Open;
        let Some(begun) = self.begun.take() else {
            return;
        };
        let busy = now.saturating_duration_since(begun);
        let rest = match self.interval.checked_sub(busy) {
            Some(rest) => rest,
            None => busy.min(LONGEST),
        };
        self.rest_until = Some(now + rest);
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Pace;

    const INTERVAL: Duration = Duration::from_millis(16);

    fn drawn(at: Instant, took: Duration) -> Pace {
        let mut pace = Pace::new(INTERVAL);
        pace.touch();
        pace.begin(at);
        pace.taken(at + took);
        pace
    }

    #[test]
    fn a_clean_screen_is_never_due() {
        let now = Instant::now();
        assert_eq!(Pace::new(INTERVAL).due(now), None);
        assert_eq!(drawn(now, Duration::ZERO).due(now), None);
    }

    #[test]
    fn the_first_frame_is_due_at_once() {
        let now = Instant::now();
        let mut pace = Pace::new(INTERVAL);
        pace.touch();
        assert_eq!(pace.due(now), Some(now));
    }

    #[test]
    fn frames_keep_their_distance_from_start_to_start() {
        let start = Instant::now();
        let mut pace = drawn(start, Duration::from_millis(2));
        pace.touch();
        assert_eq!(pace.due(start), Some(start + INTERVAL));
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
    fn nothing_is_due_on_a_terminal_that_is_gone() {
        let now = Instant::now();
        let mut pace = Pace::new(INTERVAL);
        pace.touch();
        pace.block();
        pace.close();
        assert_eq!(pace.due(now), None);
        assert!(pace.is_closed() && !pace.is_blocked());
    }

    #[test]
    fn nothing_is_drawn_while_the_terminal_is_busy() {
        let now = Instant::now();
        let mut pace = Pace::new(INTERVAL);
        pace.touch();
        pace.begin(now);
        pace.block();
        pace.touch();
        assert_eq!(pace.due(now), None);
        pace.taken(now);
        assert_eq!(pace.due(now), Some(now + INTERVAL));
    }
}
