//! One log event of the account, and its place in the order of its group.

use std::sync::Arc;

/// One log event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// The stream.
    pub stream: Arc<str>,
    /// When it happened, in Unix milliseconds.
    pub time_ms: i64,
    /// When it was taken in, in Unix milliseconds; it is visible from then on.
    pub ingested_ms: i64,
    /// The text, without a line end.
    pub message: Arc<str>,
    /// What tells events of one group and millisecond apart.
    pub(super) number: u64,
}

/// A place in a group: events are in order of time, and of number within a millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::simulator) struct EventPosition {
    pub(super) time_ms: i64,
    pub(super) number: u64,
}

impl StoredEvent {
    /// Its place.
    pub(super) fn position(&self) -> EventPosition {
        EventPosition {
            time_ms: self.time_ms,
            number: self.number,
        }
    }

    /// Its id: 56 digits, the same wherever the event is met and in the order of time.
    #[must_use]
    pub fn id(&self, group: &str) -> String {
        let Self {
            time_ms, number, ..
        } = self;
        format!("3{time_ms:013}{number:020}{:022}", fingerprint(&[group]))
    }
}

impl EventPosition {
    /// The place before every event of this millisecond.
    pub(super) const fn start_of(time_ms: i64) -> Self {
        Self { time_ms, number: 0 }
    }

    /// The place of the event with this id, and the fingerprint of its group; `None` for what is no id.
    pub(super) fn of_id(id: &str) -> Option<(Self, u64)> {
        let (time, rest) = id.strip_prefix('3')?.split_at_checked(13)?;
        let (number, group) = rest.split_at_checked(20)?;
        let place = Self {
            time_ms: time.parse().ok()?,
            number: number.parse().ok()?,
        };
        Some((place, group.parse().ok()?))
    }

    /// The place right after this event's.
    pub(super) const fn next(self) -> Self {
        Self {
            number: self.number.saturating_add(1),
            ..self
        }
    }
}

/// 64 bits that depend on these texts alone (FNV-1a).
pub(super) fn fingerprint(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Mixes two numbers into one that looks random (the finaliser of `SplitMix64`).
pub(super) const fn mix(key: u64, number: u64) -> u64 {
    let mut z = key ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The number as a share from 0 to just below 1.
pub(super) fn share(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_56_digits_and_are_in_the_order_of_time() {
        let event = |time_ms, number| StoredEvent {
            stream: "s".into(),
            time_ms,
            ingested_ms: time_ms,
            message: "m".into(),
            number,
        };
        let ids = [
            event(999, 7).id("g"),
            event(1_795_000_000_000, 1).id("g"),
            event(1_795_000_000_000, u64::MAX).id("g"),
        ];
        assert!(ids.iter().all(|id| id.len() == 56), "{ids:?}");
        assert!(ids.is_sorted(), "{ids:?}");
        assert_ne!(ids[0], event(999, 7).id("h"));
        let last = event(1_795_000_000_000, u64::MAX);
        let place = (last.position(), fingerprint(&["g"]));
        assert_eq!(EventPosition::of_id(&ids[2]), Some(place));
        assert_eq!(EventPosition::of_id("3é"), None);
    }

    #[test]
    fn shares_are_spread_over_the_unit_interval() {
        let low = (0..1000).filter(|n| share(mix(5, *n)) < 0.25).count();
        assert!((200..300).contains(&low), "{low}");
    }
}
