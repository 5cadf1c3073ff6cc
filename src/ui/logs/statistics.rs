//! Statistics: a line per figure, a column per group.

use ratatui::layout::Rect;

use super::LogsView;
use crate::keys::Action;
use crate::logs::statistics::{GroupFigures, METHOD, SheetCell};
use crate::panes::StatisticsAreas;
use crate::panes::logs::StatisticsTable;
use crate::panes::logs::statistics::{Counting, GroupColumn, NAMES};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece};

/// Draws the statistics.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    view: LogsView<'_>,
    statistics: &StatisticsTable,
    area: Rect,
) {
    let areas = StatisticsAreas::of(area, statistics.split.claim().is_some());
    draw_heads(painter, statistics, areas);
    let width = statistics.width;
    let lines = statistics.lines();
    for (row, line) in areas.figures.rows().zip(lines.iter().skip(statistics.top)) {
        let cells = line
            .cells
            .iter()
            .skip(statistics.first)
            .take(statistics.room);
        let cells: String = cells
            .map(|figure| match figure {
                SheetCell::Text(words) => cell(words, width),
                SheetCell::Bars(counts) => cell(&text::bars(counts, painter.ascii), width),
            })
            .collect();
        let name = format!(" {}", text::pad(&line.name, NAMES));
        painter.line(row, &[(Role::Muted, name), (Role::Text, cells)]);
    }
    if lines.is_empty() {
        why_not(painter, statistics, areas.figures);
    } else {
        painter.line(areas.footing, &footing(view, statistics, lines.len()));
    }
}

/// What is counted, what a run claims of it, and the names of the columns.
fn draw_heads(painter: &mut Painter<'_>, statistics: &StatisticsTable, areas: StatisticsAreas) {
    painter.line(areas.title, &heading(statistics));
    if let Some(claim) = statistics.split.claim() {
        let words = format!(" {}", claim.sentence());
        painter.line(areas.claim, &[(Role::Text, words)]);
    }
    let columns = statistics.columns.iter();
    let names = columns.skip(statistics.first).take(statistics.room);
    let names: String = names
        .map(|column| cell(&column.name, statistics.width))
        .collect();
    let names = format!(" {}{names}", text::pad("", NAMES));
    painter.line(areas.heads, &[(Role::Muted, names)]);
}

/// Why no group could be counted, each in a paragraph.
fn why_not(painter: &mut Painter<'_>, statistics: &StatisticsTable, area: Rect) {
    let mut rest = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    for column in &statistics.columns {
        if let Counting::Failed(why) = &column.state {
            let used = painter.wrapped(rest, Role::Error, why);
            rest.y += used;
            rest.height -= used;
        }
    }
}

/// A name or a figure in the columns of a group, with a space before it.
fn cell(words: &str, width: usize) -> String {
    format!(" {}", text::pad_left(words, width.saturating_sub(1)))
}

fn heading(statistics: &StatisticsTable) -> Vec<Piece> {
    let mut pieces = vec![
        (Role::Accent, " Statistics".to_owned()),
        (Role::Text, format!("  {}", statistics.span_words())),
    ];
    if let Some(words) = statistics.split.words() {
        pieces.push((Role::Accent, format!("  {words}")));
    }
    if let Some(read) = statistics.read_so_far() {
        let words = format!("  counting ... {} events read", text::thousands(read));
        pieces.push((Role::Warning, words));
    }
    pieces
}

/// How the figures stand: what failed, what is out of sight, else what the percentiles are.
fn footing(view: LogsView<'_>, statistics: &StatisticsTable, lines: usize) -> Vec<Piece> {
    let failed = statistics
        .columns
        .iter()
        .find_map(|column| match &column.state {
            Counting::Failed(why) => Some(format!(" {}: {why}", column.name)),
            _ => None,
        });
    if let Some(why) = failed {
        return vec![(Role::Error, why)];
    }
    let key = |action| view.context.keymap.way_to(action);
    let mut pieces = Vec::new();
    if let Some(words) = statistics.without_traffic() {
        pieces.push((Role::Warning, format!(" {words}")));
    }
    if let Some((name, change)) = statistics.change() {
        pieces.push((
            Role::Text,
            format!(" {name}: duration avg {}.", change.short_words()),
        ));
    }
    pieces.extend(columns_shown(statistics, key));
    let below = lines.saturating_sub(statistics.top + statistics.height);
    if let Some(more) = text::counted(below, "more line", "more lines") {
        pieces.push((
            Role::Accent,
            format!(" {more}, {} shows more", key(Action::DOWN)),
        ));
    }
    if pieces.is_empty() {
        pieces.push((Role::Muted, what_they_are(statistics)));
    }
    pieces
}

/// Which columns are on the screen, where not all are.
fn columns_shown(statistics: &StatisticsTable, key: impl Fn(Action) -> String) -> Option<Piece> {
    let (first, all) = (statistics.first + 1, statistics.columns.len());
    if statistics.room >= all {
        return None;
    }
    let last = (statistics.first + statistics.room).min(all);
    let side = if statistics.has_more() {
        Action::RIGHT
    } else {
        Action::LEFT
    };
    let what = statistics.split.columns_word();
    let words = format!(" {what} {first} to {last} of {all}, {} for more", key(side));
    Some((Role::Muted, words))
}

/// What the figures are.
fn what_they_are(statistics: &StatisticsTable) -> String {
    let is_of_events =
        |column: &GroupColumn| matches!(&column.state, Counting::Counted(GroupFigures::Events(_)));
    if statistics.columns.iter().all(is_of_events) {
        " No invocation ended here: these are figures about the events.".to_owned()
    } else {
        format!(" Percentiles: {METHOD}.")
    }
}
