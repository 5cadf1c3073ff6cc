//! The title of the tail: what is followed, and what is done to its rows.

use ratatui::layout::Rect;

use super::tail::apart_role;
use crate::logs::group_label;
use crate::panes::logs::tail::{Matches, SetApart};
use crate::panes::logs::{Tail, TimeMode};
use crate::text::{self, counted, neutralise, thousands, truncate};
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns};

/// Columns of a followed value that are shown.
const VALUE: usize = 40;

/// Groups that are named each.
const MOST_NAMED: usize = 8;

/// Draws the title; what is said last is left out first.
pub(super) fn draw(painter: &mut Painter<'_>, tail: &Tail, area: Rect) {
    let right = reader(painter, tail);
    let room = area.width.saturating_sub(columns(&right));
    let left = Rect {
        width: room,
        ..area
    };
    let mut pieces = vec![(
        Role::Accent,
        format!(" {}", groups(tail, usize::from(room))),
    )];
    for chip in chips(tail) {
        if columns(&pieces) + columns(std::slice::from_ref(&chip)) > room {
            break;
        }
        pieces.push(chip);
    }
    painter.line(left, &pieces);
    painter.right(area, &right);
}

/// Where the reader is: following, or paused with so many new rows.
fn reader(painter: &Painter<'_>, tail: &Tail) -> Vec<Piece> {
    if tail.reader().is_following() {
        return Vec::new();
    }
    let mut pieces = vec![(Role::Warning, " PAUSED".to_owned())];
    let new = tail.new_rows();
    if new > 0 {
        let arrow = painter.sign("↓", "v");
        pieces.push((Role::Accent, format!(" +{} new {arrow}", thousands(new))));
    }
    pieces.push((Role::Text, " ".to_owned()));
    pieces
}

/// What is followed: a group by its name, several by what tells them apart while half of the room is enough for that.
fn groups(tail: &Tail, room: usize) -> String {
    let (groups, home) = (&tail.job().target().groups, tail.rows().home());
    let label = |key: &str| neutralise(&group_label(key, home)).into_owned();
    match groups.as_slice() {
        [first, rest @ ..] if !rest.is_empty() => {
            let names = tail.rows().group_names(groups);
            let all: Vec<&str> = names.take(MOST_NAMED + 1).collect();
            Some(all.join(", "))
                .filter(|names| all.len() <= MOST_NAMED && text::width(names) <= room / 2)
                .unwrap_or_else(|| format!("{} +{}", label(first), rest.len()))
        }
        groups => label(&groups.concat()),
    }
}

/// What is done to the rows, what matters most first.
fn chips(tail: &Tail) -> Vec<Piece> {
    let pattern = &tail.job().target().pattern;
    let sideways = tail.reader().sideways();
    let (time, around) = (tail.look.time, tail.look.around);
    let filtering = !tail.rows().visible().is_complete();
    let chips = [
        tail.matches().map(|matches| found(&matches)),
        followed(tail).map(|words| (Role::Warning, words)),
        narrowed(tail).map(|words| (Role::Warning, words)),
        (around > 0 && tail.rows().shows_around())
            .then(|| (Role::Muted, format!("{around} around"))),
        filtering.then(|| (Role::Muted, "filtering ...".to_owned())),
        (!pattern.is_empty()).then(|| (Role::Warning, format!("pattern {pattern}"))),
        stream(tail),
        run(tail),
        tail.reader()
            .is_selecting()
            .then(|| (Role::Accent, "selecting".to_owned())),
        counted(tail.hidden_fields, "field hidden", "fields hidden")
            .map(|words| (Role::Muted, words)),
        (tail.rows().folds_alike()).then(|| (Role::Muted, "alike folded".to_owned())),
        (sideways > 0).then(|| (Role::Muted, format!("from column {}", sideways + 1))),
        (tail.look.secrets).then(|| (Role::Warning, "secrets".to_owned())),
        (time != TimeMode::Utc).then(|| (Role::Muted, time.name().to_owned())),
    ];
    let terms = tail.highlights.terms();
    let terms = terms.map(|(number, term)| {
        let term = neutralise(&truncate(term, VALUE)).into_owned();
        (apart_role(SetApart::Term(number)), term)
    });
    let chips = chips.into_iter().flatten().chain(terms);
    chips
        .map(|(role, words)| (role, format!("  {words}")))
        .collect()
}

/// The one stream that is looked at.
fn stream(tail: &Tail) -> Option<Piece> {
    match tail.job().target().streams.as_slice() {
        [only] => Some((Role::Warning, format!("stream {only}"))),
        _ => None,
    }
}

/// The run whose rows these are alone.
fn run(tail: &Tail) -> Option<Piece> {
    let name = truncate(tail.of_run.as_ref()?, VALUE);
    Some((Role::Warning, format!("run {}", neutralise(&name))))
}

/// What is searched for, the number of the match under the cursor, and how many there are.
fn found(matches: &Matches) -> Piece {
    let of = |number| format!("{} of ", thousands(number));
    let number = matches.number.map(of).unwrap_or_default();
    let more = if matches.is_complete { "" } else { "..." };
    let count = thousands(matches.count);
    let pattern = &matches.pattern;
    (Role::Found, format!("/{pattern}/ {number}{count}{more}"))
}

/// The value that is followed through all groups, or its beginning.
fn followed(tail: &Tail) -> Option<String> {
    let value = tail.filters().followed_value()?;
    Some(format!("only {}", truncate(value, VALUE)))
}

/// Which rows are left out.
fn narrowed(tail: &Tail) -> Option<String> {
    if tail.filters().is_in_context() {
        return Some("one stream".to_owned());
    }
    if tail.filters().followed_value().is_some() {
        return None;
    }
    let (filters, all_off) = (tail.filters().list(), tail.filters().are_off());
    let on = filters.iter().filter(|filter| filter.is_on).count();
    match (all_off, filters.len()) {
        (_, 0) => None,
        (false, 1) if on == 1 => Some("1 filter".to_owned()),
        (_, 1) => Some("1 filter off".to_owned()),
        (true, count) => Some(format!("{count} filters off")),
        (false, count) => Some(format!("{on} of {count} filters")),
    }
}
