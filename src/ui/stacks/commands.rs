//! The commands of the stack in front.

use ratatui::layout::Rect;

use super::{StacksView, own, row_style, title};
use crate::panes::stacked;
use crate::panes::stacks::screens::{COPY_COMMAND, READ};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, window};

/// Columns of an intent.
const INTENT: usize = 9;
/// Rows for the command in front.
const WHOLE: u16 = 4;

/// Draws the list, and the whole of the command in front.
pub(super) fn draw(painter: &mut Painter<'_>, view: StacksView<'_>, area: Rect) {
    let whole = if area.height >= 14 { WHOLE } else { 2 };
    let ([head, told], list, [foot]) = stacked(area, [1, 1], [whole]);
    painter.line(head, &title(view, "Commands"));
    let commands = view.pane.commands.all();
    if commands.is_empty() {
        let words = "This stack is gone; go back to the list.";
        return painter.placeholder(list, Role::Muted, words);
    }
    painter.line(told, &[(Role::Muted, where_to_type(view))]);
    let at = view.pane.commands.position();
    let from = window(at, commands.len(), usize::from(list.height));
    for (place, (number, command)) in list.rows().zip(commands.iter().enumerate().skip(from)) {
        let is_here = number == at;
        let mark = row_style(painter, is_here, place);
        let intent = text::pad(command.intent.name(), INTENT);
        let pieces: [Piece; 2] = [
            (own(Role::Accent, is_here), format!("{mark}{intent} ")),
            (own(Role::Text, is_here), command.text.clone()),
        ];
        painter.line(place, &pieces);
    }
    if let Some(command) = view.pane.commands.selected() {
        let room = Rect {
            x: foot.x + 1,
            width: foot.width.saturating_sub(2),
            ..foot
        };
        painter.wrapped(room, Role::Literal, &command.text);
    }
}

/// The keys, and the directory that the commands are for.
fn where_to_type(view: StacksView<'_>) -> String {
    let keymap = &view.context.keymap;
    let (copy, run) = (keymap.way_to(COPY_COMMAND), keymap.way_to(READ));
    let runs = match view.pane.read() {
        Some(_) => format!("; {run} runs this one, once you said yes"),
        None => String::new(),
    };
    let root = view
        .pane
        .known
        .survey()
        .map(|survey| survey.root.display().to_string());
    let root = root.unwrap_or_default();
    format!(" {copy} copies one{runs}. To be typed in {root}.")
}
