//! Texts as they lie in the store: compressed with zstd.

use std::io::Read;

use super::StoreError;
use super::encoding::unreadable;

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
    let mut text = String::new();
    let read = zstd::stream::read::Decoder::with_buffer(bytes)
        .and_then(|decoder| decoder.take(LONGEST).read_to_string(&mut text));
    match read {
        Ok(_) => Ok(text),
        Err(error) => Err(unreadable(what, &error)),
    }
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
