//! What a fetch brought, saved in one transaction; and the folding of articles of one text.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{OptionalExtension, Row, Transaction};

use super::super::compression::pack;
use super::super::database::{Database, Durability};
use super::super::encoding::{encode, encode_time};
use super::super::error::{StoreError, TransactionError};
use super::articles::{integer, markup_word};
use super::full_texts;
use super::retention::is_forgotten;
use crate::articles::{ArticleId, Delivered, Delivery, FeedId, Saved};

/// Saves what a fetch came to. Not synced to the disk each time: what is lost with the power can be fetched again.
pub(super) fn save_fetch(
    database: &mut Database,
    feed: FeedId,
    delivery: &Delivery,
) -> Result<Saved, StoreError> {
    database.write("save a feed", Durability::Process, |on| {
        update_feed(on, feed, delivery)?;
        let mut news = News {
            delivered: delivery
                .articles
                .iter()
                .map(|it| it.id.0.as_str())
                .collect(),
            ..News::default()
        };
        for (place, article) in delivery.articles.iter().enumerate() {
            news.save(on, feed, place, article)?;
        }
        Ok(news.fold(on)?)
    })
}

fn update_feed(
    on: &Transaction<'_>,
    feed: FeedId,
    delivery: &Delivery,
) -> Result<(), TransactionError> {
    let health = &delivery.health;
    let warnings = encode(&health.warnings, || format!("feed {}", feed.0))?;
    let changed = on
        .prepare_cached(
            "UPDATE feeds SET title = CASE WHEN named THEN title ELSE coalesce(?2, title) END, address = ?3,
                etag = ?4, last_modified = ?5, last_fetch = ?6, next_fetch = ?7, status = ?8, error = ?9,
                failures = ?10, bytes = ?11, warnings = ?12, validated = ?13, ttl = ?14
             WHERE id = ?1",
        )?
        .execute((
            feed.0,
            &delivery.title,
            &delivery.address,
            &delivery.validators.etag,
            &delivery.validators.last_modified,
            health.last_fetch.map(encode_time),
            health.next_fetch.map(encode_time),
            health.status,
            &health.error,
            health.failures,
            health.bytes.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX)),
            warnings,
            &delivery.validators.of,
            health.ttl_minutes,
        ))?;
    if changed == 0 {
        return Err(StoreError::NoSuchFeed(feed.0.to_string()).into());
    }
    Ok(())
}

/// What of a delivery is not in the store yet.
#[derive(Default)]
struct News<'a> {
    /// The ids of the delivery.
    delivered: HashSet<&'a str>,
    /// What was known by another id.
    renamed: HashSet<i64>,
    inserted: Vec<i64>,
    changed: usize,
    /// Each once, though a thousand articles be copies of one.
    essences: BTreeSet<String>,
}

impl News<'_> {
    fn save(
        &mut self,
        on: &Transaction<'_>,
        feed: FeedId,
        place: usize,
        article: &Delivered,
    ) -> Result<(), TransactionError> {
        let version = article.version();
        let known = match known(on, &article.id)? {
            None if is_forgotten(on, &article.id)? => return Ok(()),
            None => self.renamed(on, feed, article)?,
            known => known,
        };
        let Some(known) = known else {
            let number = insert(on, feed, place, article, &version)?;
            self.inserted.push(number);
            self.essences.extend(article.essence.clone());
            return write_text(on, number, article);
        };
        let changed = known.fingerprint != article.fingerprint;
        update(on, known.number, place, article, &version, changed)?;
        if changed {
            self.changed += 1;
            let essences = known.essence.into_iter().chain(article.essence.clone());
            self.essences.extend(essences);
            if article.essence.is_none() {
                unfold(on, known.number)?;
            }
        }
        if known.version != version {
            write_text(on, known.number, article)?;
        }
        Ok(())
    }

    /// An article of the feed that has the link and the title, but an id that the feed no longer gives.
    fn renamed(
        &mut self,
        on: &Transaction<'_>,
        feed: FeedId,
        article: &Delivered,
    ) -> rusqlite::Result<Option<Known>> {
        let mut query = on.prepare_cached(
            "SELECT number, fingerprint, essence, version, id FROM articles
             WHERE link = ?1 AND title = ?2 AND feed = ?3 ORDER BY number",
        )?;
        let mut rows = query.query((&article.link, &article.title, feed.0))?;
        while let Some(row) = rows.next()? {
            let (known, id) = (Known::of(row)?, row.get::<_, String>(4)?);
            if !self.delivered.contains(id.as_str()) && self.renamed.insert(known.number) {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    fn fold(self, on: &Transaction<'_>) -> rusqlite::Result<Saved> {
        for essence in &self.essences {
            fold(on, essence)?;
        }
        let mut is_shown =
            on.prepare_cached("SELECT same_as IS NULL FROM articles WHERE number = ?1")?;
        let mut new = 0;
        for number in &self.inserted {
            new += usize::from(is_shown.query_row([number], |row| row.get::<_, bool>(0))?);
        }
        let changed = self.changed;
        Ok(Saved { new, changed })
    }
}

/// An article as it is stored.
struct Known {
    number: i64,
    fingerprint: String,
    essence: Option<String>,
    version: Vec<u8>,
}

impl Known {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get(0)?,
            fingerprint: row.get(1)?,
            essence: row.get(2)?,
            version: row.get(3)?,
        })
    }
}

fn known(on: &Transaction<'_>, id: &ArticleId) -> rusqlite::Result<Option<Known>> {
    on.prepare_cached("SELECT number, fingerprint, essence, version FROM articles WHERE id = ?1")?
        .query_row([&id.0], Known::of)
        .optional()
}

/// Of the articles of one text the one that was there first is shown, for all of them. Writes only rows that differ.
fn fold(on: &Transaction<'_>, essence: &str) -> rusqlite::Result<()> {
    on.prepare_cached(
        "WITH first AS (SELECT min(number) AS number FROM articles WHERE essence = ?1)
         UPDATE articles SET same_as = nullif(first.number, articles.number) FROM first
         WHERE articles.essence = ?1 AND same_as IS NOT nullif(first.number, articles.number)",
    )?
    .execute([essence])?;
    Ok(())
}

/// What has become too short to tell by stands for itself again.
fn unfold(on: &Transaction<'_>, number: i64) -> rusqlite::Result<()> {
    on.prepare_cached("UPDATE articles SET same_as = NULL WHERE number = ?1")?
        .execute([number])?;
    Ok(())
}

/// Folds every article anew: needed when some of them are gone.
pub(super) fn fold_all(on: &Transaction<'_>) -> rusqlite::Result<()> {
    on.execute(
        "WITH firsts AS MATERIALIZED (
            SELECT essence, min(number) AS number FROM articles WHERE essence IS NOT NULL GROUP BY essence
         )
         UPDATE articles SET same_as = nullif(firsts.number, articles.number) FROM firsts
         WHERE articles.essence = firsts.essence AND same_as IS NOT nullif(firsts.number, articles.number)",
        [],
    )?;
    Ok(())
}

fn insert(
    on: &Transaction<'_>,
    feed: FeedId,
    place: usize,
    article: &Delivered,
    version: &[u8],
) -> Result<i64, TransactionError> {
    on.prepare_cached(
        "INSERT INTO articles (id, feed, title, author, published, link, tags, place, fingerprint, essence, version,
            sort_time)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute((
        &article.id.0,
        feed.0,
        &article.title,
        &article.author,
        article.published.map(encode_time),
        &article.link,
        tags(article)?,
        integer(place),
        &article.fingerprint,
        &article.essence,
        version,
        article.published.or(article.first_seen).map(encode_time),
    ))?;
    Ok(on.last_insert_rowid())
}

/// A date that a feed leaves out later stays; an article without one keeps its place.
fn update(
    on: &Transaction<'_>,
    number: i64,
    place: usize,
    article: &Delivered,
    version: &[u8],
    changed: bool,
) -> Result<(), TransactionError> {
    on.prepare_cached(
        "UPDATE articles SET title = ?2, author = ?3, published = coalesce(?4, published), link = ?5, tags = ?6,
            place = ?7, fingerprint = ?8, essence = ?9, version = ?10, changed = changed OR ?11,
            sort_time = coalesce(?4, published, sort_time)
         WHERE number = ?1",
    )?
    .execute((
        number,
        &article.title,
        &article.author,
        article.published.map(encode_time),
        &article.link,
        tags(article)?,
        integer(place),
        &article.fingerprint,
        &article.essence,
        version,
        changed,
    ))?;
    Ok(())
}

/// The text, and the words it is found by.
fn write_text(
    on: &Transaction<'_>,
    number: i64,
    article: &Delivered,
) -> Result<(), TransactionError> {
    let what = || format!("article '{}'", article.id.0);
    let text = &article.text;
    on.prepare_cached(
        "INSERT INTO bodies (article, markup, base, source, plain, enclosures) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (article) DO UPDATE SET markup = ?2, base = ?3, source = ?4, plain = ?5, enclosures = ?6",
    )?
    .execute((
        number,
        markup_word(text.markup),
        &text.base,
        pack(&text.source, what)?,
        pack(&article.plain, what)?,
        encode(&text.enclosures, what)?,
    ))?;
    let full = full_texts::plain(on, number)?;
    let plain = full.as_deref().unwrap_or(&article.plain);
    full_texts::index(on, number, plain)?;
    Ok(())
}

fn tags(article: &Delivered) -> Result<String, StoreError> {
    encode(&article.tags, || format!("article '{}'", article.id.0))
}
