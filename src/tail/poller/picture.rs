//! What is told of the past of a group: all since a time, or the first picture: how far back it looks, and where the tail
//! begins after it.

use super::reach::settled_ms;
use crate::logs::LogEvent;
use crate::tail::page_run::{PageRun, RunPurpose};

/// How far back the first picture looks, step by step, until it is full. The last step is as far as can be.
const PAINT_MS: [i64; 4] = [FIRST_MS, 24 * 3_600_000, 30 * 24 * 3_600_000, i64::MAX / 2];
/// How far back it looks at first, in milliseconds.
const FIRST_MS: i64 = 3_600_000;
/// The service reads the newest first only from here on, 2024-01-01, in Unix milliseconds.
const NEWEST_FIRST_MS: i64 = 1_704_067_200_000;

/// What is told of the past.
#[derive(Debug)]
pub(super) struct FirstPicture {
    /// Of what was there before the tail nothing earlier is told: it is before what was asked for, or was cut off the first
    /// picture.
    first_ms: i64,
    /// When the tail began, or the first picture: what was taken in later is new.
    opened_ms: i64,
    /// The oldest event of the first picture.
    oldest_ms: Option<i64>,
    /// Steps it took so far.
    steps: usize,
}

impl FirstPicture {
    /// Nothing was read yet.
    pub(super) fn new(since_ms: Option<i64>, server_ms: i64) -> Self {
        Self {
            first_ms: since_ms.unwrap_or(i64::MIN),
            opened_ms: server_ms,
            oldest_ms: None,
            steps: 1,
        }
    }

    /// The page run that reads all since a time, or the newest events, so many.
    pub(super) fn page_run(since_ms: Option<i64>, most: usize, server_ms: i64) -> PageRun {
        match since_ms {
            Some(since_ms) => PageRun::new(RunPurpose::History, since_ms, server_ms),
            None => PageRun::new(RunPurpose::Paint(most), server_ms - FIRST_MS, server_ms),
        }
    }

    /// Whether an event that arrives was there before the tail, and is older than what is told of that. What is new is told
    /// however late it is.
    pub(super) const fn leaves_out(&self, event: &LogEvent) -> bool {
        event.time_ms < self.first_ms && event.ingested_ms < self.opened_ms
    }

    /// Takes events into the first picture.
    pub(super) fn take(&mut self, events: &[LogEvent]) {
        let times = events.iter().map(|event| event.time_ms);
        self.oldest_ms = times.chain(self.oldest_ms).min();
    }

    /// The picture is not full: looks at what is before it. `None` when that was far enough, or took too long.
    pub(super) fn look_further(&mut self, page_run: &PageRun, most: usize) -> Option<PageRun> {
        let left = most.saturating_sub(page_run.events());
        let back_ms = PAINT_MS.get(self.steps);
        let is_wanted = left > 0 && !page_run.is_tired();
        let back_ms = back_ms.filter(|_| is_wanted && page_run.start_ms() > NEWEST_FIRST_MS)?;
        self.steps += 1;
        let from_ms = (page_run.began_ms() - back_ms).max(NEWEST_FIRST_MS);
        let next = PageRun::new(RunPurpose::Paint(left), from_ms, page_run.began_ms());
        Some(next.until(page_run.start_ms() - 1))
    }

    /// The picture is where the tail begins, when something older was left out of it. When all there was is in it,
    /// whatever turns up is new, however late it is. Gives from when on sweeps look.
    pub(super) fn finish(&mut self, page_run: &PageRun, most: usize) -> i64 {
        let is_cut = page_run.events() >= most || page_run.is_tired();
        let oldest_ms = self.oldest_ms.filter(|_| is_cut);
        self.opened_ms = page_run.began_ms();
        self.first_ms = oldest_ms.unwrap_or(i64::MIN);
        oldest_ms.unwrap_or(settled_ms(page_run.began_ms()))
    }
}
