//! The group picker: saved sets and groups, with its faces for listing, none, failed and out of date.

use ratatui::layout::Rect;

use super::LogsView;
use crate::logs::{GroupAddress, LogClass, StoredLogs, group_label};
use crate::panes::logs::PickerRow;
use crate::panes::stacked;
use crate::text::{self, counted, size};
use crate::theme::Role;
use crate::ui::paged_list;
use crate::ui::painter::{Painter, Piece, window};

/// The columns of stored bytes and of retention.
const BYTES: usize = 8;
const KEPT: usize = 9;

/// Draws the picker.
pub(super) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, area: Rect) {
    let picker = &view.pane.picker;
    let ([title, head], list, []) = stacked(area, [1, 1], []);
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
        if let Some(pattern) = picker.watched().first().filter(|_| picker.has_choice()) {
            let pattern = text::neutralise(pattern);
            pieces.push((Role::Success, format!(" and new ones like {pattern}")));
        }
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
            "No listed log group has this ARN: the list is of this session's account and region, and of linked accounts. \
             'iacstone tail ARN' follows what the list does not have."
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
    let sign = if groups.all(|key| view.pane.picker.chosen().contains(key)) {
        painter.sign("✓ ", "* ")
    } else {
        "  "
    };
    let sign_role = if here { role } else { Role::Success };
    let [name, stored, kept] = cells(painter, view, row);
    let pieces = [
        (role, mark.to_owned()),
        (sign_role, sign.to_owned()),
        (role, line(&name, &stored, &kept, place.width)),
    ];
    painter.line(place, &pieces);
}

/// What a row says: its name, the bytes stored, and how long they are kept; of a set how many groups it has.
fn cells(painter: &Painter<'_>, view: LogsView<'_>, row: PickerRow<'_>) -> [String; 3] {
    let unknown = painter.sign("–", "-").to_owned();
    match row {
        PickerRow::Set(set) => {
            let count = counted(set.groups.len(), "group", "groups");
            [
                format!("{} {}", painter.sign("★", "="), text::neutralise(&set.name)),
                "set".to_owned(),
                count.unwrap_or_default(),
            ]
        }
        PickerRow::Group(group) => {
            let label = group_label(group.key(), view.pane.picker.home());
            let name = text::neutralise(&label);
            let name = match group.class {
                LogClass::Standard => name.into_owned(),
                class => format!("{name}  ({})", class.name()),
            };
            match group.stored {
                Some(stored) => [name, size(stored.bytes), kept(stored)],
                None => [name, unknown.clone(), unknown],
            }
        }
    }
}

fn kept(stored: StoredLogs) -> String {
    let days = |days: u32| counted(days, "day", "days");
    let kept = stored.retention_days.and_then(days);
    kept.unwrap_or_else(|| "ever".to_owned())
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
