//! How much of everything a feed may be.

use std::time::Duration;

/// A body, decompressed.
pub(super) const MOST_BYTES: usize = 16 << 20;
/// Articles of one fetch.
pub(super) const MOST_ITEMS: usize = 10_000;
/// One article in its feed.
pub(super) const MOST_BYTES_OF_ITEM: usize = 2 << 20;
/// Characters of a title that are kept.
pub(super) const LONGEST_TITLE: usize = 300;
/// Characters of an author's name that are kept.
pub(super) const LONGEST_NAME: usize = 120;
/// Tags of an article that are kept.
pub(super) const MOST_TAGS: usize = 32;
/// Bytes of a link; a longer one is left out.
pub(super) const LONGEST_LINK: usize = 8 << 10;
/// Warnings of one fetch that are kept.
pub(super) const MOST_WARNINGS: usize = 8;

/// Feeds fetched at the same time.
pub(super) const AT_ONCE: usize = 16;
/// Of these from the same host.
pub(super) const PER_HOST: usize = 4;
/// Redirects followed on the way to one feed.
pub(super) const MOST_REDIRECTS: usize = 5;

/// How long a connection may take.
pub(super) const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long a server may be silent.
pub(super) const IDLE_WITHIN: Duration = Duration::from_secs(10);
/// How long a feed may take in all, redirects and body included.
pub(super) const FETCH_WITHIN: Duration = Duration::from_secs(30);
