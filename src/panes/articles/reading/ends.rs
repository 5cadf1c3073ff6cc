//! What stands around the text of an article: its title and facts above, what comes next below.

use crate::articles::{Anchor, Article, Feed, Line, PageLayout, TextRole, TextSpan};
use crate::effect::OpenedArticle;
use crate::keys::Keymap;
use crate::panes::articles::actions::{FULL_TEXT, NEXT_PART, PREVIOUS_PART, READ_ON};
use crate::text;

/// What stands above and below the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ends {
    title: String,
    facts: Vec<String>,
    after: Vec<String>,
}

impl Ends {
    pub(super) fn of(opened: &OpenedArticle, feed: Option<&Feed>, keymap: &Keymap) -> Self {
        let article = &opened.article;
        let part = |part: &Option<Article>, which: &str, action| {
            let part = part.as_ref()?;
            Some(format!(
                "{} {which} part: {}",
                keymap.way_to(action),
                safe(&part.title)
            ))
        };
        let mut after = Vec::new();
        after.extend(part(&opened.next, "next", NEXT_PART));
        after.extend(part(&opened.previous, "previous", PREVIOUS_PART));
        after.push(format!("{} next unread article", keymap.way_to(READ_ON)));
        let facts = facts(article, feed);
        let of_page = article.is_full.then(|| {
            let key = keymap.way_to(FULL_TEXT);
            format!("the text of its page; {key} goes back to the feed's")
        });
        Self {
            title: safe(&article.title),
            facts: facts.into_iter().chain(of_page).collect(),
            after,
        }
    }

    /// The page: title and facts, the text, the end.
    pub(super) fn around(&self, text: PageLayout, width: usize, ascii: bool) -> PageLayout {
        let mut lines = self.head(width);
        let title = Anchor {
            lines: 0..text::wrap(&self.title, width).count(),
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
        let mut lines = lines_of(&self.title, TextRole::Heading(1), width);
        for fact in &self.facts {
            lines.extend(lines_of(fact, TextRole::Frame, width));
        }
        lines.push(Line::default());
        lines
    }

    fn tail(&self, width: usize, ascii: bool) -> Vec<Line> {
        let rule = if ascii { "-" } else { "─" };
        let mut lines = vec![Line::default(), line(rule.repeat(width), TextRole::Frame)];
        for words in &self.after {
            lines.extend(lines_of(words, TextRole::Frame, width));
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
    let mut facts: Vec<String> = article.title_note(feed).into_iter().collect();
    facts.push(first.join(" · "));
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
    text::prose(words).into_owned()
}

fn lines_of(words: &str, role: TextRole, width: usize) -> Vec<Line> {
    let lines = text::wrap(words, width);
    lines.into_iter().map(|words| line(words, role)).collect()
}

fn line(text: String, role: TextRole) -> Line {
    Line {
        spans: vec![TextSpan {
            text,
            role,
            link: None,
        }],
        wide: false,
    }
}

/// The layout with everything that many lines further down.
fn shifted(mut layout: PageLayout, by: usize) -> PageLayout {
    for anchor in layout.headings.iter_mut().chain(&mut layout.code) {
        anchor.lines = anchor.lines.start + by..anchor.lines.end + by;
    }
    for table in &mut layout.tables {
        *table = table.start + by..table.end + by;
    }
    for formula in &mut layout.formulas {
        formula.lines = formula.lines.start + by..formula.lines.end + by;
    }
    for (_, line) in &mut layout.places {
        *line += by;
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_title_that_is_not_the_documents_says_so() {
        let mut feed = crate::app::fixture::feeds().remove(0);
        feed.title = "Web articles".to_owned();
        let title = "Tracing SNS topics with X-Ray";
        let article = crate::app::fixture::article("a", 1, title, None);
        let facts = facts(&article, Some(&feed));
        assert_eq!(facts[0], "title by iacstone; the document has none");
        assert_eq!(facts[1], "undated · Ada · Web articles");
    }
}
