//! How far the moving actions go, the same in every list.

use crate::keys::Action;

/// A number of rows that is more than any list has.
const ALL_ROWS: isize = isize::MAX / 2;

/// How far a moving action goes down, in rows.
pub(super) fn rows(action: Action, page: usize) -> Option<isize> {
    let page = isize::try_from(page).unwrap_or(1);
    match action {
        Action::Down => Some(1),
        Action::Up => Some(-1),
        Action::PageDown => Some(page),
        Action::PageUp => Some(-page),
        Action::Top => Some(-ALL_ROWS),
        Action::Bottom => Some(ALL_ROWS),
        _ => None,
    }
}
