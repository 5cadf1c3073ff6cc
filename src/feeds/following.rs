//! Following feeds: the first ones, the bundled notes, and those a user adds.

use jiff::Timestamp;
use url::Url;

use super::address::{is_near, is_same_host};
use super::identity::{id, marks};
use super::refresh::{RefreshOutcome, Refreshed, refresh};
use super::visible::searchable;
use super::{FeedError, FeedSource, Fetcher, NOTES, demo};
use crate::articles::{
    Delivered, Delivery, Feed, FeedHealth, FeedId, Subscription, Text, Validators,
};
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

fn delivered(note: &Note) -> Delivered {
    let marks = marks(&note.title, &note.text);
    Delivered {
        id: id(NOTES, &note.name),
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

/// What came of adding a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The feed, with what was fetched.
    pub feed: Feed,
    /// Whether it was not followed before.
    pub is_new: bool,
    /// Why it could not be fetched, though it is followed: it is asked again later.
    pub error: Option<FeedError>,
    /// Other feeds of the page the user named.
    pub others: Vec<String>,
}

/// Why a feed was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// There is no feed, or not one that may be asked.
    #[error("'{source}' was not added: {cause}", source = .0, cause = .1)]
    Feed(String, FeedError),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Follows a feed and fetches it; of a web page, the first feed it names. What is no feed at all is not followed, what
/// cannot be had now is. With an offline fetcher an address is followed unseen.
///
/// # Errors
/// [`AddError`].
pub async fn add(
    store: &Store,
    fetcher: &Fetcher,
    source: &FeedSource,
    title: Option<&str>,
) -> Result<Added, AddError> {
    let (source, password) = source.apart();
    let source = &source;
    let keep = async |source: &FeedSource| {
        let Some(password) = password.clone() else {
            return Ok(());
        };
        let name = source.to_string();
        let kept = fetcher.keep_password(name.clone(), password).await;
        kept.map_err(|error| AddError::Feed(name, error))
    };
    keep(source).await?;
    let near = match source {
        FeedSource::Web(url) => fetcher.leads_near(url).await,
        _ => false,
    };
    let outcome = add_exactly(store, fetcher, source, near, title).await;
    let (Err(AddError::Feed(_, FeedError::Page(feeds))), FeedSource::Web(page)) =
        (&outcome, source)
    else {
        return outcome;
    };
    let mut others = feeds.iter().filter(|feed| may_name(page, feed)).cloned();
    let Some(first) = others.next() else {
        return outcome;
    };
    let others = others.collect();
    let first = FeedSource::stored(&first).map_err(|error| AddError::Feed(first, error))?;
    if matches!(&first, FeedSource::Web(url) if url.origin() == page.origin()) {
        keep(&first).await?;
    }
    let near = near && matches!(&first, FeedSource::Web(url) if is_same_host(url, page));
    let added = add_exactly(store, fetcher, &first, near, title).await?;
    Ok(Added { others, ..added })
}

/// Whether a page may name a feed in the user's stead: nothing near but at the page's own host, and none that anyone
/// could change on its way when the page could not be.
fn may_name(page: &Url, feed: &str) -> bool {
    let Ok(feed) = Url::parse(feed) else {
        return false;
    };
    let is_downgrade = page.scheme() == "https" && feed.scheme() != "https";
    !is_downgrade && (is_same_host(&feed, page) || !is_near(&feed))
}

async fn add_exactly(
    store: &Store,
    fetcher: &Fetcher,
    source: &FeedSource,
    near: bool,
    title: Option<&str>,
) -> Result<Added, AddError> {
    let name = source.to_string();
    let (id, is_new) = store.feeds().follow(&name, title).await?;
    if near {
        store.feeds().allow_near(id).await?;
    }
    let error = match first_fetch(store, fetcher, id).await? {
        Some(RefreshOutcome::Failed(error)) => Some(error),
        _ => None,
    };
    if let Some(error) = error.as_ref().filter(|error| is_new && error.is_final()) {
        store.feeds().unfollow(id).await?;
        return Err(AddError::Feed(name, error.clone()));
    }
    let known = if is_new {
        known_target(store, id).await?
    } else {
        None
    };
    if known.is_some() {
        store.feeds().unfollow(id).await?;
    }
    let (id, is_new) = known.map_or((id, is_new), |known| (known, false));
    let feeds = store.feeds().all().await?;
    let feed = feeds.into_iter().find(|feed| feed.id == id);
    let feed = feed.ok_or(StoreError::NoSuchFeed(name))?;
    Ok(Added {
        feed,
        is_new,
        error,
        others: Vec::new(),
    })
}

/// The feed that was followed before at the address where permanent redirects of a new one lead.
async fn known_target(store: &Store, id: FeedId) -> Result<Option<FeedId>, StoreError> {
    let feeds = store.feeds().subscriptions().await?;
    let new = feeds.iter().find(|feed| feed.feed == id);
    let Some(target) = new.and_then(|feed| feed.address.as_deref()) else {
        return Ok(None);
    };
    let is_there = |feed: &&Subscription| {
        feed.feed != id && (feed.source == target || feed.address.as_deref() == Some(target))
    };
    Ok(feeds.iter().find(is_there).map(|feed| feed.feed))
}

async fn first_fetch(
    store: &Store,
    fetcher: &Fetcher,
    id: FeedId,
) -> Result<Option<RefreshOutcome>, StoreError> {
    let mut feeds = store.feeds().subscriptions().await?;
    feeds.retain(|feed| feed.feed == id);
    let mut outcome = None;
    refresh(store, fetcher, feeds, |refreshed: Refreshed| {
        outcome = Some(refreshed.outcome);
    })
    .await?;
    Ok(outcome)
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

    #[test]
    fn a_page_names_feeds_of_its_own_host_and_of_the_open_internet() {
        let may = |page: &str, feed: &str| may_name(&Url::parse(page).unwrap(), feed);
        let page = "https://example.org/blog";
        assert!(may(page, "https://example.org/feed"));
        assert!(may(page, "https://feeds.example.net/x"));
        assert!(!may(page, "http://example.org/feed"), "out of encryption");
        for near in [
            "https://127.0.0.1:8080/x",
            "https://localhost/x",
            "https://10.0.0.1/",
            "https://[::1]/",
            "https://169.254.169.254/latest",
        ] {
            assert!(!may(page, near), "{near}");
            assert!(!may("http://192.168.0.1/blog", near), "{near}");
        }
        assert!(may("http://192.168.0.1/blog", "http://192.168.0.1:81/feed"));
    }

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
