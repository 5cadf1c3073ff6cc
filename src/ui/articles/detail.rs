//! More about the selected article, below the list.

use ratatui::layout::Rect;

use super::ArticlesView;
use crate::articles::Article;
use crate::panes::articles::screens::everywhere::OPEN_BROWSER;
use crate::text;
use crate::theme::Role;
use crate::ui::painter::Painter;

/// Rows it takes in a pane of that height: a line, the title in one row or two, facts, tags.
pub(super) const fn rows(height: u16) -> u16 {
    match height {
        0..12 => 0,
        12..18 => 4,
        18.. => 5,
    }
}

/// Draws the whole title, who wrote it and where, tags, and what is unusual.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    view: ArticlesView<'_>,
    article: &Article,
    area: Rect,
) {
    let mut rows = area.rows();
    let Some(first) = rows.next() else { return };
    let rule = painter.sign("─", "-").repeat(usize::from(area.width));
    painter.line(first, &[(Role::Border, rule)]);
    let room = usize::from(area.width.saturating_sub(2));
    let title = text::prose(&article.title);
    let title = two_lines(text::wrap(&title, room), painter.ellipsis());
    let mut lines: Vec<(Role, String)> = title.into_iter().map(|line| (Role::Text, line)).collect();
    lines.push((Role::Muted, facts(view, article)));
    lines.push((Role::Muted, tags(article)));
    for (row, (role, words)) in rows.zip(lines) {
        let words = text::truncate_with(&words, room, painter.ellipsis()).into_owned();
        painter.line(row, &[(role, format!(" {words}"))]);
    }
}

/// The first two of some lines; a mark behind the second says that there are more.
fn two_lines(mut lines: impl Iterator<Item = String>, ellipsis: &str) -> Vec<String> {
    let mut kept: Vec<String> = lines.by_ref().take(2).collect();
    if let (Some(last), Some(_)) = (kept.last_mut(), lines.next()) {
        *last = format!("{last} {ellipsis}");
    }
    kept
}

fn facts(view: ArticlesView<'_>, article: &Article) -> String {
    let feed = view.pane.browsing().tree().find(article.feed);
    let mut facts: Vec<String> = article.written_by(feed).map(str::to_owned).collect();
    if let Some(by) = article.title_by(feed) {
        facts.push(format!("title by {by}"));
    }
    if !article.also.is_empty() {
        facts.push("also published elsewhere".to_owned());
    }
    if article.changed {
        facts.push("changed".to_owned());
    }
    if article.link.is_none() {
        let open = view.context.keymap.way_to(OPEN_BROWSER);
        facts.push(format!("no link, {open} is off"));
    }
    text::prose(&facts.join(" · ")).into_owned()
}

/// The tags in a row.
pub(super) fn tags(article: &Article) -> String {
    let tags: Vec<String> = article.tags.iter().map(|tag| format!("#{tag}")).collect();
    text::prose(&tags.join(" ")).into_owned()
}
