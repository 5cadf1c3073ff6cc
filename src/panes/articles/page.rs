//! The page of an article: its title and facts above the text, what comes next below it, and how places move when the
//! page is laid out anew.

use crate::app::Opened;
use crate::articles::{Anchor, Article, Feed, Layout, Line, Role, Span};
use crate::keys::{Action, Keymap};
use crate::text;

/// What stands above and below the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ends {
    title: String,
    facts: Vec<String>,
    after: Vec<String>,
}

impl Ends {
    pub(super) fn of(opened: &Opened, feed: Option<&Feed>, keymap: &Keymap) -> Self {
        let article = &opened.article;
        let part = |part: &Option<Article>, which: &str, action| {
            let part = part.as_ref()?;
            Some(format!(
                "{} {which} part: {}",
                keymap.hint(action),
                safe(&part.title)
            ))
        };
        let mut after = Vec::new();
        after.extend(part(&opened.next, "next", Action::NextPart));
        after.extend(part(&opened.previous, "previous", Action::PreviousPart));
        after.push(format!(
            "{} next unread article",
            keymap.hint(Action::ReadOn)
        ));
        Self {
            title: safe(&article.title),
            facts: facts(article, feed),
            after,
        }
    }

    /// The page: title and facts, the text, the end.
    pub(super) fn around(&self, text: Layout, width: usize, ascii: bool) -> Layout {
        let mut lines = self.head(width);
        let title = Anchor {
            lines: 0..text::wrap(&self.title, width).len(),
            level: 1,
            text: self.title.clone(),
            language: None,
        };
        let mut page = shifted(text, lines.len());
        lines.append(&mut page.lines);
        lines.extend(self.tail(width, ascii));
        page.lines = lines;
        page.headings.insert(0, title);
        page
    }

    fn head(&self, width: usize) -> Vec<Line> {
        let mut lines = lines_of(&self.title, Role::Heading(1), width);
        for fact in &self.facts {
            lines.extend(lines_of(fact, Role::Frame, width));
        }
        lines.push(Line::default());
        lines
    }

    fn tail(&self, width: usize, ascii: bool) -> Vec<Line> {
        let rule = if ascii { "-" } else { "─" };
        let mut lines = vec![Line::default(), line(rule.repeat(width), Role::Frame)];
        for words in &self.after {
            lines.extend(lines_of(words, Role::Frame, width));
        }
        lines
    }
}

/// Where it comes from, of whom, of when, about what; and what is unusual about it.
fn facts(article: &Article, feed: Option<&Feed>) -> Vec<String> {
    let mut first = vec![match article.published {
        Some(at) => at.strftime("%Y-%m-%d").to_string(),
        None => "undated".to_owned(),
    }];
    first.extend(article.written_by(feed).map(safe));
    let mut facts = vec![first.join(" · ")];
    if !article.tags.is_empty() {
        let tags: Vec<String> = article
            .tags
            .iter()
            .map(|tag| format!("#{}", safe(tag)))
            .collect();
        facts.push(tags.join(" "));
    }
    facts.extend(
        article
            .also
            .iter()
            .map(|link| format!("also published as {}", safe(link))),
    );
    if article.changed {
        facts.push("changed since it was first stored".to_owned());
    }
    facts
}

fn safe(words: &str) -> String {
    text::neutralise(words).into_owned()
}

fn lines_of(words: &str, role: Role, width: usize) -> Vec<Line> {
    let lines = text::wrap(words, width);
    lines.into_iter().map(|words| line(words, role)).collect()
}

fn line(text: String, role: Role) -> Line {
    Line {
        spans: vec![Span {
            text,
            role,
            link: None,
        }],
        wide: false,
    }
}

/// The layout with everything that many lines further down.
fn shifted(mut layout: Layout, by: usize) -> Layout {
    for anchor in layout.headings.iter_mut().chain(&mut layout.code) {
        anchor.lines = anchor.lines.start + by..anchor.lines.end + by;
    }
    for table in &mut layout.tables {
        *table = table.start + by..table.end + by;
    }
    for link in &mut layout.links {
        link.line += by;
    }
    layout
}

/// The columns of a line.
pub(super) fn width(line: &Line) -> usize {
    line.spans.iter().map(|span| text::width(&span.text)).sum()
}

/// Where a line of one layout of an article is in another: as far behind the same heading or code block.
pub(super) fn moved(line: usize, from: &Layout, to: &Layout) -> usize {
    let starts = |layout: &Layout| {
        let mut starts: Vec<usize> = layout
            .headings
            .iter()
            .chain(&layout.code)
            .map(|anchor| anchor.lines.start)
            .collect();
        starts.push(0);
        starts.sort_unstable();
        starts
    };
    let (old, new) = (starts(from), starts(to));
    let behind = old
        .partition_point(|&start| start <= line)
        .saturating_sub(1);
    let stretch = |starts: &[usize], layout: &Layout| {
        let start = starts.get(behind).copied().unwrap_or_default();
        let end = starts
            .get(behind + 1)
            .copied()
            .unwrap_or(layout.lines.len());
        (start, end.saturating_sub(start))
    };
    let ((old_start, old_length), (new_start, new_length)) =
        (stretch(&old, from), stretch(&new, to));
    let into = line.saturating_sub(old_start);
    new_start + into * new_length / old_length.max(1)
}

/// A heading as the fragment of a link names it.
pub(super) fn slug(heading: &str) -> String {
    let words = heading
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(lines: usize, headings: &[usize]) -> Layout {
        let heading = |&start: &usize| Anchor {
            lines: start..start + 1,
            level: 2,
            text: String::new(),
            language: None,
        };
        Layout {
            lines: vec![Line::default(); lines],
            headings: headings.iter().map(heading).collect(),
            ..Layout::default()
        }
    }

    #[test]
    fn a_place_stays_behind_its_heading_when_the_width_changes() {
        let (wide, narrow) = (layout(100, &[10, 50]), layout(220, &[20, 120]));
        assert_eq!(moved(0, &wide, &narrow), 0);
        assert_eq!(moved(10, &wide, &narrow), 20);
        assert_eq!(moved(30, &wide, &narrow), 70);
        assert_eq!(moved(50, &wide, &narrow), 120);
        assert_eq!(moved(70, &narrow, &wide), 30);
        assert_eq!(moved(0, &Layout::default(), &narrow), 0);
    }

    #[test]
    fn a_feed_of_its_authors_name_is_named_once() {
        let mut feeds = crate::app::fixture::feeds();
        let article = crate::app::fixture::article("a", 1, "A", Some("2026-11-20"));
        let first = |feed: &Feed| facts(&article, Some(feed)).remove(0);
        assert_eq!(first(&feeds[0]), "2026-11-20 · Ada · Ada on Queues");
        feeds[0].title = "Ada".to_owned();
        assert_eq!(first(&feeds[0]), "2026-11-20 · Ada");
    }

    #[test]
    fn a_heading_is_named_by_its_words() {
        assert_eq!(
            slug("What's new: AWS Lambda (2024)?"),
            "what-s-new-aws-lambda-2024"
        );
    }
}
