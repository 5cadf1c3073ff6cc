//! How the fetches of a feed fare.

use ratatui::layout::Rect;

use super::age;
use crate::app::App;
use crate::articles::Feed;
use crate::text;
use crate::ui::brush::Brush;
use crate::ui::theme::Role;

/// The columns of the names.
const NAMES: usize = 10;

/// Draws the facts about a feed, one below the other.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, feed: &Feed, area: Rect) {
    brush.line(
        area,
        &[(Role::Accent, format!(" Health of {}", feed.title))],
    );
    let mut room = Rect {
        x: area.x + 1,
        y: area.y + 2,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    for (name, role, words) in facts(app, feed) {
        if room.height == 0 {
            break;
        }
        brush.line(room, &[(Role::Muted, text::pad(name, NAMES))]);
        let indent = u16::try_from(NAMES + 1).unwrap_or_default();
        let column = Rect {
            x: room.x + indent,
            width: room.width.saturating_sub(indent),
            ..room
        };
        let used = brush.wrapped(column, role, &words).max(1);
        room.y += used;
        room.height = room.height.saturating_sub(used);
    }
}

type Fact = (&'static str, Role, String);

fn facts(app: &App, feed: &Feed) -> Vec<Fact> {
    let health = &feed.health;
    let plain = |name, words| (name, Role::Text, words);
    let mut facts = vec![
        plain("source", feed.source.clone()),
        plain(
            "articles",
            format!("{}, {} unread", feed.articles, feed.unread),
        ),
    ];
    facts.push(plain(
        "fetched",
        health
            .last_fetch
            .map_or_else(|| "never".to_owned(), |at| age::ago(at, app.now)),
    ));
    if let Some(status) = health.status {
        facts.push(plain("answer", format!("{status} {}", meaning(status))));
    }
    if let Some(bytes) = health.bytes {
        facts.push(plain("size", format!("{} KB", bytes.div_ceil(1000))));
    }
    let due = match health.next_fetch {
        Some(_) if app.context.offline => "not while offline".to_owned(),
        Some(at) => age::ahead(at, app.now),
        None if health.last_fetch.is_some() => "never again".to_owned(),
        None => "now".to_owned(),
    };
    facts.push(plain("next", due));
    if health.failures > 0 {
        let noun = if health.failures == 1 {
            "failure"
        } else {
            "failures in a row"
        };
        facts.push((
            "streak",
            Role::Warning,
            format!("{} {noun}", health.failures),
        ));
    }
    facts.extend(
        health
            .error
            .iter()
            .map(|why| ("error", Role::Error, why.clone())),
    );
    for (at, warning) in health.warnings.iter().enumerate() {
        let name = if at == 0 { "mended" } else { "" };
        facts.push((name, Role::Warning, warning.clone()));
    }
    facts
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
