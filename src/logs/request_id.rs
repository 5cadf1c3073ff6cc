//! The request id of a Lambda invocation, in 16 bytes.

use std::fmt;

/// Bytes of a UUID as text.
const LENGTH: usize = 36;

/// The request id of a Lambda invocation: a UUID, such as `8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u128);

impl RequestId {
    /// Reads exactly one UUID; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != LENGTH {
            return None;
        }
        let mut id: u128 = 0;
        for (at, byte) in text.bytes().enumerate() {
            if matches!(at, 8 | 13 | 18 | 23) {
                if byte != b'-' {
                    return None;
                }
                continue;
            }
            let digit = char::from(byte).to_digit(16)?;
            id = id << 4 | u128::from(digit);
        }
        Some(Self(id))
    }

    /// Reads the UUID that `text` starts with.
    pub(super) fn leading(text: &str) -> Option<Self> {
        Self::parse(text.get(..LENGTH)?)
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.0;
        write!(
            out,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            id >> 96,
            id >> 80 & 0xffff,
            id >> 64 & 0xffff,
            id >> 48 & 0xffff,
            id & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::RequestId;

    #[test]
    fn anything_but_a_uuid_is_refused() {
        for text in [
            "",
            "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4",
            "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f0",
            "8f5b1c9e00c1e-4b57-9d3a-0f6c1c2d3e4f",
            "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4g",
            "日本語日本語日本語日本語",
        ] {
            assert_eq!(RequestId::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(id: u128) {
            prop_assert_eq!(RequestId::parse(&RequestId(id).to_string()), Some(RequestId(id)));
        }
    }
}
