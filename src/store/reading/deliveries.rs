//! What a fetch brought, saved in one transaction; and the folding of articles of one text.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction};

use super::super::StoreError;
use super::super::compression::pack;
use super::super::database::{Database, Durability};
use super::super::encoding::{encode, encode_time};
use super::super::error::Trouble;
use super::articles::{integer, markup_word};
use crate::articles::{Delivered, Delivery, FeedId, Saved};

impl Database {
    /// See [`super::super::Store::save_fetch`]. Not synced to the disk each time: what is lost with the power can be
    /// fetched again.
    pub(super) fn save_fetch(
        &mut self,
        feed: FeedId,
        delivery: &Delivery,
    ) -> Result<Saved, StoreError> {
        self.write("save a feed", Durability::Process, |on| {
            update_feed(on, feed, delivery)?;
            let mut news = News::default();
            for (place, article) in delivery.articles.iter().enumerate() {
                news.save(on, feed, place, article)?;
            }
            Ok(news.fold(on)?)
        })
    }
}

fn update_feed(on: &Transaction<'_>, feed: FeedId, delivery: &Delivery) -> Result<(), Trouble> {
    let health = &delivery.health;
    let warnings = encode(&health.warnings, || format!("feed {}", feed.0))?;
    let changed = on
        .prepare_cached(
            "UPDATE feeds SET title = CASE WHEN named THEN title ELSE coalesce(?2, title) END, address = ?3,
                etag = ?4, last_modified = ?5, last_fetch = ?6, next_fetch = ?7, status = ?8, error = ?9,
                failures = ?10, bytes = ?11, warnings = ?12
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
        ))?;
    if changed == 0 {
        return Err(StoreError::NoSuchFeed(feed.0.to_string()).into());
    }
    Ok(())
}

/// What of a delivery is not in the store yet.
#[derive(Default)]
struct News {
    inserted: Vec<i64>,
    changed: usize,
    /// Each once, though a thousand articles be copies of one.
    essences: BTreeSet<String>,
}

impl News {
    fn save(
        &mut self,
        on: &Transaction<'_>,
        feed: FeedId,
        place: usize,
        article: &Delivered,
    ) -> Result<(), Trouble> {
        let known: Option<(i64, String, Option<String>)> = on
            .prepare_cached("SELECT number, fingerprint, essence FROM articles WHERE id = ?1")?
            .query_row([&article.id.0], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((number, fingerprint, essence)) = known else {
            let number = insert(on, feed, place, article)?;
            self.inserted.push(number);
            self.essences.extend(article.essence.clone());
            return write_text(on, number, article);
        };
        let changed = fingerprint != article.fingerprint;
        update(on, number, place, article, changed)?;
        if changed {
            self.changed += 1;
            self.essences
                .extend(essence.into_iter().chain(article.essence.clone()));
            write_text(on, number, article)?;
        }
        Ok(())
    }

    fn fold(self, on: &Transaction<'_>) -> rusqlite::Result<Saved> {
        let mut fold = on.prepare_cached(&format!("{FOLD} WHERE essence = ?1"))?;
        for essence in &self.essences {
            fold.execute([essence])?;
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

/// Of the articles of one text the one that was there first is shown, for all of them.
const FOLD: &str = "UPDATE articles SET same_as = (
        SELECT nullif(min(other.number), articles.number) FROM articles other WHERE other.essence = articles.essence
    )";

/// Folds every article anew: needed when some of them are gone.
pub(super) fn fold_all(on: &Transaction<'_>) -> rusqlite::Result<()> {
    on.execute(&format!("{FOLD} WHERE essence IS NOT NULL"), [])?;
    Ok(())
}

fn insert(
    on: &Transaction<'_>,
    feed: FeedId,
    place: usize,
    article: &Delivered,
) -> Result<i64, Trouble> {
    on.prepare_cached(
        "INSERT INTO articles (id, feed, title, author, published, link, tags, place, fingerprint, essence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
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
    ))?;
    Ok(on.last_insert_rowid())
}

/// A date that a feed leaves out later stays; an article without one keeps none.
fn update(
    on: &Transaction<'_>,
    number: i64,
    place: usize,
    article: &Delivered,
    changed: bool,
) -> Result<(), Trouble> {
    on.prepare_cached(
        "UPDATE articles SET title = ?2, author = ?3, published = coalesce(?4, published), link = ?5, tags = ?6,
            place = ?7, fingerprint = ?8, essence = ?9, changed = changed OR ?10
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
        changed,
    ))?;
    Ok(())
}

/// The text, and the words it is found by.
fn write_text(on: &Transaction<'_>, number: i64, article: &Delivered) -> Result<(), Trouble> {
    let what = || format!("article '{}'", article.id.0);
    let text = &article.text;
    on.prepare_cached(
        "INSERT INTO bodies (article, markup, base, source, plain) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (article) DO UPDATE SET markup = ?2, base = ?3, source = ?4, plain = ?5",
    )?
    .execute((
        number,
        markup_word(text.markup),
        &text.base,
        pack(&text.source, what)?,
        pack(&article.plain, what)?,
    ))?;
    on.prepare_cached(
        "INSERT OR REPLACE INTO words (rowid, title, author, tags, body) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((number, &article.title, &article.author, article.tags.join(" "), &article.plain))?;
    Ok(())
}

fn tags(article: &Delivered) -> Result<String, StoreError> {
    encode(&article.tags, || format!("article '{}'", article.id.0))
}
