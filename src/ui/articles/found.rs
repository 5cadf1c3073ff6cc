//! What a search found: two rows per article, its title and the words around the first hit.

use ratatui::layout::Rect;

use super::ArticlesView;
use super::list::{self, RowHighlight};
use crate::articles::{SearchHit, Snippet};
use crate::keys::Action;
use crate::panes::articles::ArticleSearch;
use crate::panes::stacked;
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, window};

/// Rows of an article.
const ROWS: u16 = 2;

/// Draws heading and hits.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    view: ArticlesView<'_>,
    search: &ArticleSearch,
    area: Rect,
) {
    let ([head], rows, []) = stacked(area, [1], []);
    heading(painter, search, head);
    if search.found().is_empty() {
        return placeholder(painter, view, search, rows);
    }
    let at = search.position();
    let shown = usize::from(rows.height / ROWS).max(1);
    let from = window(at, search.found().len(), shown);
    let found = search.found().iter().enumerate().skip(from).take(shown);
    for (place, (row, found)) in (0u16..).zip(found) {
        let top = Rect {
            y: rows.y + place * ROWS,
            height: ROWS.min(rows.height),
            ..rows
        };
        draw_found(painter, found, RowHighlight::of(view, row == at), top);
    }
}

fn heading(painter: &mut Painter<'_>, search: &ArticleSearch, area: Rect) {
    let mut pieces: Vec<Piece> = vec![(Role::Accent, " Search".to_owned())];
    if search.is_answered() {
        let count = search.found().len();
        let noun = if count == 1 { "article" } else { "articles" };
        pieces.push((Role::Muted, format!("  {count} {noun} with ")));
        pieces.push((Role::Text, search.text.trim().to_owned()));
    }
    painter.line(area, &pieces);
}

fn placeholder(
    painter: &mut Painter<'_>,
    view: ArticlesView<'_>,
    search: &ArticleSearch,
    area: Rect,
) {
    let key = |action| view.context.keymap.way_to(action);
    let words = match (search.is_answered(), search.is_searching()) {
        (_, true) => "Searching ...".to_owned(),
        (true, false) => {
            let words = format!(
                "No article holds all of it. {} changes the words, {} ends the search.",
                key(Action::FILTER),
                key(Action::BACK)
            );
            match search.remark() {
                Some(remark) => format!("{} {words}", text::prose(&remark)),
                None => words,
            }
        }
        (false, false) => {
            "Type what to look for: every article's title and text is searched.".to_owned()
        }
    };
    let room = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(3),
        height: area.height.saturating_sub(1),
    };
    painter.wrapped(room, Role::Muted, &words);
}

fn draw_found(painter: &mut Painter<'_>, found: &SearchHit, place: RowHighlight, area: Rect) {
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        list::draw_row(painter, &found.article, place, row);
    }
    if let Some(row) = rows.next() {
        let room = Rect {
            x: row.x + 4,
            width: row.width.saturating_sub(5),
            ..row
        };
        painter.line(room, &pieces(&found.snippet, usize::from(room.width)));
    }
}

/// The words around a hit, in so many columns; the hit stands out. Of what is before the first one no more is shown
/// than leaves most of the room to it.
fn pieces(snippet: &Snippet, columns: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let first = snippet.hits.first().map_or(0, |hit| hit.start);
    let mut done = start(&snippet.text, first, columns / 3);
    let part = |from: usize, to: usize| {
        text::prose(snippet.text.get(from..to).unwrap_or_default()).into_owned()
    };
    for hit in &snippet.hits {
        pieces.push((Role::Muted, part(done, hit.start)));
        pieces.push((Role::Found, part(hit.start, hit.end)));
        done = hit.end;
    }
    pieces.push((Role::Muted, part(done, snippet.text.len())));
    pieces
}

/// Where to begin, so that at most so many columns are before `at`: at a word.
fn start(words: &str, at: usize, columns: usize) -> usize {
    let before = words.get(..at).unwrap_or_default();
    if text::width(before) <= columns {
        return 0;
    }
    let blanks = before.char_indices().filter(|(_, c)| c.is_whitespace());
    let mut starts = blanks.map(|(blank, c)| blank + c.len_utf8());
    let fits = |start: &usize| text::width(before.get(*start..).unwrap_or_default()) <= columns;
    starts.find(fits).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_far_in_a_snippet_is_on_screen() {
        let text = "words that stand before it and a hit in it".to_owned();
        let at = text.find("hit").unwrap();
        let hits = std::iter::once(at..at + 3).collect();
        let snippet = Snippet { text, hits };
        let shown = |columns| -> String {
            let pieces = pieces(&snippet, columns).into_iter();
            pieces.map(|(_, words)| words).collect()
        };
        assert_eq!(shown(30), "it and a hit in it");
        assert_eq!(shown(5), "hit in it");
        assert!(shown(120).starts_with("words that"));
    }
}
