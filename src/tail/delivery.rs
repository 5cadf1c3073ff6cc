//! What the reader is told: events, each exactly once, markers between them, and how the tail stands.
//!
//! Invariant: an event waits for the reader only when it was not seen before, and what is dropped while it waits may be
//! told once more.

use std::time::Duration;

use super::gaps::Gaps;
use super::identity::SeenEvents;
use super::meter::Meter;
use super::outbox::EventQueue;
use super::page_times::PageTimes;
use crate::clock::Now;
use crate::logs::query::ScanCost;
use crate::logs::{EventOrigin, LogEvent, Marker, TailMode, TailStatus, Tailing};

/// How often the standing is told at most.
const STANDING: Duration = Duration::from_secs(1);

/// What the standing is made of beside what was told.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) mode: TailMode,
    /// Minutes of live sessions so far.
    pub(super) minutes: u64,
    /// What queries have read so far.
    pub(super) scanned: Option<ScanCost>,
    /// How late an event may be and is found, in milliseconds; `None` where that is as planned.
    pub(super) late_ms: Option<i64>,
    /// How much later the reader is told that it is than the times of gaps say, in milliseconds.
    pub(super) modesty_ms: i64,
}

/// What was told, and what is to be told next.
#[derive(Debug, Default)]
pub(super) struct EventDelivery {
    seen: SeenEvents,
    queue: EventQueue,
    meter: Meter,
    /// Updates of live sessions and pages so far.
    batches: u64,
    recovered: u64,
    /// Whether it was told that what was there before has been told.
    has_opened: bool,
    /// The standing as it was looked at last, and when.
    standing: Option<(Duration, TailStatus)>,
}

impl EventDelivery {
    /// Whether there is something to tell.
    pub(super) fn has_news(&self) -> bool {
        self.queue.has_some()
    }

    /// The next thing to tell.
    pub(super) fn take_news(&mut self) -> Option<Tailing> {
        self.queue.take()
    }

    /// Whether the reader is so slow that whoever can wait should wait.
    pub(super) const fn is_busy(&self) -> bool {
        self.queue.is_busy()
    }

    /// Whether events that were lost can and will be told again.
    pub(super) const fn owes(&self) -> bool {
        self.seen.owes()
    }

    /// No sweep may look at times before this, in Unix milliseconds.
    pub(super) const fn floor_ms(&self) -> i64 {
        self.seen.floor_ms()
    }

    /// Forgets events that no sweep can bring again: those to come look at times from `needed_ms` on.
    pub(super) fn prune(&mut self, server_ms: i64, needed_ms: i64) {
        self.seen.prune(server_ms, needed_ms);
    }

    /// Keeps the events of an update of a live session that are new.
    pub(super) fn sift_update(&mut self, events: &mut Vec<LogEvent>, server_ms: i64) {
        self.batches += 1;
        events.retain(|event| self.seen.admit_live(event, self.batches, server_ms));
    }

    /// Keeps the events of a page that are new, each with its origin.
    pub(super) fn sift_page(
        &mut self,
        events: &mut Vec<LogEvent>,
        times: &PageTimes,
        server_ms: i64,
    ) {
        self.batches += 1;
        let page = self.batches;
        events.retain(|event| {
            times.is_settled(event)
                || !times.is_young(event) && self.admit(event, page, times, server_ms)
        });
        events.shrink_to_fit();
        for event in events {
            event.origin = times.origin(event);
        }
    }

    fn admit(&mut self, event: &LogEvent, page: u64, times: &PageTimes, server_ms: i64) -> bool {
        if times.has_lasting_ids() {
            self.seen.admit_stored(event, page, server_ms)
        } else {
            self.seen.admit_nameless(event, page, server_ms)
        }
    }

    /// Leaves out the events of which it was forgotten whether they were told.
    pub(super) fn leave_out_forgotten(&self, events: &mut Vec<LogEvent>) {
        events.retain(|event| self.seen.would_know(event));
    }

    /// Puts new events before the reader. Gives since when events have to be read again: some were dropped for them.
    pub(super) fn tell(&mut self, events: Vec<LogEvent>, now: Now) -> Option<i64> {
        if events.is_empty() {
            return None;
        }
        self.meter.measure(&events, now);
        self.recovered += recovered(&events);
        let dropped = self.queue.push_events(events);
        let lost = dropped.iter().filter(|event| self.seen.lose(event));
        lost.map(|event| event.time_ms).min()
    }

    /// Puts a marker before the reader.
    pub(super) fn mark(&mut self, marker: Marker) {
        self.queue.push_marker(marker);
    }

    /// Tells once that what was there before the tail has been told, or is not waited for any more.
    pub(super) fn open(&mut self) {
        if !std::mem::replace(&mut self.has_opened, true) {
            self.queue.push_opened();
        }
    }

    /// Tells how it stands, when that has changed: at once when the mode has, else once in a while.
    pub(super) fn tell_standing(&mut self, standing: Standing, gaps: &Gaps, now: Now) {
        let mode = standing.mode;
        let is_soon = |(at, told): &(Duration, TailStatus)| {
            let is_as_before = !changes(&mode, &told.mode) && gaps.count() == told.gaps;
            now.since(*at) < STANDING && is_as_before
        };
        if self.standing.as_ref().is_some_and(is_soon) {
            return;
        }
        let status = TailStatus {
            mode,
            rate: self.meter.rate(now),
            lag_ms: self.meter.lag_ms(),
            recovered: self.recovered,
            gaps: gaps.count(),
            dropped: self.seen.missing(),
            sampled: gaps.are_sampled(),
            live_minutes: standing.minutes,
            late_ms: standing.late_ms,
            scanned: standing.scanned,
            open: gaps.open_ones(standing.modesty_ms),
        };
        let told = self.standing.as_ref();
        if told.is_none_or(|(_, told)| *told != status) {
            self.queue.set_status(status.clone());
        }
        self.standing = Some((now.at, status));
    }
}

/// Events that were found by reading again.
pub(super) fn recovered(events: &[LogEvent]) -> u64 {
    let recovered = events
        .iter()
        .filter(|it| it.origin == EventOrigin::Recovered);
    recovered.count() as u64
}

/// Whether the reader should hear of it at once.
fn changes(mode: &TailMode, told: &TailMode) -> bool {
    std::mem::discriminant(mode) != std::mem::discriminant(told)
}
