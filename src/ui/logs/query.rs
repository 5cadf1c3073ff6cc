//! A Logs Insights query: what is asked, how it stands, and the answer as a table.

mod rows;
mod standing;

use ratatui::layout::Rect;

use super::LogsView;
use crate::keys::Action;
use crate::logs::{Home, group_label};
use crate::panes::QueryAreas;
use crate::panes::logs::LogQuery;
use crate::panes::logs::query::{AnswerPage, QueryPhase};
use crate::panes::logs::screens::query::{EDIT_QUERY, QUERY_RANGE, STOP_QUERY};
use crate::text::counted;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, plain};
use crate::ui::problem::not_loaded;

/// Draws the query and its answer.
pub(super) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, area: Rect) {
    let query = &view.pane.query;
    let home = view.pane.picker.home();
    let (role, words) = standing::standing(query, home);
    let text = plain(&query.text);
    let strip = query.answer().and_then(AnswerPage::time_bars);
    let areas = QueryAreas::of(area, &text, &words, strip.is_some());
    painter.line(areas.title, &title(query, home));
    painter.wrapped(areas.text, Role::Muted, &text);
    painter.wrapped(areas.standing, role, &words);
    let below = Rect {
        height: area.bottom().saturating_sub(areas.heads.y),
        ..areas.heads
    };
    match &query.phase {
        QueryPhase::Answered(page) if page.rows().is_empty() => {
            painter.placeholder(below, Role::Muted, &no_row(view, page.table().count()));
        }
        QueryPhase::Answered(page) => {
            if let Some(strip) = strip {
                rows::strip(painter, page, strip, areas.bars);
            }
            rows::draw(painter, page, &areas);
        }
        QueryPhase::Failed(why) => {
            let words = not_loaded(why, &view.context.keymap);
            painter.placeholder(below, Role::Error, &words);
        }
        QueryPhase::Unasked => painter.placeholder(below, Role::Muted, &unasked(view)),
        QueryPhase::Running { .. } => {
            let key = view.context.keymap.way_to(STOP_QUERY);
            let words = format!("The rows come when the query is done. {key} stops it.");
            painter.placeholder(below, Role::Muted, &words);
        }
    }
}

/// Which groups are asked, and about which stretch of time.
fn title(query: &LogQuery, home: Option<&Home>) -> Vec<Piece> {
    vec![
        (
            Role::Accent,
            format!(" Query  {}", groups(&query.groups, home)),
        ),
        (Role::Text, format!("  {}", query.range)),
    ]
}

/// Groups in a few words.
fn groups(groups: &[String], home: Option<&Home>) -> String {
    match groups {
        [] => "no log group".to_owned(),
        [one] => group_label(one, home).into_owned(),
        [first, rest @ ..] => format!("{} +{}", group_label(first, home), rest.len()),
    }
}

/// What stands in place of the rows before anything was asked.
fn unasked(view: LogsView<'_>) -> String {
    let key = |action| view.context.keymap.way_to(action);
    let none = if view.pane.query.groups.is_empty() {
        "No log group is chosen: the query has to begin with SOURCE, which says what it is about. "
    } else {
        ""
    };
    format!(
        "{none}{} writes the query, {} runs it as it is, {} chooses the stretch of time. AWS bills the bytes that it reads.",
        key(EDIT_QUERY),
        key(Action::REFRESH),
        key(QUERY_RANGE)
    )
}

/// What stands in place of the rows when none is shown.
fn no_row(view: LogsView<'_>, all: usize) -> String {
    let key = |action| view.context.keymap.way_to(action);
    let hidden = counted(
        all,
        "row does not have the words of the filter",
        "rows do not have the words of the filter",
    );
    match hidden {
        Some(hidden) => format!("{hidden}; {} takes it off.", key(Action::BACK)),
        None => format!(
            "No row. {} changes the query, {} the stretch of time.",
            key(EDIT_QUERY),
            key(QUERY_RANGE)
        ),
    }
}
