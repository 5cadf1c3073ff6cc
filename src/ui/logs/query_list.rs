//! The queries that are remembered: those with a name, and those that were asked before.

use ratatui::layout::Rect;

use super::LogsView;
use crate::logs::query::KnownQuery;
use crate::panes::{Load, stacked};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, plain, window};

/// Columns of a name or a time.
const NAME: usize = 20;

/// Draws the list.
pub(super) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, area: Rect) {
    let query = &view.pane.query;
    let ([title], list, []) = stacked(area, [2], []);
    let queries = query.known.list(&query.groups);
    painter.line(
        title,
        &[(Role::Accent, " Saved and earlier queries".to_owned())],
    );
    if queries.is_empty() {
        let (role, words) = placeholder(query.known.load_state());
        return painter.placeholder(list, role, &words);
    }
    let at = query.known.cursor();
    let from = window(at, queries.len(), usize::from(list.height));
    for (row, (number, known)) in list.rows().zip(queries.iter().enumerate().skip(from)) {
        let is_own = known.groups == query.groups;
        draw_row(painter, known, (number == at, is_own), row);
    }
}

fn placeholder(load: &Load) -> (Role, String) {
    match load {
        Load::Loading(_) => (Role::Muted, "Reading them ...".to_owned()),
        Load::Failed(why) => (Role::Error, text::sentence(&why.sentence)),
        _ => {
            let words = "No query is remembered yet. Each one that is run is, and those that are saved under a name.";
            (Role::Muted, words.to_owned())
        }
    }
}

fn draw_row(painter: &mut Painter<'_>, known: &KnownQuery, (here, own): (bool, bool), row: Rect) {
    if here {
        painter.tint(row, Role::Selected);
    }
    let role = |role: Role| if here { Role::Selected } else { role };
    let mark = if here {
        painter.sign(" ▸ ", " > ")
    } else {
        "   "
    };
    let (name_role, name) = match &known.name {
        Some(name) => (Role::Accent, plain(name)),
        None => (
            Role::LogTime,
            known.at.strftime("%Y-%m-%d %H:%M").to_string(),
        ),
    };
    let words = known.query.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut pieces: Vec<Piece> = vec![
        (role(Role::Text), mark.to_owned()),
        (role(name_role), text::pad(&name, NAME)),
    ];
    if !own {
        let groups = known.groups.first().map_or("no group", String::as_str);
        let more = match known.groups.len() {
            0 | 1 => String::new(),
            count => format!(" +{}", count - 1),
        };
        pieces.push((role(Role::Muted), format!("  {groups}{more}:")));
    }
    pieces.push((role(Role::Text), format!("  {words}")));
    painter.line(row, &pieces);
}
