//! The followed feeds.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction};

use super::super::database::{Database, Durability};
use super::super::encoding::{decode, decode_time, encode_time};
use super::super::error::{StoreError, TransactionError};
use super::deliveries::fold_all;
use crate::articles::{Feed, FeedHealth, FeedId, Subscription, Validators};

const HEALTH: &str = "last_fetch, next_fetch, status, error, failures, bytes, warnings, ttl";
/// How many columns [`HEALTH`] has.
const HEALTH_COLUMNS: usize = 8;

/// Follows a feed; gives its id, and whether it is new.
pub(super) fn follow(
    database: &mut Database,
    source: &str,
    title: Option<&str>,
) -> Result<(FeedId, bool), StoreError> {
    database.write("follow the feed", Durability::Machine, |on| {
        let known = id_of(on, source)?;
        if let (Some(id), Some(title)) = (known, title) {
            on.execute(
                "UPDATE feeds SET title = ?2, named = 1 WHERE id = ?1",
                (id.0, title),
            )?;
        }
        match known {
            Some(id) => Ok((id, false)),
            None => Ok((
                insert(on, source, title.unwrap_or(source), title.is_some())?,
                true,
            )),
        }
    })
}

/// Follows those that are not followed yet; gives how many they are.
pub(super) fn follow_all(
    database: &mut Database,
    feeds: &[(String, Option<String>)],
) -> Result<usize, StoreError> {
    database.write("follow the feeds", Durability::Machine, |on| {
        let mut new = 0;
        for (source, title) in feeds {
            if id_of(on, source)?.is_none() {
                let name = title.as_ref().unwrap_or(source);
                insert(on, source, name, title.is_some())?;
                new += 1;
            }
        }
        Ok(new)
    })
}

/// Follows feeds unless that was done before under this name; says whether it was done now.
pub(super) fn follow_once(
    database: &mut Database,
    name: &str,
    feeds: &[(String, String)],
) -> Result<bool, StoreError> {
    if was_done(database, name)? {
        return Ok(false);
    }
    database.write("follow the first feeds", Durability::Machine, |on| {
        if is_reached(on, name)? {
            return Ok(false);
        }
        for (source, title) in feeds {
            if id_of(on, source)?.is_none() {
                insert(on, source, title, false)?;
            }
        }
        on.execute("INSERT INTO milestones (name) VALUES (?1)", [name])?;
        Ok(true)
    })
}

/// Whether feeds were followed under this name.
pub(super) fn was_done(database: &mut Database, name: &str) -> Result<bool, StoreError> {
    database.read("look which feeds are followed", |on| {
        Ok(is_reached(on, name)?)
    })
}

/// Puts feeds (by their sources) into folders, or into none.
pub(super) fn put_into(
    database: &mut Database,
    feeds: &[(String, Option<String>)],
) -> Result<(), StoreError> {
    database.write("put the feeds into folders", Durability::Machine, |on| {
        for (source, folder) in feeds {
            on.prepare_cached("UPDATE feeds SET folder = ?2 WHERE source = ?1")?
                .execute((source, folder))?;
        }
        Ok(())
    })
}

/// Lets a feed reach a host nearby.
pub(super) fn allow_near(database: &mut Database, feed: FeedId) -> Result<(), StoreError> {
    database.write("allow the feed its host", Durability::Machine, |on| {
        if on.execute("UPDATE feeds SET near = 1 WHERE id = ?1", [feed.0])? == 0 {
            return Err(StoreError::NoSuchFeed(feed.0.to_string()).into());
        }
        Ok(())
    })
}

/// Lets a feed be due not before this time. What is gone stays so.
pub(super) fn put_off(
    database: &mut Database,
    feed: FeedId,
    until: Timestamp,
) -> Result<(), StoreError> {
    database.write("note that the feed is asked", Durability::Process, |on| {
        let changed = on
            .prepare_cached(
                "UPDATE feeds SET next_fetch = CASE
                    WHEN next_fetch IS NULL AND last_fetch IS NOT NULL THEN NULL
                    ELSE max(coalesce(next_fetch, ?2), ?2) END
                 WHERE id = ?1",
            )?
            .execute((feed.0, encode_time(until)))?;
        if changed == 0 {
            return Err(StoreError::NoSuchFeed(feed.0.to_string()).into());
        }
        Ok(())
    })
}

/// Gives a feed another source; one that has it already becomes a part of the feed. What is known by the old source is
/// forgotten, and overwritten in the file.
pub(super) fn rename(
    database: &mut Database,
    feed: FeedId,
    source: &str,
) -> Result<(), StoreError> {
    database.write("rename the feed", Durability::Machine, |on| {
        on.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
        if let Some(other) = id_of(on, source)?.filter(|other| *other != feed) {
            on.execute(
                "UPDATE articles SET feed = ?1 WHERE feed = ?2",
                (feed.0, other.0),
            )?;
            on.execute("DELETE FROM feeds WHERE id = ?1", [other.0])?;
        }
        let changed = on.execute(
            "UPDATE feeds SET title = CASE WHEN title = source THEN ?2 ELSE title END, source = ?2,
                address = NULL, etag = NULL, last_modified = NULL, validated = NULL
             WHERE id = ?1",
            (feed.0, source),
        )?;
        if changed == 0 {
            return Err(StoreError::NoSuchFeed(feed.0.to_string()).into());
        }
        Ok(())
    })
}

/// Forgets a feed and its articles; gives its source.
pub(super) fn unfollow(database: &mut Database, feed: FeedId) -> Result<String, StoreError> {
    database.write("remove the feed", Durability::Machine, |on| {
        let source = on
            .query_row(
                "DELETE FROM feeds WHERE id = ?1 RETURNING source",
                [feed.0],
                |row| row.get(0),
            )
            .optional()?;
        let source = source.ok_or_else(|| StoreError::NoSuchFeed(feed.0.to_string()))?;
        fold_all(on)?;
        Ok(source)
    })
}

/// The feeds in the order they were added.
pub(super) fn all(database: &mut Database) -> Result<Vec<Feed>, StoreError> {
    database.read("read the feeds", rows)
}

/// The one feed a text can mean.
pub(super) fn find(database: &mut Database, text: &str) -> Result<Feed, StoreError> {
    database.read("find the feed", |on| {
        meant(&rows(on)?, text).map_err(TransactionError::Told)
    })
}

/// What a fetch needs to know of every feed.
pub(super) fn subscriptions(database: &mut Database) -> Result<Vec<Subscription>, StoreError> {
    database.read("read the feeds", |on| {
        let mut query = on.prepare_cached(&format!(
            "SELECT {HEALTH}, id, source, address, etag, last_modified, near, validated FROM feeds ORDER BY id"
        ))?;
        let mut rows = query.query([])?;
        let mut subscriptions = Vec::new();
        while let Some(row) = rows.next()? {
            subscriptions.push(subscription(row)?);
        }
        Ok(subscriptions)
    })
}

fn subscription(row: &Row<'_>) -> Result<Subscription, TransactionError> {
    let source: String = row.get(HEALTH_COLUMNS + 1)?;
    Ok(Subscription {
        feed: FeedId(row.get(HEALTH_COLUMNS)?),
        address: row.get(HEALTH_COLUMNS + 2)?,
        validators: Validators {
            etag: row.get(HEALTH_COLUMNS + 3)?,
            last_modified: row.get(HEALTH_COLUMNS + 4)?,
            of: row.get(HEALTH_COLUMNS + 6)?,
        },
        near: row.get(HEALTH_COLUMNS + 5)?,
        health: health(row, &source)?,
        source,
    })
}

fn rows(on: &Transaction<'_>) -> Result<Vec<Feed>, TransactionError> {
    let mut query = on.prepare_cached(&format!(
        "SELECT {HEALTH}, id, source, title,
            (SELECT count(*) FROM articles WHERE feed = feeds.id AND same_as IS NULL),
            (SELECT count(*) FROM articles WHERE feed = feeds.id AND same_as IS NULL AND read = 0), folder
         FROM feeds ORDER BY id"
    ))?;
    let mut rows = query.query([])?;
    let mut feeds = Vec::new();
    while let Some(row) = rows.next()? {
        let source: String = row.get(HEALTH_COLUMNS + 1)?;
        feeds.push(Feed {
            id: FeedId(row.get(HEALTH_COLUMNS)?),
            title: row.get(HEALTH_COLUMNS + 2)?,
            articles: count(row.get(HEALTH_COLUMNS + 3)?),
            unread: count(row.get(HEALTH_COLUMNS + 4)?),
            folder: row.get(HEALTH_COLUMNS + 5)?,
            elsewhere: Vec::new(),
            health: health(row, &source)?,
            source,
        });
    }
    drop(rows);
    add_elsewhere(on, &mut feeds)?;
    Ok(feeds)
}

/// Adds which articles of each feed stand in the lists as those of another one.
fn add_elsewhere(on: &Transaction<'_>, feeds: &mut [Feed]) -> rusqlite::Result<()> {
    let mut query = on.prepare_cached(
        "SELECT a.feed, p.feed, count(*) FROM articles a JOIN articles p ON p.number = a.same_as
         WHERE a.same_as IS NOT NULL AND a.feed <> p.feed GROUP BY a.feed, p.feed ORDER BY a.feed, p.feed",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (id, other) = (FeedId(row.get(0)?), FeedId(row.get(1)?));
        if let Some(feed) = feeds.iter_mut().find(|feed| feed.id == id) {
            feed.elsewhere.push((other, count(row.get(2)?)));
        }
    }
    Ok(())
}

/// Reads the columns of [`HEALTH`], which come first.
fn health(row: &Row<'_>, source: &str) -> Result<FeedHealth, TransactionError> {
    let what = || format!("feed '{source}'");
    let time = |at: usize| -> Result<_, TransactionError> {
        let text: Option<String> = row.get(at)?;
        Ok(text.map(|text| decode_time(&text, what)).transpose()?)
    };
    Ok(FeedHealth {
        last_fetch: time(0)?,
        next_fetch: time(1)?,
        status: row.get(2)?,
        error: row.get(3)?,
        failures: row.get(4)?,
        bytes: row
            .get::<_, Option<i64>>(5)?
            .map(|bytes| u64::try_from(bytes).unwrap_or_default()),
        warnings: decode(&row.get::<_, String>(6)?, what)?,
        ttl_minutes: row.get(7)?,
    })
}

/// Source, then exact title, then a part of either; the first that matches anything decides.
fn meant(feeds: &[Feed], text: &str) -> Result<Feed, StoreError> {
    let wanted = text.to_lowercase();
    let ways: [&dyn Fn(&Feed) -> bool; 3] = [
        &|feed| feed.source == text,
        &|feed| feed.title.to_lowercase() == wanted,
        &|feed| {
            let holds = |text: &str| text.to_lowercase().contains(&wanted);
            !wanted.is_empty() && (holds(&feed.source) || holds(&feed.title))
        },
    ];
    for way in ways {
        let mut found: Vec<&Feed> = feeds.iter().filter(|feed| way(feed)).collect();
        if found.len() > 1 {
            return Err(StoreError::AmbiguousFeed {
                text: text.to_owned(),
                candidates: found.iter().map(|feed| feed.source.clone()).collect(),
            });
        }
        if let Some(only) = found.pop() {
            return Ok(only.clone());
        }
    }
    Err(StoreError::NoSuchFeed(text.to_owned()))
}

fn count(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

fn is_reached(on: &Transaction<'_>, name: &str) -> rusqlite::Result<bool> {
    on.prepare_cached("SELECT EXISTS (SELECT 1 FROM milestones WHERE name = ?1)")?
        .query_row([name], |row| row.get(0))
}

fn id_of(on: &Transaction<'_>, source: &str) -> rusqlite::Result<Option<FeedId>> {
    on.prepare_cached("SELECT id FROM feeds WHERE source = ?1")?
        .query_row([source], |row| row.get(0).map(FeedId))
        .optional()
}

fn insert(
    on: &Transaction<'_>,
    source: &str,
    title: &str,
    named: bool,
) -> rusqlite::Result<FeedId> {
    on.prepare_cached("INSERT INTO feeds (source, title, named) VALUES (?1, ?2, ?3)")?
        .execute((source, title, named))?;
    Ok(FeedId(on.last_insert_rowid()))
}
