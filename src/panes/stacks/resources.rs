//! The resource in front.

use super::StackRow;
use crate::iac::StackResource;

/// The cursor among the resources of the stack in front.
#[derive(Debug, Clone, Copy, Default)]
pub struct ResourceList(usize);

impl ResourceList {
    /// The number of the resource in front.
    #[must_use]
    pub fn position(self, row: StackRow<'_>) -> usize {
        self.0.min(row.resources().len().saturating_sub(1))
    }

    /// The resource in front.
    #[must_use]
    pub fn selected(self, row: StackRow<'_>) -> Option<&StackResource> {
        row.resources().get(self.position(row))
    }

    /// Moves among so many; it stops at the ends.
    pub(super) fn step(&mut self, count: usize, rows: isize) {
        let last = count.saturating_sub(1);
        self.0 = self.0.min(last).saturating_add_signed(rows).min(last);
    }
}
