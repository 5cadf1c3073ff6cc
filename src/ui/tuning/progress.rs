//! How far a live run is: per size and in all.

use ratatui::layout::Rect;

use crate::power::{MeasuredRun, SizeRun, SizeState};
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns};

/// The share of the samples that arrived, in percent; their number where nobody knows how many it will take.
pub(super) fn percent(measured: &MeasuredRun) -> String {
    let Some(wanted) = measured.plan.num.fixed() else {
        let samples: usize = measured
            .sizes
            .iter()
            .map(|size| counted(measured, size))
            .sum();
        return match (samples, measured.invocations()) {
            (0, cold @ 1..) => format!("{cold} cold"),
            _ => format!("{samples} samples"),
        };
    };
    let wanted = wanted as usize;
    let (mut done, mut all) = (0, 0);
    for size in &measured.sizes {
        all += wanted;
        done += match size.state {
            SizeState::Pending | SizeState::Ok => counted(measured, size).min(wanted),
            _ => wanted,
        };
    }
    format!("{} %", (done * 100).checked_div(all).unwrap_or_default())
}

/// Samples that every size gets; no end of them where the rounds decide.
fn wanted(measured: &MeasuredRun) -> usize {
    measured
        .plan
        .num
        .fixed()
        .map_or(usize::MAX, |num| num as usize)
}

/// Samples that count towards the number asked for.
fn counted(measured: &MeasuredRun, size: &SizeRun) -> usize {
    measured.series(size).count()
}

/// Rows the strip needs at a width; one at most on a low panel.
pub(super) fn height(painter: &Painter<'_>, measured: &MeasuredRun, panel: Rect) -> u16 {
    let rows = u16::try_from(lines(painter, measured, panel.width).len()).unwrap_or(1);
    if panel.height < 10 { rows.min(1) } else { rows }
}

/// Draws one cell per size: the size, and its samples or its fate.
pub(super) fn draw(painter: &mut Painter<'_>, measured: &MeasuredRun, area: Rect) {
    let lines = lines(painter, measured, area.width);
    for (row, line) in area.rows().zip(lines) {
        painter.line(row, &line);
    }
}

/// The cells in lines. With more sizes than fit into three lines, finished ones are summed up.
fn lines(painter: &Painter<'_>, measured: &MeasuredRun, width: u16) -> Vec<Vec<Piece>> {
    let whole = wrapped(
        measured
            .sizes
            .iter()
            .map(|size| cell(painter, measured, size)),
        width,
    );
    if whole.len() <= 2 {
        return whole;
    }
    let wanted = wanted(measured);
    let under_way = |size: &&SizeRun| {
        size.state == SizeState::Pending
            || (size.state == SizeState::Ok && counted(measured, size) < wanted)
    };
    let done = measured
        .sizes
        .iter()
        .filter(|size| !under_way(size))
        .count();
    let sum = vec![(
        Role::Muted,
        format!("{done} of {} sizes done  ", measured.sizes.len()),
    )];
    let busy = measured
        .sizes
        .iter()
        .filter(under_way)
        .filter(|size| !size.samples.is_empty());
    let mut lines = wrapped(
        std::iter::once(sum).chain(busy.map(|size| cell(painter, measured, size))),
        width,
    );
    lines.truncate(2);
    lines
}

fn wrapped(cells: impl Iterator<Item = Vec<Piece>>, width: u16) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    for cell in cells {
        match lines.last_mut() {
            Some(line) if columns(line) + columns(&cell) <= width || line.is_empty() => {
                line.extend(cell);
            }
            _ => lines.push(cell),
        }
    }
    lines
}

fn cell(painter: &Painter<'_>, measured: &MeasuredRun, size: &SizeRun) -> Vec<Piece> {
    let (num, count) = (wanted(measured), counted(measured, size));
    let (role, fate) = match &size.state {
        SizeState::Infeasible(_) => (Role::Error, "infeasible".to_owned()),
        SizeState::Skipped(_) => (Role::Warning, "skipped".to_owned()),
        SizeState::Dropped => (Role::Muted, "dropped".to_owned()),
        _ if count >= num => (Role::Success, painter.sign("✓", "ok").to_owned()),
        _ if count == 0 => (Role::Muted, painter.sign("·", ".").to_owned()),
        _ if num == usize::MAX => (Role::Text, count.to_string()),
        _ => (Role::Text, format!("{count}/{num}")),
    };
    vec![
        (Role::Muted, format!("{} ", size.memory_mb)),
        (role, format!("{fate}  ")),
    ]
}
