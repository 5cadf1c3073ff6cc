//! One run in the list.

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

    /// The time limit of the run's plan in milliseconds, if it has one.
    #[must_use]
    pub fn time_limit(&self) -> Option<f64> {
        self.run.measured()?.plan.limits.max_duration_ms
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

/// Whether a text contains every word of a filter, whatever the case.
#[must_use]
pub(super) fn matches_words(text: &str, filter: &str) -> bool {
    if filter.trim().is_empty() {
        return true;
    }
    let text = text.to_lowercase();
    filter
        .to_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::matches_words;

    #[test]
    fn a_filter_wants_every_word_in_any_order_and_case() {
        assert!(matches_words("dynamodb-reads", "reads dyn"));
        assert!(matches_words("Anything", ""));
        assert!(!matches_words("dynamodb-reads", "reads s3"));
    }
}
