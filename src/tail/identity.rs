//! Which events were told already, by what they are: a stored event by its id, and across the two sources by a
//! 128-bit hash of (group, stream, time, ingestion time, message) *with a count*, for two identical lines in one
//! millisecond are legal.
//!
//! Invariant: an event whose time is `floor_ms` or later is told exactly once however often the sources bring it.
//! What is older may be forgotten; then no sweep may look there any more. All operations take constant time; only
//! what is forgotten costs more, once in a while.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::logs::LogEvent;
use crate::planted::{Planted, is_planted};

/// Entries kept at most, about 40 MB with their ids; then the floor rises.
const MOST: usize = 400_000;
/// How far back events are remembered at least while there is room, in milliseconds.
pub(super) const KEPT_MS: i64 = 20 * 60_000;

/// An event that came later than this is looked for once an hour, and remembered for longer than that, in milliseconds.
const VERY_LATE_MS: i64 = 50 * 60_000;
const VERY_LATE_KEPT_MS: i64 = 75 * 60_000;

/// Two independent hashes that nobody outside can predict.
#[derive(Debug, Default)]
struct Hasher(RandomState, RandomState);

impl Hasher {
    fn of(&self, event: &LogEvent) -> u128 {
        self.hash(&(
            &*event.group,
            &*event.stream,
            event.time_ms,
            event.ingested_ms,
            event.message.as_str(),
        ))
    }

    fn hash(&self, value: &impl std::hash::Hash) -> u128 {
        u128::from(self.0.hash_one(value)) << 64 | u128::from(self.1.hash_one(value))
    }
}

/// How many identical events there were of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct EventCount {
    /// Told to the reader.
    told: u32,
    /// Brought by sweeps, each with an id of its own.
    swept: u32,
    /// Brought by the update that brought one last.
    live: u32,
    update: u64,
    /// Told, but lost before the reader took them.
    owed: u32,
    /// The later of its time and of when it came, in Unix milliseconds; later still for one that came very late.
    until_ms: i64,
}

const fn is_very_late(event: &LogEvent) -> bool {
    event.ingested_ms.saturating_sub(event.time_ms) > VERY_LATE_MS
}

/// Until when an event that came now is remembered at least while there is room.
fn until_ms(event: &LogEvent, now_ms: i64) -> i64 {
    if is_very_late(event) {
        now_ms + VERY_LATE_KEPT_MS
    } else {
        now_ms.max(event.time_ms)
    }
}

/// The memory of a tail.
#[derive(Debug, Default)]
pub(super) struct SeenEvents {
    hasher: Hasher,
    counts: HashMap<u128, EventCount>,
    /// Hashed ids, each with the time until which it is kept.
    ids: HashMap<u128, i64>,
    floor_ms: i64,
    /// What was to be remembered until a time before this was forgotten.
    forgotten_ms: i64,
    owed: u64,
    /// Lost, and too old to be told again.
    gone: u64,
    pruned_ms: i64,
    /// Events that were ahead of their time, and taken in up to here, are taken for told: there were too many of them.
    blind_ms: i64,
}

impl SeenEvents {
    /// How many of the identical events that were met are to be told.
    fn met(count: u32) -> u32 {
        if is_planted(Planted::NoCount) {
            1
        } else {
            count
        }
    }

    /// Whether it would be remembered that an event was told, if it had been.
    pub(super) const fn would_know(&self, event: &LogEvent) -> bool {
        if is_very_late(event) {
            event.ingested_ms.saturating_add(VERY_LATE_KEPT_MS) >= self.forgotten_ms
        } else {
            event.ingested_ms >= self.floor_ms
        }
    }

    /// Takes note of an event of this page that has no id, or one that holds for one answer only; true when it is new.
    pub(super) fn admit_nameless(&mut self, event: &LogEvent, page: u64, now_ms: i64) -> bool {
        !self.is_blind(event) && (self.admit_live(event, page, now_ms) || self.repay(event))
    }

    /// Whether it is not known any more whether an event was told.
    const fn is_blind(&self, event: &LogEvent) -> bool {
        event.time_ms > event.ingested_ms && event.ingested_ms <= self.blind_ms
    }

    /// Takes note of a stored event of this page; true when it is new. One without an id, as some servers have them, is
    /// known by what it is, like those of an update.
    pub(super) fn admit_stored(&mut self, event: &LogEvent, page: u64, now_ms: i64) -> bool {
        let Some(id) = &event.id else {
            return self.admit_nameless(event, page, now_ms);
        };
        if self.is_blind(event) {
            return false;
        }
        let until_ms = until_ms(event, now_ms);
        // An id is of its group: another region may have the same.
        let id = self.hasher.hash(&(&*event.group, id));
        let known = self.ids.insert(id, until_ms).is_some();
        if known && self.owed == 0 {
            return false;
        }
        let count = self.counts.entry(self.hasher.of(event)).or_default();
        count.until_ms = count.until_ms.max(until_ms);
        if !known {
            count.swept += 1;
            if Self::met(count.swept) > count.told {
                count.told = count.swept;
                return true;
            }
        }
        self.repay(event)
    }

    /// Tells an event once more that was told and lost; false when none was.
    fn repay(&mut self, event: &LogEvent) -> bool {
        if self.owed == 0 {
            return false;
        }
        let count = self.counts.get_mut(&self.hasher.of(event));
        let Some(count) = count.filter(|count| count.owed > 0) else {
            return false;
        };
        count.owed -= 1;
        self.owed -= 1;
        true
    }

    /// Takes note of an event that an update of a live session brought; true when it is new. Identical lines are sent together and come
    /// together; the same line in another update is the same event, from a session that overlaps or repeats. Should it
    /// be another one all the same, the next sweep brings it, which knows by the id.
    pub(super) fn admit_live(&mut self, event: &LogEvent, update: u64, now_ms: i64) -> bool {
        let count = self.counts.entry(self.hasher.of(event)).or_default();
        count.until_ms = count.until_ms.max(until_ms(event, now_ms));
        if count.update != update {
            (count.update, count.live) = (update, 0);
        }
        count.live += 1;
        let new = Self::met(count.live) > count.told;
        if new {
            count.told = count.live;
        }
        new
    }

    /// Takes note that an event was told and lost again, so that a sweep may tell it once more. False when it is
    /// too old for that.
    pub(super) fn lose(&mut self, event: &LogEvent) -> bool {
        let known = self.counts.get_mut(&self.hasher.of(event));
        let known = known.filter(|count| count.owed < count.told);
        let Some(count) = known.filter(|_| event.time_ms >= self.floor_ms) else {
            self.gone += 1;
            return false;
        };
        count.owed += 1;
        self.owed += 1;
        true
    }

    /// Whether events that were lost can and will be told again.
    pub(super) const fn owes(&self) -> bool {
        self.owed > 0
    }

    /// Events that were lost and not told again.
    pub(super) const fn missing(&self) -> u64 {
        self.owed + self.gone
    }

    /// No sweep may look at times before this, in Unix milliseconds.
    pub(super) const fn floor_ms(&self) -> i64 {
        self.floor_ms
    }

    /// Forgets what is older than it need be, and more when there is too much of it. Sweeps to come look at times from
    /// `needed_ms` on.
    pub(super) fn prune(&mut self, now_ms: i64, needed_ms: i64) {
        if self.counts.len().max(self.ids.len()) > MOST {
            self.overflow(now_ms);
        } else if now_ms - self.pruned_ms >= KEPT_MS / 10 {
            self.pruned_ms = now_ms;
            self.forget(needed_ms.min(now_ms - KEPT_MS));
        }
    }

    /// Forgets the oldest quarter.
    fn overflow(&mut self, now_ms: i64) {
        let mut times: Vec<i64> = if self.counts.len() > self.ids.len() {
            self.counts.values().map(|count| count.until_ms).collect()
        } else {
            self.ids.values().copied().collect()
        };
        let spare = times.len().saturating_sub(MOST * 3 / 4);
        let (_, &mut last_ms, _) = times.select_nth_unstable(spare);
        if last_ms >= now_ms {
            self.blind_ms = now_ms;
        }
        self.forget(last_ms + 1);
        self.floor_ms = self.floor_ms.min(now_ms);
    }

    fn forget(&mut self, before_ms: i64) {
        self.floor_ms = self.floor_ms.max(before_ms);
        self.forgotten_ms = self.forgotten_ms.max(before_ms);
        let (owed, gone) = (&mut self.owed, &mut self.gone);
        self.counts.retain(|_, count| {
            let keep = count.until_ms >= before_ms;
            if !keep {
                *owed -= u64::from(count.owed);
                *gone += u64::from(count.owed);
            }
            keep
        });
        self.ids.retain(|_, until_ms| *until_ms >= before_ms);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::logs::EventOrigin;

    fn event(number: i64, id: Option<&str>) -> LogEvent {
        LogEvent {
            group: "/g".into(),
            stream: "s".into(),
            time_ms: 1_000 + number,
            ingested_ms: 2_000 + number,
            message: format!("event {number}"),
            id: id.map(Into::into),
            origin: EventOrigin::Live,
        }
    }

    #[test]
    fn the_same_event_from_both_sources_is_told_once_whichever_comes_first() {
        let mut identity = SeenEvents::default();
        assert!(identity.admit_live(&event(1, None), 1, 0));
        assert!(!identity.admit_stored(&event(1, Some("a")), 9, 0));
        assert!(identity.admit_stored(&event(2, Some("b")), 9, 0));
        assert!(!identity.admit_live(&event(2, None), 1, 0));
        assert!(!identity.admit_stored(&event(2, Some("b")), 9, 0));
    }

    #[test]
    fn two_truly_identical_lines_are_two_events() {
        let mut identity = SeenEvents::default();
        assert!(identity.admit_live(&event(1, None), 1, 0));
        assert!(identity.admit_live(&event(1, None), 1, 0));
        assert!(!identity.admit_stored(&event(1, Some("a")), 9, 0));
        assert!(!identity.admit_stored(&event(1, Some("b")), 9, 0));
        assert!(identity.admit_stored(&event(1, Some("c")), 9, 0));
        assert!(!identity.admit_live(&event(1, None), 1, 0));
    }

    #[test]
    fn updates_that_overlap_tell_nothing_twice() {
        let mut identity = SeenEvents::default();
        assert!(identity.admit_live(&event(1, None), 1, 0));
        assert!(!identity.admit_live(&event(1, None), 2, 0));
        assert!(!identity.admit_live(&event(1, None), 1, 0));
        assert!(!identity.admit_stored(&event(1, Some("a")), 9, 0));
        assert!(identity.admit_stored(&event(1, Some("b")), 9, 0));
    }

    #[test]
    fn what_was_lost_is_told_once_more_by_the_next_sweep() {
        let mut identity = SeenEvents::default();
        assert!(identity.admit_live(&event(1, None), 1, 0));
        assert!(identity.admit_stored(&event(2, Some("b")), 9, 0));
        assert!(identity.lose(&event(1, None)) && identity.lose(&event(2, None)));
        assert_eq!(identity.missing(), 2);
        assert!(identity.admit_stored(&event(1, Some("a")), 9, 0));
        assert!(identity.admit_stored(&event(2, Some("b")), 9, 0));
        assert!(!identity.admit_stored(&event(2, Some("b")), 9, 0));
        assert!(!identity.owes() && identity.missing() == 0);
    }

    #[test]
    fn memory_has_a_bound_and_says_how_far_back_it_reaches() {
        let mut identity = SeenEvents::default();
        for number in 0..500_000 {
            let mut event = event(number, None);
            event.id = Some(number.to_string().into());
            assert!(identity.admit_stored(&event, 9, event.time_ms));
            identity.prune(event.time_ms, event.time_ms);
        }
        assert!(identity.counts.len() <= MOST + 1 && identity.ids.len() <= MOST + 1);
        assert!(identity.floor_ms() > 1_000);
        let mut recent = event(identity.floor_ms() - 1_000, None);
        recent.id = Some((identity.floor_ms() - 1_000).to_string().into());
        assert!(!identity.admit_stored(&recent, 9, 500_000));
    }

    #[test]
    fn what_a_sweep_to_come_will_look_at_is_remembered_however_long_it_takes() {
        let mut identity = SeenEvents::default();
        assert!(identity.admit_stored(&event(1, Some("a")), 9, 1_000));
        identity.prune(10 * KEPT_MS, 900);
        assert!(identity.floor_ms() <= 900);
        assert!(!identity.admit_stored(&event(1, Some("a")), 9, 10 * KEPT_MS));
    }

    #[test]
    fn too_many_events_ahead_of_their_time_are_neither_kept_nor_told_twice() {
        let mut identity = SeenEvents::default();
        let ahead = |number: i64| event(7_200_000 + number % 1_000, Some(&number.to_string()));
        for number in 0..500_000 {
            identity.admit_stored(&ahead(number), 9, 2_000);
            identity.prune(2_000, 0);
        }
        assert!(identity.ids.len() <= MOST + 1 && identity.floor_ms() <= 2_000);
        let mut ahead = ahead(7);
        ahead.ingested_ms = 1_990;
        assert!(!identity.admit_stored(&ahead, 9, 3_000));
        ahead.message.clear();
        assert!(!identity.admit_nameless(&ahead, 10, 3_000));
        assert!(identity.admit_stored(&event(1, Some("on time")), 9, 3_000));
    }

    #[test]
    fn an_event_of_the_future_does_not_push_the_memory_forward() {
        let mut identity = SeenEvents::default();
        let ahead = event(2 * 3_600_000, Some("ahead"));
        assert!(identity.admit_stored(&ahead, 9, 1_000));
        identity.prune(1_000 + KEPT_MS, 1_000 + KEPT_MS);
        assert!(identity.floor_ms() <= 1_000 + KEPT_MS);
        assert!(!identity.admit_stored(&ahead, 9, 1_000 + KEPT_MS));
    }

    proptest! {
        /// Whatever the order of deliveries, a session that brings some and sweeps that bring all tell each once.
        #[test]
        fn every_event_is_told_exactly_once(
            copies in proptest::collection::vec(1_u32..4, 1..20),
            deliveries in proptest::collection::vec((0_usize..20, any::<bool>()), 0..120),
        ) {
            let mut identity = SeenEvents::default();
            let mut told = vec![0; copies.len()];
            let mut live = vec![0; copies.len()];
            let sweep = |identity: &mut SeenEvents, told: &mut Vec<u32>, index: usize| {
                for copy in 0..copies[index] {
                    let id = format!("{index}-{copy}");
                    told[index] += u32::from(identity.admit_stored(&event(i64::try_from(index).unwrap(), Some(&id)), 0, 0));
                }
            };
            for (number, (index, swept)) in deliveries.into_iter().enumerate() {
                let index = index % copies.len();
                if swept {
                    sweep(&mut identity, &mut told, index);
                } else if live[index] < copies[index] {
                    live[index] += 1;
                    told[index] += u32::from(identity.admit_live(&event(i64::try_from(index).unwrap(), None), number as u64, 0));
                }
                prop_assert!(told[index] <= copies[index]);
            }
            for index in 0..copies.len() {
                sweep(&mut identity, &mut told, index);
            }
            prop_assert_eq!(told, copies);
        }
    }
}
