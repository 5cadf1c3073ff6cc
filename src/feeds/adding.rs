//! Adding a feed that the user names, or that a page names which the user named.

use url::Url;

use super::address::{is_near, is_same_host};
use super::refresh::{RefreshOutcome, Refreshed, refresh};
use super::{FeedError, FeedSource, Fetcher};
use crate::articles::{Feed, FeedId, Subscription};
use crate::store::{Store, StoreError};

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
    let near = match &source {
        FeedSource::Web(url) => fetcher.leads_near(url).await,
        _ => false,
    };
    let wish = FeedWish {
        title,
        password: password.as_deref(),
        near,
    };
    let outcome = add_exactly(store, fetcher, &source, wish).await;
    let (Err(AddError::Feed(_, FeedError::Page(feeds))), FeedSource::Web(page)) =
        (&outcome, &source)
    else {
        return outcome;
    };
    let mut others = feeds.iter().filter(|feed| may_name(page, feed)).cloned();
    let Some(first) = others.next() else {
        return outcome;
    };
    let others = others.collect();
    let first = FeedSource::stored(&first).map_err(|error| AddError::Feed(first, error))?;
    let (first, wish) = named_by(page, &first, wish);
    let added = add_exactly(store, fetcher, &first, wish).await?;
    Ok(Added { others, ..added })
}

/// How the user wants a feed followed.
#[derive(Debug, Clone, Copy)]
struct FeedWish<'a> {
    title: Option<&'a str>,
    password: Option<&'a str>,
    /// Whether this machine and private networks may be asked.
    near: bool,
}

/// The feed that a page names, and how it is followed: as the user who named the page where both are of one origin.
fn named_by<'a>(page: &Url, feed: &FeedSource, wish: FeedWish<'a>) -> (FeedSource, FeedWish<'a>) {
    let (mut feed, _password_of_the_page) = feed.apart();
    let (mut near, mut password) = (false, None);
    if let FeedSource::Web(url) = &mut feed {
        near = wish.near && is_same_host(url, page);
        password = wish.password.filter(|_| url.origin() == page.origin());
        if password.is_some() && url.username().is_empty() {
            let named = url.set_username(page.username());
            debug_assert!(named.is_ok(), "an address of the web can have a user");
        }
    }
    let title = wish.title;
    let wish = FeedWish {
        title,
        password,
        near,
    };
    (feed, wish)
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
    wish: FeedWish<'_>,
) -> Result<Added, AddError> {
    let name = source.to_string();
    let (id, is_new) = follow(store, fetcher, &name, wish).await?;
    let error = match first_fetch(store, fetcher, id).await? {
        Some(RefreshOutcome::Failed(error)) => Some(error),
        _ => None,
    };
    if let Some(error) = error.as_ref().filter(|error| is_new && error.is_final()) {
        take_back(store, fetcher, id).await?;
        return Err(AddError::Feed(name, error.clone()));
    }
    let known = if is_new {
        known_target(store, id).await?
    } else {
        None
    };
    if known.is_some() {
        take_back(store, fetcher, id).await?;
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

/// Follows a feed as the user wishes; it is not fetched yet. Says whether it is new.
async fn follow(
    store: &Store,
    fetcher: &Fetcher,
    name: &str,
    wish: FeedWish<'_>,
) -> Result<(FeedId, bool), AddError> {
    let (id, is_new) = store.feeds().follow(name, wish.title).await?;
    if wish.near {
        store.feeds().allow_near(id).await?;
    }
    if let Some(password) = wish.password {
        let kept = fetcher.keep_password(name.to_owned(), password.to_owned());
        if let Err(error) = kept.await {
            if is_new {
                store.feeds().unfollow(id).await?;
            }
            return Err(AddError::Feed(name.to_owned(), error));
        }
    }
    Ok((id, is_new))
}

/// Follows a feed no longer that was just added, and forgets its password.
async fn take_back(store: &Store, fetcher: &Fetcher, id: FeedId) -> Result<(), AddError> {
    let name = store.feeds().unfollow(id).await?;
    let forgotten = fetcher.forget_password(name.clone()).await;
    forgotten.map_err(|error| AddError::Feed(name, error))
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

#[cfg(test)]
mod tests {
    use super::super::Passwords;
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

    #[test]
    fn a_feed_of_a_page_is_asked_as_the_user_at_the_same_origin_only() {
        let page = Url::parse("https://ja%40ne@a.example/blog").unwrap();
        let named = |feed: &str| {
            let wish = FeedWish {
                title: None,
                password: Some("secret"),
                near: false,
            };
            let feed = FeedSource::stored(feed).unwrap();
            let (feed, wish) = named_by(&page, &feed, wish);
            (feed.to_string(), wish.password.is_some())
        };
        assert_eq!(
            named("https://a.example/feed.xml"),
            ("https://ja%40ne@a.example/feed.xml".to_owned(), true)
        );
        assert_eq!(
            named("https://x:y@b.example/feed.xml"),
            ("https://x@b.example/feed.xml".to_owned(), false)
        );
    }

    #[tokio::test]
    async fn a_feed_that_is_not_added_leaves_no_password() {
        let folder = tempfile::tempdir().unwrap();
        let passwords = Passwords::beside(folder.path());
        let store = Store::in_memory().unwrap();
        let fetcher = Fetcher::demo().with_passwords(passwords.clone());
        let source = FeedSource::named("https://jane:secret@demo.iacstone.example/none").unwrap();
        let refused = add(&store, &fetcher, &source, None).await;
        assert!(matches!(refused, Err(AddError::Feed(..))), "{refused:?}");
        assert!(passwords.all().unwrap().is_empty());
        assert!(store.feeds().all().await.unwrap().is_empty());
        let page = FeedSource::named("https://jane:secret@demo.iacstone.example/").unwrap();
        let added = add(&store, &fetcher, &page, None).await.unwrap();
        assert!(added.feed.source.starts_with("https://jane@"), "{added:?}");
        let kept = passwords.all().unwrap();
        let kept: Vec<&String> = kept.keys().collect();
        assert_eq!(kept, [&added.feed.source], "none for the page");
    }
}
