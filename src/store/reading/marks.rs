//! Read and starred articles.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Transaction, params_from_iter};

use super::super::database::{Database, Durability};
use super::super::error::{StoreError, TransactionError};
use super::articles::{Conditions, order};
use crate::articles::{ArticleFilter, ArticleId, Mark, MarkScope};

/// Marks articles, all or none; gives those it changed.
pub(super) fn mark(
    database: &mut Database,
    scope: &MarkScope,
    mark: Mark,
) -> Result<Vec<ArticleId>, StoreError> {
    database.write("mark articles", Durability::Process, |on| {
        let ids = match scope {
            MarkScope::These(ids) => ids.clone(),
            MarkScope::All(filter) => listed(on, filter)?,
            MarkScope::Above(filter, last) => above(listed(on, filter)?, last)?,
            MarkScope::Below(filter, first) => {
                let behind = ArticleFilter {
                    after: Some(first.clone()),
                    ..(**filter).clone()
                };
                let mut ids = listed(on, &behind)?;
                ids.insert(0, first.clone());
                ids
            }
        };
        let mut changed = Vec::new();
        for id in ids {
            if put(on, &id, mark)? {
                changed.push(id);
            }
        }
        Ok(changed)
    })
}

fn listed(
    on: &Transaction<'_>,
    filter: &ArticleFilter,
) -> Result<Vec<ArticleId>, TransactionError> {
    let conditions = Conditions::of(filter);
    let mut query = on.prepare(&format!(
        "SELECT a.id FROM articles a WHERE {} ORDER BY {}",
        conditions.text(),
        order(filter)
    ))?;
    let ids = query.query_map(params_from_iter(conditions.values), |row| {
        row.get(0).map(ArticleId)
    })?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn above(mut ids: Vec<ArticleId>, last: &ArticleId) -> Result<Vec<ArticleId>, StoreError> {
    let at = ids.iter().position(|id| id == last);
    let at = at.ok_or_else(|| StoreError::NoSuchArticle(last.0.clone()))?;
    ids.truncate(at + 1);
    Ok(ids)
}

/// Puts a mark on one article; whether that changed it.
fn put(on: &Transaction<'_>, id: &ArticleId, mark: Mark) -> Result<bool, TransactionError> {
    let (column, wanted) = match mark {
        Mark::Read(on) => ("read", on),
        Mark::Starred(on) => ("starred", on),
    };
    let found: Option<bool> = on
        .prepare_cached(&format!("SELECT {column} FROM articles WHERE id = ?1"))?
        .query_row([&id.0], |row| row.get(0))
        .optional()?;
    let found = found.ok_or_else(|| StoreError::NoSuchArticle(id.0.clone()))?;
    if found == wanted {
        return Ok(false);
    }
    on.prepare_cached(&format!("UPDATE articles SET {column} = ?2 WHERE id = ?1"))?
        .execute((&id.0, Value::Integer(wanted.into())))?;
    Ok(true)
}
