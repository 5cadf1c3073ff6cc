//! The columns of a saved run in the list: as many as there is room for, the day always.

use jiff::Timestamp;

use crate::lambda::MemoryMb;
use crate::panes::tuning::RunEntry;
use crate::power::evaluation::Confidence;
use crate::power::{Change, MeasuredRun, RunState};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece};

/// From this width on a run has its recommended size.
const WITH_PICK: u16 = 34;
/// From this width on it has what that changes, and the whole time it was made.
const WITH_CHANGE: u16 = 62;
/// From this width on it has its function, and how sure its answer is in words.
const WITH_FUNCTION: u16 = 96;

/// Columns of the recommended size, of the change and of the function.
const PICK: usize = 6;
const CHANGE: usize = 16;
const FUNCTION: usize = 24;
/// Columns of how sure it is, or how it ended.
const SURE: usize = 16;
/// Columns of when it was made.
const MADE: usize = 19;

/// The heads of the columns in a list of this width.
pub(super) fn heads(width: u16) -> String {
    let mut heads = String::new();
    if width >= WITH_FUNCTION {
        heads.push_str(&text::pad("function", FUNCTION));
    }
    if width >= WITH_CHANGE {
        heads.push_str(&text::pad_left("MB", PICK));
        heads.push_str(&text::pad_left("for the current", CHANGE));
        if width >= WITH_FUNCTION {
            heads.push_str(&text::pad_left("how sure", SURE));
        }
        heads.push_str(&text::pad_left("made, UTC", MADE));
        heads.push(' ');
    }
    heads
}

/// The columns of a run as they are at this time; a selected row has one role.
pub(super) fn of(
    painter: &Painter<'_>,
    entry: &RunEntry,
    role: Role,
    width: u16,
    now: Timestamp,
) -> Vec<Piece> {
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
    if width >= WITH_FUNCTION {
        pieces.push((own(Role::Muted), text::pad_left(&standing(entry), SURE)));
    }
    let (lamp, lit) = lamp(painter, entry);
    let around = if width >= WITH_PICK { " " } else { "" };
    pieces.push((own(lit), format!("{around}{lamp}{around}")));
    pieces.push((role, format!("{} ", made(entry, width, now))));
    pieces
}

/// When a run was made (UTC): the time of one of today where there is no room for the day too.
fn made(entry: &RunEntry, width: u16, now: Timestamp) -> String {
    let is_of_today =
        now.strftime("%F").to_string() == entry.run.started.strftime("%F").to_string();
    let form = match (width, is_of_today) {
        (WITH_CHANGE.., _) => "%Y-%m-%d %H:%M",
        (_, true) => "%H:%M",
        (_, false) => "%m-%d",
    };
    entry.run.started.strftime(form).to_string()
}

/// How a run ended, where that is unusual, else how sure its answer is.
fn standing(entry: &RunEntry) -> String {
    let measured = entry.run.measured();
    if measured.is_some_and(|it| it.plan.dry_run) {
        return "dry run".to_owned();
    }
    match measured.map(|it| &it.state) {
        Some(RunState::Finished) if measured.is_some_and(MeasuredRun::is_capped) => {
            "capped".to_owned()
        }
        Some(RunState::CutOff) => "cut off".to_owned(),
        Some(RunState::Cancelled) => "cancelled".to_owned(),
        Some(RunState::Failed(_)) => "failed".to_owned(),
        _ => entry.listed.sure.clone().unwrap_or_default(),
    }
}

/// How sure the answer of a run is: a full lamp, a half one, an empty one; a cross for one that broke off, none without an
/// answer.
fn lamp(painter: &Painter<'_>, entry: &RunEntry) -> (&'static str, Role) {
    let measured = entry.run.measured();
    if measured.is_some_and(|it| it.unusual().is_some()) {
        return (painter.sign("×", "x"), Role::Warning);
    }
    match entry.listed.confidence {
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
