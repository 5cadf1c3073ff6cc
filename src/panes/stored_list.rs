//! A list that the store keeps and a pane changes: shown as it will be before the store has it.

use std::cmp::Ordering;
use std::fmt::Debug;

use super::{Load, Pending};
use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::task::TaskId;

/// What such a list holds.
pub(super) trait StoredItem: Debug + Clone {
    /// The job that loads them all.
    const LOAD: fn() -> Job;

    /// The items that this job reports; `None` of another report.
    fn loaded(report: JobReport) -> Option<Vec<Self>>;

    /// Whether both have one place in the list.
    fn is_same(&self, other: &Self) -> bool;

    /// Which of both stands first.
    fn order(&self, other: &Self) -> Ordering;
}

/// The items, in order.
#[derive(Debug)]
pub(super) struct StoredList<T> {
    /// What the store holds, as far as is known.
    stored: Vec<T>,
    /// That, with the changes under way.
    shown: Vec<T>,
    load: Load,
    changes: Pending<PendingChange<T>>,
}

/// A change under way.
#[derive(Debug, Clone)]
struct PendingChange<T> {
    item: T,
    /// Whether the item is put in; else it is taken out.
    stays: bool,
    /// What to say when the store has it.
    said: Option<String>,
}

impl<T: StoredItem> StoredList<T> {
    /// The items, with the changes that the store does not have yet.
    pub(super) fn all(&self) -> &[T] {
        &self.shown
    }

    /// How loading them is doing.
    pub(super) const fn load(&self) -> &Load {
        &self.load
    }

    /// Loads the items unless that was done.
    pub(super) fn load_once(&mut self, out: &mut Outbox<'_>) {
        if matches!(self.load, Load::Unasked | Load::Failed(_)) {
            self.load = Load::Loading(out.spawn(T::LOAD()));
        }
    }

    /// Has a job put an item in, in place of the same one; `said` is told when the store has it.
    pub(super) fn put(&mut self, item: T, job: Job, said: Option<String>, out: &mut Outbox<'_>) {
        self.change(item, true, job, said, out);
    }

    /// Has a job take an item out; `said` is told when the store no longer has it.
    pub(super) fn remove(&mut self, item: T, job: Job, said: Option<String>, out: &mut Outbox<'_>) {
        self.change(item, false, job, said, out);
    }

    fn change(
        &mut self,
        item: T,
        stays: bool,
        job: Job,
        said: Option<String>,
        out: &mut Outbox<'_>,
    ) {
        let change = PendingChange { item, stays, said };
        self.changes.add(out.spawn(job), change);
        self.show();
    }

    /// Whether this task loads or changes the list.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.load.task() == Some(id) || self.changes.has(id)
    }

    /// Takes the report of such a task.
    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if self.load.task() == Some(id) {
            self.take_load(report, out);
        } else {
            self.take_change(id, report, out);
        }
        self.show();
    }

    fn take_load(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Done | JobReport::Cancelled => self.load = Load::Loaded(out.now),
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why.clone());
                self.load = Load::Failed(why);
            }
            report => {
                if let Some(items) = T::loaded(report) {
                    self.stored = items;
                }
            }
        }
    }

    /// A change that failed is seen no more. One that the store has may be unknown to a load that is under way, so that
    /// is begun anew.
    fn take_change(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Done => {
                let Some(change) = self.changes.end(id) else {
                    return;
                };
                change.apply(&mut self.stored);
                if let Some(said) = change.said {
                    out.notice(Severity::Success, said);
                }
                if let Some(load) = self.load.task() {
                    out.cancel(load);
                    self.load = Load::Loading(out.spawn(T::LOAD()));
                }
            }
            JobReport::Failed(why) => {
                self.changes.end(id);
                out.notice(Severity::Error, why);
            }
            JobReport::Cancelled => {
                self.changes.end(id);
            }
            _ => {}
        }
    }

    fn show(&mut self) {
        self.shown.clone_from(&self.stored);
        for change in self.changes.iter() {
            change.apply(&mut self.shown);
        }
        self.shown.sort_by(T::order);
    }
}

impl<T: StoredItem> PendingChange<T> {
    fn apply(&self, items: &mut Vec<T>) {
        items.retain(|it| !it.is_same(&self.item));
        if self.stays {
            items.push(self.item.clone());
        }
    }
}

impl<T> Default for StoredList<T> {
    fn default() -> Self {
        Self {
            stored: Vec::new(),
            shown: Vec::new(),
            load: Load::default(),
            changes: Pending::default(),
        }
    }
}
