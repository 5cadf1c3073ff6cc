//! What the lines of a container are made of: a slot of time, its random bits, words and stamps.

use jiff::Timestamp;

use super::super::super::event::mix;

/// One line of a container: milliseconds into the slot, the replica that writes it, the text.
pub(super) type Said = (i64, u64, String);

/// What a container's lines are made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct ServiceMoment {
    /// The beginning of the slot, in Unix milliseconds.
    pub(super) begin_ms: i64,
    pub(super) slot: i64,
    /// Random bits of the slot.
    pub(super) bits: u64,
}

impl ServiceMoment {
    /// Random bits of the so-manieth thing in the slot.
    pub(super) fn bits(&self, index: u64) -> u64 {
        mix(self.bits, index)
    }

    /// The time so many milliseconds into the slot.
    pub(super) fn time(&self, offset_ms: i64) -> Timestamp {
        Timestamp::from_millisecond(self.begin_ms + offset_ms).unwrap_or_default()
    }
}

/// One of these, by random bits.
pub(super) fn pick<'a>(words: &[&'a str], bits: u64) -> &'a str {
    let count = u64::try_from(words.len()).unwrap_or(1).max(1);
    let index = usize::try_from(bits % count).unwrap_or(0);
    words.get(index).copied().unwrap_or_default()
}

/// RFC 3339 with milliseconds and `Z`.
pub(super) fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
