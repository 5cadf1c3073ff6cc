//! Which fault is planted in the current thread.

use std::cell::Cell;

use super::Planted;

thread_local! {
    static ACTIVE: Cell<Option<Planted>> = const { Cell::new(None) };
}

/// Plants a fault in what this thread does from now on, or takes the last one out.
pub fn plant(fault: Option<Planted>) {
    ACTIVE.set(fault);
}

pub(crate) fn is_planted(fault: Planted) -> bool {
    ACTIVE.get() == Some(fault)
}
