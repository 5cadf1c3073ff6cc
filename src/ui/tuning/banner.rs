//! The banner about runs that were cut off: a function may not be as it should.

use ratatui::layout::Rect;

use super::TuningView;
use crate::panes::tuning::function_name;
use crate::panes::tuning::screens::runs::RECOVER;
use crate::text::height_of;
use crate::theme::Role;
use crate::ui::painter::Painter;

/// How many rows the banner needs; none when no run was cut off.
pub(super) fn height(view: TuningView<'_>, width: u16) -> u16 {
    words(view).map_or(0, |words| height_of(&words, width.saturating_sub(4), 3))
}

/// Draws the banner.
pub(super) fn draw(painter: &mut Painter<'_>, view: TuningView<'_>, area: Rect) {
    let Some(words) = words(view) else { return };
    painter.line(area, &[(Role::Warning, " ! ".to_owned())]);
    let room = Rect {
        x: area.x + 3,
        width: area.width.saturating_sub(4),
        ..area
    };
    painter.wrapped(room, Role::Warning, &words);
}

fn words(view: TuningView<'_>) -> Option<String> {
    let journal = view.pane.runs.cut_off()?;
    let key = view.context.keymap.way_to(RECOVER);
    Some(format!(
        "A run of {} was cut off; {key} restores its {} MB.",
        function_name(journal),
        journal.original.memory
    ))
}
