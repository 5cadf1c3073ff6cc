//! The sheet of a run as code: its sizes, the tabs of the forms, and the text.

use ratatui::layout::Rect;

use super::TuningView;
use crate::iac::CodeForm;
use crate::keys::Action;
use crate::panes::code_areas;
use crate::panes::tuning::screens::code::{BALANCED, CHEAPEST, CURSOR, FASTEST, RECOMMENDED};
use crate::panes::tuning::{CodeLine, CodePick, CodeSheet, CodeTone};
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns};

/// The sizes to choose from, each with its key.
const PICKS: [(CodePick, Action); 5] = [
    (CodePick::Recommended, RECOMMENDED),
    (CodePick::Cheapest, CHEAPEST),
    (CodePick::Fastest, FASTEST),
    (CodePick::Balanced, BALANCED),
    (CodePick::Cursor, CURSOR),
];

/// Draws the sheet.
pub(super) fn draw(painter: &mut Painter<'_>, view: TuningView<'_>, sheet: &CodeSheet, area: Rect) {
    let ([title, picks, tabs], text) = code_areas(area);
    painter.line(title, &heading(sheet));
    painter.line(picks, &sizes(view, sheet));
    draw_tabs(painter, &sheet.forms(), sheet.form(), tabs);
    let (from, lines) = sheet.lines();
    for (row, line) in text.rows().zip(lines) {
        draw_line(painter, line, row);
    }
    let (count, height) = (sheet.count(), usize::from(text.height));
    if count > height {
        let last = (from + height).min(count);
        let place = format!(" {}-{last} of {count} ", from + 1);
        painter.right(title, &[(Role::Muted, place)]);
    }
}

fn heading(sheet: &CodeSheet) -> Vec<Piece> {
    vec![
        (Role::Accent, format!(" {}", sheet.target().heading())),
        (Role::Muted, format!("  run {}", sheet.run)),
    ]
}

/// The sizes, the one in front marked.
fn sizes(view: TuningView<'_>, sheet: &CodeSheet) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (pick, action) in PICKS {
        let Some(size) = sheet.size(pick) else {
            continue;
        };
        let key = view.context.keymap.hint(action);
        let is_here = pick == sheet.pick();
        let role = if is_here { Role::Pick } else { Role::Muted };
        let gap = if pieces.is_empty() { "" } else { "  " };
        pieces.push((Role::Accent, format!("{gap}{key}")));
        pieces.push((role, format!(" {} {size}", pick.name())));
    }
    pieces
}

/// The tabs, from the first one on with which the one in front has room.
fn draw_tabs(painter: &mut Painter<'_>, forms: &[CodeForm], here: CodeForm, area: Rect) {
    let tab = |form: &CodeForm| {
        let is_here = *form == here;
        let role = if is_here { Role::Selected } else { Role::Muted };
        (role, format!(" {} ", form.name()))
    };
    let tabs: Vec<Piece> = forms.iter().map(tab).collect();
    let at = forms.iter().position(|form| *form == here).unwrap_or(0);
    let room = area.width.saturating_sub(4);
    let fits = |from: &usize| columns(tabs.get(*from..=at).unwrap_or_default()) <= room;
    let from = (0..=at).find(fits).unwrap_or(at);
    let before = if from > 0 {
        painter.sign("‹", "<")
    } else {
        " "
    };
    let mut pieces = vec![(Role::Muted, before.to_owned())];
    let mut more = false;
    for piece in tabs.get(from..).unwrap_or_default() {
        more = columns(&pieces) + columns(std::slice::from_ref(piece)) >= area.width;
        if more {
            break;
        }
        pieces.push(piece.clone());
    }
    if more {
        pieces.push((Role::Muted, painter.sign("›", ">").to_owned()));
    }
    painter.line(area, &pieces);
}

fn draw_line(painter: &mut Painter<'_>, line: &CodeLine, row: Rect) {
    let role = role(line.tone);
    if line.tone == CodeTone::Here {
        painter.tint(row, Role::Selected);
    }
    let before = match line.tone {
        CodeTone::Here => painter.sign("▸", ">"),
        _ => " ",
    };
    painter.line(row, &[(role, before.to_owned()), (role, line.text.clone())]);
}

const fn role(tone: CodeTone) -> Role {
    match tone {
        CodeTone::Heading => Role::Heading,
        CodeTone::Place | CodeTone::Code => Role::Text,
        CodeTone::Here => Role::Selected,
        CodeTone::Told | CodeTone::Hunk => Role::Muted,
        CodeTone::Warning => Role::Warning,
        CodeTone::Failed | CodeTone::Removed => Role::Error,
        CodeTone::Added => Role::Success,
    }
}
