//! The patterns of messages: how many there are of each, when, and how grave.

use ratatui::layout::Rect;

use super::LogsView;
use crate::logs::statistics::EventSummary;
use crate::logs::templates::{BARS, Template};
use crate::logs::{Home, Level, group_label, short_time};
use crate::panes::StatisticsAreas;
use crate::panes::logs::patterns::{Folding, PatternList};
use crate::panes::logs::screens::patterns::COMPARE_PATTERNS;
use crate::text::{self, bars, thousands};
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, window};

/// Columns of the screen from which on the bars have a place.
const HAS_BARS: u16 = 60;
/// Columns of the screen from which on the first and the last time have columns, which are so wide.
const HAS_TIMES: u16 = 110;
const TIMES: usize = 30;

/// Draws the patterns.
pub(super) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, list: &PatternList, area: Rect) {
    let areas = StatisticsAreas::of(area, false);
    painter.line(areas.title, &heading(list, view.pane.picker.home()));
    let Some((_, summary, _)) = list.shown() else {
        let (role, words) = placeholder(list);
        return painter.placeholder(areas.figures, role, &words);
    };
    let shown = [area.width >= HAS_BARS, area.width >= HAS_TIMES];
    let [has_bars, has_times] = shown;
    let heads = format!(
        "     count   share   {}{}pattern",
        text::pad("when", if has_bars { BARS + 1 } else { 0 }),
        text::pad("first          last", if has_times { TIMES } else { 0 })
    );
    painter.line(areas.heads, &[(Role::Muted, heads)]);
    let at = list.cursor();
    let rows = areas.figures;
    let from = window(at, summary.templates.len(), usize::from(rows.height));
    let templates = summary.templates.iter().enumerate().skip(from);
    for (row, (number, template)) in rows.rows().zip(templates) {
        if number == at {
            painter.tint(row, Role::Selected);
        }
        let pieces = pieces(painter, template, summary, (number == at, shown));
        painter.line(row, &pieces);
    }
    painter.line(areas.footing, &footing(view, list, summary));
}

fn heading(list: &PatternList, home: Option<&Home>) -> Vec<Piece> {
    let mut pieces = vec![(Role::Accent, " Patterns".to_owned())];
    let Some((group, summary, (place, groups))) = list.shown() else {
        return pieces;
    };
    pieces.push((
        Role::Text,
        format!("  {}", text::neutralise(&group_label(group, home))),
    ));
    if groups > 1 {
        pieces.push((Role::Muted, format!("  group {place} of {groups}")));
    }
    let events = summary.all.total();
    let rate = summary.span.per_minute(events);
    let rate = rate.map_or_else(String::new, |rate| format!(", {rate:.1} a minute"));
    let errors = 100.0 * summary.all.errors() as f64 / events.max(1) as f64;
    let words = format!(
        "  {} events loaded{rate}, {errors:.1} % errors",
        thousands(events)
    );
    pieces.push((Role::Muted, words));
    pieces
}

/// What stands in place of an empty list.
fn placeholder(list: &PatternList) -> (Role, String) {
    match &list.state {
        Folding::Reading(_) => (Role::Muted, "Folding alike messages ...".to_owned()),
        Folding::Folded if list.is_filtered => {
            (Role::Muted, "No event passes the filters.".to_owned())
        }
        Folding::Folded => (Role::Muted, "No event is loaded yet.".to_owned()),
        Folding::Failed(why) => (Role::Error, why.clone()),
    }
}

fn pieces(
    painter: &Painter<'_>,
    template: &Template,
    summary: &EventSummary,
    (here, [has_bars, has_times]): (bool, [bool; 2]),
) -> Vec<Piece> {
    let sights = &template.sights;
    let share = 100.0 * sights.count as f64 / summary.all.total().max(1) as f64;
    let is_new = summary.span.split_ms.is_some() && sights.is_new();
    let mark = if here { painter.sign("▸", ">") } else { " " };
    let count = text::pad_left(&thousands(sights.count), 8);
    let level = match sights.level {
        Level::Error | Level::Fatal => Role::LevelError,
        Level::Warn => Role::LevelWarn,
        _ => Role::Muted,
    };
    let (mut when, mut times) = (String::new(), String::new());
    if has_bars {
        when = format!("{} ", bars(&sights.bars, painter.ascii));
    }
    if has_times {
        let (first, last) = (short_time(sights.first_ms), short_time(sights.last_ms));
        times = format!("{first} {last} ");
    }
    vec![
        (Role::Text, format!(" {mark}{count} {share:>5.1} % ")),
        (level, format!("{} ", sights.level.letter())),
        (Role::LogTime, when),
        (Role::LogTime, times),
        (Role::Warning, if is_new { "new " } else { "" }.to_owned()),
        (Role::Text, template.words.clone()),
    ]
}

/// When the messages of the chosen pattern came, and what is not in the list.
fn footing(view: LogsView<'_>, list: &PatternList, summary: &EventSummary) -> Vec<Piece> {
    let mut words = String::new();
    if let Some(split_ms) = list.compared_ms {
        let key = view.context.keymap.way_to(COMPARE_PATTERNS);
        let at = short_time(split_ms);
        words = match summary.span.split_ms {
            Some(_) => format!(" new since {at} ({key}) ·"),
            None => format!(" nothing before {at} is loaded ({key}) ·"),
        };
    }
    if let Some(template) = list.chosen() {
        let sights = &template.sights;
        let [from, to] = [sights.first_ms, sights.last_ms].map(short_time);
        words = format!("{words} first {from}, last {to} UTC");
    }
    let mut pieces = vec![(Role::Muted, words)];
    if list.is_filtered {
        pieces.push((Role::Accent, "  filters hide events".to_owned()));
    }
    if summary.others.events > 0 {
        let events = thousands(summary.others.events);
        pieces.push((
            Role::Warning,
            format!("  {events} events of rare patterns left out"),
        ));
    }
    pieces
}
