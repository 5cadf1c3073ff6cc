//! What is known of one group: up to where its stored events were read, and when to read them again.

mod health;
mod pace;
mod picture;
mod reach;
mod schedule;

use std::time::Duration;

use super::ids::SessionGroupId;
use super::page_run::{PageRun, RunPurpose, Stage};
use super::page_times::Beginning;
use super::scan::PageSource;
use crate::aws::{FilterPage, FilterRequest};
use crate::clock::Now;
use crate::logs::{LogEvent, Marker, MarkerKind, TailTarget};
use crate::text::clock_length;
use health::PollHealth;
pub(super) use pace::{Circumstances, PollPace};
use picture::FirstPicture;
use reach::SweepReach;
pub(super) use reach::settled_ms;
use schedule::SweepSchedule;

/// Events taken in this shortly before a sweep began are left to the live session, which brings them in a moment: they
/// are not lost. Should it not bring them, the next sweep does, which looks back so much further. In milliseconds.
pub(super) const YOUNG_MS: i64 = 5_000;
/// Queries look so far back for what came late, in milliseconds.
pub(super) const QUERIED_MS: i64 = 120_000;
/// How long a query may take or fail before the events meanwhile count as doubtful.
const QUERY_PATIENCE: Duration = Duration::from_mins(1);
/// How soon a reading whose pages lead in a circle is tried again.
const CIRCLE: Duration = Duration::from_secs(2);

/// One group.
#[derive(Debug)]
pub(super) struct GroupPoller {
    name: String,
    session_group: SessionGroupId,
    picture: FirstPicture,
    reach: SweepReach,
    schedule: SweepSchedule,
    health: PollHealth,
    page_run: Option<PageRun>,
    source: PageSource,
    /// Whether the others go on without it.
    is_absent: bool,
    /// When it was made, or a time when it was not there yet, where that is since the tail began: all of it is new.
    made_ms: Option<i64>,
}

impl GroupPoller {
    /// A group whose newest events are wanted, or all since a time.
    pub(super) fn new(
        name: String,
        session_group: SessionGroupId,
        since_ms: Option<i64>,
        paint: usize,
        server_ms: i64,
    ) -> Self {
        let page_run = FirstPicture::page_run(since_ms, paint, server_ms);
        Self {
            name,
            session_group,
            picture: FirstPicture::new(since_ms, server_ms),
            reach: SweepReach::new(page_run.start_ms(), server_ms),
            schedule: SweepSchedule::default(),
            health: PollHealth::default(),
            page_run: Some(page_run),
            source: PageSource::default(),
            is_absent: false,
            made_ms: None,
        }
    }

    /// A group that was made after the tail began: all since a time is wanted, and all that was taken in since then is new.
    pub(super) fn newcomer(
        name: String,
        session_group: SessionGroupId,
        since_ms: i64,
        made_ms: i64,
        server_ms: i64,
    ) -> Self {
        let mut poller = Self::new(name, session_group, Some(since_ms), 0, server_ms);
        poller.begin_as_new(since_ms, made_ms, server_ms);
        poller
    }

    /// It is not there yet: once it is, it is a group made after the tail began.
    pub(super) fn begin_as_new(&mut self, since_ms: i64, made_ms: i64, server_ms: i64) {
        self.made_ms = Some(made_ms);
        self.picture = FirstPicture::new(Some(since_ms), made_ms);
        self.reach = SweepReach::new(since_ms, server_ms);
        self.page_run = Some(FirstPicture::page_run(Some(since_ms), 0, server_ms));
    }

    /// From when on what is taken in is new, of a tail that began at this of the service's times.
    pub(super) fn beginning(&self, begun_ms: i64) -> Beginning {
        self.made_ms
            .map_or(Beginning::Tail(begun_ms), Beginning::Made)
    }

    /// Has it read by queries from now on; false when it is already, or was.
    pub(super) fn read_by_queries(&mut self) -> bool {
        if self.source != PageSource::Filter {
            return false;
        }
        self.source = PageSource::Query;
        self.reach.spare();
        if let Some(page_run) = &mut self.page_run {
            page_run.put_off(Duration::ZERO);
        }
        true
    }

    /// Has it read no more; the others go on without it.
    pub(super) const fn close(&mut self) {
        self.source = PageSource::Closed;
        self.is_absent = true;
    }

    /// What brings its pages.
    pub(super) const fn source(&self) -> PageSource {
        self.source
    }

    /// How long a page may be waited for before the events meanwhile count as doubtful, where that is longer than usual.
    pub(super) fn patience(&self) -> Duration {
        match self.source {
            PageSource::Query => QUERY_PATIENCE,
            PageSource::Filter | PageSource::Closed => Duration::ZERO,
        }
    }

    /// Whether what came late is looked for seldom and far back as well.
    pub(super) fn is_searched(&self) -> bool {
        self.source == PageSource::Filter && self.is_read()
    }

    /// The name of the group.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Which session group it belongs to.
    pub(super) const fn session_group(&self) -> SessionGroupId {
        self.session_group
    }

    /// Puts it into another session group.
    pub(super) const fn move_to(&mut self, session_group: SessionGroupId) {
        self.session_group = session_group;
    }

    /// Whether an event that arrives was there before the tail, and is older than what is told of that.
    pub(super) const fn leaves_out(&self, event: &LogEvent) -> bool {
        self.picture.leaves_out(event)
    }

    /// Whether what was there before the tail is still being read.
    pub(super) fn is_opening(&self) -> bool {
        let page_run = self.page_run.as_ref();
        page_run.is_some_and(|page_run| !page_run.purpose().is_sweep())
    }

    /// Whether nothing was read yet.
    pub(super) const fn is_first(&self) -> bool {
        !self.health.was_read()
    }

    /// Whether what was there before the tail was read, so that only what is new is still to come.
    pub(super) fn is_read(&self) -> bool {
        !self.is_absent && !self.is_first() && !self.is_opening()
    }

    /// Whether the others go on without it: nothing of it was ever read, and it is no gap.
    pub(super) const fn is_absent(&self) -> bool {
        self.is_absent
    }

    /// Lets the others go on without it; false when they do already.
    pub(super) const fn leave_out(&mut self) -> bool {
        !std::mem::replace(&mut self.is_absent, true)
    }

    /// It can be read after all; false when it could be all the time.
    pub(super) const fn join_in(&mut self) -> bool {
        std::mem::replace(&mut self.is_absent, false)
    }

    /// Up to which of the service's times everything was read.
    pub(super) const fn reach_ms(&self) -> i64 {
        self.reach.reach_ms()
    }

    /// Up to which of the service's times everything was read that happened from a time on.
    pub(super) fn reach_from_ms(&self, from_ms: i64) -> i64 {
        self.reach.reach_from_ms(from_ms)
    }

    /// Pages that a millisecond of its log takes, as far as that is known.
    pub(super) const fn density(&self) -> f64 {
        self.reach.density()
    }

    /// The earliest time a sweep that is under way or to come looks at.
    pub(super) fn earliest_ms(&self) -> i64 {
        let sweep = self.page_run.as_ref();
        let sweep = sweep.filter(|page_run| page_run.purpose().is_sweep());
        let next_ms = self.reach.earliest_ms();
        sweep.map_or(next_ms, |sweep| next_ms.min(sweep.start_ms()))
    }

    /// What the next sweep has to leave out, because too much was told since to tell what was.
    pub(super) fn skipped(&self, c: Circumstances) -> Option<Marker> {
        if self.page_run.is_some() || c.floor_ms <= self.reach_ms() {
            return None;
        }
        let length = clock_length(c.floor_ms - self.reach_ms());
        let text = format!("unchecked {length}: too many events to tell which are missing");
        Some(Marker {
            time_ms: c.floor_ms,
            kind: MarkerKind::Unchecked,
            text,
        })
    }

    /// Since when reading fails.
    pub(super) fn failing_since(&self) -> Option<Duration> {
        self.health.failing_since()
    }

    /// Since when nothing vouches for its events, and why.
    pub(super) fn doubtful(&self) -> Option<(Duration, &str)> {
        self.health.doubtful()
    }

    /// Asks for a sweep as soon as can be.
    pub(super) const fn poll_soon(&mut self) {
        self.schedule.hurry();
    }

    /// Asks for a sweep that looks far back, as soon as can be: whatever came late meanwhile was missed too.
    pub(super) const fn poll_deep_soon(&mut self) {
        self.schedule.hurry_deep();
    }

    /// Asks for a sweep that looks far back, unless one is under way.
    pub(super) fn deepen(&mut self) {
        let page_run = self.page_run.as_ref();
        if page_run.is_none_or(|page_run| page_run.purpose() != RunPurpose::Deep) {
            self.poll_deep_soon();
        }
    }

    /// What a planted fault makes of a session that is open again: the sweeps leave out what was before.
    pub(super) fn forget_gap(&mut self, server_ms: i64) {
        self.reach.begin_after(server_ms);
    }

    /// Goes back, so that what was lost after it was read is read again.
    pub(super) fn rewind(&mut self, to_ms: i64) {
        self.reach.rewind(to_ms);
        self.poll_soon();
    }

    /// Whether there is a page to ask for now.
    pub(super) fn is_due(&self, c: Circumstances) -> bool {
        let pace = match self.source {
            PageSource::Filter => c.pace,
            PageSource::Query => PollPace::Query,
            PageSource::Closed => return false,
        };
        match &self.page_run {
            Some(page_run) => page_run.is_due(c.now),
            None => self.schedule.is_due(c.now, pace),
        }
    }

    /// The page to ask for, when one is due.
    pub(super) fn request(&mut self, c: Circumstances, wanted: &TailTarget) -> FilterRequest {
        let page_run = match self.page_run.take() {
            Some(page_run) => page_run,
            None => self.sweep(c),
        };
        let page_run = self.page_run.insert(page_run);
        self.health.ask(c.now);
        page_run.request(&self.name, wanted)
    }

    fn sweep(&mut self, c: Circumstances) -> PageRun {
        let is_deep = self.schedule.begin(c.now) || self.source == PageSource::Query;
        let purpose = if is_deep {
            RunPurpose::Deep
        } else {
            RunPurpose::Recent
        };
        let from_ms = self.reach.look_from_ms(is_deep).max(c.floor_ms);
        PageRun::new(purpose, from_ms, c.server_ms)
    }

    /// Takes a page; gives its events, what the page run was for and when it began. `None` for a page nobody waits for.
    pub(super) fn take(&mut self, page: FilterPage, c: Circumstances) -> Option<PageEvents> {
        let page_run = self.page_run.as_mut()?;
        self.health.answer();
        let (events, stage) = page_run.take(page);
        let purpose = page_run.purpose();
        if matches!(purpose, RunPurpose::Paint(_)) {
            self.picture.take(&events);
        }
        let settled_ms = match purpose {
            RunPurpose::History => settled_ms(page_run.began_ms()),
            _ => i64::MIN,
        };
        if stage != Stage::Stuck {
            self.health.recover();
        }
        let taken = PageEvents {
            events,
            purpose,
            source: self.source,
            swept_at: self.schedule.swept_at(),
            settled_ms,
            reach_ms: self.reach.reach_ms(),
        };
        self.go_on(stage, c);
        Some(taken)
    }

    fn go_on(&mut self, stage: Stage, c: Circumstances) {
        let is_tired = self.page_run.as_ref().is_some_and(PageRun::is_tired);
        match stage {
            Stage::Going if !is_tired => {}
            Stage::Stuck => self.give_up_run(c.now),
            Stage::Going | Stage::Done => self.end_run(c.now),
        }
    }

    /// The token of the page before was refused; goes on without it. False when there was none.
    pub(super) fn drop_token(&mut self, now: Now) -> bool {
        let stage = self.page_run.as_mut().and_then(PageRun::drop_token);
        if stage == Some(Stage::Stuck) {
            self.give_up_run(now);
        }
        stage.is_some()
    }

    /// The pages lead nowhere. A sweep is followed by another one; what is read once is tried again where it was.
    fn give_up_run(&mut self, now: Now) {
        self.page_run = (self.page_run.take()).filter(|page_run| !page_run.purpose().is_sweep());
        self.fail("the pages lead in a circle", now, |_failures| CIRCLE);
    }

    /// A page did not come; another try follows after `pause(failures so far)`.
    pub(super) fn fail(&mut self, why: &str, now: Now, pause: impl FnOnce(u32) -> Duration) {
        let pause = pause(self.health.fail(why, now));
        if let Some(page_run) = &mut self.page_run {
            page_run.put_off(now.at + pause);
        }
    }

    /// The page run is whole, or as good as that.
    fn end_run(&mut self, now: Now) {
        let Some(page_run) = self.page_run.take() else {
            return;
        };
        if let RunPurpose::Paint(most) = page_run.purpose() {
            // A query further back would read, and cost, the more.
            if self.source == PageSource::Filter {
                self.page_run = self.picture.look_further(&page_run, most);
            }
            if self.page_run.is_some() {
                return;
            }
            self.reach.begin_at(self.picture.finish(&page_run, most));
        }
        self.reach.extend(&page_run);
        if page_run.purpose() != RunPurpose::Recent {
            self.schedule.put_off_deep(now);
        }
    }
}

/// What a page brought.
#[derive(Debug)]
pub(super) struct PageEvents {
    pub(super) events: Vec<LogEvent>,
    pub(super) purpose: RunPurpose,
    /// What brought it.
    pub(super) source: PageSource,
    /// When a sweep began; nothing for what is read once.
    pub(super) swept_at: Option<Duration>,
    /// No sweep to come looks at times before this.
    pub(super) settled_ms: i64,
    /// When the last reading before this one began, by the service's clock.
    pub(super) reach_ms: i64,
}
