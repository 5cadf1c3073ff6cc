//! Documents that come packed though nothing says so, or in a way that the network library does not unpack.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::FeedError;
use super::limits::MOST_BYTES;

/// The document, unpacked if it is packed by gzip: files are kept so, and servers send them as they are.
///
/// # Errors
/// [`FeedError::TooLarge`], or [`FeedError::Unreadable`] when it is damaged.
pub(super) fn gunzip(bytes: &[u8]) -> Result<Cow<'_, [u8]>, FeedError> {
    if bytes.starts_with(&[0x1f, 0x8b, 8]) {
        return unpacked(MultiGzDecoder::new(bytes)).map(Cow::Owned);
    }
    Ok(Cow::Borrowed(bytes))
}

/// What was sent as `deflate`: that should be zlib's form and often is the bare one.
///
/// # Errors
/// [`FeedError::TooLarge`], or [`FeedError::Unreadable`] when it is neither.
pub(super) fn inflate(bytes: &[u8]) -> Result<Vec<u8>, FeedError> {
    match unpacked(ZlibDecoder::new(bytes)) {
        Err(FeedError::Unreadable(_)) => unpacked(DeflateDecoder::new(bytes)),
        done => done,
    }
}

fn unpacked(decoder: impl Read) -> Result<Vec<u8>, FeedError> {
    let mut bytes = Vec::new();
    let most = MOST_BYTES as u64 + 1;
    decoder
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| FeedError::Unreadable(format!("it is packed and damaged: {error}")))?;
    if bytes.len() > MOST_BYTES {
        return Err(FeedError::TooLarge(MOST_BYTES >> 20));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn packed(text: &[u8]) -> [Vec<u8>; 3] {
        let level = Compression::fast();
        let mut gzip = GzEncoder::new(Vec::new(), level);
        let mut zlib = ZlibEncoder::new(Vec::new(), level);
        let mut bare = DeflateEncoder::new(Vec::new(), level);
        gzip.write_all(text).unwrap();
        zlib.write_all(text).unwrap();
        bare.write_all(text).unwrap();
        [
            gzip.finish().unwrap(),
            zlib.finish().unwrap(),
            bare.finish().unwrap(),
        ]
    }

    #[test]
    fn packed_documents_are_unpacked_and_others_left_alone() {
        let text = b"<rss>words words words</rss>";
        let [gzip, zlib, bare] = packed(text);
        assert_eq!(&*gunzip(&gzip).unwrap(), text);
        assert!(matches!(gunzip(text).unwrap(), Cow::Borrowed(_)));
        assert_eq!(inflate(&zlib).unwrap(), text);
        assert_eq!(inflate(&bare).unwrap(), text);
    }

    #[test]
    fn a_bomb_and_a_damaged_document_are_told() {
        let [bomb, ..] = packed(&vec![0; MOST_BYTES + 1]);
        assert_eq!(gunzip(&bomb), Err(FeedError::TooLarge(MOST_BYTES >> 20)));
        let [mut half, ..] = packed(b"words");
        half.truncate(12);
        assert!(matches!(gunzip(&half), Err(FeedError::Unreadable(_))));
        assert!(matches!(inflate(b"words"), Err(FeedError::Unreadable(_))));
    }
}
