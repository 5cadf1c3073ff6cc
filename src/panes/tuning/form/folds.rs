//! Which groups of fields are folded.

use std::collections::BTreeSet;

use super::field::{FieldGroup, FieldId};

/// The groups of which only one line is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GroupFolds(BTreeSet<FieldGroup>);

impl Default for GroupFolds {
    /// What most plans leave as it is.
    fn default() -> Self {
        Self([FieldGroup::Invocations, FieldGroup::Afterwards].into())
    }
}

impl GroupFolds {
    /// Whether a group is folded.
    pub(super) fn has(&self, group: FieldGroup) -> bool {
        self.0.contains(&group)
    }

    /// Folds a group.
    pub(super) fn fold(&mut self, group: FieldGroup) {
        self.0.insert(group);
    }

    /// Unfolds the group of a field; gives the field.
    pub(super) fn show(&mut self, field: FieldId) -> FieldId {
        self.0.remove(&field.group());
        field
    }

    /// Unfolds every group if one is folded, else folds those that `may` be.
    pub(super) fn toggle_all(&mut self, may: impl Fn(FieldGroup) -> bool) {
        if self.0.is_empty() {
            self.0 = FieldGroup::ALL.into_iter().filter(|it| may(*it)).collect();
        } else {
            self.0.clear();
        }
    }
}
