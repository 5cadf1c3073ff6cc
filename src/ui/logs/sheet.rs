//! Statistics of invocations: a line per figure, a column per group.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::App;
use crate::keys::Action;
use crate::logs::statistics::METHOD;
use crate::panes::logs::StatisticsTable;
use crate::panes::logs::sheet::{Counting, GROUP, NAMES};
use crate::text;
use crate::ui::brush::{Brush, Piece};
use crate::ui::theme::Role;

/// Draws the sheet.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, sheet: &StatisticsTable, area: Rect) {
    let [title, heads, list, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(area);
    brush.line(title, &heading(sheet));
    let names = sheet.columns.iter().skip(sheet.first).take(sheet.room);
    let names: String = names.map(|column| cell(&column.name)).collect();
    let names = format!(" {}{names}", text::pad("ms", NAMES));
    brush.line(heads, &[(Role::Muted, names)]);
    let lines = sheet.lines();
    for (row, line) in list.rows().zip(lines.iter().skip(sheet.top)) {
        let cells = line.cells.iter().skip(sheet.first).take(sheet.room);
        let cells: String = cells.map(|figure| cell(figure)).collect();
        let name = format!(" {}", text::pad(line.name, NAMES));
        brush.line(row, &[(Role::Muted, name), (Role::Text, cells)]);
    }
    brush.line(foot, &footing(app, sheet, lines.len()));
}

/// A name or a figure in the columns of a group, with a space before it.
fn cell(words: &str) -> String {
    format!(" {}", text::pad_left(words, GROUP - 1))
}

fn heading(sheet: &StatisticsTable) -> Vec<Piece> {
    let mut pieces = vec![
        (Role::Accent, " Invocations".to_owned()),
        (Role::Text, format!("  {}", sheet.span.name())),
    ];
    if sheet.is_counting() {
        pieces.push((Role::Warning, "  counting ...".to_owned()));
    }
    pieces
}

/// How the figures stand: what failed, what is out of sight, else what the percentiles are.
fn footing(app: &App, sheet: &StatisticsTable, lines: usize) -> Vec<Piece> {
    let failed = sheet.columns.iter().find_map(|column| match &column.state {
        Counting::Failed(why) => Some(format!(" {}: {why}", column.group)),
        _ => None,
    });
    if let Some(why) = failed {
        return vec![(Role::Error, why)];
    }
    let key = |action| app.context.keymap.hint(action);
    let mut pieces = Vec::new();
    let (first, all) = (sheet.first + 1, sheet.columns.len());
    if sheet.room < all {
        let last = (sheet.first + sheet.room).min(all);
        let side = if sheet.has_more() {
            Action::Right
        } else {
            Action::Left
        };
        let words = format!(" groups {first} to {last} of {all}, {} for more", key(side));
        pieces.push((Role::Muted, words));
    }
    let below = lines.saturating_sub(sheet.top + sheet.height);
    if below > 0 {
        let words = format!(" {below} more lines, {} shows them", key(Action::Down));
        pieces.push((Role::Accent, words));
    }
    if pieces.is_empty() {
        pieces.push((Role::Muted, format!(" Percentiles: {METHOD}.")));
    }
    pieces
}
