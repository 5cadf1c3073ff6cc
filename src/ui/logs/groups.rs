//! The group picker: saved sets and groups, with its faces for listing, none, failed and out of date.

use ratatui::layout::{Constraint, Layout, Rect};

use super::LogsView;
use crate::logs::GroupAddress;
use crate::panes::logs::{PickerRow, size};
use crate::text;
use crate::theme::Role;
use crate::ui::paged_list;
use crate::ui::painter::{Painter, Piece, window};

/// The columns of stored bytes and of retention.
const BYTES: usize = 8;
const KEPT: usize = 9;

/// Draws the picker.
pub(super) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, area: Rect) {
    let picker = &view.pane.picker;
    let [title, head, list] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    painter.line(title, &heading(view));
    if picker.count() == 0 {
        let (role, words) = placeholder(view);
        return painter.placeholder(list, role, &words);
    }
    let titles = format!(
        "     {}",
        line("log group", "stored", "kept for", area.width)
    );
    painter.line(head, &[(Role::Muted, titles)]);
    let at = picker.position();
    let from = window(at, picker.count(), usize::from(list.height));
    let rows = picker.rows().enumerate().skip(from);
    for (place, (number, row)) in list.rows().zip(rows) {
        draw_row(painter, view, row, number == at, place);
    }
}

/// What is listed, how many, how many are chosen, and how old the list is.
fn heading(view: LogsView<'_>) -> Vec<Piece> {
    let picker = &view.pane.picker;
    let mut pieces = vec![(Role::Accent, " Follow which groups?".to_owned())];
    let counts = (picker.count(), picker.groups().len());
    pieces.extend(paged_list::count(
        counts,
        &picker.filter,
        ("group", "groups"),
    ));
    let chosen = picker.chosen().len();
    if chosen > 0 {
        let word = if picker.has_choice() {
            "chosen"
        } else {
            "followed"
        };
        let unseen = match picker.unseen() {
            0 => String::new(),
            unseen => format!(" ({unseen} not shown)"),
        };
        pieces.push((Role::Success, format!("  {chosen} {word}{unseen}")));
    }
    pieces.extend(paged_list::standing(&picker.list));
    pieces
}

/// What stands in place of an empty list.
fn placeholder(view: LogsView<'_>) -> Piece {
    let picker = &view.pane.picker;
    let narrowed = match picker.filter.as_str() {
        filter if GroupAddress::parse(filter).is_some() => Some((
            Role::Warning,
            "No log group of this session has this ARN: the list is of its own account and region. \
             Another --profile or --region lists others."
                .to_owned(),
        )),
        "" => None,
        filter => Some((Role::Muted, format!("No log group matches '{filter}'."))),
    };
    let noun = ("log group", "log groups");
    paged_list::placeholder(&picker.list, noun, narrowed, view.context)
}

fn draw_row(
    painter: &mut Painter<'_>,
    view: LogsView<'_>,
    row: PickerRow<'_>,
    here: bool,
    place: Rect,
) {
    let role = if here { Role::Selected } else { Role::Text };
    if here {
        painter.tint(place, Role::Selected);
    }
    let mark = if here {
        painter.sign(" ▸ ", " > ")
    } else {
        "   "
    };
    let mut groups = row.groups();
    let sign = if groups.all(|name| view.pane.picker.chosen().contains(name)) {
        painter.sign("✓ ", "* ")
    } else {
        "  "
    };
    let sign_role = if here { role } else { Role::Success };
    let [name, stored, kept] = cells(painter, row);
    let pieces = [
        (role, mark.to_owned()),
        (sign_role, sign.to_owned()),
        (role, line(&name, &stored, &kept, place.width)),
    ];
    painter.line(place, &pieces);
}

/// What a row says: its name, the bytes stored, and how long they are kept; of a set how many groups it has.
fn cells(painter: &Painter<'_>, row: PickerRow<'_>) -> [String; 3] {
    let name = text::neutralise(row.name());
    match row {
        PickerRow::Set(set) => {
            let count = set.groups.len();
            let noun = if count == 1 { "group" } else { "groups" };
            [
                format!("{} {name}", painter.sign("★", "=")),
                "set".to_owned(),
                format!("{count} {noun}"),
            ]
        }
        PickerRow::Group(group) => {
            let kept = match group.retention_days {
                Some(1) => "1 day".to_owned(),
                Some(days) => format!("{days} days"),
                None => "ever".to_owned(),
            };
            let name = if group.can_stream {
                name.into_owned()
            } else {
                format!("{name}  (infrequent access: polled)")
            };
            [name, size(group.stored_bytes), kept]
        }
    }
}

/// A row in columns; what matters less is left out where there is no room.
fn line(name: &str, stored: &str, kept: &str, width: u16) -> String {
    let room = usize::from(width).saturating_sub(6);
    let (stored_room, kept_room) = match room {
        64.. => (BYTES + 2, KEPT + 2),
        _ => (0, 0),
    };
    let mut line = text::pad(name, room.saturating_sub(stored_room + kept_room));
    if stored_room > 0 {
        line.push_str(&text::pad_left(stored, stored_room));
        line.push_str(&text::pad_left(kept, kept_room));
    }
    line
}
