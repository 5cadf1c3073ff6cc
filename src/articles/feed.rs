//! A feed the user follows, and how it fares.

use jiff::Timestamp;

/// Names a feed in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeedId(pub i64);

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its id.
    pub id: FeedId,
    /// Its URL, the absolute path of a local file, or `notes:` for the bundled notes.
    pub source: String,
    /// Its title, without the platform's prefix.
    pub title: String,
    /// The names of the folders it is in, outermost first, parted by `/`.
    pub folder: Option<String>,
    /// How many articles of it are stored.
    pub articles: usize,
    /// How many of those are unread.
    pub unread: usize,
    /// Articles of it that stand in the lists as those of other feeds, which had them first: which feeds, how many each.
    pub elsewhere: Vec<(FeedId, usize)>,
    /// How its fetches fare.
    pub health: FeedHealth,
}

impl Feed {
    /// In which feeds articles of it are listed that were known from there, in words: `3 in 'Ada on Queues'`.
    #[must_use]
    pub fn known_from(&self, feeds: &[Self]) -> Option<String> {
        let title = |id| {
            feeds
                .iter()
                .find(|feed| feed.id == id)
                .map(|feed| feed.title.as_str())
        };
        let named = self.elsewhere.iter().filter_map(|&(id, count)| {
            let title = title(id)?;
            Some(format!("{count} in '{title}'"))
        });
        let named: Vec<String> = named.collect();
        (!named.is_empty()).then(|| named.join(", "))
    }
}

/// How the fetches of a feed fare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedHealth {
    /// When it was last asked for.
    pub last_fetch: Option<Timestamp>,
    /// When it is due again; none when it is never fetched again.
    pub next_fetch: Option<Timestamp>,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// What went wrong last time: what, where and what to do.
    pub error: Option<String>,
    /// Failed fetches in a row.
    pub failures: u32,
    /// Bytes of the last body, decompressed.
    pub bytes: Option<u64>,
    /// For how many minutes its last document wants to be left alone.
    pub ttl_minutes: Option<u32>,
    /// What was mended or left out while parsing.
    pub warnings: Vec<String>,
}
