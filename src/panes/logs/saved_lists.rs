//! Saved filters and hidden fields.

use std::cmp::Ordering;

use crate::effect::{Job, JobReport, Outbox};
use crate::logs::{ListKind, SavedList};
use crate::panes::{StoredItem, StoredList};
use crate::task::TaskId;

/// The lists, by name.
#[derive(Debug, Default)]
pub struct SavedLists(StoredList<SavedList>);

impl StoredItem for SavedList {
    const LOAD: fn() -> Job = || Job::LoadLists;

    fn loaded(report: JobReport) -> Option<Vec<Self>> {
        match report {
            JobReport::Lists(lists) => Some(lists),
            _ => None,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.kind, &self.name) == (other.kind, &other.name)
    }

    fn order(&self, other: &Self) -> Ordering {
        (self.kind, &self.name).cmp(&(other.kind, &other.name))
    }
}

impl SavedLists {
    /// The lists of a kind, by name.
    pub fn of(&self, kind: ListKind) -> impl Iterator<Item = &SavedList> {
        self.0.all().iter().filter(move |list| list.kind == kind)
    }

    /// The keys of the fields that rows of a group do not show.
    #[must_use]
    pub fn hidden_fields(&self, group: &str) -> &[String] {
        let mut lists = self.of(ListKind::HiddenFields);
        let list = lists.find(|list| list.name == group);
        list.map_or(&[], |list| &list.entries)
    }

    /// Loads the lists unless that was done.
    pub(super) fn load_once(&mut self, out: &mut Outbox<'_>) {
        self.0.load_once(out);
    }

    /// Saves a list in place of the one of its kind and name; without entries there is none. `said` is told when the store
    /// has it.
    pub(super) fn save(&mut self, list: SavedList, said: String, out: &mut Outbox<'_>) {
        let job = Job::SaveList(list.clone());
        if list.entries.is_empty() {
            self.0.remove(list, job, Some(said), out);
        } else {
            self.0.put(list, job, Some(said), out);
        }
    }

    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.0.awaits(id)
    }

    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.0.report(id, report, out);
    }
}
