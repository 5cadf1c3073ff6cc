//! Beginnings of SHA-256 in hexadecimal: short names that are the same for the same texts, in every build.

use sha2::{Digest, Sha256};

/// The first `digits` hexadecimal digits of the digest of some texts, told apart; at most 64.
#[must_use]
pub fn digest(texts: &[&str], digits: usize) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hexadecimal(&hasher.finalize(), digits)
}

/// The first `digits` hexadecimal digits of some bytes.
#[must_use]
pub fn hexadecimal(bytes: &[u8], digits: usize) -> String {
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    nibbles.filter_map(digit).take(digits).collect()
}
