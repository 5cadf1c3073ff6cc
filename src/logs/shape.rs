//! The shape of a message: what it says without its numbers and ids, as a number, so that alike ones are known cheaply.

use super::Level;

/// Letters of a run without a digit that may be a part of a UUID.
const PART: usize = 4;
/// What stands for a number or an id.
const ID: u64 = 1 << 32;

/// The shape of a message of a group at a level, never 0: messages that differ in numbers and ids only have the same one.
/// Others have the same one by chance about once in four billion pairs.
pub(super) fn shape(group: &str, level: Level, text: &str) -> u32 {
    let mut shape = Shape::default();
    for byte in group.bytes() {
        shape.mix(byte.into());
    }
    shape.mix(level as u64);
    for byte in text.trim_end().bytes() {
        shape.take(byte);
    }
    shape.end_word(0);
    let folded = (shape.hash >> 32) ^ (shape.hash & 0xffff_ffff);
    u32::try_from(folded).unwrap_or(u32::MAX).max(1)
}

/// What letters and digits have in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letters(u8);

impl Letters {
    const SOME: u8 = 1;
    const DIGIT: u8 = 2;
    const NOT_HEX: u8 = 4;

    /// What each byte is; nothing for a sign.
    const OF: [Self; 256] = {
        let mut kinds = [Self(0); 256];
        let mut byte = 0;
        while byte < 128_u8 {
            let kind = match byte {
                b'0'..=b'9' => Self::SOME | Self::DIGIT,
                b'a'..=b'f' | b'A'..=b'F' => Self::SOME,
                b'g'..=b'z' | b'G'..=b'Z' => Self::SOME | Self::NOT_HEX,
                _ => 0,
            };
            #[expect(clippy::indexing_slicing, reason = "a table of all bytes")]
            {
                kinds[byte as usize] = Self(kind);
            }
            byte += 1;
        }
        kinds
    };
}

/// A message on its way to a number, byte by byte: words are taken as they come, and those that turn out to be numbers,
/// ids or a part of one leave no trace.
#[derive(Debug, Default)]
struct Shape {
    hash: u64,
    /// The word so far.
    word: u64,
    length: usize,
    letters: u8,
    /// The sign before the word.
    before: u8,
}

impl Shape {
    fn take(&mut self, byte: u8) {
        let kind = Letters::OF.get(usize::from(byte)).map_or(0, |it| it.0);
        if kind == 0 {
            self.end_word(byte);
            self.mix(byte.into());
            self.before = byte;
        } else {
            // As digits to the base 257: short words are told apart for sure.
            self.word = self.word.wrapping_mul(257).wrapping_add(byte.into());
            self.length += 1;
            self.letters |= kind;
        }
    }

    /// Ends the word before a sign: it is an id, or a part of one, where it holds a digit or is hexadecimal beside a dash.
    fn end_word(&mut self, sign: u8) {
        if self.length == 0 {
            return;
        }
        let is_joined = sign == b'-' || self.before == b'-';
        let is_hex = self.letters & Letters::NOT_HEX == 0;
        let is_id =
            self.letters & Letters::DIGIT != 0 || (is_joined && is_hex && self.length >= PART);
        // No sign is one of these.
        self.mix(if is_id { ID } else { !self.word });
        (self.word, self.length, self.letters, self.before) = (0, 0, 0, 0);
    }

    /// Mixes a value in, by a rotation and a multiplication with an odd constant (the golden ratio of 64 bits).
    fn mix(&mut self, value: u64) {
        self.hash = (self.hash.rotate_left(23) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        let of = |text: &str| shape("g", Level::Info, text);
        of(one) == of(other)
    }

    #[test]
    fn messages_that_differ_in_numbers_and_ids_are_alike() {
        for (one, other) in [
            ("took 12 ms", "took 7 ms\n"),
            (
                "10:10:01.5 id 8f5b1c9e-abcd-4b57-9d3a-0f6c1c2d3e4f ok",
                "10:11:59.25 id 00000000-0c1e-fade-beef-0f6c1c2d3e4f ok",
            ),
            (r#"{"n":1,"id":"a1"}"#, r#"{"n":204,"id":"zz9"}"#),
            ("", ""),
        ] {
            assert!(alike(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn messages_that_say_something_else_are_not() {
        for (one, other) in [
            ("took 12 ms", "took 12 s"),
            ("GET /orders", "GET /users"),
            ("face to face", "back to back"),
            ("a", "a b"),
            ("1", "1 1"),
        ] {
            assert!(!alike(one, other), "{one} and {other}");
        }
        assert_ne!(shape("g", Level::Info, "x"), shape("g", Level::Warn, "x"));
        assert_ne!(shape("g", Level::Info, "x"), shape("h", Level::Info, "x"));
    }
}
