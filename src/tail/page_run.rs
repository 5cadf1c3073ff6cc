//! One reading of a group's stored events, page by page.

mod amount;
mod cursor;
mod newest;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::aws::{FilterPage, FilterRequest};
use crate::clock::Now;
use crate::logs::{LogEvent, TailTarget};
use amount::ReadAmount;
use cursor::PageCursor;
use newest::NewestEvents;

/// Pages the first picture may take per step: a pattern that matches little must not hold up the tail.
const PAINT_PAGES: u32 = 10;

/// What a page run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunPurpose {
    /// The newest events, newest first, so many; and those that share the millisecond of the oldest of them.
    Paint(usize),
    /// Everything from a time on.
    History,
    /// What happened lately.
    Recent,
    /// What happened lately, and what came late.
    Deep,
    /// What came so late that no sweep in between found it.
    Late,
}

impl RunPurpose {
    /// Whether it makes sure that nothing was missed; the others read what was there before the tail.
    pub(super) const fn is_sweep(self) -> bool {
        matches!(self, Self::Recent | Self::Deep | Self::Late)
    }
}

/// A page run under way.
#[derive(Debug)]
pub(super) struct PageRun {
    purpose: RunPurpose,
    from_ms: i64,
    /// The last time, itself included; `None` reads on into the future.
    to_ms: Option<i64>,
    /// The service's time when it began.
    began_ms: i64,
    next: NextPage,
    cursor: PageCursor,
    read: ReadAmount,
    newest: NewestEvents,
}

/// When the next page can be asked for.
#[derive(Debug)]
enum NextPage {
    /// It was asked for and has not come.
    Asked,
    /// Not before this.
    From(Duration),
}

/// Where a page run stands after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// More pages follow.
    Going,
    /// It is whole.
    Done,
    /// It cannot be finished; another one may.
    Stuck,
}

impl PageRun {
    pub(super) fn new(purpose: RunPurpose, from_ms: i64, began_ms: i64) -> Self {
        Self {
            purpose,
            from_ms,
            to_ms: None,
            began_ms,
            next: NextPage::From(Duration::ZERO),
            cursor: PageCursor::new(from_ms),
            read: ReadAmount::default(),
            newest: NewestEvents::default(),
        }
    }

    /// The same page run, up to a time.
    pub(super) fn until(self, to_ms: i64) -> Self {
        Self {
            to_ms: Some(to_ms),
            ..self
        }
    }

    pub(super) const fn purpose(&self) -> RunPurpose {
        self.purpose
    }

    /// From which time on it reads.
    pub(super) const fn start_ms(&self) -> i64 {
        self.from_ms
    }

    /// The service's time when it began.
    pub(super) const fn began_ms(&self) -> i64 {
        self.began_ms
    }

    /// Whether there is a page to ask for now.
    pub(super) fn is_due(&self, now: Now) -> bool {
        matches!(self.next, NextPage::From(at) if now.at >= at)
    }

    /// What to ask for next.
    pub(super) fn request(&mut self, group: &str, wanted: &TailTarget) -> FilterRequest {
        self.next = NextPage::Asked;
        FilterRequest {
            group: group.to_owned(),
            streams: wanted.streams.clone(),
            pattern: wanted.pattern.clone(),
            from_ms: self.cursor.base_ms(),
            to_ms: self.to_ms,
            newest_first: matches!(self.purpose, RunPurpose::Paint(_)),
            limit: self.limit(),
            next: self.cursor.token().cloned(),
        }
    }

    /// One event more than is wanted says whether the last one shares its millisecond with others.
    fn limit(&self) -> Option<u16> {
        match self.purpose {
            RunPurpose::Paint(most) if !self.newest.is_from_head() => u16::try_from(most + 1).ok(),
            _ => None,
        }
    }

    /// The page that was asked for did not come; it is not asked for again before this.
    pub(super) const fn put_off(&mut self, until: Duration) {
        self.next = NextPage::From(until);
    }

    /// Takes a page; gives its events, the oldest first, without those that a restart brought again. The newest events are
    /// given together, once it is known which they are.
    pub(super) fn take(&mut self, page: FilterPage) -> (Vec<LogEvent>, Stage) {
        self.put_off(Duration::ZERO);
        self.read.add_page();
        let (mut events, mut next) = (page.events, page.next);
        let RunPurpose::Paint(most) = self.purpose else {
            self.cursor.pass(&mut events);
            self.read.add_events(&events);
            return (events, self.follow(next));
        };
        if self.newest.collect(events, most) {
            next = None;
        }
        let stage = self.follow(next);
        let newest = match stage {
            Stage::Done => self.newest.finish(),
            Stage::Going if self.is_tired() => self.newest.finish(),
            Stage::Going | Stage::Stuck => Vec::new(),
        };
        self.read.add_events(&newest);
        (newest, stage)
    }

    /// Goes to the next page, if there is one; a token that leads to itself leads in a circle.
    fn follow(&mut self, next: Option<String>) -> Stage {
        match next {
            None => Stage::Done,
            Some(next) if self.cursor.token() == Some(&next) => self.restart(),
            Some(next) => {
                self.cursor.follow(next);
                Stage::Going
            }
        }
    }

    /// Begins anew where it was.
    fn restart(&mut self) -> Stage {
        if matches!(self.purpose, RunPurpose::Paint(_)) {
            self.newest = NewestEvents::default();
        }
        self.cursor.restart()
    }

    /// The token of the last request was refused: begins anew where it was. `None` when there was no token.
    pub(super) fn drop_token(&mut self) -> Option<Stage> {
        self.cursor.token()?;
        self.put_off(Duration::ZERO);
        Some(self.restart())
    }

    /// Whether no page has come yet.
    pub(super) const fn is_first(&self) -> bool {
        self.read.pages() == 0
    }

    /// Events read so far.
    pub(super) const fn events(&self) -> usize {
        self.read.events()
    }

    /// Whether a first picture has taken so long that it is shown as it is. What comes with its last page is waited for.
    pub(super) fn is_tired(&self) -> bool {
        let is_picture = matches!(self.purpose, RunPurpose::Paint(_));
        is_picture && !self.newest.is_from_head() && self.read.cost() > f64::from(PAINT_PAGES)
    }

    /// How many pages it took, a last one that was not full in parts.
    pub(super) fn cost(&self) -> f64 {
        self.read.cost()
    }

    /// Pages per millisecond of log, for one that read up to when it began.
    pub(super) fn density(&self) -> f64 {
        let length_ms = (self.began_ms - self.from_ms).max(1);
        self.cost() / length_ms as f64
    }
}
