//! How a list that is loaded in the background is doing.

use jiff::Timestamp;

use crate::effect::Problem;
use crate::task::TaskId;

/// The state of a load; the task id is the loading flag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Load {
    /// Never asked for.
    #[default]
    Unasked,
    /// Under way.
    Loading(TaskId),
    /// Done at this time.
    Loaded(Timestamp),
    /// Failed.
    Failed(Problem),
}

impl Load {
    /// The task that loads, if any.
    #[must_use]
    pub const fn task(&self) -> Option<TaskId> {
        match self {
            Self::Loading(id) => Some(*id),
            _ => None,
        }
    }

    /// Whether nobody asked yet.
    #[must_use]
    pub const fn is_unasked(&self) -> bool {
        matches!(self, Self::Unasked)
    }

    /// Whether a load is under way.
    #[must_use]
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading(_))
    }
}
