//! The stacks pane: the list, the resources of a stack, outputs side by side, commands.

mod commands;
mod list;
mod outputs;
mod resources;

use jiff::{SignedDuration, Timestamp};
use ratatui::layout::Rect;

use super::PaneView;
use super::painter::{Painter, Piece};
use crate::panes::StacksPane;
use crate::panes::stacks::{StackRow, StacksScreen};
use crate::theme::Role;

/// The pane as it is drawn.
type StacksView<'a> = PaneView<'a, StacksPane>;

/// Draws the screen of the pane that is in front.
pub(crate) fn draw(painter: &mut Painter<'_>, view: StacksView<'_>, area: Rect) {
    match view.pane.screen {
        StacksScreen::List => list::draw(painter, view, area),
        StacksScreen::Resources => resources::draw(painter, view, area),
        StacksScreen::Outputs => outputs::draw(painter, view, area),
        StacksScreen::Commands => commands::draw(painter, view, area),
    }
}

/// The mark before a row, and the role of what has this one.
fn row_style(painter: &mut Painter<'_>, is_here: bool, row: Rect) -> &'static str {
    if is_here {
        painter.tint(row, Role::Selected);
        painter.sign(" ▸ ", " > ")
    } else {
        "   "
    }
}

/// A role, unless the row is the one in front.
const fn own(role: Role, is_here: bool) -> Role {
    if is_here { Role::Selected } else { role }
}

/// The title of a screen about the stack in front: what it shows, which stack, and how old what is known of it is.
fn title(view: StacksView<'_>, what: &str) -> Vec<Piece> {
    let mut pieces = vec![(Role::Accent, format!(" {what}"))];
    if let Some(row) = view.pane.selected() {
        pieces.push((Role::Text, format!(" of {}", row.title())));
        if let Some(known) = known_since(row, view.now) {
            pieces.push((Role::Muted, format!("  known {known}")));
        }
    }
    pieces.extend(running(view));
    pieces
}

/// That a command runs.
fn running(view: StacksView<'_>) -> Option<Piece> {
    let read = view.pane.reading()?;
    Some((Role::Warning, format!("  running {} ...", read.text)))
}

/// How old what is known of a stack is, in hours or days.
fn known_since(row: StackRow<'_>, now: Timestamp) -> Option<String> {
    let written = i64::try_from(row.stack?.written?).ok()?;
    let age = now.duration_since(Timestamp::from_second(written).ok()?);
    Some(age_words(age))
}

fn age_words(age: SignedDuration) -> String {
    match age.as_hours() {
        ..=0 => "< 1 h".to_owned(),
        hours @ 1..48 => format!("{hours} h"),
        hours => format!("{} d", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_in_hours_and_days() {
        let words = |hours| age_words(SignedDuration::from_hours(hours));
        assert_eq!(
            [-3, 0, 1, 47, 48, 900].map(words),
            ["< 1 h", "< 1 h", "1 h", "47 h", "2 d", "37 d"]
        );
    }
}
