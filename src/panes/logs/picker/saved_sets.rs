//! Saved sets of groups.

use std::cmp::Ordering;

use crate::effect::{Job, JobReport, Outbox};
use crate::logs::GroupSet;
use crate::panes::{StoredItem, StoredList, check_name};
use crate::task::TaskId;

/// The longest name of what the pane keeps, in characters.
pub(in crate::panes::logs) const LONGEST_NAME: usize = 60;

/// The sets, by name.
#[derive(Debug, Default)]
pub(super) struct SavedSets(StoredList<GroupSet>);

impl StoredItem for GroupSet {
    const LOAD: fn() -> Job = || Job::LoadSets;

    fn loaded(report: JobReport) -> Option<Vec<Self>> {
        match report {
            JobReport::Sets(sets) => Some(sets),
            _ => None,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name
    }

    fn order(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl SavedSets {
    pub(super) fn all(&self) -> &[GroupSet] {
        self.0.all()
    }

    /// Loads the sets unless that was done.
    pub(super) fn load_once(&mut self, out: &mut Outbox<'_>) {
        self.0.load_once(out);
    }

    /// Saves groups as a set, in place of one of the same name.
    pub(super) fn save(
        &mut self,
        name: &str,
        groups: Vec<String>,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        check_name(name, LONGEST_NAME)?;
        let name = name.to_owned();
        let said = format!("Saved the set {name}.");
        let set = GroupSet { name, groups };
        let job = Job::SaveSet(set.clone());
        self.0.put(set, job, Some(said), out);
        Ok(())
    }

    pub(super) fn delete(&mut self, set: GroupSet, out: &mut Outbox<'_>) {
        let said = format!("Deleted the set {}.", set.name);
        let job = Job::DeleteSet(set.name.clone());
        self.0.remove(set, job, Some(said), out);
    }

    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.0.awaits(id)
    }

    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.0.report(id, report, out);
    }
}
