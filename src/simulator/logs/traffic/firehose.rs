//! `/demo/firehose`: 1,000 events a second, numbered without a gap, so that anyone can check completeness.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::super::event::mix;
use super::{Traffic, TrafficLine, TrafficStream};

/// The length of a slot in milliseconds, and so the events of one: one for each millisecond.
const SLOT_MS: i64 = 100;
/// The number 0 belongs to this time in Unix milliseconds (2026-01-01).
const ZERO_MS: i64 = 1_767_225_600_000;
/// The streams.
const SHARDS: u64 = 4;
/// About the length of a line in bytes.
const LINE_BYTES: u64 = 96;

/// The firehose.
#[derive(Debug)]
pub(in crate::simulator::logs) struct Firehose {
    pub(in crate::simulator::logs) seed: u64,
}

impl Traffic for Firehose {
    fn slot_ms(&self) -> i64 {
        SLOT_MS
    }

    /// One event for each millisecond; two and two share a timestamp.
    fn lines(&self, slot: i64) -> Vec<TrafficLine> {
        let shards: Vec<Arc<str>> = (0..SHARDS).map(stream).collect();
        let begin_ms = slot * SLOT_MS;
        let line = |time_ms: i64| {
            let number = time_ms - ZERO_MS;
            let bits = mix(self.seed, time_ms.cast_unsigned());
            let shard = usize::try_from(bits % SHARDS).unwrap_or(0);
            Some(TrafficLine {
                time_ms: time_ms - time_ms.rem_euclid(2),
                stream: Arc::clone(shards.get(shard)?),
                message: text(number, bits).into(),
            })
        };
        (begin_ms..begin_ms + SLOT_MS).filter_map(line).collect()
    }

    fn streams(&self, slots: RangeInclusive<i64>) -> Vec<TrafficStream> {
        let shards = (0..SHARDS).map(stream);
        shards
            .map(|stream| TrafficStream {
                stream,
                slots: slots.clone(),
            })
            .collect()
    }

    fn bytes_per_day(&self) -> u64 {
        86_400_000 * LINE_BYTES
    }
}

fn stream(shard: u64) -> Arc<str> {
    format!("shard-{shard:04}").into()
}

/// `n=26870400123 order=… …`: the number, then what an order service might say.
fn text(number: i64, bits: u64) -> String {
    let level = if bits.is_multiple_of(97) {
        "WARN"
    } else {
        "INFO"
    };
    let action = match bits % 5 {
        0 => "accepted",
        1 => "packed",
        2 => "shipped",
        3 => "paid",
        _ => "delivered",
    };
    let (order, took) = (bits >> 32, (bits >> 20) % 900);
    format!(
        "n={number} {level} order={order:08x} {action} in {took} ms, customer c-{:06}",
        order % 1_000_000
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_gap_and_the_seed_decides_the_rest() {
        let firehose = Firehose { seed: 3 };
        let lines: Vec<TrafficLine> = (17_900_000_000..17_900_000_003)
            .flat_map(|slot| firehose.lines(slot))
            .collect();
        assert_eq!(lines.len(), 300);
        let number = |line: &TrafficLine| -> i64 {
            let word = line.message.split(' ').next().unwrap();
            word.strip_prefix("n=").unwrap().parse().unwrap()
        };
        assert!(
            lines
                .windows(2)
                .all(|pair| number(&pair[1]) == number(&pair[0]) + 1)
        );
        assert!(lines.is_sorted_by_key(|line| line.time_ms));
        assert_eq!(lines[0].time_ms, lines[1].time_ms);
        assert_eq!(firehose.lines(17_900_000_000), lines[..100]);
        assert_ne!(Firehose { seed: 4 }.lines(17_900_000_000), lines[..100]);
    }
}
