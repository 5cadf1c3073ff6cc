//! The resources of the stack in front.

use ratatui::layout::Rect;

use super::{StacksView, own, row_style, title};
use crate::iac::StackResource;
use crate::panes::stacked;
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, plain, window};

/// Columns of a size.
const SIZE: usize = 7;

/// Draws the list.
pub(super) fn draw(painter: &mut Painter<'_>, view: StacksView<'_>, area: Rect) {
    let ([head, titles], list, []) = stacked(area, [1, 1], []);
    painter.line(head, &title(view, "Resources"));
    let row = view.pane.selected();
    let resources = row.map_or(&[][..], |row| row.resources());
    let (Some(row), false) = (row, resources.is_empty()) else {
        if let Some(problem) = row.and_then(|row| view.pane.known.problem(row)) {
            return painter.placeholder(list, Role::Error, &problem);
        }
        let notes = row
            .and_then(|row| row.stack)
            .map(|stack| stack.notes.join(" "));
        let words = format!(
            "No file here tells of a function, a log group or an ECS resource of this stack. {}",
            notes.unwrap_or_default()
        );
        return painter.placeholder(list, Role::Muted, words.trim_end());
    };
    let columns = Columns::of(resources, area.width);
    let line = columns.line(["kind", "name", "MB", "address"]);
    painter.line(titles, &[(Role::Muted, format!("   {line}"))]);
    let at = view.pane.resources.position(row);
    let from = window(at, resources.len(), usize::from(list.height));
    let rows = resources.iter().enumerate().skip(from);
    for (place, (number, resource)) in list.rows().zip(rows) {
        draw_row(painter, &columns, (resource, number == at), place);
    }
}

/// The columns of kinds and names.
struct Columns {
    kind: usize,
    name: usize,
}

impl Columns {
    fn of(resources: &[StackResource], width: u16) -> Self {
        let kinds = resources.iter().map(|it| text::width(it.kind.name()));
        let names = resources.iter().filter_map(|it| it.name.as_deref());
        let kind = kinds.max().unwrap_or_default() + 2;
        let longest = names.map(text::width).max().unwrap_or_default();
        let room = usize::from(width).saturating_sub(kind + SIZE + 5);
        Self {
            kind,
            name: longest.clamp(8, room.max(8)),
        }
    }

    fn line(&self, [kind, named, memory, address]: [&str; 4]) -> String {
        let (kind, named) = (text::pad(kind, self.kind), text::pad(named, self.name));
        format!("{kind}{named}{}  {address}", text::pad_left(memory, SIZE))
    }
}

fn draw_row(
    painter: &mut Painter<'_>,
    columns: &Columns,
    (resource, is_here): (&StackResource, bool),
    place: Rect,
) {
    let mark = row_style(painter, is_here, place);
    let named = resource.name.as_deref().unwrap_or("(made up by AWS)");
    let memory = resource
        .memory
        .map_or_else(String::new, |size| size.to_string());
    let cells = [
        resource.kind.name(),
        &plain(named),
        &memory,
        &plain(&resource.address),
    ];
    let role = own(Role::Text, is_here);
    painter.line(place, &[(role, format!("{mark}{}", columns.line(cells)))]);
}
