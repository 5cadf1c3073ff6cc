//! The times that decide what an event of a page is: from before the tail, new, or so young that a live session brings it.

use super::page_run::RunPurpose;
use super::poller::{PageEvents, YOUNG_MS};
use super::scan::PageSource;
use super::server::ServerClock;
use super::session_group::SessionGroup;
use crate::clock::Now;
use crate::logs::{EventOrigin, LogEvent};

/// So shortly before the tail began an event may be taken in and seem new to the search for late ones, in milliseconds: it
/// may have been invisible for so long, and the service's clock be so far off its estimate.
const UNSURE_MS: i64 = 400_000;

/// What decides about the events of a page. All times are in Unix milliseconds, by the service's clock.
#[derive(Debug)]
pub(super) struct PageTimes {
    purpose: RunPurpose,
    /// No sweep to come looks at times before this.
    settled_ms: i64,
    beginning: Beginning,
    /// From which ingestion time on events are left to the live session.
    young_ms: i64,
    /// What was taken in before this, a reading before this one could have brought.
    reach_ms: i64,
    /// When the first session opened.
    live_since_ms: Option<i64>,
    is_polling: bool,
    /// What brought the page.
    source: PageSource,
}

/// From when on what is taken in is new, in the service's Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Since the tail began.
    Tail(i64),
    /// Since the group was made, after the tail began: it has nothing older.
    Made(i64),
}

impl Beginning {
    /// The time.
    pub(super) const fn at_ms(self) -> i64 {
        match self {
            Self::Tail(at_ms) | Self::Made(at_ms) => at_ms,
        }
    }
}

impl PageTimes {
    /// What decides about a page of a group in this session group.
    pub(super) fn new(
        taken: &PageEvents,
        session_group: &SessionGroup,
        server: &ServerClock,
        beginning: Beginning,
        now: Now,
    ) -> Self {
        let brings_since_ms = session_group.brings_since_ms();
        let brings_since_ms = brings_since_ms.filter(|_| taken.purpose.is_sweep());
        // What was taken in before the session was open it does not bring.
        let young_ms = brings_since_ms.map(|since_ms| since_ms.max(young_ms(taken, server, now)));
        Self {
            purpose: taken.purpose,
            settled_ms: taken.settled_ms,
            beginning,
            reach_ms: taken.reach_ms,
            young_ms: young_ms.unwrap_or(i64::MAX),
            live_since_ms: session_group.live_since_ms(),
            is_polling: session_group.is_polling(),
            source: taken.source,
        }
    }

    /// Whether no other source brings an event, so that it need not be remembered.
    pub(super) fn is_settled(&self, event: &LogEvent) -> bool {
        event.time_ms < self.settled_ms
            && event.ingested_ms.max(event.time_ms) < self.beginning.at_ms() - UNSURE_MS
    }

    /// Whether an event is left to the live session.
    pub(super) const fn is_young(&self, event: &LogEvent) -> bool {
        event.ingested_ms >= self.young_ms
    }

    /// Whether the ids of its events name them for good.
    pub(super) fn has_lasting_ids(&self) -> bool {
        self.source == PageSource::Filter
    }

    /// How an event came that is told.
    pub(super) const fn origin(&self, event: &LogEvent) -> EventOrigin {
        let is_made = matches!(self.beginning, Beginning::Made(_));
        let is_sweep = self.purpose.is_sweep();
        if event.ingested_ms < self.beginning.at_ms() || !(is_sweep || is_made) {
            return EventOrigin::History;
        }
        let is_live = match self.live_since_ms {
            Some(since_ms) => event.ingested_ms >= since_ms && !self.is_polling,
            None => false,
        };
        if is_sweep && (is_live || event.ingested_ms < self.reach_ms - YOUNG_MS) {
            EventOrigin::Recovered
        } else {
            EventOrigin::Polled
        }
    }
}

/// What was taken in shortly before the sweep began.
fn young_ms(taken: &PageEvents, server: &ServerClock, now: Now) -> i64 {
    // By the estimate that is too early, too much would count as young.
    let likely_ms = server.now_ms(now) + server.modesty_ms(now);
    let passed = now.since(taken.swept_at.unwrap_or(now.at));
    let passed_ms = i64::try_from(passed.as_millis()).unwrap_or(i64::MAX);
    // For what is exactly so old a stretch that is filled vouches already.
    likely_ms - passed_ms - YOUNG_MS + 1
}
