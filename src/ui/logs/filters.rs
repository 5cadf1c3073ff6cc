//! The list of filters.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::App;
use crate::keys::Action;
use crate::panes::logs::Tail;
use crate::panes::logs::tail::filter_words;
use crate::ui::brush::{Brush, window};
use crate::ui::theme::Role;

/// Draws the list.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, tail: &Tail, area: Rect) {
    let [title, list] = Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    let (filters, all_off) = tail.filters();
    let mut pieces = vec![(Role::Accent, " Filters".to_owned())];
    pieces.push((
        Role::Muted,
        format!("  {} of {} rows pass", tail.rows().len(), tail.count()),
    ));
    if all_off {
        pieces.push((Role::Warning, "  all are off for now".to_owned()));
    }
    brush.line(title, &pieces);
    if filters.is_empty() {
        let room = Rect {
            x: list.x + 2,
            width: list.width.saturating_sub(3),
            ..list
        };
        let key = |action| app.context.keymap.hint(action);
        let words = format!(
            "There is no filter. In the tail, {} adds one that shows only what matches, {} one that hides it.",
            key(Action::FilterIn),
            key(Action::FilterOut)
        );
        brush.wrapped(room, Role::Muted, &words);
        return;
    }
    let at = tail.filter_cursor();
    let from = window(at, filters.len(), usize::from(list.height));
    for (row, (number, filter)) in list.rows().zip(filters.iter().enumerate().skip(from)) {
        let here = number == at;
        let role = match (here, filter.is_on && !all_off) {
            (true, _) => Role::Selected,
            (false, true) => Role::Text,
            (false, false) => Role::Muted,
        };
        if here {
            brush.tint(row, Role::Selected);
        }
        let mark = if here {
            brush.sign(" ▸ ", " > ")
        } else {
            "   "
        };
        let on = if filter.is_on { "on  " } else { "off " };
        let how = if filter.leaves_out { "hide " } else { "only " };
        let words = format!("{mark}{on} {how} {}", filter_words(&filter.condition));
        brush.line(row, &[(role, words)]);
    }
}
