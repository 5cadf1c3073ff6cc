//! Whether the store has what the servers gave, no more and no less.

use std::collections::BTreeMap;

use iacstone::articles::{Article, ArticleFilter, Feed};
use iacstone::store::Store;

use super::cast::Item;
use super::ledger::Account;
use super::memory::Memory;
use super::world::World;
use crate::promise;
use crate::storm::Broken;

/// An article as it is stored, and its text, if that was looked at.
type Stored = (Article, Option<String>);

/// The feed and the key of an article, which its title begins with.
pub fn key(title: &str) -> Result<(usize, String), Broken> {
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
pub enum Look {
    /// The lists of articles.
    Lists,
    /// Every text as well.
    Texts,
}

/// Compares every feed with what is known of it; keeps the memories that fit.
pub async fn all(store: &Store, world: &World, look: Look) -> Result<(), Broken> {
    let feeds = store
        .feeds()
        .await
        .map_err(|error| Broken(error.to_string()))?;
    for feed in feeds {
        let stored = stored(store, &feed, look).await?;
        world.ledger(|ledger| {
            let mut accounts = ledger.accounts.values_mut();
            match accounts.find(|account| account.id == feed.id) {
                Some(account) => one(account, &feed, &stored),
                None => Err(Broken(format!("'{}' is followed by nobody", feed.source))),
            }
        })?;
    }
    Ok(())
}

/// All is as the servers have it.
pub async fn recovered(store: &Store, world: &World) -> Result<(), Broken> {
    let feeds = store
        .feeds()
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
            promise!(
                stored.get(&item.key).is_some_and(|it| is(it, &item)),
                "all troubles are over, and of {item:?} there is {:?}",
                stored.get(&item.key)
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
    for article in store.articles(&filter).await.map_err(broken)? {
        let text = match look {
            Look::Lists => None,
            Look::Texts => Some(store.article(&article.id).await.map_err(broken)?.1.source),
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
) -> Result<(), Broken> {
    let differs = |memory: &Memory| differs(memory, feed, stored);
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
fn differs(memory: &Memory, feed: &Feed, stored: &BTreeMap<String, Stored>) -> Option<String> {
    let health = &feed.health;
    let status = memory.status.is_none_or(|status| status == health.status);
    if !status || health.error.is_some() != memory.failed {
        return Some(format!(
            "status {:?} and error {:?} are told, and failed is {} with {:?}",
            health.status, health.error, memory.failed, memory.status
        ));
    }
    let fits = |item: Option<&Item>, it: &Stored| item.is_some_and(|item| is(it, item));
    for (key, item) in &memory.articles {
        match stored.get(key) {
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
