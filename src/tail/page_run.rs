//! One reading of a group's stored events, page by page.

use std::collections::HashSet;
use std::time::Duration;

use crate::aws::{FilterPage, FilterRequest};
use crate::logs::LogEvent;

/// How often one page run starts anew where it was, after a token that leads nowhere.
const RESTARTS: u32 = 3;
/// A page is full with this many events, or bytes.
const FULL: (f64, f64) = (10_000.0, 1_000_000.0);

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
}

/// A page run under way.
#[derive(Debug)]
pub(super) struct PageRun {
    pub(super) purpose: RunPurpose,
    pub(super) from_ms: i64,
    /// The last time, itself included; `None` reads on into the future.
    to_ms: Option<i64>,
    /// The service's time when it began.
    pub(super) began_ms: i64,
    /// Whether a page was asked for and has not come.
    pub(super) is_asking: bool,
    /// Not to be gone on with before this.
    pub(super) not_before: Duration,
    token: Option<String>,
    /// Where the pages that belong to the token began.
    base_ms: i64,
    /// Up to which time events were read, and the ids of those at that very time.
    position_ms: i64,
    at_position: HashSet<Box<str>>,
    /// The ids of the page before: pages may overlap.
    before: HashSet<Box<str>>,
    restarts: u32,
    pages: u32,
    events: usize,
    bytes: usize,
    /// The time of the last event that is wanted, when the number is limited and reached.
    cut_ms: Option<i64>,
    /// The newest events so far, the oldest first, from a service that begins with the oldest although it was asked for
    /// the newest.
    from_head: Option<Vec<LogEvent>>,
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
            is_asking: false,
            not_before: Duration::ZERO,
            token: None,
            base_ms: from_ms,
            position_ms: from_ms,
            at_position: HashSet::new(),
            before: HashSet::new(),
            restarts: 0,
            pages: 0,
            events: 0,
            bytes: 0,
            cut_ms: None,
            from_head: None,
        }
    }

    /// The same page run, up to a time.
    pub(super) fn until(self, to_ms: i64) -> Self {
        Self {
            to_ms: Some(to_ms),
            ..self
        }
    }

    /// What to ask for next.
    pub(super) fn request(
        &mut self,
        group: &str,
        streams: &[String],
        pattern: &str,
    ) -> FilterRequest {
        self.is_asking = true;
        let newest_first = matches!(self.purpose, RunPurpose::Paint(_));
        FilterRequest {
            group: group.to_owned(),
            streams: streams.to_vec(),
            pattern: pattern.to_owned(),
            from_ms: self.base_ms,
            to_ms: self.to_ms,
            newest_first,
            limit: self.limit(),
            next: self.token.clone(),
        }
    }

    /// Takes a page; gives its events, the oldest first, without those that a restart brought again.
    pub(super) fn page(&mut self, page: FilterPage) -> (Vec<LogEvent>, Stage) {
        self.is_asking = false;
        self.pages += 1;
        let mut events = page.events;
        if let RunPurpose::Paint(most) = self.purpose
            && (self.from_head.is_some() || ascends(&events))
        {
            return self.page_from_head(events, page.next, most);
        }
        let mut enough = false;
        if let RunPurpose::Paint(most) = self.purpose {
            enough = self.cut(&mut events, most);
            // Newest first as they came: within a millisecond only their order says which was written first.
            events.reverse();
        } else {
            let is_known = |id: &str| self.at_position.contains(id) || self.before.contains(id);
            events.retain(|event| !event.id.as_deref().is_some_and(is_known));
            self.advance(&events);
        }
        self.events += events.len();
        self.bytes += events
            .iter()
            .map(|event| event.message.len() + 26)
            .sum::<usize>();
        let stage = match page.next {
            None => Stage::Done,
            Some(_) if enough => Stage::Done,
            Some(next) if self.token.as_ref() == Some(&next) => self.restart(),
            next => {
                self.token = next;
                Stage::Going
            }
        };
        (events, stage)
    }

    /// Takes a page from a service that begins with the oldest: the newest are known after the last page.
    fn page_from_head(
        &mut self,
        events: Vec<LogEvent>,
        next: Option<String>,
        most: usize,
    ) -> (Vec<LogEvent>, Stage) {
        let mut newest = self.from_head.take().unwrap_or_default();
        if next.is_some() && next == self.token {
            return (Vec::new(), self.restart());
        }
        newest.extend(events);
        newest.reverse();
        self.cut(&mut newest, most);
        newest.reverse();
        if next.is_some() {
            self.token = next;
            self.from_head = Some(newest);
            return (Vec::new(), Stage::Going);
        }
        self.events += newest.len();
        (newest, Stage::Done)
    }

    /// The token was refused, or leads in a circle: begins anew where the last event was. Too often at one place, it is
    /// stuck; it may be tried again later.
    pub(super) fn restart(&mut self) -> Stage {
        self.is_asking = false;
        self.token = None;
        self.base_ms = self.position_ms;
        if matches!(self.purpose, RunPurpose::Paint(_)) {
            // The newest come again, and count again.
            (self.events, self.cut_ms) = (0, None);
        }
        self.restarts += 1;
        if self.restarts > RESTARTS {
            self.restarts = 0;
            Stage::Stuck
        } else {
            Stage::Going
        }
    }

    /// Whether the last request went on from a page before.
    pub(super) const fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// Whether no page has come yet.
    pub(super) const fn is_first(&self) -> bool {
        self.pages == 0
    }

    /// Events read so far.
    pub(super) const fn events(&self) -> usize {
        self.events
    }

    /// Whether a first picture has taken so long that it is shown as it is. What comes with its last page is waited for.
    pub(super) fn is_tired(&self) -> bool {
        let is_picture = matches!(self.purpose, RunPurpose::Paint(_));
        is_picture && self.from_head.is_none() && self.cost() > f64::from(PAINT_PAGES)
    }

    /// How many pages it took, a last one that was not full in parts.
    pub(super) fn cost(&self) -> f64 {
        let fullness = (self.events as f64 / FULL.0).max(self.bytes as f64 / FULL.1);
        fullness.max(f64::from(self.pages.saturating_sub(1)))
    }

    /// One event more than is wanted says whether the last one shares its millisecond with others.
    fn limit(&self) -> Option<u16> {
        match self.purpose {
            RunPurpose::Paint(_) if self.from_head.is_some() => None,
            RunPurpose::Paint(most) => u16::try_from(most + 1).ok(),
            RunPurpose::History | RunPurpose::Recent | RunPurpose::Deep => None,
        }
    }

    /// Leaves out what is older than the last event that is wanted; gives whether that was met. A millisecond is never
    /// split.
    fn cut(&mut self, events: &mut Vec<LogEvent>, most: usize) -> bool {
        let left = most.saturating_sub(self.events);
        if let Some(last) = left.checked_sub(1).and_then(|last| events.get(last)) {
            self.cut_ms = Some(last.time_ms);
        }
        let is_older = |event: &LogEvent| self.cut_ms.is_some_and(|cut_ms| event.time_ms < cut_ms);
        let end = events.iter().position(is_older);
        events.truncate(end.unwrap_or(events.len()));
        end.is_some()
    }

    fn advance(&mut self, events: &[LogEvent]) {
        if events.is_empty() {
            return;
        }
        // Wherever it was restarted, it got on.
        self.restarts = 0;
        self.before = events.iter().filter_map(|event| event.id.clone()).collect();
        for event in events {
            if event.time_ms > self.position_ms {
                self.position_ms = event.time_ms;
                self.at_position.clear();
            }
            if event.time_ms == self.position_ms {
                self.at_position.extend(event.id.clone());
            }
        }
    }
}

/// Whether events come the oldest first.
fn ascends(events: &[LogEvent]) -> bool {
    let ends = events.first().zip(events.last());
    ends.is_some_and(|(first, last)| first.time_ms < last.time_ms)
}
