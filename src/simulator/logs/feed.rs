//! The traffic of one group as events: when each is taken in, and from when on there are any.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::event::{LogEvent, fingerprint, mix, share};
use super::traffic::{Span, Traffic};

/// The shortest and the longest time between an event and its ingestion, in milliseconds.
const DELAY_MS: RangeInclusive<u64> = 40..=900;

/// The traffic of one group.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    traffic: Arc<dyn Traffic>,
    key: u64,
    /// Nothing is older, in Unix milliseconds.
    since_ms: i64,
    lateness: Lateness,
}

/// Which events are taken in late. A rule holds for events from its time on, so what was early stays early.
#[derive(Debug, Clone, Default)]
pub(super) struct Lateness(Vec<Rule>);

#[derive(Debug, Clone, Copy)]
struct Rule {
    from_ms: i64,
    delay_ms: i64,
    share: f64,
}

impl Lateness {
    /// From this time on, delays this share of the events.
    pub(super) fn set(&mut self, from_ms: i64, delay_ms: i64, share: f64) {
        self.0.push(Rule {
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

impl Feed {
    pub(super) fn new(
        traffic: Arc<dyn Traffic>,
        group: &str,
        since_ms: i64,
        lateness: Lateness,
    ) -> Self {
        Self {
            traffic,
            key: fingerprint(&[group]),
            since_ms,
            lateness,
        }
    }

    /// The slots that cover these times, the first and the last one included.
    pub(super) fn slots(&self, from_ms: i64, to_ms: i64) -> RangeInclusive<i64> {
        let length = self.traffic.slot_ms();
        let from_ms = from_ms.max(self.since_ms);
        from_ms.div_euclid(length)..=to_ms.div_euclid(length)
    }

    /// The events of a slot in order.
    pub(super) fn events(&self, slot: i64) -> Vec<LogEvent> {
        let lines = self.traffic.lines(slot).into_iter();
        let numbered = lines.zip(slot_numbers());
        numbered
            .filter(|(line, _)| line.time_ms >= self.since_ms)
            .map(|(line, number)| {
                let (_, ingested_ms) = self.ingestion(line.time_ms, number);
                LogEvent {
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
    pub(super) fn arrivals(&self, after_ms: i64, until_ms: i64) -> Vec<LogEvent> {
        let longest = i64::try_from(*DELAY_MS.end()).unwrap_or(i64::MAX);
        let mut found = Vec::new();
        for delay_ms in self.lateness.delays_ms() {
            let window = (after_ms - delay_ms - longest, until_ms - delay_ms);
            for slot in self.slots(window.0, window.1) {
                found.extend(self.events(slot).into_iter().filter(|event| {
                    let (late_ms, ingested_ms) = self.ingestion(event.time_ms, event.number);
                    late_ms == delay_ms && ingested_ms > after_ms && ingested_ms <= until_ms
                }));
            }
        }
        found
    }

    /// The streams with lines until now.
    pub(super) fn streams(&self, now_ms: i64) -> Vec<Span> {
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

    /// How late an event is, and when it is taken in.
    fn ingestion(&self, time_ms: i64, number: u64) -> (i64, i64) {
        let bits = mix(self.key ^ number, time_ms.cast_unsigned());
        let usual = DELAY_MS.start() + bits % (DELAY_MS.end() - DELAY_MS.start());
        let late_ms = self.lateness.delay_ms(time_ms, mix(bits, 1));
        let usual = i64::try_from(usual).unwrap_or(0);
        (late_ms, time_ms + usual + late_ms)
    }
}

/// The numbers of the lines of a slot; 0 is the place before them all.
fn slot_numbers() -> impl Iterator<Item = u64> {
    1..
}
