//! The shape of a message: what it says without its numbers and ids, as a number, so that alike ones are known cheaply.

use super::Level;

/// Letters of a run without a digit that may be a part of a UUID.
const PART: usize = 4;

/// The shape of a message of a group at a level, never 0: messages that differ in numbers and ids only have the same one.
/// Others have the same one by chance about once in four billion pairs.
pub(super) fn shape(group: &str, level: Level, text: &str) -> u32 {
    let mut hash = Fnv::new();
    hash.take(group.as_bytes());
    hash.take(&[0, level as u8]);
    let bytes = text.trim_end().as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let ends = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
        let end = at + ends.unwrap_or(rest.len());
        if end == at {
            hash.take(&[*byte]);
            at += 1;
            continue;
        }
        let word = bytes.get(at..end).unwrap_or_default();
        let is_joined = bytes.get(end) == Some(&b'-')
            || at.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'-');
        if is_id(word, is_joined) {
            hash.take(b"#");
        } else {
            hash.take(word);
        }
        at = end;
    }
    hash.folded().max(1)
}

/// Whether letters and digits are a number, an id or a part of one: they hold a digit, or are hexadecimal beside a dash.
fn is_id(word: &[u8], is_joined: bool) -> bool {
    word.iter().any(u8::is_ascii_digit)
        || (is_joined && word.len() >= PART && word.iter().all(u8::is_ascii_hexdigit))
}

/// The hash of Fowler, Noll and Vo (FNV-1a, 64 bits, <http://www.isthe.com/chongo/tech/comp/fnv/>).
#[derive(Debug)]
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Both halves in one.
    fn folded(&self) -> u32 {
        let mixed = (self.0 >> 32) ^ (self.0 & 0xffff_ffff);
        u32::try_from(mixed).unwrap_or(u32::MAX)
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
