//! Saved filters and hidden fields: shown as they will be before the store has them; after a failure they are loaded again.

use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::logs::{ListKind, SavedList};
use crate::panes::Pending;
use crate::task::TaskId;

/// The lists, by name.
#[derive(Debug, Default)]
pub struct SavedLists {
    lists: Vec<SavedList>,
    was_loaded: bool,
    pending: Pending<()>,
}

impl SavedLists {
    /// The lists of a kind, by name.
    pub fn of(&self, kind: ListKind) -> impl Iterator<Item = &SavedList> {
        self.lists.iter().filter(move |list| list.kind == kind)
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
        if !std::mem::replace(&mut self.was_loaded, true) {
            self.load(out);
        }
    }

    fn load(&mut self, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::LoadLists);
        self.pending.add(task, ());
    }

    /// Saves a list in place of the one of its kind and name; without entries there is none.
    pub(super) fn save(&mut self, list: SavedList, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::SaveList(list.clone()));
        self.pending.add(task, ());
        let is_other = |other: &SavedList| (other.kind, &other.name) != (list.kind, &list.name);
        self.lists.retain(is_other);
        if !list.entries.is_empty() {
            self.lists.push(list);
            self.lists
                .sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        }
    }

    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.pending.has(id)
    }

    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Lists(lists) => self.lists = lists,
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                self.pending.end(id);
                self.was_loaded = false;
            }
            JobReport::Done | JobReport::Cancelled => {
                self.pending.end(id);
            }
            _ => {}
        }
    }
}
