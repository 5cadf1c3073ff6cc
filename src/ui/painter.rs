//! Draws text by role, never past its area. Everything that comes from outside is made harmless here.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::widgets::{Block, Clear, Widget};

use crate::text;
pub(crate) use crate::text::{plain, wrap};
use crate::theme::{Role, Theme};

/// A piece of a line with its role.
pub(crate) type Piece = (Role, String);

/// The buffer of a frame with what is needed to draw on it.
pub(crate) struct Painter<'a> {
    pub(crate) buffer: &'a mut Buffer,
    pub(crate) theme: &'a Theme,
    pub(crate) ascii: bool,
}

impl Painter<'_> {
    pub(crate) fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// The mark of a cut.
    pub(crate) const fn ellipsis(&self) -> &'static str {
        if self.ascii {
            text::ELLIPSIS_ASCII
        } else {
            text::ELLIPSIS
        }
    }

    /// One of two forms of the same sign.
    pub(crate) const fn sign<'s>(&self, unicode: &'s str, ascii: &'s str) -> &'s str {
        if self.ascii { ascii } else { unicode }
    }

    /// Writes pieces one after the other on the first row of the area; returns the columns used.
    pub(crate) fn line(&mut self, area: Rect, pieces: &[Piece]) -> u16 {
        let mut left = area.intersection(*self.buffer.area());
        let whole = left.width;
        for (role, piece) in pieces {
            if left.width == 0 || left.height == 0 {
                break;
            }
            let clean = plain(piece);
            let columns = usize::from(left.width);
            let cut = text::truncate_with(&clean, columns, self.ellipsis());
            let style = self.style(*role);
            let (x, _) = self
                .buffer
                .set_stringn(left.x, left.y, &*cut, columns, style);
            let used = x.saturating_sub(left.x);
            left.x = x;
            left.width = left.width.saturating_sub(used);
        }
        whole.saturating_sub(left.width)
    }

    /// Writes pieces that are safe to show as far as they fit; what does not is cut without a mark.
    pub(crate) fn unmarked(&mut self, area: Rect, pieces: &[Piece]) {
        let mut left = area.intersection(*self.buffer.area());
        for (role, piece) in pieces {
            if left.width == 0 || left.height == 0 {
                break;
            }
            let columns = usize::from(left.width);
            let style = self.style(*role);
            let (x, _) = self
                .buffer
                .set_stringn(left.x, left.y, piece, columns, style);
            left.width = left.right().saturating_sub(x);
            left.x = x;
        }
    }

    /// Writes pieces at the right end of the first row, if they fit; returns the columns used.
    pub(crate) fn right(&mut self, area: Rect, pieces: &[Piece]) -> u16 {
        let width = columns(pieces);
        if width > area.width {
            return 0;
        }
        let x = area.x + area.width - width;
        self.line(Rect { x, width, ..area }, pieces)
    }

    /// Writes text over the rows of the area, broken at spaces; returns the rows used.
    pub(crate) fn wrapped(&mut self, area: Rect, role: Role, words: &str) -> u16 {
        let words = plain(words);
        let mut used = 0;
        for (row, line) in area.rows().zip(wrap(&words, usize::from(area.width))) {
            self.line(row, &[(role, line)]);
            used += 1;
        }
        used
    }

    /// Writes what stands in place of rows, a little inside the area.
    pub(crate) fn placeholder(&mut self, area: Rect, role: Role, words: &str) {
        let room = Rect {
            x: area.x + 2,
            width: area.width.saturating_sub(3),
            ..area
        };
        self.wrapped(room, role, words);
    }

    /// Gives every cell of the area the style of a role.
    pub(crate) fn tint(&mut self, area: Rect, role: Role) {
        let style = self.style(role);
        self.buffer.set_style(area, style);
    }

    /// Empties the area and draws a frame with a title; returns the room inside.
    pub(crate) fn framed(&mut self, area: Rect, title: &str) -> Rect {
        Clear.render(area, self.buffer);
        let title = format!(" {} ", plain(title));
        let block = Block::bordered()
            .border_set(self.borders())
            .border_style(self.style(Role::BorderFocused))
            .style(self.style(Role::Text))
            .title(title);
        let inner = block.inner(area);
        block.render(area, self.buffer);
        Rect {
            x: inner.x.saturating_add(1),
            width: inner.width.saturating_sub(2),
            ..inner
        }
    }

    /// Takes out of cells that others drew what is invisible or moves its neighbours: each shows what it is counted to be.
    pub(crate) fn sanitize(&mut self, area: Rect) {
        for position in area.intersection(*self.buffer.area()).positions() {
            let Some(cell) = self.buffer.cell_mut(position) else {
                continue;
            };
            if let Cow::Owned(clean) = text::neutralise(cell.symbol()) {
                let room = text::width(cell.symbol());
                let kept = text::truncate_with(&clean, room, "");
                cell.set_symbol(if kept.is_empty() { " " } else { &kept });
            }
        }
    }

    /// Draws a vertical line over the height of the area's first column.
    pub(crate) fn upright(&mut self, area: Rect) {
        let sign = self.sign("│", "|").to_owned();
        for row in area.rows() {
            self.line(Rect { width: 1, ..row }, &[(Role::Border, sign.clone())]);
        }
    }

    const fn borders(&self) -> border::Set<'static> {
        if self.ascii {
            border::Set {
                top_left: "+",
                top_right: "+",
                bottom_left: "+",
                bottom_right: "+",
                vertical_left: "|",
                vertical_right: "|",
                horizontal_top: "-",
                horizontal_bottom: "-",
            }
        } else {
            border::ROUNDED
        }
    }
}

/// The columns that pieces take.
pub(crate) fn columns(pieces: &[Piece]) -> u16 {
    let sum: usize = pieces.iter().map(|(_, piece)| text::width(piece)).sum();
    u16::try_from(sum).unwrap_or(u16::MAX)
}

/// The first row of a list of `count` rows that shows `selected` within `height` rows, the same for the same input.
pub(crate) const fn window(selected: usize, count: usize, height: usize) -> usize {
    let centred = selected.saturating_sub(height / 2);
    let last = count.saturating_sub(height);
    if centred < last { centred } else { last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_selected_row_is_always_in_the_window(count in 1usize..200, at in 0usize..200, height in 1usize..40) {
            let selected = at % count;
            let from = window(selected, count, height);
            prop_assert!((from..from + height).contains(&selected));
        }
    }
}
