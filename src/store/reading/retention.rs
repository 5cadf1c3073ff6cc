//! Articles that were read long ago and are kept no longer.

use jiff::civil::Date;
use rusqlite::Transaction;

use super::super::database::{Database, Durability};
use super::super::error::StoreError;
use super::articles::{COLUMNS, ORDER, article};
use crate::articles::{Article, ArticleId};

/// What may be forgotten at all. Starred articles and bundled ones, whose source is given, may not.
const FORGETTABLE: &str = "a.read AND NOT a.starred AND a.same_as IS NULL AND a.feed NOT IN (SELECT id FROM feeds WHERE source = 'notes:')";

/// The articles read before a day, in the order of lists.
pub(super) fn read_before(database: &mut Database, day: Date) -> Result<Vec<Article>, StoreError> {
    database.read("find old articles", |on| {
        let text = format!(
            "SELECT {COLUMNS} FROM articles a WHERE {FORGETTABLE} AND a.read_on < ?1 ORDER BY {ORDER}"
        );
        let mut query = on.prepare(&text)?;
        let mut rows = query.query([day.to_string()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(article(row)?);
        }
        Ok(found)
    })
}

/// Forgets articles with their copies, unless they became unread or starred; gives how many.
pub(super) fn forget(database: &mut Database, ids: &[ArticleId]) -> Result<usize, StoreError> {
    database.write("forget old articles", Durability::Machine, |on| {
        let mut forgotten = 0;
        for id in ids {
            forgotten += usize::from(forget_one(on, id)?);
        }
        Ok(forgotten)
    })
}

fn forget_one(on: &Transaction<'_>, id: &ArticleId) -> rusqlite::Result<bool> {
    let which = format!(
        "number IN (SELECT c.number FROM articles c JOIN articles a ON c.number = a.number OR c.same_as = a.number
         WHERE a.id = ?1 AND {FORGETTABLE})"
    );
    let note = format!(
        "INSERT OR IGNORE INTO forgotten (id, feed) SELECT id, feed FROM articles WHERE {which}"
    );
    on.prepare_cached(&note)?.execute([&id.0])?;
    let delete = format!("DELETE FROM articles WHERE {which}");
    Ok(on.prepare_cached(&delete)?.execute([&id.0])? > 0)
}

/// Whether an article was forgotten: then its feed brings nothing new by it.
pub(super) fn is_forgotten(on: &Transaction<'_>, id: &ArticleId) -> rusqlite::Result<bool> {
    on.prepare_cached("SELECT EXISTS (SELECT 1 FROM forgotten WHERE id = ?1)")?
        .query_row([&id.0], |row| row.get(0))
}
