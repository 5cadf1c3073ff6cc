//! Logs Insights queries that are remembered: saved under a name, or asked before.

use super::database::{Database, Durability};
use super::encoding::{decode, decode_time, encode, encode_time};
use super::error::{StoreError, TransactionError};
use super::writer::Writer;
use crate::logs::query::KnownQuery;

/// How many queries without a name are remembered; the oldest are forgotten first.
const MOST_ASKED: i64 = 200;

/// The queries of a store.
#[derive(Debug, Clone, Copy)]
pub struct QueryStore<'a> {
    writer: &'a Writer,
}

impl<'a> QueryStore<'a> {
    pub(super) const fn new(writer: &'a Writer) -> Self {
        Self { writer }
    }

    /// The queries: those with a name first, by name; then the others, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub async fn all(self) -> Result<Vec<KnownQuery>, StoreError> {
        self.writer.ask(all).await
    }

    /// Remembers a query, in place of the same one.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub async fn keep(self, query: &KnownQuery) -> Result<(), StoreError> {
        let query = query.clone();
        self.writer
            .ask(move |database| keep(database, &query))
            .await
    }

    /// Forgets a query, if it is remembered.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub async fn forget(self, query: &KnownQuery) -> Result<(), StoreError> {
        let query = query.clone();
        self.writer
            .ask(move |database| forget(database, &query))
            .await
    }
}

type Stored = (Option<String>, String, String, String);

fn all(database: &mut Database) -> Result<Vec<KnownQuery>, StoreError> {
    database.read("read the queries", |on| {
        let mut query = on.prepare_cached(
            "SELECT name, query, log_groups, at FROM queries ORDER BY name IS NULL, name, number DESC",
        )?;
        let rows = query.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        rows.map(|row| read(row?)).collect()
    })
}

fn read((name, query, groups, at): Stored) -> Result<KnownQuery, TransactionError> {
    let what = || "a remembered query".to_owned();
    Ok(KnownQuery {
        name,
        query,
        groups: decode(&groups, what)?,
        at: decode_time(&at, what)?,
    })
}

fn keep(database: &mut Database, query: &KnownQuery) -> Result<(), StoreError> {
    let groups = groups_of(query)?;
    database.write("remember the query", Durability::Machine, |on| {
        remove(on, query, &groups)?;
        on.execute(
            "INSERT INTO queries (name, query, log_groups, at) VALUES (?1, ?2, ?3, ?4)",
            (&query.name, &query.query, &groups, encode_time(query.at)),
        )?;
        on.execute(
            "DELETE FROM queries WHERE name IS NULL AND number NOT IN
                (SELECT number FROM queries WHERE name IS NULL ORDER BY number DESC LIMIT ?1)",
            [MOST_ASKED],
        )?;
        Ok(())
    })
}

fn forget(database: &mut Database, query: &KnownQuery) -> Result<(), StoreError> {
    let groups = groups_of(query)?;
    database.write("forget the query", Durability::Machine, |on| {
        remove(on, query, &groups)
    })
}

/// Takes out what is the same by [`KnownQuery::is_same`].
fn remove(
    on: &rusqlite::Transaction<'_>,
    query: &KnownQuery,
    groups: &str,
) -> Result<(), TransactionError> {
    match &query.name {
        Some(name) => on.execute("DELETE FROM queries WHERE name = ?1", [name])?,
        None => on.execute(
            "DELETE FROM queries WHERE name IS NULL AND query = ?1 AND log_groups = ?2",
            (&query.query, groups),
        )?,
    };
    Ok(())
}

fn groups_of(query: &KnownQuery) -> Result<String, StoreError> {
    encode(&query.groups, || "the query's log groups".to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::store::Store;

    fn query(name: Option<&str>, words: &str) -> KnownQuery {
        KnownQuery {
            name: name.map(str::to_owned),
            query: words.to_owned(),
            groups: vec!["/ecs/\"odd\", name".to_owned(), "/b".to_owned()],
            at: Timestamp::from_millisecond(1_700_000_000_123).unwrap(),
        }
    }

    #[tokio::test]
    async fn named_queries_come_first_and_then_the_latest_that_were_asked() {
        let store = Store::in_memory().unwrap();
        let (old, new) = (query(None, "limit 1"), query(None, "limit 2"));
        let (b, a) = (query(Some("b"), "limit 1"), query(Some("a"), "limit 9"));
        for kept in [&old, &b, &new, &a] {
            store.queries().keep(kept).await.unwrap();
        }
        let all = store.queries().all().await.unwrap();
        assert_eq!(all, [a.clone(), b.clone(), new.clone(), old.clone()]);
        // Asked again it is the latest, and it stands there once.
        store.queries().keep(&old).await.unwrap();
        let again = KnownQuery {
            query: "limit 3".to_owned(),
            ..b
        };
        store.queries().keep(&again).await.unwrap();
        store.queries().forget(&a).await.unwrap();
        let all = store.queries().all().await.unwrap();
        assert_eq!(all, [again, old, new]);
    }

    #[tokio::test]
    async fn of_queries_without_a_name_the_latest_are_remembered() {
        let store = Store::in_memory().unwrap();
        let named = query(Some("kept"), "limit 0");
        store.queries().keep(&named).await.unwrap();
        for number in 0..MOST_ASKED + 3 {
            let asked = query(None, &format!("limit {number}"));
            store.queries().keep(&asked).await.unwrap();
        }
        let all = store.queries().all().await.unwrap();
        assert_eq!(all.len(), usize::try_from(MOST_ASKED).unwrap() + 1);
        assert_eq!(all[0], named);
        assert_eq!(all.last().unwrap().query, "limit 3");
    }
}
