//! What lies over an article: its headings, its links, the labels of the links on screen.

use ratatui::layout::Rect;

use crate::articles::{Link, LinkKind};
use crate::panes::article_text;
use crate::panes::articles::{Choice, Hints, ReadingView};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, window};

/// The widest a panel gets, in columns.
const WIDEST: u16 = 90;

/// Draws the headings, indented by their level.
pub(super) fn outline(
    painter: &mut Painter<'_>,
    reading: &ReadingView,
    choice: &Choice,
    area: Rect,
) {
    let headings = reading.page().headings();
    let rows = |at: usize| {
        let heading = headings.get(at)?;
        let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
        Some((
            Role::Text,
            format!("{indent}{}", heading.text),
            String::new(),
        ))
    };
    panel(painter, "Outline", choice, area, rows);
}

/// Draws the links: what each is called, what it leads to, where.
pub(super) fn links(painter: &mut Painter<'_>, reading: &ReadingView, choice: &Choice, area: Rect) {
    let links = reading.page().links();
    let rows = |at: usize| {
        let link = links.get(at)?;
        let note = match link.kind {
            LinkKind::PowerTuning => "power tuning".to_owned(),
            _ => place(link),
        };
        Some((
            role(link.kind),
            format!("{}{}", prefix(link.kind), link.text),
            note,
        ))
    };
    let panel = panel(painter, "Links", choice, area, rows);
    if let Some(link) = choice.chosen().and_then(|at| links.get(at)) {
        address(painter, &link.url, panel);
    }
}

/// Writes the whole address of the chosen link into the lower border: what a link is called may not be where it leads.
fn address(painter: &mut Painter<'_>, url: &str, panel: Rect) {
    let room = Rect {
        x: panel.x + 2,
        y: panel.bottom().saturating_sub(1),
        width: panel.width.saturating_sub(4),
        height: 1,
    };
    let url = text::neutralise(url);
    let columns = usize::from(room.width.saturating_sub(2));
    let url = text::truncate_with(&url, columns, painter.ellipsis());
    painter.line(room, &[(Role::Accent, format!(" {url} "))]);
}

const fn role(kind: LinkKind) -> Role {
    match kind {
        LinkKind::PowerTuning => Role::Pick,
        LinkKind::Image => Role::Muted,
        _ => Role::Text,
    }
}

const fn prefix(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Web | LinkKind::PowerTuning => "",
        LinkKind::Image => "image: ",
        LinkKind::Video => "video: ",
        LinkKind::Tweet => "tweet: ",
        LinkKind::Gist => "gist: ",
        LinkKind::Enclosure => "enclosure: ",
    }
}

/// The host a link leads to.
fn place(link: &Link) -> String {
    let rest = link
        .url
        .split_once("://")
        .map_or(link.url.as_str(), |(_, rest)| rest);
    rest.split(['/', '?', '#'])
        .next()
        .unwrap_or(rest)
        .to_owned()
}

/// A row of a panel: a role, words at the left, a note at the right.
type Entry = (Role, String, String);

/// Draws the rows the filter lets through in a frame; gives the room the panel takes.
fn panel(
    painter: &mut Painter<'_>,
    title: &str,
    choice: &Choice,
    area: Rect,
    row_at: impl Fn(usize) -> Option<Entry>,
) -> Rect {
    let (at, shown) = (choice.position(), choice.shown());
    let frame = frame(shown.len().max(1), area);
    let inner = painter.framed(frame, &heading(title, choice));
    if shown.is_empty() {
        let words = "Nothing here has these words.".to_owned();
        painter.line(inner, &[(Role::Muted, words)]);
    }
    let from = window(at, shown.len(), usize::from(inner.height));
    let numbers = shown.iter().enumerate().skip(from);
    for ((place, &number), row) in numbers.zip(inner.rows()) {
        let Some(entry) = row_at(number) else {
            break;
        };
        draw_entry(painter, entry, place == at, row);
    }
    frame
}

/// What a panel shows, which row is chosen, and what it is narrowed to.
fn heading(title: &str, choice: &Choice) -> String {
    let count = choice.shown().len();
    let place = match count {
        0 => format!("{title}, none"),
        _ => format!("{title}, {} of {count}", choice.position() + 1),
    };
    match choice.filter() {
        "" => place,
        words => format!("{place} with '{words}'"),
    }
}

/// The room of a panel with so many rows, in the middle of the area.
fn frame(rows: usize, area: Rect) -> Rect {
    let wanted = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let height = wanted.min(area.height);
    let width = area.width.saturating_sub(2).min(WIDEST);
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

fn draw_entry(painter: &mut Painter<'_>, (role, words, note): Entry, here: bool, row: Rect) {
    let (role, muted) = if here {
        painter.tint(row, Role::Selected);
        (Role::Selected, Role::Selected)
    } else {
        (role, Role::Muted)
    };
    let third = usize::from(row.width / 3);
    let note = text::truncate_with(&note, third, painter.ellipsis()).into_owned();
    let used = painter.right(row, &[(muted, note)]);
    let room = usize::from(row.width.saturating_sub(used + u16::from(used > 0)));
    let words = text::truncate_with(&words, room, painter.ellipsis()).into_owned();
    painter.line(row, &[(role, words)]);
}

/// Draws the labels that are still open over the first words of their links.
pub(super) fn hints(painter: &mut Painter<'_>, reading: &ReadingView, hints: &Hints, area: Rect) {
    let room = article_text(area);
    for seen in reading.page().seen_links(usize::from(room.width)) {
        let hint = hints.open().find(|hint| hint.link == seen.link);
        let row = area.rows().nth(seen.row).map(article_text);
        let column = u16::try_from(seen.column).ok();
        if let ((Some(hint), Some(row)), Some(column)) = ((hint, row), column) {
            let spot = Rect {
                x: row.x + column,
                width: row.width.saturating_sub(column),
                ..row
            };
            painter.line(spot, &[(Role::Hint, hint.label.clone())]);
        }
    }
}
