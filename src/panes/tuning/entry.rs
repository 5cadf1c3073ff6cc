//! One run in the list.

use crate::panes::filter::matches_words;
use crate::power::{Run, RunOrigin};

/// A run and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct RunEntry {
    /// The run.
    pub run: Run,
    /// The part of the list it stands in.
    pub section: RunSection,
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
    pub const fn new(run: Run, section: RunSection) -> Self {
        Self { run, section }
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

    /// Whether the run's name contains every word of the filter.
    #[must_use]
    pub fn matches(&self, filter: &str) -> bool {
        matches_words(&self.run.name, filter)
    }
}
