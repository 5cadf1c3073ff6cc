//! One search under way: it reads piece by piece, the newest first, so that what it reached is known when its pages are
//! used up.

use std::time::Duration;

use crate::aws::{FilterPage, FilterRequest};
use crate::clock::Now;
use crate::logs::{LogEvent, TailTarget};
use crate::tail::page_run::{PageRun, RunPurpose, Stage};

/// Pages of one piece.
const PIECE_PAGES: f64 = 8.0;
/// The shortest piece, in milliseconds.
const PIECE_MS: i64 = 60_000;
/// How often in a row a page is asked for again.
const FAILURES: u32 = 10;
/// How much longer than the piece before one may be.
const GROWTH: i64 = 4;

/// A search under way.
#[derive(Debug)]
pub(super) struct LatePass {
    /// The service's time when it began.
    began_ms: i64,
    /// How far back it is to read.
    goal_ms: i64,
    /// All from here on was read.
    read_ms: i64,
    /// The page of the present piece that comes next; `None` once it is over.
    piece: Option<PageRun>,
    /// When a page was asked for that has not come.
    asked_at: Option<Duration>,
    /// Pages that may still be read.
    pages: f64,
    /// How often in a row a page did not come.
    failures: u32,
}

impl LatePass {
    /// Reads back from `newest_ms` to `goal_ms`, with so many pages; a millisecond of log takes `density` pages.
    pub(super) fn new(
        began_ms: i64,
        newest_ms: i64,
        goal_ms: i64,
        pages: f64,
        density: f64,
    ) -> Self {
        let mut pass = Self {
            began_ms,
            goal_ms: goal_ms.min(newest_ms).max(0),
            read_ms: newest_ms,
            piece: None,
            asked_at: None,
            pages,
            failures: 0,
        };
        pass.piece = Some(pass.next_piece(density, i64::MAX));
        pass
    }

    pub(super) const fn began_ms(&self) -> i64 {
        self.began_ms
    }

    /// All from here on was read.
    pub(super) const fn read_ms(&self) -> i64 {
        self.read_ms
    }

    /// Whether a page was asked for and has not come.
    pub(super) const fn is_asked(&self) -> bool {
        self.asked_at.is_some()
    }

    /// Whether there is a page to ask for now.
    pub(super) fn is_due(&self, now: Now) -> bool {
        self.piece.as_ref().is_some_and(|piece| piece.is_due(now))
    }

    /// Whether it has read all it was to read, or all it may.
    pub(super) const fn is_over(&self) -> bool {
        self.piece.is_none()
    }

    pub(super) fn request(
        &mut self,
        group: &str,
        wanted: &TailTarget,
        now: Now,
    ) -> Option<FilterRequest> {
        self.asked_at = Some(now.at);
        self.piece.as_mut().map(|it| it.request(group, wanted))
    }

    /// Takes a page; gives its events, and when it was asked for. `None` when none was.
    pub(super) fn take(&mut self, page: FilterPage) -> Option<(Vec<LogEvent>, Duration)> {
        let asked_at = self.asked_at.take()?;
        let piece = self.piece.as_mut()?;
        let (events, stage) = piece.take(page);
        self.pages -= 1.0;
        self.failures = 0;
        match stage {
            Stage::Done => self.go_back(),
            // A burst that nobody could foresee, or pages that lead in a circle.
            Stage::Going if self.pages <= -PIECE_PAGES => self.piece = None,
            Stage::Stuck => self.piece = None,
            Stage::Going => {}
        }
        Some((events, asked_at))
    }

    /// A piece was read: goes on with the one before it.
    fn go_back(&mut self) {
        let Some(piece) = self.piece.take() else {
            return;
        };
        let length_ms = self.read_ms - piece.start_ms();
        self.read_ms = piece.start_ms();
        if self.read_ms > self.goal_ms && self.pages >= 1.0 {
            let density = piece.cost() / length_ms.max(1) as f64;
            self.piece = Some(self.next_piece(density, length_ms.saturating_mul(GROWTH)));
        }
    }

    fn next_piece(&self, density: f64, most_ms: i64) -> PageRun {
        let pages = PIECE_PAGES.min(self.pages);
        #[expect(clippy::cast_possible_truncation, reason = "a cast that saturates")]
        let length_ms = (pages / density.max(1e-12)) as i64;
        let length_ms = length_ms.min(most_ms).max(PIECE_MS);
        let from_ms = self.read_ms.saturating_sub(length_ms).max(self.goal_ms);
        PageRun::new(RunPurpose::Late, from_ms, self.began_ms).until(self.read_ms - 1)
    }

    /// A page did not come: it is asked for again after a pause, without its token when that was refused. False when that
    /// was tried too often.
    pub(super) fn fail(&mut self, is_refused: bool, now: Now, pause: Duration) -> bool {
        self.asked_at = None;
        self.failures += 1;
        let Some(piece) = &mut self.piece else {
            return false;
        };
        let stage = is_refused.then(|| piece.drop_token()).flatten();
        piece.put_off(now.at + pause);
        stage != Some(Stage::Stuck) && self.failures <= FAILURES
    }
}
