//! The list of sample events over the plan form, with what is known of the one in front.

use ratatui::layout::Rect;

use crate::panes::stacked;
use crate::panes::tuning::EventChooser;
use crate::power::{SampleEvent, events};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, window, wrap};

/// Columns of a name, and of a limit.
const NAME: usize = 28;
const LIMIT: usize = 7;

/// The most rows of what is known of the event in front.
const FACTS: usize = 7;

/// Draws the list.
pub(super) fn draw(painter: &mut Painter<'_>, chooser: &EventChooser, area: Rect) {
    let entries = chooser.entries();
    let selected = chooser.selected();
    let facts = selected.map_or_else(Vec::new, |event| facts(event, area.width));
    let room = u16::try_from(facts.len().min(FACTS)).unwrap_or_default();
    let room = room.min(area.height / 2);
    let ([title], list, [below]) = stacked(area, [1], [room]);
    let count = format!("  {} of {}", entries.len(), events::all().len());
    let heading = (Role::Accent, " Sample events".to_owned());
    painter.line(title, &[heading, (Role::Muted, count)]);
    let at = entries
        .iter()
        .position(|event| Some(*event) == selected)
        .unwrap_or_default();
    let from = window(at, entries.len(), usize::from(list.height));
    for (row, (place, event)) in list.rows().zip(entries.iter().enumerate().skip(from)) {
        let line = line(painter, event, place == at);
        painter.line(row, &line);
    }
    if entries.is_empty() {
        let words = "   No sample event has these letters in this order.";
        painter.line(list, &[(Role::Muted, words.to_owned())]);
    }
    for (row, line) in below.rows().zip(facts) {
        painter.line(row, &[line]);
    }
}

fn line(painter: &Painter<'_>, event: &SampleEvent, is_selected: bool) -> Vec<Piece> {
    let (mark, role, muted) = if is_selected {
        (painter.sign(" ▸ ", " > "), Role::Selected, Role::Selected)
    } else {
        ("   ", Role::Text, Role::Muted)
    };
    let limit = event.time_limit().unwrap_or_default();
    vec![
        (role, format!("{mark}{}", text::pad(event.name, NAME))),
        (muted, text::pad_left(&limit, LIMIT)),
        (muted, format!("  {}", event.title)),
    ]
}

/// Who waits for the answer, what is a right one, what to know before it is sent.
fn facts(event: &SampleEvent, width: u16) -> Vec<Piece> {
    let room = usize::from(width.saturating_sub(2));
    let known = [
        (Role::Accent, event.waiting()),
        (Role::Muted, format!("A right answer: {}.", event.answer)),
    ];
    let effects = event.effects.iter().cloned();
    let known = known
        .into_iter()
        .chain(effects.map(|effect| (Role::Warning, effect)));
    let lines = known.flat_map(|(role, sentence)| {
        let lines: Vec<String> = wrap(&sentence, room).collect();
        lines
            .into_iter()
            .map(move |line| (role, format!(" {line}")))
    });
    lines.collect()
}
