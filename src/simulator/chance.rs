//! Everything random in the account, all of it derived from one seed: generators, identifiers, hashes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// A generator that depends on the seed and on these names only.
pub(super) fn seeded(seed: u64, names: &[&str]) -> StdRng {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
    for byte in names.iter().flat_map(|name| name.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    StdRng::seed_from_u64(hash)
}

/// A random (version 4) UUID in its hyphenated form.
pub(super) fn uuid(rng: &mut StdRng) -> String {
    let bits: u128 = rng.random();
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        bits >> 96,
        (bits >> 80) & 0xffff,
        (bits >> 64) & 0xffff,
        (bits >> 48) & 0xffff,
        bits & 0xffff_ffff_ffff
    )
}

/// Thirty-two random hexadecimal digits, the tail of a log stream's name.
pub(super) fn hex(rng: &mut StdRng) -> String {
    format!("{:032x}", rng.random::<u128>())
}

/// The base64 text of 256 bits that stand for the hash of `content`.
pub(super) fn code_sha256(content: &str) -> String {
    let bytes: [u8; 32] = seeded(0, &["code", content]).random();
    STANDARD.encode(bytes)
}

/// The hash in a managed runtime's version ARN, 64 hexadecimal digits.
pub(super) fn runtime_hash(runtime: &str) -> String {
    let mut rng = seeded(0, &["runtime", runtime]);
    format!("{}{}", hex(&mut rng), hex(&mut rng))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_uuids_and_depend_on_the_seed_alone() {
        let first = uuid(&mut seeded(1, &["a"]));
        assert_eq!(first, uuid(&mut seeded(1, &["a"])));
        assert_ne!(first, uuid(&mut seeded(2, &["a"])));
        assert_ne!(first, uuid(&mut seeded(1, &["b"])));
        assert_eq!(first.len(), 36);
        assert_eq!(&first[14..15], "4");
        assert!("89ab".contains(&first[19..20]));
    }

    #[test]
    fn code_hashes_look_like_sha256_in_base64() {
        assert_eq!(STANDARD.decode(code_sha256("x")).unwrap().len(), 32);
        assert_ne!(code_sha256("x"), code_sha256("y"));
    }
}
