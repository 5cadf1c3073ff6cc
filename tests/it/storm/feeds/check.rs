//! Whether the store has what the servers gave, no more and no less.

use std::collections::{BTreeMap, BTreeSet};

use iacstone::articles::{Article, ArticleFilter, Feed};
use iacstone::store::Store;

use super::cast::{Item, letters};
use super::ledger::Account;
use super::memory::{Memory, Status};
use super::world::World;
use crate::promise;
use crate::storm::Broken;

/// An article as it is stored, and its text, if that was looked at.
type Stored = (Article, Option<String>);

/// Letters of a text that is long enough to tell by, with those of its tags.
const LONG: usize = 210;

/// The feed and the key of an article, which its title begins with.
pub(super) fn key(title: &str) -> Result<(usize, String), Broken> {
    let key = title.split(' ').next().unwrap_or_default();
    let feed = key
        .strip_prefix('F')
        .and_then(|rest| rest.split('A').next());
    match feed.and_then(|feed| feed.parse().ok()) {
        Some(feed) => Ok((feed, key.to_owned())),
        None => Err(Broken(format!("nobody wrote the article '{title}'"))),
    }
}

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The lists of articles.
    Lists,
    /// Every text as well.
    Texts,
}

/// Compares every feed with what is known of it; keeps the memories that fit.
pub(super) async fn all(store: &Store, world: &World, look: Look) -> Result<(), Broken> {
    let feeds = store
        .feeds()
        .all()
        .await
        .map_err(|error| Broken(error.to_string()))?;
    let mut shown = Vec::new();
    for feed in feeds {
        let stored = stored(store, &feed, look).await?;
        shown.push((feed, stored));
    }
    let texts = texts(&shown)?;
    let texts = (look == Look::Texts).then_some(&texts);
    for (feed, stored) in &shown {
        world.ledger(|ledger| {
            let mut accounts = ledger.accounts.values_mut();
            match accounts.find(|account| account.id == feed.id) {
                Some(account) => one(account, feed, stored, texts),
                None => Err(Broken(format!("'{}' is followed by nobody", feed.source))),
            }
        })?;
    }
    Ok(())
}

/// The letters of all texts that are shown and long enough to tell by: none is there twice.
fn texts(shown: &[(Feed, BTreeMap<String, Stored>)]) -> Result<BTreeSet<String>, Broken> {
    let mut all = BTreeSet::new();
    for (article, text) in shown.iter().flat_map(|(_, stored)| stored.values()) {
        let letters = text.as_deref().map(letters).unwrap_or_default();
        let is_long = letters.len() > LONG;
        promise!(
            !is_long || all.insert(letters),
            "'{}' is shown though its text is shown already",
            article.title
        );
    }
    Ok(all)
}

/// All is as the servers have it.
pub(super) async fn recovered(store: &Store, world: &World) -> Result<(), Broken> {
    let feeds = store
        .feeds()
        .all()
        .await
        .map_err(|error| Broken(error.to_string()))?;
    promise!(
        feeds.len() == world.sites().len(),
        "{} feeds are followed",
        feeds.len()
    );
    for feed in feeds {
        let number = world.ledger(|ledger| {
            let mut accounts = ledger.accounts.iter();
            accounts
                .find(|(_, it)| it.id == feed.id)
                .map(|(number, _)| *number)
        });
        let Some(number) = number else {
            return Err(Broken(format!("'{}' is followed by nobody", feed.source)));
        };
        let health = &feed.health;
        promise!(
            health.error.is_none() && health.failures == 0,
            "all troubles are over, and of '{}' this is told: {:?}",
            feed.source,
            health.error
        );
        let stored = stored(store, &feed, Look::Texts).await?;
        for item in world.sites()[number].at(world.since()).items {
            let there = stored.get(&item.key);
            promise!(
                there.is_some_and(|it| is(it, &item)) || (there.is_none() && item.copied),
                "all troubles are over, and of {item:?} there is {there:?}"
            );
        }
    }
    Ok(())
}

async fn stored(
    store: &Store,
    feed: &Feed,
    look: Look,
) -> Result<BTreeMap<String, Stored>, Broken> {
    let broken = |error: iacstone::store::StoreError| Broken(error.to_string());
    let filter = ArticleFilter {
        feed: Some(feed.id),
        ..ArticleFilter::default()
    };
    let mut stored = BTreeMap::new();
    for article in store.articles().list(&filter).await.map_err(broken)? {
        let text = match look {
            Look::Lists => None,
            Look::Texts => Some(
                store
                    .articles()
                    .with_text(&article.id)
                    .await
                    .map_err(broken)?
                    .1
                    .source,
            ),
        };
        let (_, key) = key(&article.title)?;
        let other = stored.insert(key, (article, text));
        promise!(other.is_none(), "there are two of one article: {other:?}");
    }
    Ok(stored)
}

fn one(
    account: &mut Account,
    feed: &Feed,
    stored: &BTreeMap<String, Stored>,
    texts: Option<&BTreeSet<String>>,
) -> Result<(), Broken> {
    let differs = |memory: &Memory| differs(memory, feed, stored, texts);
    let first = account.possible.iter().find_map(differs);
    let fitting: Vec<Memory> = account
        .possible
        .iter()
        .filter(|memory| differs(memory).is_none())
        .cloned()
        .collect();
    if let Some(words) = first.filter(|_| fitting.is_empty()) {
        return Err(Broken(format!("'{}': {words}", feed.source)));
    }
    account.possible = fitting;
    for (key, (article, _)) in stored {
        marks(account, key, article)?;
    }
    Ok(())
}

/// Read and starred articles stay so, and no other one is.
fn marks(account: &mut Account, key: &String, article: &Article) -> Result<(), Broken> {
    let unsure = account.unsure.remove(key);
    for (is, marked, word) in [
        (article.read, &mut account.read, "read"),
        (article.starred, &mut account.starred, "starred"),
    ] {
        if unsure && is {
            marked.insert(key.clone());
        } else if unsure {
            marked.remove(key);
        }
        promise!(
            is == marked.contains(key),
            "that '{}' is {word} is {is}, and it should not",
            article.title
        );
    }
    Ok(())
}

/// What in the store does not fit to what is to be remembered.
fn differs(
    memory: &Memory,
    feed: &Feed,
    stored: &BTreeMap<String, Stored>,
    texts: Option<&BTreeSet<String>>,
) -> Option<String> {
    let health = &feed.health;
    let status = memory.status == Status::Is(health.status) || memory.status == Status::Either;
    if !status || health.error.is_some() != memory.failed {
        return Some(format!(
            "status {:?} and error {:?} are told, and failed is {} with {:?}",
            health.status, health.error, memory.failed, memory.status
        ));
    }
    let fits = |item: Option<&Item>, it: &Stored| item.is_some_and(|item| is(it, item));
    for (key, item) in &memory.articles {
        match stored.get(key) {
            // Shown under another title, as far as texts were looked at.
            None if item.copied && texts.is_none_or(|it| it.contains(&letters(&item.text))) => {}
            None => return Some(format!("'{}' is lost", item.title)),
            Some(it) if fits(Some(item), it) || fits(memory.loose.get(key), it) => {}
            Some(it) => return Some(format!("{item:?} is stored as {it:?}")),
        }
    }
    let mut others = stored
        .iter()
        .filter(|(key, _)| !memory.articles.contains_key(*key));
    let strange = others.find(|(key, it)| !fits(memory.loose.get(*key), it));
    strange.map(|(_, it)| format!("nobody gave {it:?}"))
}

fn is((article, text): &Stored, item: &Item) -> bool {
    let text = text.as_ref().is_none_or(|text| *text == item.text);
    text && article.title == item.title && article.link == item.link
}
