//! One run in the list.

use crate::power::{ListedRun, Run, RunFilter, RunOrigin};

/// A run and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct RunEntry {
    /// The run.
    pub run: Run,
    /// The part of the list it stands in.
    pub section: RunSection,
    /// What the list says of it, as it was when it came.
    pub listed: ListedRun,
}

/// The parts of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunSection {
    /// Under way.
    Live,
    /// In the store.
    Saved,
    /// Came with the program.
    Example,
}

impl RunEntry {
    /// Wraps a run.
    #[must_use]
    pub fn new(run: Run, section: RunSection) -> Self {
        let listed = ListedRun::of(&run);
        Self {
            run,
            section,
            listed,
        }
    }

    /// Gives the run another name.
    pub(super) fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.run.name);
        self.listed = ListedRun::of(&self.run);
    }

    /// Gives the run another note.
    pub(super) fn annotate(&mut self, note: &str) {
        note.clone_into(&mut self.run.note);
        self.listed = ListedRun::of(&self.run);
    }

    /// How many sizes the run has, measured or not.
    #[must_use]
    pub fn sizes(&self) -> usize {
        match &self.run.origin {
            RunOrigin::Measured(measured) => measured.sizes.len(),
            RunOrigin::Imported { points, .. } => points.len(),
        }
    }

    /// The memory size the function has outside the run, if the run knows.
    #[must_use]
    pub const fn current_memory(&self) -> Option<crate::lambda::MemoryMb> {
        match &self.run.origin {
            RunOrigin::Measured(measured) => Some(measured.current_memory),
            RunOrigin::Imported { .. } => None,
        }
    }

    /// Whether the list shows the run.
    #[must_use]
    pub fn matches(&self, filter: &RunFilter) -> bool {
        filter.admits(&self.listed)
    }
}
