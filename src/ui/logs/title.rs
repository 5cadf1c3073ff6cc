//! The title of the tail: what is followed, and what is done to its rows.

use ratatui::layout::Rect;

use crate::panes::logs::{Tail, TimeMode};
use crate::ui::brush::{Brush, Piece, columns};
use crate::ui::theme::Role;

/// Draws the title; what is said last is left out first.
pub(super) fn draw(brush: &mut Brush<'_>, tail: &Tail, area: Rect) {
    let right = reader(brush, tail);
    let room = area.width.saturating_sub(columns(&right));
    let left = Rect {
        width: room,
        ..area
    };
    let mut pieces = vec![(Role::Accent, format!(" {}", groups(tail)))];
    for chip in chips(tail) {
        if columns(&pieces) + columns(std::slice::from_ref(&chip)) > room {
            break;
        }
        pieces.push(chip);
    }
    brush.line(left, &pieces);
    brush.right(area, &right);
}

/// Where the reader is: following, or paused with so many new rows.
fn reader(brush: &Brush<'_>, tail: &Tail) -> Vec<Piece> {
    if tail.is_following() {
        return Vec::new();
    }
    let mut pieces = vec![(Role::Warning, " PAUSED".to_owned())];
    let new = tail.new_rows();
    if new > 0 {
        let arrow = brush.sign("↓", "v");
        pieces.push((Role::Accent, format!(" +{} new {arrow}", thousands(new))));
    }
    pieces.push((Role::Text, " ".to_owned()));
    pieces
}

fn groups(tail: &Tail) -> String {
    match tail.wanted.groups.as_slice() {
        [first, rest @ ..] if !rest.is_empty() => format!("{first} +{}", rest.len()),
        groups => groups.concat(),
    }
}

fn chips(tail: &Tail) -> Vec<Piece> {
    let mut chips: Vec<Piece> = Vec::new();
    let mut chip = |role, words: String| chips.push((role, format!("  {words}")));
    if let Some(matches) = tail.matches() {
        let number = matches
            .number
            .map_or(String::new(), |number| format!("{} of ", thousands(number)));
        let more = if matches.is_complete { "" } else { "..." };
        chip(
            Role::Found,
            format!(
                "/{}/ {number}{}{more}",
                matches.pattern,
                thousands(matches.count)
            ),
        );
    }
    let (filters, all_off) = tail.filters();
    let on = filters.iter().filter(|filter| filter.is_on).count();
    if tail.is_in_context() {
        chip(Role::Warning, "one stream".to_owned());
    } else if !filters.is_empty() {
        let words = match (all_off, filters.len()) {
            (true, 1) => "1 filter off".to_owned(),
            (true, count) => format!("{count} filters off"),
            (false, 1) => format!("{on} filter"),
            (false, count) => format!("{on} of {count} filters"),
        };
        chip(Role::Warning, words);
    }
    if !tail.rows().is_complete() {
        chip(Role::Muted, "filtering ...".to_owned());
    }
    if !tail.wanted.pattern.is_empty() {
        chip(Role::Warning, format!("pattern {}", tail.wanted.pattern));
    }
    if tail.is_selecting() {
        chip(Role::Accent, "selecting".to_owned());
    }
    if tail.sideways() > 0 {
        chip(Role::Muted, format!("from column {}", tail.sideways() + 1));
    }
    if tail.look.secrets {
        chip(Role::Warning, "secrets".to_owned());
    }
    if tail.look.time != TimeMode::Utc {
        chip(Role::Muted, tail.look.time.name().to_owned());
    }
    chips
}

/// A count with commas: `1,204`.
pub(super) fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn counts_are_grouped_by_three() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_204, "1,204"),
            (1_234_567, "1,234,567"),
        ];
        for (count, words) in cases {
            assert_eq!(thousands(count), words);
        }
    }
}
