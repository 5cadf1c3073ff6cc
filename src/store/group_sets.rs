//! Sets of log groups that the user gave a name.

use super::database::{Database, Durability};
use super::error::StoreError;
use super::writer::Writer;
use crate::logs::GroupSet;

/// The sets of a store.
#[derive(Debug, Clone, Copy)]
pub struct GroupSetStore<'a> {
    writer: &'a Writer,
}

impl<'a> GroupSetStore<'a> {
    pub(super) const fn new(writer: &'a Writer) -> Self {
        Self { writer }
    }

    /// The sets of log groups, by name.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub async fn all(self) -> Result<Vec<GroupSet>, StoreError> {
        self.writer.ask(all).await
    }

    /// Saves a set, in place of one of the same name.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub async fn save(self, set: &GroupSet) -> Result<(), StoreError> {
        let set = set.clone();
        self.writer.ask(move |database| save(database, &set)).await
    }

    /// Deletes the set of this name, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub async fn delete(self, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.writer
            .ask(move |database| delete(database, &name))
            .await
    }
}

fn all(database: &mut Database) -> Result<Vec<GroupSet>, StoreError> {
    database.read("read the sets of log groups", |on| {
        let mut query =
            on.prepare_cached("SELECT name, log_group FROM group_sets ORDER BY name, number")?;
        let mut rows = query.query([])?;
        let mut sets: Vec<GroupSet> = Vec::new();
        while let Some(row) = rows.next()? {
            let (name, group): (String, String) = (row.get(0)?, row.get(1)?);
            match sets.last_mut().filter(|set| set.name == name) {
                Some(set) => set.groups.push(group),
                None => sets.push(GroupSet {
                    name,
                    groups: vec![group],
                }),
            }
        }
        Ok(sets)
    })
}

fn save(database: &mut Database, set: &GroupSet) -> Result<(), StoreError> {
    database.write("save the set of log groups", Durability::Machine, |on| {
        on.execute("DELETE FROM group_sets WHERE name = ?1", [&set.name])?;
        let mut insert = on.prepare_cached(
            "INSERT INTO group_sets (name, number, log_group) VALUES (?1, ?2, ?3)",
        )?;
        for (number, group) in (0_i64..).zip(&set.groups) {
            insert.execute((&set.name, number, group))?;
        }
        Ok(())
    })
}

fn delete(database: &mut Database, name: &str) -> Result<(), StoreError> {
    database.write("delete the set of log groups", Durability::Machine, |on| {
        on.execute("DELETE FROM group_sets WHERE name = ?1", [name])?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn set(name: &str, groups: &[&str]) -> GroupSet {
        GroupSet {
            name: name.to_owned(),
            groups: groups.iter().map(|&group| group.to_owned()).collect(),
        }
    }

    #[tokio::test]
    async fn sets_come_back_by_name_with_their_groups_in_order() {
        let store = Store::in_memory().unwrap();
        let (ecs, hashes) = (set("ecs", &["/z", "/a"]), set("a hash", &["/b"]));
        store.group_sets().save(&ecs).await.unwrap();
        store.group_sets().save(&hashes).await.unwrap();
        assert_eq!(store.group_sets().all().await.unwrap(), [hashes, ecs]);
    }

    #[tokio::test]
    async fn a_set_replaces_the_one_of_its_name_and_can_be_deleted() {
        let store = Store::in_memory().unwrap();
        store
            .group_sets()
            .save(&set("x", &["/1", "/2"]))
            .await
            .unwrap();
        store.group_sets().save(&set("x", &["/3"])).await.unwrap();
        assert_eq!(store.group_sets().all().await.unwrap(), [set("x", &["/3"])]);
        store.group_sets().delete("x").await.unwrap();
        store.group_sets().delete("x").await.unwrap();
        assert!(store.group_sets().all().await.unwrap().is_empty());
    }
}
