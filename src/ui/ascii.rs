//! Terminals without Unicode: whatever a frame holds, only ASCII leaves it.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Replaces every cell that is not ASCII: signs by the like, the rest (a user's own words) by question marks.
pub(crate) fn only(buffer: &mut Buffer) {
    let mut covered = 0;
    for cell in &mut buffer.content {
        if covered > 0 {
            // The second half of a wide character.
            covered -= 1;
            cell.set_char('?');
        } else if !cell.symbol().is_ascii() {
            covered = cell.symbol().width().saturating_sub(1);
            let like = like(cell.symbol());
            cell.set_char(like);
        }
    }
}

fn like(symbol: &str) -> char {
    match symbol {
        "−" | "–" | "—" | "·" => '-',
        "×" => 'x',
        "…" | "≈" => '~',
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn every_cell_is_ascii_and_stays_where_it_is() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, "−5 × 漢é… ok", Style::new());
        only(&mut buffer);
        let line: String = buffer
            .content
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect();
        assert_eq!(line, "-5 x ???~ ok");
    }
}
