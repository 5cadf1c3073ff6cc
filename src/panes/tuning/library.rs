//! The saved runs and the examples: what is in the list, what is selected, what was deleted.

mod jobs;

use jiff::civil::Date;

use super::{RunEntry, RunSection};
use crate::effect::{Job, Outbox};
use crate::panes::{Load, Pending};
use crate::power::{ListedRun, Run, RunFilter, RunId, RunOrder, examples};
use jobs::LibraryJob;

/// The runs that are not under way.
#[derive(Debug)]
pub struct Library {
    saved: Vec<RunEntry>,
    examples: Vec<RunEntry>,
    /// The run in front; the first of the list when it is gone.
    pub selected: Option<RunId>,
    /// What every shown run has, as it was typed.
    pub filter: String,
    wanted: RunFilter,
    /// The order that the saved runs are kept in.
    order: RunOrder,
    /// How loading is doing.
    pub load: Load,
    /// Whether the load under way, or the last one, brought the runs.
    filled: bool,
    deleted: Vec<Run>,
    pending: Pending<LibraryJob>,
}

impl Default for Library {
    fn default() -> Self {
        let examples = examples::all().iter();
        Self {
            saved: Vec::new(),
            examples: examples
                .map(|example| RunEntry::new(example.run.clone(), RunSection::Example))
                .collect(),
            selected: None,
            filter: String::new(),
            wanted: RunFilter::default(),
            order: RunOrder::default(),
            load: Load::default(),
            filled: false,
            deleted: Vec::new(),
            pending: Pending::default(),
        }
    }
}

impl Library {
    /// Loads the saved runs again, unless that is under way.
    pub(super) fn reload(&mut self, out: &mut Outbox<'_>) {
        if !self.load.is_loading() {
            self.filled = false;
            self.load = Load::Loading(out.spawn(Job::LoadRuns));
        }
    }

    /// Takes what was loaded.
    pub(super) fn fill(&mut self, runs: Vec<(Run, ListedRun)>) {
        let entries = runs.into_iter().map(|(run, listed)| RunEntry {
            run,
            section: RunSection::Saved,
            listed,
        });
        self.saved = entries.collect();
        self.filled = true;
        self.arrange();
    }

    /// The order of the saved runs.
    #[must_use]
    pub const fn order(&self) -> RunOrder {
        self.order
    }

    /// Puts the saved runs into the next order.
    pub(super) fn switch_order(&mut self) {
        self.order = self.order.next();
        self.arrange();
    }

    fn arrange(&mut self) {
        let order = self.order;
        self.saved.sort_by(|one, other| {
            order.compare((&one.run, &one.listed), (&other.run, &other.listed))
        });
    }

    /// Every entry, the saved runs in their order, then the examples.
    pub(super) fn all(&self) -> impl Iterator<Item = &RunEntry> {
        self.saved.iter().chain(&self.examples)
    }

    /// The entries the filter lets through.
    pub(super) fn visible(&self) -> impl Iterator<Item = &RunEntry> {
        self.all().filter(|entry| entry.matches(&self.wanted))
    }

    /// Narrows the list to runs that have what is typed, seen from this day.
    pub(super) fn narrow(&mut self, filter: &str, today: Date) {
        filter.clone_into(&mut self.filter);
        self.wanted = RunFilter::parse(filter, today);
    }

    /// How many runs are saved.
    #[must_use]
    pub const fn saved_count(&self) -> usize {
        self.saved.len()
    }

    /// A run by its id.
    fn find(&self, id: &RunId) -> Option<&RunEntry> {
        self.all().find(|entry| entry.run.id == *id)
    }

    /// Adds or replaces a saved run, keeping the order.
    pub(super) fn put(&mut self, run: Run) {
        self.saved.retain(|entry| entry.run.id != run.id);
        self.saved.push(RunEntry::new(run, RunSection::Saved));
        self.arrange();
    }

    fn put_name(&mut self, id: &RunId, name: &str) {
        for entry in self.saved.iter_mut().filter(|entry| entry.run.id == *id) {
            entry.rename(name);
        }
        self.arrange();
    }

    fn put_note(&mut self, id: &RunId, note: &str) {
        for entry in self.saved.iter_mut().filter(|entry| entry.run.id == *id) {
            entry.annotate(note);
        }
    }

    /// Takes a saved run out of the list, to be put back by [`Self::put_back`]. The next one is selected.
    fn take_out(&mut self, id: &RunId) -> Option<&Run> {
        let at = self.saved.iter().position(|entry| entry.run.id == *id)?;
        let neighbour = self.saved.get(at + 1).or_else(|| {
            at.checked_sub(1)
                .and_then(|before| self.saved.get(before))
                .or_else(|| self.examples.first())
        });
        self.selected = neighbour.map(|entry| entry.run.id.clone());
        self.deleted.push(self.saved.remove(at).run);
        self.deleted.last()
    }

    /// Puts the run deleted last back and selects it.
    fn put_back(&mut self) -> Option<Run> {
        let run = self.deleted.pop()?;
        self.selected = Some(run.id.clone());
        self.put(run.clone());
        Some(run)
    }

    /// Forgets a deleted run, because it was not deleted after all.
    fn forget_deleted(&mut self, id: &RunId) {
        self.deleted.retain(|run| run.id != *id);
    }

    /// Whether a deleted run can be put back.
    pub(super) const fn can_undelete(&self) -> bool {
        !self.deleted.is_empty()
    }
}
