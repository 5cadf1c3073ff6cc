//! Texts as they lie in the store: compressed with zstd.

use std::io;

use super::encoding::unreadable;
use super::error::StoreError;

/// zstd's own default: smaller levels save no time worth having here.
const LEVEL: i32 = 3;

/// No stored text is longer, in bytes; a damaged one cannot fill the memory.
const LONGEST: u64 = 64 << 20;

/// Compresses a text; `what` names it for the user.
pub(super) fn pack(text: &str, what: impl FnOnce() -> String) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(text.as_bytes(), LEVEL).map_err(|error| StoreError::Unstorable {
        what: what(),
        reason: error.to_string(),
    })
}

/// The text again.
pub(super) fn unpack(bytes: &[u8], what: impl FnOnce() -> String) -> Result<String, StoreError> {
    // What was packed here says its length; a buffer of just that size spares the decoder one of its own.
    let length = zstd::zstd_safe::get_frame_content_size(bytes)
        .ok()
        .flatten();
    let length = length.map_or(LONGEST, |length| length.min(LONGEST));
    let text = usize::try_from(length)
        .map_err(io::Error::other)
        .and_then(|length| zstd::bulk::decompress(bytes, length))
        .and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other));
    text.map_err(|error| unreadable(what, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was_and_damage_is_told() {
        let text = "naïve 日本語\n".repeat(1000);
        let packed = pack(&text, String::new).unwrap();
        assert!(packed.len() < text.len() / 50);
        assert_eq!(unpack(&packed, String::new).unwrap(), text);
        let error = unpack(&packed[..packed.len() / 2], || "article '1'".to_owned());
        assert!(
            error
                .unwrap_err()
                .to_string()
                .starts_with("cannot read article '1'")
        );
    }
}
