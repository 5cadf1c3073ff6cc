//! Sets of log groups that the user gave a name.

use super::database::{Database, Durability};
use super::writer::Reply;
use super::{Store, StoreError, writer::StoreRequest};
use crate::logs::GroupSet;

/// The table. Groups stand in their own rows, so that a name may hold any character.
pub(super) const GROUP_SETS: &str = "
CREATE TABLE group_sets (
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    log_group TEXT NOT NULL,
    PRIMARY KEY (name, number)
) STRICT, WITHOUT ROWID;
";

/// One call about sets.
#[derive(Debug)]
pub(super) enum Sets {
    /// Read all.
    Read(Reply<Vec<GroupSet>>),
    /// Insert or replace one.
    Save(GroupSet, Reply<()>),
    /// Delete one.
    Delete(String, Reply<()>),
}

impl Store {
    /// The sets of log groups, by name.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub async fn group_sets(&self) -> Result<Vec<GroupSet>, StoreError> {
        self.ask(|reply| StoreRequest::Sets(Sets::Read(reply)))
            .await
    }

    /// Saves a set, in place of one of the same name.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub async fn save_group_set(&self, set: &GroupSet) -> Result<(), StoreError> {
        let set = set.clone();
        self.ask(|reply| StoreRequest::Sets(Sets::Save(set, reply)))
            .await
    }

    /// Deletes the set of this name, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub async fn delete_group_set(&self, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.ask(|reply| StoreRequest::Sets(Sets::Delete(name, reply)))
            .await
    }
}

impl Database {
    pub(super) fn serve_sets(&mut self, sets: Sets) {
        match sets {
            Sets::Read(reply) => super::writer::answer(reply, self.group_sets()),
            Sets::Save(set, reply) => super::writer::answer(reply, self.save_group_set(&set)),
            Sets::Delete(name, reply) => {
                super::writer::answer(reply, self.delete_group_set(&name));
            }
        }
    }

    fn group_sets(&mut self) -> Result<Vec<GroupSet>, StoreError> {
        self.read("read the sets of log groups", |on| {
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

    fn save_group_set(&mut self, set: &GroupSet) -> Result<(), StoreError> {
        self.write("save the set of log groups", Durability::Machine, |on| {
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

    fn delete_group_set(&mut self, name: &str) -> Result<(), StoreError> {
        self.write("delete the set of log groups", Durability::Machine, |on| {
            on.execute("DELETE FROM group_sets WHERE name = ?1", [name])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        store.save_group_set(&ecs).await.unwrap();
        store.save_group_set(&hashes).await.unwrap();
        assert_eq!(store.group_sets().await.unwrap(), [hashes, ecs]);
    }

    #[tokio::test]
    async fn a_set_replaces_the_one_of_its_name_and_can_be_deleted() {
        let store = Store::in_memory().unwrap();
        store
            .save_group_set(&set("x", &["/1", "/2"]))
            .await
            .unwrap();
        store.save_group_set(&set("x", &["/3"])).await.unwrap();
        assert_eq!(store.group_sets().await.unwrap(), [set("x", &["/3"])]);
        store.delete_group_set("x").await.unwrap();
        store.delete_group_set("x").await.unwrap();
        assert!(store.group_sets().await.unwrap().is_empty());
    }
}
