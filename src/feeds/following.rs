//! Following feeds: the first ones and the bundled notes.

use jiff::Timestamp;

use super::identity::{id, marks};
use super::visible::searchable;
use super::{NOTES, demo};
use crate::articles::{ArticleId, Delivered, Delivery, FeedHealth, Subscription, Text, Validators};
use crate::store::{Store, StoreError};
use crate::text::digest;

/// The feeds of a first start: address and title of each.
const FIRST: [(&str, &str); 4] = [
    ("https://forem.com/feed/siegerts", "siegerts"),
    ("https://dev.to/feed/briancaffey", "briancaffey"),
    ("https://dev.to/feed/alexcasalboni", "alexcasalboni"),
    ("https://forem.com/feed/jbutz", "jbutz"),
];

/// Follows the first feeds in a store that never had them, or those of the demo. What the user removes stays removed.
///
/// # Errors
/// [`StoreError`].
pub async fn follow_first(store: &Store, in_demo: bool) -> Result<bool, StoreError> {
    let first = if in_demo {
        &demo::FIRST[..]
    } else {
        &FIRST[..]
    };
    let feeds = first.iter();
    let feeds = feeds.map(|(source, title)| ((*source).to_owned(), (*title).to_owned()));
    store
        .feeds()
        .follow_once("first-feeds", feeds.collect())
        .await
}

/// A bundled article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is known by; stays the same when title and text change.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its text.
    pub text: Text,
}

/// Keeps the bundled notes in the store as the feed [`NOTES`], unless the user removed it. Writes only when they differ
/// from those of the last start.
///
/// # Errors
/// [`StoreError`].
pub async fn keep_notes(store: &Store, title: &str, notes: &[Note]) -> Result<(), StoreError> {
    let feed = (NOTES.to_owned(), title.to_owned());
    store.feeds().follow_once("notes", vec![feed]).await?;
    let feeds = store.feeds().subscriptions().await?;
    let Some(feed) = feeds.into_iter().find(|feed| feed.source == NOTES) else {
        return Ok(());
    };
    let parts = notes
        .iter()
        .flat_map(|note| [note.name.as_str(), &note.title, &note.text.source]);
    let etag = Some(digest(&parts.collect::<Vec<_>>(), 16));
    if feed.validators.etag == etag {
        return Ok(());
    }
    let delivery = Delivery {
        health: FeedHealth::default(),
        validators: Validators {
            etag,
            ..Validators::default()
        },
        address: None,
        title: Some(title.to_owned()),
        articles: notes.iter().map(delivered).collect(),
    };
    store.feeds().save_fetch(feed.feed, delivery).await?;
    Ok(())
}

/// The id of the bundled note of this name.
#[must_use]
pub fn note_id(name: &str) -> ArticleId {
    id(NOTES, name)
}

fn delivered(note: &Note) -> Delivered {
    let marks = marks(&note.title, &note.text);
    Delivered {
        id: note_id(&note.name),
        title: note.title.clone(),
        author: None,
        published: None,
        first_seen: None,
        link: None,
        tags: note.tags.clone(),
        plain: searchable(&note.text),
        text: note.text.clone(),
        fingerprint: marks.fingerprint,
        essence: marks.essence,
    }
}

/// The feeds that can be asked: not the notes, and none that is gone.
///
/// # Errors
/// [`StoreError`].
pub async fn all(store: &Store) -> Result<Vec<Subscription>, StoreError> {
    let mut feeds = store.feeds().subscriptions().await?;
    feeds.retain(|feed| feed.source != NOTES && !feed.is_gone());
    Ok(feeds)
}

/// The feeds that are due.
///
/// # Errors
/// [`StoreError`].
pub async fn due(store: &Store, now: Timestamp) -> Result<Vec<Subscription>, StoreError> {
    let mut feeds = all(store).await?;
    feeds.retain(|feed| feed.is_due(now));
    Ok(feeds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_gone_is_asked_for_only_by_name() {
        let store = Store::in_memory().unwrap();
        let (gone, _) = store
            .feeds()
            .follow("https://a.example/", None)
            .await
            .unwrap();
        store
            .feeds()
            .follow("https://b.example/", None)
            .await
            .unwrap();
        let delivery = Delivery {
            health: FeedHealth {
                last_fetch: Some(Timestamp::UNIX_EPOCH),
                ..FeedHealth::default()
            },
            validators: Validators::default(),
            address: None,
            title: None,
            articles: Vec::new(),
        };
        store.feeds().save_fetch(gone, delivery).await.unwrap();
        let feeds = all(&store).await.unwrap();
        let sources: Vec<&str> = feeds.iter().map(|feed| feed.source.as_str()).collect();
        assert_eq!(sources, ["https://b.example/"]);
    }
}
