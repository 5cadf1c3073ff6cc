//! The index entry of a row, in 16 bytes.

use crate::logs::{EventOrigin, Facts, Level, RecordKind};

/// What the index keeps of a row. Times count from the block's base, the rest points into the block's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IndexEntry {
    /// Milliseconds from the block's base to its time.
    pub(super) time: i32,
    /// Milliseconds from the block's base to its ingestion.
    pub(super) ingested: i32,
    /// Where its text ends in the block; the last row of a block ends where the text does, however long that is.
    pub(super) end: u16,
    /// Its place in the block's sources.
    pub(super) source: u16,
    /// Its place in the block's request ids, counted from one; 0 for none.
    pub(super) request: u16,
    /// The small facts.
    pub(super) bits: Bits,
}

/// Level, kind, origin and five flags in 16 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Bits(u16);

/// Facts that are true or not.
#[derive(Debug, Clone, Copy)]
#[repr(u16)]
pub(super) enum Flag {
    Json = 1 << 9,
    MultiLine = 1 << 10,
    /// A line break was taken off the end of the message.
    HadBreak = 1 << 11,
    /// The raw message is kept beside the text.
    HasRaw = 1 << 12,
    /// It does not stand at its own time.
    Moved = 1 << 13,
}

const ORIGINS: [EventOrigin; 4] = [
    EventOrigin::History,
    EventOrigin::Live,
    EventOrigin::Polled,
    EventOrigin::Recovered,
];

impl Bits {
    pub(super) fn new(facts: &Facts, origin: EventOrigin) -> Self {
        let mut bits = Self(facts.level as u16 | (facts.kind as u16) << 3 | (origin as u16) << 7);
        bits.set(Flag::Json, facts.is_json);
        bits.set(Flag::MultiLine, facts.is_multi_line);
        bits
    }

    pub(super) const fn set(&mut self, flag: Flag, on: bool) {
        if on {
            self.0 |= flag as u16;
        }
    }

    pub(super) const fn has(self, flag: Flag) -> bool {
        self.0 & flag as u16 != 0
    }

    pub(super) fn level(self) -> Level {
        Level::at(usize::from(self.0 & 0b111))
    }

    pub(super) fn kind(self) -> RecordKind {
        RecordKind::at(usize::from(self.0 >> 3 & 0b1111))
    }

    pub(super) fn origin(self) -> EventOrigin {
        let place = usize::from(self.0 >> 7 & 0b11);
        ORIGINS.get(place).copied().unwrap_or(EventOrigin::History)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bits, Flag, ORIGINS};
    use crate::logs::{Facts, Level, RecordKind};

    #[test]
    fn facts_survive_being_packed() {
        for level in Level::ALL {
            for number in 0..12 {
                for origin in ORIGINS {
                    let facts = Facts {
                        level,
                        kind: RecordKind::at(number),
                        is_json: number % 2 == 0,
                        ..Facts::default()
                    };
                    let mut bits = Bits::new(&facts, origin);
                    bits.set(Flag::Moved, true);
                    assert_eq!(
                        (bits.level(), bits.kind(), bits.origin()),
                        (level, facts.kind, origin)
                    );
                    assert_eq!(bits.has(Flag::Json), facts.is_json);
                    assert!(bits.has(Flag::Moved) && !bits.has(Flag::HasRaw));
                }
            }
        }
    }

    #[test]
    fn an_entry_takes_sixteen_bytes() {
        assert_eq!(size_of::<super::IndexEntry>(), 16);
    }
}
