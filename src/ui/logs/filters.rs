//! The list of filters, and below it those that were saved.

use ratatui::layout::Rect;

use super::LogsView;
use crate::logs::{Filter, ListKind, SavedList};
use crate::panes::logs::Tail;
use crate::panes::logs::screens::tail::{FILTER_IN, FILTER_OUT};
use crate::panes::logs::tail::filter_words;
use crate::panes::stacked;
use crate::text::{neutralise, thousands};
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, window};

/// Draws the list.
pub(super) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, tail: &Tail, area: Rect) {
    let ([title], list, []) = stacked(area, [2], []);
    let (filters, all_off) = (tail.filters().list(), tail.filters().are_off());
    painter.line(title, &heading(tail, all_off));
    let saved: Vec<&SavedList> = view.pane.saved().of(ListKind::Filters).collect();
    let count = filters.len() + saved.len();
    if count == 0 {
        return draw_none(painter, view, list);
    }
    let at = tail.filters().cursor();
    let from = window(at, count, usize::from(list.height));
    for (row, number) in list.rows().zip(from..count) {
        let here = number == at;
        let kept = number.checked_sub(filters.len());
        match (filters.get(number), kept.and_then(|kept| saved.get(kept))) {
            (Some(filter), _) => draw_row(painter, filter, (here, all_off), row),
            (None, Some(saved)) => draw_saved(painter, saved, here, row),
            (None, None) => {}
        }
    }
}

/// Filters that were saved: their name and what they are.
fn draw_saved(painter: &mut Painter<'_>, saved: &SavedList, here: bool, row: Rect) {
    let own = |role: Role| if here { Role::Selected } else { role };
    if here {
        painter.tint(row, Role::Selected);
    }
    let mark = mark(painter, here);
    let name = neutralise(&saved.name);
    let what = neutralise(&saved.entries.join(", ")).into_owned();
    let pieces = [
        (own(Role::Muted), format!("{mark}saved ")),
        (own(Role::Accent), format!("{name}  ")),
        (own(Role::Muted), what),
    ];
    painter.line(row, &pieces);
}

/// What stands before a row.
const fn mark(painter: &Painter<'_>, here: bool) -> &'static str {
    if here {
        painter.sign(" ▸ ", " > ")
    } else {
        "   "
    }
}

/// How many rows pass, and whether all filters are off.
fn heading(tail: &Tail, all_off: bool) -> Vec<Piece> {
    let (passing, all) = tail.rows().event_counts();
    let passing = format!("  {} of {} events pass", thousands(passing), thousands(all));
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
    let mark = mark(painter, here);
    let on = if filter.is_on { "on  " } else { "off " };
    let how = if filter.leaves_out { "hide " } else { "only " };
    let words = format!("{mark}{on} {how} {}", filter_words(&filter.condition));
    painter.line(row, &[(role, words)]);
}
