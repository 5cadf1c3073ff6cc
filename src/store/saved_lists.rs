//! Lists of words that the user keeps under a name: filters, hidden fields.

use super::database::{Database, Durability};
use super::error::StoreError;
use super::writer::Writer;
use crate::logs::{ListKind, SavedList};

/// The lists of a store.
#[derive(Debug, Clone, Copy)]
pub struct SavedListStore<'a> {
    writer: &'a Writer,
}

impl<'a> SavedListStore<'a> {
    pub(super) const fn new(writer: &'a Writer) -> Self {
        Self { writer }
    }

    /// The lists, by kind and name.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub async fn all(self) -> Result<Vec<SavedList>, StoreError> {
        self.writer.ask(all).await
    }

    /// Saves a list, in place of one of the same kind and name; one without entries is deleted.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub async fn save(self, list: &SavedList) -> Result<(), StoreError> {
        let list = list.clone();
        self.writer.ask(move |database| save(database, &list)).await
    }
}

fn all(database: &mut Database) -> Result<Vec<SavedList>, StoreError> {
    database.read("read the saved lists", |on| {
        let mut query = on.prepare_cached(
            "SELECT kind, name, entry FROM saved_lists ORDER BY kind, name, number",
        )?;
        let mut rows = query.query([])?;
        let mut lists: Vec<SavedList> = Vec::new();
        while let Some(row) = rows.next()? {
            let (kind, name, entry): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let Some(kind) = ListKind::ALL.into_iter().find(|it| it.name() == kind) else {
                continue;
            };
            let same = |list: &&mut SavedList| list.kind == kind && list.name == name;
            match lists.last_mut().filter(same) {
                Some(list) => list.entries.push(entry),
                None => lists.push(SavedList {
                    kind,
                    name,
                    entries: vec![entry],
                }),
            }
        }
        Ok(lists)
    })
}

fn save(database: &mut Database, list: &SavedList) -> Result<(), StoreError> {
    database.write("save a list", Durability::Machine, |on| {
        let kind = list.kind.name();
        on.execute(
            "DELETE FROM saved_lists WHERE kind = ?1 AND name = ?2",
            [kind, &list.name],
        )?;
        let mut insert = on.prepare_cached(
            "INSERT INTO saved_lists (kind, name, number, entry) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (number, entry) in (0_i64..).zip(&list.entries) {
            insert.execute((kind, &list.name, number, entry))?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn list(kind: ListKind, name: &str, entries: &[&str]) -> SavedList {
        SavedList {
            kind,
            name: name.to_owned(),
            entries: entries.iter().map(|&entry| entry.to_owned()).collect(),
        }
    }

    #[tokio::test]
    async fn a_list_comes_back_as_it_was_saved_last_and_an_empty_one_not_at_all() {
        let store = Store::in_memory().unwrap();
        let lists = || store.saved_lists();
        let errors = list(ListKind::Filters, "x", &["only level>=error", "hide beat"]);
        let fields = list(ListKind::HiddenFields, "x", &["host"]);
        for list in [&list(ListKind::Filters, "x", &["only a"]), &fields, &errors] {
            lists().save(list).await.unwrap();
        }
        assert_eq!(lists().all().await.unwrap(), [errors, fields.clone()]);
        let none = list(ListKind::Filters, "x", &[]);
        lists().save(&none).await.unwrap();
        assert_eq!(lists().all().await.unwrap(), [fields]);
    }
}
