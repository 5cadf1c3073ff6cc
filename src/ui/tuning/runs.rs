//! The runs: the list, and beside or below it what is known about the one in front.

mod columns;

use ratatui::layout::Rect;

use super::TuningView;
use super::{banner, chart_panel};
use crate::keys::Action;
use crate::panes::tuning::screens::runs::NEW_RUN;
use crate::panes::tuning::{RunEntry, RunSection};
use crate::panes::{Load, side_by_side, stacked};
use crate::power::RunOrder;
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns as columns_of, window};

/// From this width on the list stands beside the chart.
const BESIDE_FROM: u16 = 72;
/// From this width on the list has the notes of the runs.
const NOTES_FROM: u16 = 96;

/// Draws banner, list and chart.
pub(super) fn draw(painter: &mut Painter<'_>, view: TuningView<'_>, area: Rect) {
    let banner = banner::height(view, area.width);
    let ([top], body, []) = stacked(area, [banner], []);
    banner::draw(painter, view, top);
    if view.pane.runs.look.expanded {
        return chart_panel::expanded(painter, view, inset(body));
    }
    if view.pane.runs.look.wide {
        list(painter, view, body);
    } else if body.width >= BESIDE_FROM {
        let wide = list_width(body.width);
        let ([list_area, line], chart, []) = side_by_side(body, [wide, 1], []);
        list(painter, view, list_area);
        painter.upright(line);
        chart_panel::draw(painter, view, inset(chart));
    } else {
        let rows = (body.height / 3).clamp(3, 8);
        let ([list_area], chart, []) = stacked(body, [rows], []);
        list(painter, view, list_area);
        chart_panel::draw(painter, view, inset(chart));
    }
}

const fn list_width(width: u16) -> u16 {
    if width < 100 { 26 } else { 36 }
}

/// Leaves a column free on the left.
const fn inset(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(1),
        ..area
    }
}

/// A row of the list: a heading, with the heads of columns behind it, a remark, or an entry with its place.
enum RunRow<'a> {
    Heading(String),
    Columns(String),
    Remark(Role, String),
    Entry(&'a RunEntry),
}

fn list(painter: &mut Painter<'_>, view: TuningView<'_>, area: Rect) {
    let rows = rows(view);
    let selected = view.pane.runs.selected().map(|entry| &entry.run.id);
    let at = rows
        .iter()
        .position(|row| matches!(row, RunRow::Entry(entry) if Some(&entry.run.id) == selected))
        .unwrap_or_default();
    let from = window(at, rows.len(), usize::from(area.height));
    for (line, row) in area.rows().zip(rows.iter().skip(from)) {
        match row {
            RunRow::Heading(text) => {
                painter.line(line, &[(Role::Muted, format!(" {text}"))]);
            }
            RunRow::Columns(text) => {
                painter.line(line, &[(Role::Muted, format!(" {text}"))]);
                let heads = columns::heads(line.width);
                painter.right(line, &[(Role::Muted, heads)]);
            }
            RunRow::Remark(role, text) => {
                painter.line(line, &[(*role, format!("   {text}"))]);
            }
            RunRow::Entry(entry) => {
                let here = Some(&entry.run.id) == selected;
                draw_entry(painter, view, entry, here, line);
            }
        }
    }
}

fn rows(view: TuningView<'_>) -> Vec<RunRow<'_>> {
    let runs = &view.pane.runs;
    let mut rows = Vec::new();
    if !runs.library.filter.is_empty() {
        rows.push(RunRow::Heading(format!("filter: {}", runs.library.filter)));
    }
    for (section, title) in [
        (RunSection::Live, "Under way"),
        (RunSection::Saved, "Runs"),
        (RunSection::Example, "Examples"),
    ] {
        let entries: Vec<&RunEntry> = runs
            .entries()
            .filter(|entry| entry.section == section)
            .collect();
        let remark = if section == RunSection::Saved {
            remark(view, entries.len())
        } else {
            None
        };
        if entries.is_empty() && remark.is_none() {
            continue;
        }
        rows.push(match (section, runs.library.order()) {
            (RunSection::Saved, RunOrder::Newest) => RunRow::Columns(title.to_owned()),
            (RunSection::Saved, order) => RunRow::Columns(format!("{title} by {}", order.name())),
            _ => RunRow::Heading(title.to_owned()),
        });
        rows.extend(remark.map(|(role, text)| RunRow::Remark(role, text)));
        rows.extend(entries.into_iter().map(RunRow::Entry));
    }
    rows
}

/// What stands below the heading of the saved runs: loading, failed, or none yet.
fn remark(view: TuningView<'_>, shown: usize) -> Option<(Role, String)> {
    let key = |action| view.context.keymap.way_to(action);
    match &view.pane.runs.library.load {
        Load::Loading(_) if shown == 0 => Some((Role::Muted, "loading ...".to_owned())),
        Load::Failed(_) => {
            let text = format!("not loaded; {} retries", key(Action::REFRESH));
            Some((Role::Error, text))
        }
        Load::Loaded(_)
            if view.pane.runs.library.saved_count() == 0 && view.pane.runs.live().is_none() =>
        {
            Some((
                Role::Muted,
                format!("none yet; {} starts one", key(NEW_RUN)),
            ))
        }
        Load::Loaded(_) if shown == 0 && !view.pane.runs.library.filter.is_empty() => {
            Some((Role::Muted, "none matches".to_owned()))
        }
        _ => None,
    }
}

fn draw_entry(
    painter: &mut Painter<'_>,
    view: TuningView<'_>,
    entry: &RunEntry,
    here: bool,
    line: Rect,
) {
    let role = match (here, entry.section) {
        (true, _) => Role::Selected,
        (false, RunSection::Live) => Role::Accent,
        (false, _) => Role::Text,
    };
    let mark = place_mark(painter, view, entry, here);
    let note = match entry.section {
        RunSection::Saved => columns::of(painter, entry, role, line.width, view.now),
        _ => vec![(role, format!("{} ", note(view, entry, line.width)))],
    };
    let room = line.width.saturating_sub(columns_of(&note));
    let name_columns = usize::from(room.saturating_sub(4));
    let name = text::neutralise(&entry.run.name);
    let name = text::truncate_with(&name, name_columns, painter.ellipsis()).into_owned();
    let mut pieces: Vec<Piece> = vec![(role, mark.to_owned()), (role, format!(" {name}"))];
    if line.width >= NOTES_FROM {
        let left = room.saturating_sub(columns_of(&pieces) + 3);
        let muted = if here { role } else { Role::Muted };
        pieces.extend(user_note(painter, entry, left).map(|note| (muted, note)));
    }
    if here {
        painter.tint(line, Role::Selected);
    }
    painter.line(
        Rect {
            width: room,
            ..line
        },
        &pieces,
    );
    painter.right(line, &note);
}

/// What stands before a run: whether it is in front, and whether it is marked to be compared with.
fn place_mark(
    painter: &Painter<'_>,
    view: TuningView<'_>,
    entry: &RunEntry,
    here: bool,
) -> &'static str {
    let compared = view.pane.runs.look.compared.as_ref() == Some(&entry.run.id);
    match (here, compared) {
        (true, true) => painter.sign("▸≈", ">="),
        (true, false) => painter.sign("▸ ", "> "),
        (false, true) => painter.sign(" ≈", " ="),
        (false, false) => "  ",
    }
}

/// What the user noted about a run, in so many columns.
fn user_note(painter: &Painter<'_>, entry: &RunEntry, columns: u16) -> Option<String> {
    let note = text::neutralise(&entry.run.note);
    let note = text::truncate_with(&note, usize::from(columns), painter.ellipsis());
    (!note.is_empty()).then(|| format!("  {note}"))
}

/// What stands at the right of an entry that is not saved: how far a live run is, an example's sizes.
fn note(view: TuningView<'_>, entry: &RunEntry, width: u16) -> String {
    match entry.section {
        RunSection::Live => view
            .pane
            .runs
            .live()
            .map(|live| match live.measured() {
                Some(measured) if !live.cancelling => live
                    .pause_word()
                    .map_or_else(|| super::progress::percent(measured), str::to_owned),
                _ => "stopping".to_owned(),
            })
            .unwrap_or_default(),
        RunSection::Example if width >= 32 => format!("{} sizes", entry.sizes()),
        RunSection::Saved | RunSection::Example => String::new(),
    }
}
