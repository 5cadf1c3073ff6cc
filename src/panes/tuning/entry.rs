//! One run in the list, with its curve at hand.

use crate::power::{BillingStep, Curve, Origin, Run};

/// A run and what the list shows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The run.
    pub run: Run,
    /// The part of the list it stands in.
    pub group: Group,
    /// Its curve as measured.
    pub curve: Curve,
}

/// The parts of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Under way.
    Live,
    /// In the store.
    Saved,
    /// Came with the program.
    Example,
}

impl Entry {
    /// Wraps a run and works out its curve.
    #[must_use]
    pub fn new(run: Run, group: Group) -> Self {
        let curve = run.curve(BillingStep::AsMeasured);
        Self { run, group, curve }
    }

    /// The memory size the function has outside the run, if the run knows.
    #[must_use]
    pub const fn current_memory(&self) -> Option<crate::lambda::MemoryMb> {
        match &self.run.origin {
            Origin::Measured(measured) => Some(measured.current_memory),
            Origin::Imported { .. } => None,
        }
    }

    /// Whether the run's name or source contains every word of the filter.
    #[must_use]
    pub fn matches(&self, filter: &str) -> bool {
        matches_words(&self.run.name, filter)
    }
}

/// Whether a text contains every word of a filter, whatever the case.
#[must_use]
pub(super) fn matches_words(text: &str, filter: &str) -> bool {
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
