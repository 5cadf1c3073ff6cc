//! The article that is read: a line that says where the reader is, the text, and what lies over it.

use ratatui::layout::Rect;

use super::{line, panels};
use crate::articles::Line;
use crate::panes::articles::{HEAD, Over, ReadingView};
use crate::panes::{article_text, stacked};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns};

/// What stands for a long article until it is laid out.
const LAYING_OUT: &str = "Laying the article out ...";

/// Draws the article.
pub(super) fn draw(painter: &mut Painter<'_>, reading: &ReadingView, area: Rect) {
    let head_rows = u16::try_from(HEAD).unwrap_or(1);
    let ([head], text, []) = stacked(area, [head_rows], []);
    heading(painter, reading, head);
    if !reading.page().is_laid_out() {
        painter.line(article_text(text), &[(Role::Muted, LAYING_OUT.to_owned())]);
    }
    for (row, (number, line)) in text.rows().zip(reading.page().visible()) {
        draw_line(painter, reading, number, line, row);
    }
    match reading.over() {
        Some(Over::Outline(choice)) => panels::outline(painter, reading, choice, area),
        Some(Over::Links(choice)) => panels::links(painter, reading, choice, area),
        Some(Over::Hints(hints)) => panels::hints(painter, reading, hints, text),
        None => {}
    }
}

/// The title once it is off the screen, signs, hits, and how far the reader is.
fn heading(painter: &mut Painter<'_>, reading: &ReadingView, area: Rect) {
    let article = &reading.article;
    let mut notes: Vec<Piece> = Vec::new();
    if article.starred {
        notes.push((Role::Starred, format!("{} ", painter.sign("★", "*"))));
    }
    if !article.read {
        notes.push((Role::Unread, "unread ".to_owned()));
    }
    match reading.find().count() {
        Some((_, 0)) => notes.push((Role::Warning, "no hit ".to_owned())),
        Some((at, count)) => notes.push((Role::Found, format!(" hit {at} of {count} "))),
        None => {}
    }
    let wide = reading.page().shows_wide();
    if wide && reading.page().left() > 0 {
        notes.push((
            Role::Muted,
            format!(" {} columns right ", reading.page().left()),
        ));
    }
    notes.push((Role::Muted, format!(" {} % ", reading.page().percent())));
    let room = area.width.saturating_sub(columns(&notes) + 2);
    if !reading.page().is_at_start() {
        let title = text::prose(&article.title);
        let title = text::truncate_with(&title, usize::from(room), painter.ellipsis()).into_owned();
        painter.line(area, &[(Role::Accent, format!(" {title}"))]);
    }
    painter.right(area, &notes);
}

fn draw_line(
    painter: &mut Painter<'_>,
    reading: &ReadingView,
    number: usize,
    line: &Line,
    row: Rect,
) {
    let front = reading.find().current();
    let hits: Vec<line::Marked> = reading
        .find()
        .on_line(number)
        .map(|hit| (hit.bytes.clone(), Some(hit) == front))
        .collect();
    let pieces = line::pieces(line, reading.page().left(), &hits);
    let room = article_text(row);
    painter.unmarked(room, &pieces);
    if !line.wide {
        return;
    }
    let before = Rect {
        x: room.x.saturating_sub(1),
        width: 1,
        ..row
    };
    if reading.page().left() > 0 {
        let sign = painter.sign("‹", "<").to_owned();
        painter.line(before, &[(Role::Accent, sign)]);
    }
    if line::width(line) > reading.page().left() + usize::from(room.width) {
        let sign = painter.sign("›", ">").to_owned();
        painter.right(row, &[(Role::Accent, sign)]);
    }
}
