//! Where things stand in the body of a pane. The state, which must know how much is shown, and the drawing both ask here.

pub use ratatui::layout::Rect;

use super::articles::{EDGE, MARGIN};
use crate::text;

/// Body rows from which on the histogram has a place.
const HISTOGRAM_FROM: u16 = 12;

/// Rows of a list's title and headings.
const LIST_HEAD: u16 = 4;

/// The rows of a page of a list in this body.
#[must_use]
pub fn list_page(body: Rect) -> usize {
    usize::from(body.height.saturating_sub(LIST_HEAD)).max(1)
}

/// The part of a row of an article where the text stands.
#[must_use]
pub fn article_text(row: Rect) -> Rect {
    let margin = u16::try_from(MARGIN).unwrap_or_default();
    let edge = u16::try_from(EDGE).unwrap_or_default();
    Rect {
        x: row.x + margin,
        width: row.width.saturating_sub(margin + edge),
        ..row
    }
}

/// The parts of the tail's screen, top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TailAreas {
    /// What is followed.
    pub title: Rect,
    /// The histogram; without rows while it is hidden. Below its bars there is a row for times, and one for counts, where
    /// it has more than one.
    pub histogram: Rect,
    /// The rows of the log.
    pub rows: Rect,
    /// What the tail waits for.
    pub waiting: Rect,
    /// The status line.
    pub status: Rect,
}

impl TailAreas {
    /// The areas in a body, for a histogram of so many rows where there is room, and a tail that waits as these words
    /// say; at most a third of the rows are theirs.
    #[must_use]
    pub fn of(body: Rect, histogram: u16, waiting: &str) -> Self {
        let histogram = if body.height < HISTOGRAM_FROM {
            0
        } else {
            histogram
        };
        let waiting = text::height_of(waiting, body.width.saturating_sub(2), body.height / 3);
        let ([title, histogram], rows, [waiting, status]) =
            stacked(body, [1, histogram], [waiting, 1]);
        Self {
            title,
            histogram,
            rows,
            waiting: Rect {
                x: waiting.x + 1,
                width: waiting.width.saturating_sub(2),
                ..waiting
            },
            status,
        }
    }
}

/// The parts of the statistics' screen, top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatisticsAreas {
    /// The span of time.
    pub title: Rect,
    /// What a run claims; without rows where it does not matter.
    pub claim: Rect,
    /// The names of the groups.
    pub heads: Rect,
    /// The figures.
    pub figures: Rect,
    /// How they were counted.
    pub footing: Rect,
}

impl StatisticsAreas {
    /// The areas in a body.
    #[must_use]
    pub fn of(body: Rect, has_claim: bool) -> Self {
        let above = [1, u16::from(has_claim), 1];
        let ([title, claim, heads], figures, [footing]) = stacked(body, above, [1]);
        Self {
            title,
            claim,
            heads,
            figures,
            footing,
        }
    }
}

/// Rows of the query's text at most.
const QUERY_ROWS: u16 = 3;
/// Body rows from which on the value under the cursor is told whole.
const VALUE_FROM: u16 = 16;
/// Rows for the value under the cursor.
const VALUE_ROWS: u16 = 3;

/// The parts of the query's screen, top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryAreas {
    /// The groups and the stretch of time.
    pub title: Rect,
    /// The query.
    pub text: Rect,
    /// How it stands, and what it reads and costs.
    pub standing: Rect,
    /// The figures over time; without rows when there are none.
    pub bars: Rect,
    /// The names of the columns.
    pub heads: Rect,
    /// The rows of the answer.
    pub rows: Rect,
    /// The value under the cursor, on a screen that has room for it.
    pub value: Rect,
}

impl QueryAreas {
    /// The areas in a body, for a query of this text that stands as these words say.
    #[must_use]
    pub fn of(body: Rect, text: &str, standing: &str, has_bars: bool) -> Self {
        let columns = body.width.saturating_sub(2);
        let text = text::height_of(text, columns, QUERY_ROWS.min(body.height / 5));
        let standing = text::height_of(standing, columns, 2);
        let value = if body.height >= VALUE_FROM {
            VALUE_ROWS
        } else {
            0
        };
        let ([title, text, standing, bars, heads], rows, [value]) =
            stacked(body, [1, text, standing, u16::from(has_bars), 1], [value]);
        Self {
            title,
            text: inside(text),
            standing: inside(standing),
            bars,
            heads,
            rows,
            value: inside(value),
        }
    }
}

/// The parts of the sheet of a run as code: title, sizes and tabs; and the text below them.
#[must_use]
pub fn code_areas(body: Rect) -> ([Rect; 3], Rect) {
    let (heads, text, []) = stacked(body, [1, 1, 1], []);
    (heads, text)
}

/// An area shared out from top to bottom: parts with so many rows above, a part that takes what is left, parts with so
/// many rows below. Where there are too few rows, the first parts get theirs.
#[must_use]
pub fn stacked<const ABOVE: usize, const BELOW: usize>(
    area: Rect,
    above: [u16; ABOVE],
    below: [u16; BELOW],
) -> ([Rect; ABOVE], Rect, [Rect; BELOW]) {
    let mut left = area;
    let above = above.map(|rows| take_top(&mut left, rows));
    let kept = below.iter().copied().fold(0, u16::saturating_add);
    let rows = left.height.saturating_sub(kept);
    let rest = take_top(&mut left, rows);
    (above, rest, below.map(|rows| take_top(&mut left, rows)))
}

/// An area shared out from left to right, as [`stacked`] does it from top to bottom.
#[must_use]
pub fn side_by_side<const BEFORE: usize, const AFTER: usize>(
    area: Rect,
    before: [u16; BEFORE],
    after: [u16; AFTER],
) -> ([Rect; BEFORE], Rect, [Rect; AFTER]) {
    let turned = |it: Rect| Rect::new(it.y, it.x, it.height, it.width);
    let (before, rest, after) = stacked(turned(area), before, after);
    (before.map(turned), turned(rest), after.map(turned))
}

/// Takes so many rows off the top of an area, or all it has.
fn take_top(area: &mut Rect, rows: u16) -> Rect {
    let height = rows.min(area.height);
    let top = Rect { height, ..*area };
    area.y = area.y.saturating_add(height);
    area.height -= height;
    top
}

/// An area without its first and its last column.
fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::{Constraint, Layout};

    use super::*;

    /// The parts of the frame, in lengths across its rows or its columns, and where the solver of ratatui puts them.
    fn solved(layout: fn([Constraint; 6]) -> Layout, area: Rect, [a, b]: [u16; 2]) -> [Rect; 6] {
        let [one, a, b] = [1, a, b].map(Constraint::Length);
        layout([one, Constraint::Fill(1), a, b, one, one]).areas(area)
    }

    #[test]
    fn areas_are_shared_out_as_a_solver_of_constraints_would() {
        for size in 1..=300 {
            for lengths in [[0, 0], [1, 0], [0, 2], [3, 1], [6, 3], [11, 0]] {
                if lengths.iter().sum::<u16>() + 3 > size {
                    continue;
                }
                let below = [lengths[0], lengths[1], 1, 1];
                let all = |([head], rest, below): ([Rect; 1], Rect, [Rect; 4])| {
                    [[head, rest].as_slice(), &below].concat()
                };
                let tall = Rect::new(3, 2, 80, size);
                let expected = solved(Layout::vertical, tall, lengths);
                assert_eq!(
                    all(stacked(tall, [1], below)),
                    expected,
                    "{size} {lengths:?}"
                );
                let wide = Rect::new(3, 2, size, 40);
                let expected = solved(Layout::horizontal, wide, lengths);
                let shared = all(side_by_side(wide, [1], below));
                assert_eq!(shared, expected, "{size} {lengths:?}");
            }
        }
    }

    #[test]
    fn what_has_no_room_leaves_no_area() {
        for size in 0..=20 {
            let area = Rect::new(0, 5, 9, size);
            let ([head], rest, [one, two]) = stacked(area, [4], [u16::MAX, 3]);
            assert_eq!(head.height, size.min(4));
            assert_eq!((rest.height, two.height), (0, 0));
            assert_eq!(one.height, size - head.height);
            assert_eq!(two.bottom(), area.bottom());
        }
    }

    #[test]
    fn what_a_tail_waits_for_takes_rows_from_the_log() {
        let body = Rect::new(0, 1, 40, 21);
        let quiet = TailAreas::of(body, 1, "");
        assert_eq!((quiet.histogram.height, quiet.rows.height), (1, 18));
        assert_eq!(quiet.waiting.height, 0);
        let waits = TailAreas::of(body, 1, "The group does not exist; it is looked for again.");
        assert_eq!((waits.waiting.height, waits.rows.height), (2, 16));
        let endless = TailAreas::of(body, 1, &"word ".repeat(900));
        assert_eq!((endless.waiting.height, endless.rows.height), (7, 11));
    }

    #[test]
    fn a_low_screen_has_no_histogram() {
        let low = TailAreas::of(Rect::new(0, 1, 40, 11), 3, "");
        assert_eq!((low.histogram.height, low.rows.height), (0, 9));
    }
}
