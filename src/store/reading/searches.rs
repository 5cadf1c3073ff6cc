//! Searches that the user keeps.

use super::super::database::{Database, Durability};
use super::super::error::StoreError;
use crate::articles::SavedSearch;

/// The searches by name.
pub(super) fn all(database: &mut Database) -> Result<Vec<SavedSearch>, StoreError> {
    database.read("read the saved searches", |on| {
        let mut query = on.prepare_cached("SELECT name, query FROM searches ORDER BY name")?;
        let searches = query.query_map([], |row| {
            Ok(SavedSearch {
                name: row.get(0)?,
                query: row.get(1)?,
            })
        })?;
        Ok(searches.collect::<Result<_, _>>()?)
    })
}

/// Keeps a search, in place of one of the same name.
pub(super) fn save(database: &mut Database, search: &SavedSearch) -> Result<(), StoreError> {
    database.write("keep the search", Durability::Machine, |on| {
        on.execute(
            "INSERT INTO searches (name, query) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET query = ?2",
            [&search.name, &search.query],
        )?;
        Ok(())
    })
}

/// Forgets a search.
pub(super) fn remove(database: &mut Database, name: &str) -> Result<(), StoreError> {
    database.write("forget the search", Durability::Machine, |on| {
        on.execute("DELETE FROM searches WHERE name = ?1", [name])?;
        Ok(())
    })
}
