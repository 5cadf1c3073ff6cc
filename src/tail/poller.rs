//! What is known of one group: up to where its stored events were read, and when to read them again.
//!
//! Invariant: each sweep begins `back` before the place where the one before it began, so that every event that becomes
//! readable within `back` of its own time is met by a sweep, however long sweeps take or fail.

mod pace;
mod picture;
mod reach;

use std::time::Duration;

use super::gaps::span;
use super::page_run::{PageRun, RunPurpose, Stage};
use crate::aws::{FilterPage, FilterRequest};
use crate::clock::Now;
use crate::logs::{LogEvent, Marker, MarkerKind};
use crate::planted::{Planted, is_planted};
pub(super) use pace::{Circumstances, PollPace};

/// How far back a deep sweep looks at least, and at most, in milliseconds.
const DEEP_MS: (i64, i64) = (120_000, 900_000);
/// How many pages a deep sweep may take beyond what it looks at anyway.
const DEEP_PAGES: f64 = 5.0;
/// How often a group is swept deeply.
const DEEP_EVERY: Duration = Duration::from_mins(1);
/// How far back the sweeps in between look, in milliseconds: where little is written, and where much.
const RECENT_MS: (i64, i64) = (120_000, 10_000);
/// So many pages in two minutes are much.
const MUCH: f64 = 1.0;
/// Events taken in this shortly before a sweep began are left to the live session, which brings them in a moment: they
/// are not lost. Should it not bring them, the next sweep does, which looks back so much further. In milliseconds.
pub(super) const YOUNG_MS: i64 = 5_000;
/// How soon a reading whose pages lead in a circle is tried again.
const CIRCLE: Duration = Duration::from_secs(2);

/// One group.
#[derive(Debug)]
pub(super) struct GroupPoller {
    pub(super) name: String,
    /// Which session group it belongs to.
    pub(super) session_group: usize,
    /// Of what was there before the tail nothing earlier is told: it is before what was asked for, or was cut off the first
    /// picture.
    first_ms: i64,
    /// When the tail began, or the first picture: what was taken in later is new.
    opened_ms: i64,
    /// No sweep looks at anything earlier.
    begin_ms: i64,
    /// The oldest event of the first picture.
    painted_ms: Option<i64>,
    /// Up to which of the service's times everything was read.
    reach_ms: i64,
    /// The same, for deep sweeps.
    deep_ms: i64,
    /// Where the last sweep that was finished began to look.
    looked_ms: i64,
    deep_at: Duration,
    swept_at: Option<Duration>,
    urgent: bool,
    /// Pages per millisecond of log.
    density: f64,
    page_run: Option<PageRun>,
    paints: usize,
    failures: u32,
    failing: Option<(Duration, String)>,
    /// Since when a page is asked for and has not come, be it under a token that was refused meanwhile.
    asked_at: Option<Duration>,
    /// Whether a page of it ever came.
    was_read: bool,
    /// Whether the others go on without it.
    is_absent: bool,
}

impl GroupPoller {
    /// A group whose newest events are wanted, or all since a time.
    pub(super) fn new(
        name: String,
        session_group: usize,
        since_ms: Option<i64>,
        paint: usize,
        server_ms: i64,
    ) -> Self {
        let purpose = match since_ms {
            Some(_) => RunPurpose::History,
            None => RunPurpose::Paint(paint),
        };
        let from_ms = since_ms.unwrap_or(server_ms - picture::FIRST_MS);
        Self {
            name,
            session_group,
            first_ms: since_ms.unwrap_or(i64::MIN),
            opened_ms: server_ms,
            begin_ms: from_ms,
            painted_ms: None,
            reach_ms: server_ms,
            deep_ms: server_ms,
            looked_ms: from_ms,
            deep_at: Duration::ZERO,
            swept_at: None,
            urgent: false,
            density: 0.0,
            page_run: Some(PageRun::new(purpose, from_ms, server_ms)),
            paints: 1,
            failures: 0,
            failing: None,
            asked_at: None,
            was_read: false,
            is_absent: false,
        }
    }

    /// Whether an event that arrives was there before the tail, and is older than what is told of that. What is new is told
    /// however late it is.
    pub(super) const fn leaves_out(&self, event: &LogEvent) -> bool {
        event.time_ms < self.first_ms && event.ingested_ms < self.opened_ms
    }

    /// Whether what was there before the tail is still being read.
    pub(super) fn is_opening(&self) -> bool {
        let opens = |page_run: &PageRun| {
            matches!(page_run.purpose, RunPurpose::Paint(_) | RunPurpose::History)
        };
        self.page_run.as_ref().is_some_and(opens)
    }

    /// Whether nothing was read yet.
    pub(super) const fn is_first(&self) -> bool {
        !self.was_read
    }

    /// Whether the others go on without it: nothing of it was ever read, and it is no gap.
    pub(super) const fn is_absent(&self) -> bool {
        self.is_absent
    }

    /// Lets the others go on without it.
    pub(super) const fn leave_out(&mut self) {
        self.is_absent = true;
    }

    /// It can be read after all.
    pub(super) const fn join_in(&mut self) {
        self.is_absent = false;
    }

    /// The earliest time a sweep that is under way or to come looks at.
    pub(super) fn earliest_ms(&self) -> i64 {
        let next_ms = (self.reach_ms - RECENT_MS.0).min(self.deep_ms - self.deep_back());
        let next_ms = next_ms - YOUNG_MS;
        let sweeps =
            |page_run: &&PageRun| matches!(page_run.purpose, RunPurpose::Recent | RunPurpose::Deep);
        let page_run = self.page_run.as_ref().filter(sweeps);
        let next_ms = next_ms.max(self.begin_ms);
        page_run.map_or(next_ms, |page_run| next_ms.min(page_run.from_ms))
    }

    /// What the next sweep has to leave out, because too much was told since to tell what was.
    pub(super) fn skipped(&self, c: Circumstances) -> Option<Marker> {
        if self.page_run.is_some() || c.floor_ms <= self.reach_ms {
            return None;
        }
        let length = span(c.floor_ms - self.reach_ms);
        let text = format!("unchecked {length}: too many events to tell which are missing");
        Some(Marker {
            time_ms: c.floor_ms,
            kind: MarkerKind::Unchecked,
            text,
        })
    }

    /// Since when reading fails, and why.
    pub(super) const fn failing(&self) -> Option<&(Duration, String)> {
        self.failing.as_ref()
    }

    /// Since when nothing vouches for its events, and why: reading fails, or the page that was asked for does not come.
    pub(super) fn doubtful(&self) -> Option<(Duration, &str)> {
        let failing = self
            .failing
            .as_ref()
            .map(|(since, why)| (*since, why.as_str()));
        let waiting = self.asked_at.filter(|_| self.was_read);
        failing.or(waiting.map(|since| (since, "no answer yet")))
    }

    /// Asks for a sweep as soon as can be.
    pub(super) const fn poll_soon(&mut self) {
        self.urgent = true;
    }

    /// Asks for a sweep that looks far back, as soon as can be: whatever came late meanwhile was missed too.
    pub(super) const fn poll_deep_soon(&mut self) {
        self.urgent = true;
        self.deep_at = Duration::ZERO;
    }

    /// What a planted fault makes of a session that is open again: the sweeps leave out what was before.
    pub(super) fn forget_gap(&mut self, server_ms: i64) {
        self.begin_ms = self.begin_ms.max(server_ms);
    }

    /// Goes back, so that what was lost after it was read is read again.
    pub(super) fn rewind(&mut self, to_ms: i64) {
        self.reach_ms = self.reach_ms.min(to_ms);
        self.deep_ms = self.deep_ms.min(to_ms);
        self.poll_soon();
    }

    /// Whether there is a page to ask for now.
    pub(super) fn is_due(&self, c: Circumstances) -> bool {
        if let Some(page_run) = &self.page_run {
            return !page_run.is_asking && c.now.at >= page_run.not_before;
        }
        let since = c.now.since(self.swept_at.unwrap_or_default());
        since >= c.pace.period() || (self.urgent && since >= PollPace::Poll.period())
    }

    /// The page to ask for, when one is due.
    pub(super) fn request(
        &mut self,
        c: Circumstances,
        streams: &[String],
        pattern: &str,
    ) -> FilterRequest {
        let page_run = match self.page_run.take() {
            Some(page_run) => page_run,
            None => self.sweep(c),
        };
        let page_run = self.page_run.insert(page_run);
        self.asked_at.get_or_insert(c.now.at);
        page_run.request(&self.name, streams, pattern)
    }

    fn sweep(&mut self, c: Circumstances) -> PageRun {
        self.urgent = false;
        let (purpose, from_ms) = if c.now.at >= self.deep_at {
            (RunPurpose::Deep, self.deep_ms - self.deep_back())
        } else {
            (RunPurpose::Recent, self.reach_ms - self.recent_back())
        };
        let short_ms = is_planted(Planted::ShortSweep).then(|| self.reach_ms - RECENT_MS.1);
        let from_ms = short_ms.unwrap_or(from_ms) - YOUNG_MS;
        let from_ms = from_ms.max(self.begin_ms).max(c.floor_ms);
        self.swept_at = Some(c.now.at);
        PageRun::new(purpose, from_ms, c.server_ms)
    }

    fn recent_back(&self) -> i64 {
        if self.density * RECENT_MS.0 as f64 <= MUCH {
            RECENT_MS.0
        } else {
            RECENT_MS.1
        }
    }

    /// As far back as its pages reach.
    fn deep_back(&self) -> i64 {
        let reach = DEEP_PAGES / self.density.max(1e-9);
        #[expect(clippy::cast_possible_truncation, reason = "clamped to minutes")]
        let reach = reach.clamp(DEEP_MS.0 as f64, DEEP_MS.1 as f64) as i64;
        reach
    }

    /// Takes a page; gives its events, what the page run was for and when it began. `None` for a page nobody waits for.
    pub(super) fn page(&mut self, page: FilterPage, c: Circumstances) -> Option<PageEvents> {
        let page_run = self.page_run.as_mut()?;
        (self.was_read, self.asked_at) = (true, None);
        let (events, stage) = page_run.page(page);
        if matches!(page_run.purpose, RunPurpose::Paint(_)) {
            let oldest_ms = events.iter().map(|event| event.time_ms).min();
            self.painted_ms = [self.painted_ms, oldest_ms].into_iter().flatten().min();
        }
        let taken = PageEvents {
            events,
            purpose: page_run.purpose,
            swept_at: self.swept_at,
            settled_ms: match page_run.purpose {
                RunPurpose::History => page_run.began_ms - DEEP_MS.0,
                _ => i64::MIN,
            },
        };
        if stage != Stage::Stuck {
            self.failures = 0;
            self.failing = None;
        }
        self.go_on(stage, c);
        Some(taken)
    }

    /// The token of the page before was refused; goes on without it. False when there was none.
    pub(super) fn lost_token(&mut self, now: Now) -> bool {
        let Some(page_run) = self
            .page_run
            .as_mut()
            .filter(|page_run| page_run.has_token())
        else {
            return false;
        };
        let stage = page_run.restart();
        if stage == Stage::Stuck {
            self.stuck(now);
        }
        true
    }

    /// The pages lead nowhere. A sweep is followed by another one; what is read once is tried again where it was.
    fn stuck(&mut self, now: Now) {
        let sweeps =
            |page_run: &PageRun| matches!(page_run.purpose, RunPurpose::Recent | RunPurpose::Deep);
        if self.page_run.as_ref().is_some_and(sweeps) {
            self.page_run = None;
        }
        self.failed("the pages lead in a circle", now, |_failures| CIRCLE);
    }

    /// A page did not come; another try follows after `pause(failures so far)`.
    pub(super) fn failed(&mut self, why: &str, now: Now, pause: impl FnOnce(u32) -> Duration) {
        let asked_at = self.asked_at.take().unwrap_or(now.at);
        let since = self.failing.take().map_or(asked_at, |(since, _)| since);
        self.failing = Some((since, why.to_owned()));
        let pause = pause(self.failures);
        self.failures += 1;
        if let Some(page_run) = &mut self.page_run {
            page_run.is_asking = false;
            page_run.not_before = now.at + pause;
        }
    }

    fn go_on(&mut self, stage: Stage, c: Circumstances) {
        let Some(page_run) = &self.page_run else {
            return;
        };
        match stage {
            Stage::Going if !page_run.is_tired() => {}
            Stage::Stuck => self.stuck(c.now),
            Stage::Going | Stage::Done => self.end(c),
        }
    }

    fn end(&mut self, c: Circumstances) {
        let Some(page_run) = self.page_run.take() else {
            return;
        };
        let length_ms = (page_run.began_ms - page_run.from_ms).max(1);
        let density = page_run.cost() / length_ms as f64;
        match page_run.purpose {
            RunPurpose::Paint(most) => {
                if self.paint_further(&page_run, most) {
                    return;
                }
                self.painted(&page_run, most);
            }
            RunPurpose::History => {
                self.density = density;
                self.begin_ms = self.begin_ms.max(page_run.began_ms - DEEP_MS.0);
            }
            RunPurpose::Recent | RunPurpose::Deep => self.density = density,
        }
        (self.reach_ms, self.looked_ms) = (page_run.began_ms, page_run.from_ms);
        if page_run.purpose == RunPurpose::Recent {
            return;
        }
        self.deep_at = c.now.at + DEEP_EVERY;
        self.deep_ms = page_run.began_ms;
        self.swept_at.get_or_insert(c.now.at);
    }
}

/// What a page brought.
#[derive(Debug)]
pub(super) struct PageEvents {
    pub(super) events: Vec<LogEvent>,
    pub(super) purpose: RunPurpose,
    /// When a sweep began; nothing for what is read once.
    pub(super) swept_at: Option<Duration>,
    /// No sweep to come looks at times before this.
    pub(super) settled_ms: i64,
}
