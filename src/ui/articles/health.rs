//! How the fetches of a feed fare.

use ratatui::layout::Rect;

use super::ArticlesView;
use super::age;
use crate::articles::Feed;
use crate::text;
use crate::theme::Role;
use crate::ui::painter::Painter;

/// The columns of the names.
const NAMES: usize = 10;

/// Draws the facts about a feed, one below the other.
pub(super) fn draw(painter: &mut Painter<'_>, view: ArticlesView<'_>, feed: &Feed, area: Rect) {
    painter.line(
        area,
        &[(Role::Accent, format!(" Health of {}", feed.title))],
    );
    let mut room = Rect {
        x: area.x + 1,
        y: area.y + 2,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    for (name, role, words) in facts(view, feed) {
        if room.height == 0 {
            break;
        }
        painter.line(room, &[(Role::Muted, text::pad(name, NAMES))]);
        let indent = u16::try_from(NAMES + 1).unwrap_or_default();
        let column = Rect {
            x: room.x + indent,
            width: room.width.saturating_sub(indent),
            ..room
        };
        let used = painter.wrapped(column, role, &words).max(1);
        room.y += used;
        room.height = room.height.saturating_sub(used);
    }
}

type Fact = (&'static str, Role, String);

fn facts(view: ArticlesView<'_>, feed: &Feed) -> Vec<Fact> {
    let count = format!("{}, {} unread", feed.articles, feed.unread);
    let about = [("source", feed.source.clone()), ("articles", count)];
    let known = feed.known_from(&view.pane.browsing().tree().feeds);
    let known = known.map(|known| ("known", known));
    let calm = about.into_iter().chain(known).chain(fetches(view, feed));
    calm.map(|(name, words)| (name, Role::Text, words))
        .chain(troubles(feed))
        .collect()
}

/// When the feed was fetched, what came, and when it is due again.
fn fetches(view: ArticlesView<'_>, feed: &Feed) -> Vec<(&'static str, String)> {
    let health = &feed.health;
    let ago = |at| age::ago(at, view.now);
    let last = health.last_fetch.map_or_else(|| "never".to_owned(), ago);
    let mut facts = vec![("fetched", last)];
    if let Some(status) = health.status {
        facts.push(("answer", format!("{status} {}", meaning(status))));
    }
    if let Some(bytes) = health.bytes {
        facts.push(("size", format!("{} KB", bytes.div_ceil(1000))));
    }
    let due = match health.next_fetch {
        Some(_) if view.context.offline => "not while offline".to_owned(),
        Some(at) => age::ahead(at, view.now),
        None if health.last_fetch.is_some() => "never again".to_owned(),
        None => "now".to_owned(),
    };
    facts.push(("next", due));
    facts
}

/// What fails, and what had to be mended.
fn troubles(feed: &Feed) -> Vec<Fact> {
    let health = &feed.health;
    let streak = match health.failures {
        0 => None,
        1 => Some("1 failure".to_owned()),
        failures => Some(format!("{failures} failures in a row")),
    };
    let streak = streak.map(|words| ("streak", Role::Warning, words));
    let error = health.error.clone().map(|why| ("error", Role::Error, why));
    let names = std::iter::once("mended").chain(std::iter::repeat(""));
    let warnings = names.zip(&health.warnings);
    let warnings = warnings.map(|(name, words)| (name, Role::Warning, words.clone()));
    streak.into_iter().chain(error).chain(warnings).collect()
}

/// What an answer means for a feed.
const fn meaning(status: u16) -> &'static str {
    match status {
        200 => "(read)",
        304 => "(not changed)",
        410 => "(gone for good)",
        429 => "(asked too often)",
        400..500 => "(refused)",
        500.. => "(their server failed)",
        _ => "",
    }
}
