//! The columns of a saved run in the list: as many as there is room for, the day always.

use crate::lambda::MemoryMb;
use crate::panes::tuning::RunEntry;
use crate::power::Change;
use crate::power::evaluation::Confidence;
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece};

/// From this width on a run has its recommended size.
const WITH_PICK: u16 = 34;
/// From this width on it has what that changes, and its whole day.
const WITH_CHANGE: u16 = 56;
/// From this width on it has its function.
const WITH_FUNCTION: u16 = 76;

/// Columns of the recommended size, of the change and of the function.
const PICK: usize = 6;
const CHANGE: usize = 16;
const FUNCTION: usize = 24;

/// The heads of the columns in a list of this width.
pub(super) fn heads(width: u16) -> String {
    let mut heads = String::new();
    if width >= WITH_FUNCTION {
        heads.push_str(&text::pad("function", FUNCTION));
    }
    if width >= WITH_CHANGE {
        heads.push_str(&text::pad_left("MB", PICK));
        heads.push_str(&text::pad_left("for the current", CHANGE));
        heads.push_str(&text::pad_left("made", 13));
        heads.push(' ');
    }
    heads
}

/// The columns of a run; a selected row has one role.
pub(super) fn of(painter: &Painter<'_>, entry: &RunEntry, role: Role, width: u16) -> Vec<Piece> {
    let listed = &entry.listed;
    let own = |other: Role| if role == Role::Selected { role } else { other };
    let mut pieces = Vec::new();
    if width >= WITH_FUNCTION {
        let function = listed.function.as_deref().unwrap_or_default();
        let function = text::truncate_with(function, FUNCTION - 1, painter.ellipsis());
        pieces.push((own(Role::Muted), text::pad(&function, FUNCTION)));
    }
    if width >= WITH_PICK {
        let pick = listed
            .pick
            .map_or_else(String::new, |pick| pick.to_string());
        pieces.push((role, text::pad_left(&pick, PICK)));
    }
    if width >= WITH_CHANGE {
        let change = change(listed.change, listed.pick, entry.current_memory());
        pieces.push((own(Role::Muted), text::pad_left(&change, CHANGE)));
    }
    let (lamp, lit) = lamp(painter, listed.confidence);
    let (around, form) = match width {
        WITH_CHANGE.. => (" ", "%Y-%m-%d"),
        WITH_PICK.. => (" ", "%m-%d"),
        _ => ("", "%m-%d"),
    };
    pieces.push((own(lit), format!("{around}{lamp}{around}")));
    pieces.push((role, format!("{} ", listed.day.strftime(form))));
    pieces
}

/// How sure the answer of a run is: a full lamp, a half one, an empty one; none without an answer.
fn lamp(painter: &Painter<'_>, confidence: Option<Confidence>) -> (&'static str, Role) {
    match confidence {
        Some(Confidence::Sure) => (painter.sign("●", "*"), Role::Success),
        Some(Confidence::Probable) => (painter.sign("◐", "+"), Role::Warning),
        Some(Confidence::CannotTell) => (painter.sign("○", "?"), Role::Muted),
        None => (" ", Role::Muted),
    }
}

/// What taking the recommended size changes: speed and cost.
fn change(change: Option<Change>, pick: Option<MemoryMb>, current: Option<MemoryMb>) -> String {
    let Some(change) = change else {
        let is_current = pick.is_some() && pick == current;
        return if is_current { "as it is" } else { "" }.to_owned();
    };
    let cost = change.cost_percent;
    let cost = cost.map_or_else(String::new, |percent| format!(" {percent:+.0} %"));
    format!("{:.2}x{cost}", change.speed)
}
