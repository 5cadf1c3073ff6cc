//! The traffic of one group as events: when each is taken in, and from when on there are any.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::event::{StoredEvent, fingerprint, mix, share};
use super::traffic::{Traffic, TrafficLine, TrafficStream};

/// A stream is sent in batches of so many milliseconds: what was written together is taken in together.
const BATCH_MS: i64 = 250;
/// The longest time a batch is on its way, in milliseconds; less than a batch takes, so streams stay in order.
const JOURNEY_MS: i64 = 200;

/// The traffic of one group.
#[derive(Debug, Clone)]
pub(super) struct GroupTraffic {
    traffic: Arc<dyn Traffic>,
    key: u64,
    /// Nothing is older, in Unix milliseconds.
    since_ms: i64,
    lateness: Lateness,
    deleted: Arc<DeletedStreams>,
}

/// Streams by name that were deleted, with their lines up to a time in Unix milliseconds.
pub(super) type DeletedStreams = BTreeMap<Arc<str>, i64>;

/// Which events are taken in late. A rule holds for events from its time on, so what was early stays early.
#[derive(Debug, Clone, Default)]
pub(super) struct Lateness(Vec<TrafficRule>);

#[derive(Debug, Clone, Copy)]
struct TrafficRule {
    from_ms: i64,
    delay_ms: i64,
    share: f64,
}

impl Lateness {
    /// From this time on, delays this share of the events.
    pub(super) fn set(&mut self, from_ms: i64, delay_ms: i64, share: f64) {
        self.0.push(TrafficRule {
            from_ms,
            delay_ms,
            share,
        });
    }

    /// How late an event of this time is, given random bits; 0 for most.
    pub(super) fn delay_ms(&self, time_ms: i64, bits: u64) -> i64 {
        let rule = self.0.iter().rfind(|rule| rule.from_ms <= time_ms);
        rule.filter(|rule| share(bits) < rule.share)
            .map_or(0, |rule| rule.delay_ms)
    }

    /// Every delay there may be, 0 included.
    fn delays_ms(&self) -> Vec<i64> {
        let mut delays = vec![0];
        delays.extend(self.0.iter().map(|rule| rule.delay_ms));
        delays.sort_unstable();
        delays.dedup();
        delays
    }
}

impl GroupTraffic {
    pub(super) fn new(
        traffic: Arc<dyn Traffic>,
        group: &str,
        since_ms: i64,
        lateness: Lateness,
        deleted: Arc<DeletedStreams>,
    ) -> Self {
        Self {
            traffic,
            key: fingerprint(&[group]),
            since_ms,
            lateness,
            deleted,
        }
    }

    /// The slots that cover these times, the first and the last one included.
    pub(super) fn slots(&self, from_ms: i64, to_ms: i64) -> RangeInclusive<i64> {
        let length = self.traffic.slot_ms();
        let from_ms = from_ms.max(self.since_ms);
        from_ms.div_euclid(length)..=to_ms.div_euclid(length)
    }

    /// The events of a slot in order.
    pub(super) fn events(&self, slot: i64) -> Vec<StoredEvent> {
        let lines = self.traffic.lines(slot).into_iter();
        let numbered = lines.zip(slot_numbers());
        numbered
            .filter(|(line, _)| line.time_ms >= self.since_ms && !self.is_deleted(line))
            .map(|(line, number)| {
                let (_, ingested_ms) = self.ingestion(line.time_ms, &line.stream, number);
                StoredEvent {
                    stream: line.stream,
                    time_ms: line.time_ms,
                    ingested_ms,
                    message: line.message,
                    number,
                }
            })
            .collect()
    }

    /// The events taken in after `after_ms`, up to and including `until_ms`.
    pub(super) fn arrivals(&self, after_ms: i64, until_ms: i64) -> Vec<StoredEvent> {
        let longest = BATCH_MS + JOURNEY_MS;
        let mut found = Vec::new();
        for delay_ms in self.lateness.delays_ms() {
            let window = (after_ms - delay_ms - longest, until_ms - delay_ms);
            for slot in self.slots(window.0, window.1) {
                found.extend(self.events(slot).into_iter().filter(|event| {
                    let (late_ms, ingested_ms) =
                        self.ingestion(event.time_ms, &event.stream, event.number);
                    late_ms == delay_ms && ingested_ms > after_ms && ingested_ms <= until_ms
                }));
            }
        }
        found
    }

    /// The streams with lines until now.
    pub(super) fn streams(&self, now_ms: i64) -> Vec<TrafficStream> {
        let slots = self.slots(self.since_ms, now_ms);
        if slots.is_empty() {
            return Vec::new();
        }
        self.traffic.streams(slots)
    }

    /// About how many bytes were written until now.
    pub(super) fn stored_bytes(&self, now_ms: i64) -> u64 {
        let passed = u64::try_from(now_ms.saturating_sub(self.since_ms)).unwrap_or(0);
        self.traffic.bytes_per_day() * (passed / 60_000) / 1440
    }

    fn is_deleted(&self, line: &TrafficLine) -> bool {
        let deleted_ms = self.deleted.get(&line.stream);
        deleted_ms.is_some_and(|deleted_ms| line.time_ms <= *deleted_ms)
    }

    /// How late an event is, and when it is taken in.
    fn ingestion(&self, time_ms: i64, stream: &str, number: u64) -> (i64, i64) {
        let batch = time_ms.div_euclid(BATCH_MS) + 1;
        let journey = mix(fingerprint(&[stream]), batch.cast_unsigned()).cast_signed();
        let sent_ms = batch * BATCH_MS + journey.rem_euclid(JOURNEY_MS);
        let bits = mix(self.key ^ number, time_ms.cast_unsigned());
        let late_ms = self.lateness.delay_ms(time_ms, bits);
        (late_ms, sent_ms + late_ms)
    }
}

/// The numbers of the lines of a slot; 0 is the place before them all.
fn slot_numbers() -> impl Iterator<Item = u64> {
    1..
}

#[cfg(test)]
mod tests {
    use super::super::traffic::Firehose;
    use super::*;

    const NOW_MS: i64 = 1_795_000_000_000;

    fn feed(lateness: Lateness) -> GroupTraffic {
        let traffic = Arc::new(Firehose { seed: 3 });
        GroupTraffic::new(traffic, "g", NOW_MS - 60_000, lateness, Arc::default())
    }

    #[test]
    fn a_stream_is_taken_in_in_order_and_soon() {
        let feed = feed(Lateness::default());
        let events = feed
            .slots(NOW_MS - 5_000, NOW_MS)
            .flat_map(|slot| feed.events(slot));
        let (of_one, others): (Vec<_>, Vec<_>) = events.partition(|e| &*e.stream == "shard-0001");
        assert!(of_one.is_sorted_by_key(|event| event.ingested_ms));
        assert!(!others.is_sorted_by_key(|event| event.ingested_ms));
        let delays = of_one
            .iter()
            .chain(&others)
            .map(|e| e.ingested_ms - e.time_ms);
        assert!(
            delays.clone().all(|delay| (1..=450).contains(&delay)),
            "{:?}",
            delays.max()
        );
    }

    #[test]
    fn windows_of_ingestion_hold_every_event_once_also_the_late_ones() {
        let mut lateness = Lateness::default();
        lateness.set(NOW_MS - 20_000, 7_000, 0.1);
        let feed = feed(lateness);
        let seconds = (0..40).map(|second| NOW_MS - 30_000 + second * 1_000);
        let windows = seconds.flat_map(|at| feed.arrivals(at, at + 1_000));
        let mut arrived: Vec<i64> = windows
            .filter(|event| (NOW_MS - 25_000..NOW_MS - 5_000).contains(&event.time_ms))
            .map(|event| event.time_ms)
            .collect();
        arrived.sort_unstable();
        let all = (NOW_MS - 25_000..NOW_MS - 5_000).map(|ms| ms - ms.rem_euclid(2));
        assert_eq!(arrived, all.collect::<Vec<i64>>());
    }
}
