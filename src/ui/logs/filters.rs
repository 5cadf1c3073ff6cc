//! The list of filters.

use ratatui::layout::{Constraint, Layout, Rect};

use super::LogsView;
use crate::logs::Filter;
use crate::panes::logs::Tail;
use crate::panes::logs::screens::tail::{FILTER_IN, FILTER_OUT};
use crate::panes::logs::tail::filter_words;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, window};

/// Draws the list.
pub(super) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, tail: &Tail, area: Rect) {
    let [title, list] = Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    let (filters, all_off) = (tail.filters().list(), tail.filters().are_off());
    painter.line(title, &heading(tail, all_off));
    if filters.is_empty() {
        return draw_none(painter, view, list);
    }
    let at = tail.filters().cursor();
    let from = window(at, filters.len(), usize::from(list.height));
    for (row, (number, filter)) in list.rows().zip(filters.iter().enumerate().skip(from)) {
        draw_row(painter, filter, (number == at, all_off), row);
    }
}

/// How many rows pass, and whether all filters are off.
fn heading(tail: &Tail, all_off: bool) -> Vec<Piece> {
    let passing = format!(
        "  {} of {} rows pass",
        tail.rows().visible().len(),
        tail.rows().count()
    );
    let mut pieces = vec![
        (Role::Accent, " Filters".to_owned()),
        (Role::Muted, passing),
    ];
    if all_off {
        pieces.push((Role::Warning, "  all are off for now".to_owned()));
    }
    pieces
}

/// What stands in place of an empty list.
fn draw_none(painter: &mut Painter<'_>, view: LogsView<'_>, list: Rect) {
    let key = |action| view.context.keymap.way_to(action);
    let words = format!(
        "There is no filter. In the tail, {} adds one that shows only what matches, {} one that hides it.",
        key(FILTER_IN),
        key(FILTER_OUT)
    );
    painter.placeholder(list, Role::Muted, &words);
}

fn draw_row(painter: &mut Painter<'_>, filter: &Filter, (here, all_off): (bool, bool), row: Rect) {
    let role = match (here, filter.is_on && !all_off) {
        (true, _) => Role::Selected,
        (false, true) => Role::Text,
        (false, false) => Role::Muted,
    };
    if here {
        painter.tint(row, Role::Selected);
    }
    let mark = if here {
        painter.sign(" ▸ ", " > ")
    } else {
        "   "
    };
    let on = if filter.is_on { "on  " } else { "off " };
    let how = if filter.leaves_out { "hide " } else { "only " };
    let words = format!("{mark}{on} {how} {}", filter_words(&filter.condition));
    painter.line(row, &[(role, words)]);
}
