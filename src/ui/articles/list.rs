//! The list of articles: what is in front and how fresh it is, a row per article, and more about the selected one.

use ratatui::layout::Rect;

use super::ArticlesView;
use super::{age, detail};
use crate::articles::Article;
use crate::keys::Action;
use crate::panes::articles::screens::everywhere::{ADD_FEED, STAR};
use crate::panes::articles::screens::list::{FEED_HEALTH, ONLY_UNREAD};
use crate::panes::articles::{Fetching, Shelf, Tree};
use crate::panes::{Load, stacked};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns, window, wrap};
use crate::ui::problem::not_loaded;

/// The columns of a date and a blank.
const DATE: u16 = 11;
/// The columns a heading's title gets at least.
const TITLE: u16 = 16;
/// From this width on the tags stand in the row.
const TAGS_FROM: u16 = 70;

/// Draws heading, rows and details.
pub(super) fn draw(painter: &mut Painter<'_>, view: ArticlesView<'_>, area: Rect) {
    let remarks = remarks(view, area.width, painter.ellipsis());
    let ([head, told], rows, [more]) = stacked(
        area,
        [1, u16::try_from(remarks.len()).unwrap_or(1)],
        [detail::rows(area.height)],
    );
    heading(painter, view, head);
    for (row, remark) in told.rows().zip(remarks) {
        painter.line(row, &[remark]);
    }
    let list = view.pane.browsing().list();
    if list.articles().is_empty() {
        return placeholder(painter, view, rows);
    }
    let at = list.position();
    let from = window(at, list.articles().len(), usize::from(rows.height));
    let shown = list.articles().iter().enumerate().skip(from);
    for (line, (row, article)) in rows.rows().zip(shown) {
        draw_row(painter, article, RowHighlight::of(view, row == at), line);
    }
    if let Some(article) = list.selected() {
        detail::draw(painter, view, article, more);
    }
}

/// How a row stands to the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowHighlight {
    /// Selected, and keys go here.
    Focused,
    /// Selected.
    Selected,
    /// Another one.
    Other,
}

impl RowHighlight {
    pub(super) fn of(view: ArticlesView<'_>, selected: bool) -> Self {
        let focused = !view.pane.browsing().is_in_tree();
        match (selected, focused) {
            (true, true) => Self::Focused,
            (true, false) => Self::Selected,
            (false, _) => Self::Other,
        }
    }
}

/// What is listed, how much of it, and how old it is.
fn heading(painter: &mut Painter<'_>, view: ArticlesView<'_>, area: Rect) {
    let browsing = view.pane.browsing();
    let title = match &browsing.tree().shelf {
        Shelf::All => "All articles".to_owned(),
        Shelf::Starred => "Starred".to_owned(),
        Shelf::Search(search) if search.name == search.query => search.name.clone(),
        Shelf::Search(search) => format!("{}: {}", search.name, search.query),
        Shelf::Tag(tag) => format!("#{tag}"),
        Shelf::Feed(_) => browsing
            .tree()
            .feed()
            .map(|feed| feed.title.clone())
            .unwrap_or_default(),
    };
    let mut facts = Vec::new();
    match browsing.tree().counts(&browsing.tree().shelf) {
        (Some(0), _) => {}
        (Some(all), Some(unread)) => facts.push(format!("{unread} of {all} unread")),
        (Some(all), None) => facts.push(all.to_string()),
        _ => {}
    }
    if browsing.list().only_unread {
        facts.push("only unread".to_owned());
    }
    facts.extend(freshness(view));
    // What matters least is left out first where the title needs the room.
    let joined = |facts: &[String]| [(Role::Muted, format!("{} ", facts.join(" · ")))];
    while !facts.is_empty() && columns(&joined(&facts)) + TITLE > area.width {
        facts.pop();
    }
    let facts = joined(&facts);
    let room = area.width.saturating_sub(columns(&facts) + 2);
    let title = text::prose(&title);
    let title = text::truncate_with(&title, usize::from(room), painter.ellipsis()).into_owned();
    painter.line(area, &[(Role::Accent, format!(" {title}"))]);
    painter.right(area, &facts);
}

/// When what is in front was fetched last, and whether something fails.
fn freshness(view: ArticlesView<'_>) -> Vec<String> {
    let tree = view.pane.browsing().tree();
    let told = |fetching: &&Fetching| fetching.is_told();
    if let Some(fetching) = view.pane.fetching().filter(told) {
        return vec![match fetching.feeds {
            0 => "fetching ...".to_owned(),
            feeds => format!("fetching, {feeds} done ..."),
        }];
    }
    let fetched = |at| format!("fetched {}", age::ago(at, view.now));
    if let Some(feed) = tree.feed() {
        return match feed.health.last_fetch {
            Some(at) if feed.health.error.is_some() => {
                vec![format!("failed {}", age::ago(at, view.now))]
            }
            Some(at) => vec![fetched(at)],
            None if is_fetched(&feed.source) => vec!["never fetched".to_owned()],
            None => Vec::new(),
        };
    }
    let failing = tree
        .feeds
        .iter()
        .filter(|feed| feed.health.error.is_some())
        .count();
    let answered = tree.feeds.iter().filter(|feed| feed.health.error.is_none());
    let newest = answered.filter_map(|feed| feed.health.last_fetch).max();
    let failing = (failing > 0).then(|| {
        let verb = if failing == 1 {
            "feed fails"
        } else {
            "feeds fail"
        };
        format!("{failing} {verb}")
    });
    newest.map(fetched).into_iter().chain(failing).collect()
}

fn is_fetched(source: &str) -> bool {
    source.contains("://")
}

/// What is wrong with the feed in front, and how to try again.
fn remarks(view: ArticlesView<'_>, width: u16, ellipsis: &str) -> Vec<Piece> {
    let Some(error) = view
        .pane
        .browsing()
        .tree()
        .feed()
        .and_then(|feed| feed.health.error.as_deref())
    else {
        return Vec::new();
    };
    let key = |action| view.context.keymap.way_to(action);
    let room = usize::from(width.saturating_sub(2));
    let words = format!("! {}", text::plain(error));
    let keys = format!(
        "({} tries again, {} tells more)",
        key(Action::REFRESH),
        key(FEED_HEALTH)
    );
    let together = format!("{words} {keys}");
    let mut lines: Vec<String> = wrap(&together, room).take(4).collect();
    if lines.len() > 3 {
        // The keys are worth more than the end of a long sentence.
        lines = wrap(&words, room).take(3).collect();
        let rest = lines.drain(1..).collect::<Vec<_>>().join(" ");
        let cut = |words: &str| text::truncate_with(words, room, ellipsis).into_owned();
        lines.extend([cut(&rest), cut(&keys)]);
    }
    let pieces = lines.into_iter();
    pieces
        .map(|line| (Role::Error, format!(" {line}")))
        .collect()
}

/// What stands in place of an empty list.
fn placeholder(painter: &mut Painter<'_>, view: ArticlesView<'_>, area: Rect) {
    let (role, words) = match &view.pane.browsing().list().load {
        Load::Unasked | Load::Loading(_) => (Role::Muted, "Loading ...".to_owned()),
        Load::Failed(why) => (Role::Error, not_loaded(why, &view.context.keymap)),
        Load::Loaded(_) => (Role::Muted, emptiness(view)),
    };
    let above = u16::from(area.height > 3);
    let room = Rect {
        x: area.x + 2,
        y: area.y + above,
        width: area.width.saturating_sub(3),
        height: area.height.saturating_sub(above),
    };
    painter.wrapped(room, role, &words);
}

/// Why nothing is listed, and the key that changes it.
fn emptiness(view: ArticlesView<'_>) -> String {
    let browsing = view.pane.browsing();
    let key = |action| view.context.keymap.way_to(action);
    let fetch = |what| {
        if view.context.offline {
            return format!(
                "No article is stored yet. This session is offline; start iacstone without --offline to fetch {what}."
            );
        }
        let key = key(Action::REFRESH);
        format!("No article is stored yet. Press {key} to fetch {what}.")
    };
    match &browsing.tree().shelf {
        _ if browsing.list().only_unread => {
            let key = key(ONLY_UNREAD);
            format!("Nothing is unread here. Press {key} to show all.")
        }
        Shelf::Starred => {
            format!("Nothing is starred. {} stars an article.", key(STAR))
        }
        Shelf::Search(_) => "No stored article is found by this search.".to_owned(),
        Shelf::Tag(tag) => format!("No stored article has the tag #{tag}."),
        _ if browsing.tree().feeds.is_empty() => {
            let key = key(ADD_FEED);
            format!("You follow no feed. Press {key} to add one.")
        }
        Shelf::Feed(_) => known(browsing.tree()).unwrap_or_else(|| fetch("this feed")),
        Shelf::All => fetch("the feeds"),
    }
}

/// Where the articles of the feed in front are, if they were all known.
fn known(tree: &Tree) -> Option<String> {
    let known = tree.feed()?.known_from(&tree.feeds)?;
    Some(format!(
        "All articles of this feed were known and are listed with others: {known}."
    ))
}

/// What stands before the date of an article that changed since it was first stored.
const CHANGED: &str = "changed ";

/// Draws the row of an article: signs, title, tags where there is room, date.
pub(super) fn draw_row(
    painter: &mut Painter<'_>,
    article: &Article,
    place: RowHighlight,
    line: Rect,
) {
    if place == RowHighlight::Focused {
        painter.tint(line, Role::Selected);
    }
    let signs = signs(painter, article, place);
    let used = painter.line(line, &signs);
    let notes = notes(article, place, line.width);
    painter.right(line, &notes);
    let [changed, _] = &notes;
    let told = columns(std::slice::from_ref(changed));
    let rest = Rect {
        x: line.x + used + 1,
        width: line.width.saturating_sub(used + 1 + DATE + told),
        ..line
    };
    let title = text::prose(&article.title);
    let room = usize::from(rest.width.saturating_sub(1));
    let title = text::truncate_with(&title, room, painter.ellipsis()).into_owned();
    let after = painter.line(rest, &[(role_of(article, place), title)]);
    let left = Rect {
        x: rest.x + after + 2,
        width: rest.width.saturating_sub(after + 3),
        ..rest
    };
    if line.width >= TAGS_FROM && left.width > 8 {
        painter.line(left, &[(muted(place), detail::tags(article))]);
    }
}

/// What stands at the end of a row: whether the article changed, where there is room for that, and its day.
fn notes(article: &Article, place: RowHighlight, width: u16) -> [Piece; 2] {
    let role = match place {
        RowHighlight::Focused => Role::Selected,
        RowHighlight::Selected | RowHighlight::Other => Role::Accent,
    };
    let is_told = article.changed && width > 2 * DATE;
    let sign = if is_told { CHANGED } else { "" };
    [
        (role, sign.to_owned()),
        (muted(place), format!("{} ", date(article))),
    ]
}

/// The signs before a title: selected, unread, starred.
fn signs(painter: &Painter<'_>, article: &Article, place: RowHighlight) -> [Piece; 3] {
    let role = role_of(article, place);
    let starred = match place {
        RowHighlight::Focused => role,
        RowHighlight::Selected | RowHighlight::Other => Role::Starred,
    };
    let sign = |shown: bool, sign, ascii| {
        let sign = if shown {
            painter.sign(sign, ascii)
        } else {
            " "
        };
        sign.to_owned()
    };
    [
        (role, sign(place != RowHighlight::Other, "▸", ">")),
        (role, sign(!article.read, "●", "o")),
        (starred, sign(article.starred, "★", "*")),
    ]
}

const fn muted(place: RowHighlight) -> Role {
    match place {
        RowHighlight::Focused => Role::Selected,
        _ => Role::Muted,
    }
}

const fn role_of(article: &Article, place: RowHighlight) -> Role {
    match (place, article.read) {
        (RowHighlight::Focused, _) => Role::Selected,
        (_, false) => Role::Unread,
        _ => Role::Text,
    }
}

/// The day of an article, ten columns.
fn date(article: &Article) -> String {
    match article.published {
        Some(at) => text::pad_left(&at.strftime("%Y-%m-%d").to_string(), 10),
        None => "   undated".to_owned(),
    }
}
