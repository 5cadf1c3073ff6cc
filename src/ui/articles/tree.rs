//! The tree: what can be listed, each with what is unread in it, and the feeds that fail.

use ratatui::layout::Rect;

use super::ArticlesView;
use crate::articles::Feed;
use crate::keys::Action;
use crate::panes::Load;
use crate::panes::articles::Shelf;
use crate::panes::articles::screens::everywhere::ADD_FEED;
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns, window};

/// A row of the tree.
enum TreeRow {
    Heading(String),
    Remark(Role, String),
    Shelf(Shelf),
}

/// Draws the tree.
pub(super) fn draw(painter: &mut Painter<'_>, view: ArticlesView<'_>, area: Rect) {
    let rows = rows(view);
    let front = &view.pane.browsing().tree().shelf;
    let is_front = |row: &TreeRow| matches!(row, TreeRow::Shelf(shelf) if shelf == front);
    let at = rows.iter().position(is_front).unwrap_or_default();
    let from = window(at, rows.len(), usize::from(area.height));
    for (line, row) in area.rows().zip(rows.iter().skip(from)) {
        match row {
            TreeRow::Heading(words) => {
                painter.line(line, &[(Role::Muted, format!(" {words}"))]);
            }
            TreeRow::Remark(role, words) => {
                let room = Rect {
                    x: line.x + 3,
                    width: line.width.saturating_sub(4),
                    height: area.bottom().saturating_sub(line.y),
                    ..line
                };
                painter.wrapped(room, *role, words);
            }
            TreeRow::Shelf(shelf) => draw_shelf(painter, view, shelf, is_front(row), line),
        }
    }
}

fn rows(view: ArticlesView<'_>) -> Vec<TreeRow> {
    let tree = view.pane.browsing().tree();
    let mut rows = Vec::new();
    let mut folder = None;
    for shelf in tree.shelves() {
        if let Some(feed) = tree.feed_of(&shelf)
            && folder != Some(feed.folder.as_deref())
        {
            folder = Some(feed.folder.as_deref());
            let name = feed.folder.as_deref().unwrap_or("Feeds");
            rows.push(TreeRow::Heading(text::prose(name).into_owned()));
        }
        rows.push(TreeRow::Shelf(shelf));
    }
    if tree.feeds.is_empty() {
        rows.push(TreeRow::Heading("Feeds".to_owned()));
        rows.push(remark(view));
    }
    rows
}

/// What stands in place of the feeds: loading, failed, or none yet.
fn remark(view: ArticlesView<'_>) -> TreeRow {
    let key = |action| view.context.keymap.way_to(action);
    let (role, words) = match &view.pane.browsing().tree().load {
        Load::Unasked | Load::Loading(_) => (Role::Muted, "loading ...".to_owned()),
        Load::Failed(_) => {
            let words = format!("not loaded; {} retries", key(Action::REFRESH));
            (Role::Error, words)
        }
        Load::Loaded(_) => (Role::Muted, format!("none; {} adds one", key(ADD_FEED))),
    };
    TreeRow::Remark(role, words)
}

fn draw_shelf(
    painter: &mut Painter<'_>,
    view: ArticlesView<'_>,
    shelf: &Shelf,
    here: bool,
    line: Rect,
) {
    let browsing = view.pane.browsing();
    let feed = browsing.tree().feed_of(shelf);
    let (all, unread) = browsing.tree().counts(shelf);
    let focused = here && browsing.is_in_tree();
    let role = match unread {
        _ if focused => Role::Selected,
        _ if here => Role::Accent,
        Some(1..) => Role::Unread,
        _ => Role::Text,
    };
    if focused {
        painter.tint(line, Role::Selected);
    }
    let is_failing = feed.is_some_and(|feed| feed.health.error.is_some());
    let note = note(is_failing || shelf.is_broken(), unread.or(all), role);
    let room = line.width.saturating_sub(columns(&note));
    let mark = if here {
        painter.sign(" ▸ ", " > ")
    } else {
        "   "
    };
    let name = name(painter, shelf, feed);
    let columns = usize::from(room.saturating_sub(4));
    let name = text::truncate_with(&name, columns, painter.ellipsis());
    let pieces = [(role, mark.to_owned()), (role, name.into_owned())];
    let left = Rect {
        width: room,
        ..line
    };
    painter.line(left, &pieces);
    painter.right(line, &note);
}

/// What stands behind a name: whether the feed fails or the search is broken, and how many articles there are, if any.
fn note(is_failing: bool, count: Option<usize>, role: Role) -> [Piece; 2] {
    let sign_role = match role {
        Role::Selected => role,
        _ => Role::Error,
    };
    let count = match count {
        Some(count @ 1..) => count.to_string(),
        _ => String::new(),
    };
    [
        (sign_role, if is_failing { "! " } else { "" }.to_owned()),
        (role, format!("{count} ")),
    ]
}

fn name(painter: &Painter<'_>, shelf: &Shelf, feed: Option<&Feed>) -> String {
    let words = match shelf {
        Shelf::All => "All articles".to_owned(),
        Shelf::Starred => format!("{} Starred", painter.sign("★", "*")),
        Shelf::Search(search) => format!("/ {}", search.name),
        Shelf::Tag(tag) => format!("#{tag}"),
        Shelf::Feed(_) => feed.map(|feed| feed.title.clone()).unwrap_or_default(),
    };
    text::prose(&words).into_owned()
}
