//! What the pages of articles say, where the user asked for it: shown and searched in place of what their feeds give.

use rusqlite::{OptionalExtension, Transaction};

use super::super::compression::{pack, unpack};
use super::super::database::{Database, Durability};
use super::super::error::{StoreError, TransactionError};
use super::parted;
use crate::articles::{ArticleId, FullText};

/// Keeps what the page of an article says.
pub(super) fn keep(
    database: &mut Database,
    id: &ArticleId,
    full: &FullText,
) -> Result<(), StoreError> {
    database.write("keep the text of the page", Durability::Machine, |on| {
        let what = || format!("article '{}'", id.0);
        let number = number(on, id)?;
        let (source, plain) = (pack(&full.source, what)?, pack(&full.plain, what)?);
        on.execute(
            "INSERT OR REPLACE INTO full_texts (article, base, source, plain) VALUES (?1, ?2, ?3, ?4)",
            (number, &full.base, source, plain),
        )?;
        index(on, number, &full.plain)?;
        Ok(())
    })
}

/// Forgets what the page of an article says; gives whether anything was kept of it.
pub(super) fn drop(database: &mut Database, id: &ArticleId) -> Result<bool, StoreError> {
    database.write("go back to the feed's text", Durability::Machine, |on| {
        let number = number(on, id)?;
        if on.execute("DELETE FROM full_texts WHERE article = ?1", [number])? == 0 {
            return Ok(false);
        }
        let body = "SELECT plain FROM bodies WHERE article = ?1";
        let plain: Vec<u8> = on.query_row(body, [number], |row| row.get(0))?;
        index(
            on,
            number,
            &unpack(&plain, || format!("article '{}'", id.0))?,
        )?;
        Ok(true)
    })
}

/// The words of an article's page, if they are kept.
pub(super) fn plain(on: &Transaction<'_>, number: i64) -> Result<Option<String>, TransactionError> {
    let plain: Option<Vec<u8>> = on
        .prepare_cached("SELECT plain FROM full_texts WHERE article = ?1")?
        .query_row([number], |row| row.get(0))
        .optional()?;
    let plain = plain.map(|plain| unpack(&plain, || format!("the page of article {number}")));
    Ok(plain.transpose()?)
}

/// Lets an article be found by its title, author and tags, and by these words.
pub(super) fn index(on: &Transaction<'_>, number: i64, plain: &str) -> rusqlite::Result<()> {
    on.prepare_cached(
        "INSERT OR REPLACE INTO words (rowid, title, author, tags, body)
         SELECT number, parted(title), parted(author), parted((SELECT group_concat(value, ' ') FROM json_each(tags))), ?2
         FROM articles WHERE number = ?1",
    )?
    .execute((number, parted(plain)))?;
    Ok(())
}

fn number(on: &Transaction<'_>, id: &ArticleId) -> Result<i64, TransactionError> {
    let number = on
        .query_row(
            "SELECT number FROM articles WHERE id = ?1",
            [&id.0],
            |row| row.get(0),
        )
        .optional()?;
    Ok(number.ok_or_else(|| StoreError::NoSuchArticle(id.0.clone()))?)
}
