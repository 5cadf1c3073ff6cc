//! The traffic of a function's group: one invocation in each slot, as if somebody called it all day.
//!
//! Durations and initialisations are drawn by quantile from a sequence that fills the unit interval evenly
//! (multiples of the golden ratio), so the percentiles of a day come out as given.

use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::Timestamp;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::super::super::blueprint::Blueprint;
use super::super::super::chance;
use super::super::super::records::{Story, records};
use super::super::super::version::VersionId;
use super::super::super::workload::{PlannedWork, Quantiles, StartKind};
use super::super::event::{fingerprint, mix, share};
use super::{Traffic, TrafficLine, TrafficStream};
use crate::lambda::SnapStart;

/// Invocations for each cold start: 5.4 % are cold.
const PER_COLD_START: f64 = 1.0 / 0.054;
/// The fractional part of the golden ratio.
const GOLDEN: f64 = 0.618_033_988_749_894_9;
/// About the bytes one invocation writes.
const INVOCATION_BYTES: u64 = 620;
/// What an invocation needs that is too large for its function, in megabytes.
const GREED_MB: u32 = 2048;

/// A function that is invoked all day.
#[derive(Debug)]
pub(in crate::simulator::logs) struct Invocations {
    blueprint: Blueprint,
    region: String,
    every_ms: i64,
    /// One in so many invocations needs more memory than there is; 0 for none.
    greedy: u64,
    /// One in so many initialisations is cut off and done again; 0 for none.
    stuck: u64,
    key: u64,
}

impl Invocations {
    /// A function invoked once in so many seconds.
    pub(in crate::simulator::logs) fn new(
        blueprint: Blueprint,
        region: &str,
        seed: u64,
        every_s: u32,
    ) -> Self {
        let key = mix(fingerprint(&[&blueprint.name]), seed);
        Self {
            blueprint,
            region: region.to_owned(),
            every_ms: i64::from(every_s) * 1000,
            greedy: 0,
            stuck: 0,
            key,
        }
    }

    /// One in so many invocations is killed.
    pub(in crate::simulator::logs) const fn killed_once_in(mut self, invocations: u64) -> Self {
        self.greedy = invocations;
        self
    }

    /// One in so many initialisations takes too long; it is done again with the invocation.
    pub(in crate::simulator::logs) const fn init_timed_out_once_in(mut self, inits: u64) -> Self {
        self.stuck = inits;
        self
    }

    fn bits(&self, slot: i64) -> u64 {
        mix(self.key, slot.cast_unsigned())
    }

    /// The slot in which environment `number` begins, wrecked ones apart.
    fn beginning(&self, number: i64) -> i64 {
        let place = share(mix(self.key ^ 1, number.cast_unsigned()));
        floor((number as f64 + place) * PER_COLD_START)
    }

    /// The number of the environment that serves a slot, wrecked ones apart.
    fn environment(&self, slot: i64) -> i64 {
        let newest = floor((slot + 1) as f64 / PER_COLD_START - 1e-9);
        if self.beginning(newest) <= slot {
            newest
        } else {
            newest - 1
        }
    }

    /// The slot in which the environment of this slot begins.
    fn first_slot(&self, slot: i64) -> i64 {
        let planned = self.beginning(self.environment(slot));
        let workload = &self.blueprint.workload;
        if workload.hang_rate <= 0.0 && self.greedy == 0 {
            return planned;
        }
        let mut later = (planned + 1..=slot).rev();
        let fresh = later.find(|later| self.wrecks(later - 1));
        fresh.unwrap_or(planned)
    }

    /// Whether the invocation of a slot leaves its environment unusable.
    fn wrecks(&self, slot: i64) -> bool {
        self.work(slot, false).wrecks_environment()
    }

    fn work(&self, slot: i64, fresh: bool) -> PlannedWork {
        let settings = &self.blueprint.settings;
        let start = match (fresh, settings.hosting.snap_start) {
            (false, _) => StartKind::Warm,
            (true, SnapStart::PublishedVersions) => StartKind::Restore,
            (true, _) => StartKind::Cold,
        };
        let quantiles = Quantiles {
            duration: evenly(self.key, slot),
            init: evenly(self.key ^ 2, self.environment(slot)),
        };
        let mut workload = self.blueprint.workload.clone();
        if self.greedy > 0 && self.bits(slot).is_multiple_of(self.greedy) {
            workload.needs_mb = GREED_MB;
        }
        let mut rng = StdRng::seed_from_u64(self.bits(slot));
        let mut work = workload.draw_at(settings, start, quantiles, &mut rng);
        if self.stuck > 0 && mix(self.key ^ 4, slot.cast_unsigned()).is_multiple_of(self.stuck) {
            work.time_out_init();
        }
        work
    }

    fn version(&self) -> VersionId {
        match self.blueprint.settings.hosting.snap_start {
            SnapStart::PublishedVersions => VersionId::Number(1),
            SnapStart::Off => VersionId::Latest,
        }
    }

    /// The stream of the environment that begins in this slot.
    fn stream(&self, first_slot: i64) -> Arc<str> {
        let begin = Timestamp::from_millisecond(first_slot * self.every_ms).unwrap_or_default();
        let (high, low) = (
            self.bits(first_slot),
            mix(self.key ^ 3, first_slot.cast_unsigned()),
        );
        let (day, version) = (begin.strftime("%Y/%m/%d"), self.version());
        format!("{day}/[{version}]{high:016x}{low:016x}").into()
    }

    /// When the invocation of a slot begins: anywhere in the slot where it has room.
    fn begin_ms(&self, slot: i64, work: &PlannedWork) -> i64 {
        let took = floor(work.ready_ms() + work.duration_ms) + 2;
        let room = (self.every_ms - took).max(1);
        slot * self.every_ms + self.bits(slot).cast_signed().rem_euclid(room)
    }
}

impl Traffic for Invocations {
    fn slot_ms(&self) -> i64 {
        self.every_ms
    }

    fn lines(&self, slot: i64) -> Vec<TrafficLine> {
        let first_slot = self.first_slot(slot);
        let work = self.work(slot, first_slot == slot);
        let begin_ms = self.begin_ms(slot, &work);
        let last_ms = (slot + 1) * self.every_ms - 1;
        let after = |passed_ms: f64| {
            let time_ms = begin_ms + floor(passed_ms);
            Timestamp::from_millisecond(time_ms.min(last_ms)).unwrap_or_default()
        };
        let story = Story {
            request_id: &chance::uuid(&mut StdRng::seed_from_u64(self.bits(slot) ^ 1)),
            function: &self.blueprint.name,
            version: self.version(),
            region: &self.region,
            settings: &self.blueprint.settings,
            work: &work,
            lines: self.blueprint.workload.lines,
            began: after(0.0),
            started: after(work.ready_ms()),
            ended: after(work.ready_ms() + work.duration_ms),
        };
        let stream = self.stream(first_slot);
        let records = records(&story).into_iter();
        records
            .map(|(time, message)| TrafficLine {
                time_ms: time.as_millisecond(),
                stream: Arc::clone(&stream),
                message: message.into(),
            })
            .collect()
    }

    fn streams(&self, slots: RangeInclusive<i64>) -> Vec<TrafficStream> {
        let mut spans = Vec::new();
        let mut last = *slots.end();
        while last >= *slots.start() {
            let first = self.first_slot(last);
            spans.push(TrafficStream {
                stream: self.stream(first),
                slots: first.max(*slots.start())..=last,
            });
            last = first - 1;
        }
        spans.reverse();
        spans
    }

    fn bytes_per_day(&self) -> u64 {
        86_400_000 / self.every_ms.unsigned_abs().max(1) * INVOCATION_BYTES
    }
}

/// The element of a sequence that fills the unit interval evenly, wherever it is entered.
fn evenly(key: u64, index: i64) -> f64 {
    (share(mix(key, 0)) + index as f64 * GOLDEN).rem_euclid(1.0)
}

/// The largest whole number that is not larger; slots and milliseconds are far from the limits of `i64`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "slots and milliseconds are far below 2^53"
)]
fn floor(value: f64) -> i64 {
    value.floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::catalog;

    /// Slots of a day of 20 s.
    const DAY: RangeInclusive<i64> = 89_000_000..=89_004_319;

    fn traffic(name: &str) -> Invocations {
        let mut all = catalog::blueprints().into_iter();
        let blueprint = all.find(|one| one.name == name).unwrap();
        Invocations::new(blueprint, "us-east-1", 7, 20)
    }

    #[test]
    fn a_day_of_hashing_has_the_cold_starts_of_the_articles() {
        for name in ["hash-bun", "hash-deno", "hash-node"] {
            let traffic = traffic(name);
            let cold = DAY
                .filter(|slot| traffic.first_slot(*slot) == *slot)
                .count();
            let share = cold as f64 / 4320.0;
            assert!((share - 0.054).abs() < 0.054 * 0.02, "{name}: {share}");
            assert_eq!(
                traffic.streams(DAY).len().abs_diff(cold),
                1.min(traffic.streams(DAY).len() - cold)
            );
        }
    }

    #[test]
    fn an_invocation_stays_in_its_slot_and_is_always_the_same() {
        for name in ["hash-bun", "flaky", "json-logs", "snapstart-api"] {
            let traffic = traffic(name);
            for slot in DAY.take(200) {
                let lines = traffic.lines(slot);
                assert!(lines.len() >= 3, "{name} {slot}");
                assert!(lines.is_sorted_by_key(|line| line.time_ms));
                assert!(
                    lines
                        .iter()
                        .all(|line| line.time_ms.div_euclid(20_000) == slot)
                );
                assert_eq!(lines, traffic.lines(slot));
            }
        }
    }

    #[test]
    fn an_environment_that_was_wrecked_is_not_met_again() {
        let traffic = traffic("memory-hungry").killed_once_in(7);
        let mut kills = 0;
        for slot in DAY.take(300) {
            if traffic.wrecks(slot) {
                kills += 1;
                assert_eq!(traffic.first_slot(slot + 1), slot + 1);
            }
        }
        assert!(kills > 20, "{kills}");
    }

    #[test]
    fn streams_join_without_a_gap() {
        for name in ["hash-node", "flaky"] {
            let spans = traffic(name).streams(DAY);
            assert_eq!(spans[0].slots.start(), DAY.start());
            assert_eq!(spans.last().unwrap().slots.end(), DAY.end());
            let joined =
                |pair: &[TrafficStream]| *pair[0].slots.end() + 1 == *pair[1].slots.start();
            assert!(spans.windows(2).all(joined));
        }
    }
}
