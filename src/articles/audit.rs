//! Counts what an article holds in its source and what of that its layout shows. The two are counted by different means:
//! the source with patterns over its raw text, the layout from the spans of its lines. Only what of a plain text is code
//! no pattern can tell: there it is the lines that the reader took for code.

mod raw;
mod shown;

use std::ops::AddAssign;

use super::{Document, LayoutOptions, Text};
use raw::Raw;
use shown::ShownText;

/// What was found in the source of articles and what their layouts show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Audit {
    /// How many articles were counted.
    pub articles: usize,
    /// Lines of code that are not blank; shown are those that are exactly as written.
    pub code_lines: AuditCount,
    /// Links that can be opened, but for those of pictures to themselves.
    pub links: AuditCount,
    /// Pictures.
    pub images: AuditCount,
    /// Frames, recordings, gists.
    pub embeds: AuditCount,
    /// What comes with the articles: recordings, documents.
    pub enclosures: AuditCount,
    /// Tables, but for those that only place other blocks.
    pub tables: AuditCount,
}

/// How many of something were found, and how many are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AuditCount {
    /// How many the source has.
    pub found: usize,
    /// How many the layout shows.
    pub shown: usize,
}

/// The page that is counted: code lines stay whole whatever its width.
const WIDTH: usize = 80;

impl Audit {
    /// Counts one article.
    #[must_use]
    pub fn of(text: &Text) -> Self {
        let layout = Document::read(text).lay_out(WIDTH, &LayoutOptions::default());
        let (raw, shown) = (Raw::of(text), ShownText::of(&layout));
        let tally = |found, shown| AuditCount { found, shown };
        Self {
            articles: 1,
            code_lines: tally(raw.code.len(), in_order(&raw.code, &shown.code)),
            links: tally(raw.links, shown.links),
            images: tally(raw.images, shown.images),
            embeds: tally(raw.embeds, shown.embeds),
            enclosures: tally(text.enclosures.len(), shown.enclosures),
            tables: tally(raw.tables, shown.tables),
        }
    }

    /// Whether everything that was found is shown, and nothing that was not.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let tallies = [
            self.code_lines,
            self.links,
            self.images,
            self.embeds,
            self.enclosures,
            self.tables,
        ];
        tallies.iter().all(|tally| tally.found == tally.shown)
    }
}

impl AddAssign for Audit {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.code_lines += other.code_lines;
        self.links += other.links;
        self.images += other.images;
        self.embeds += other.embeds;
        self.enclosures += other.enclosures;
        self.tables += other.tables;
    }
}

impl AddAssign for AuditCount {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.shown += other.shown;
    }
}

/// How many of the found lines are shown, in the order they were found.
fn in_order(found: &[String], shown: &[String]) -> usize {
    let mut rest = shown.iter();
    found
        .iter()
        .filter(|line| {
            let here = rest.clone();
            let seen = rest.any(|it| it == *line);
            if !seen {
                rest = here;
            }
            seen
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::Markup;

    fn audit(source: &str) -> Audit {
        Audit::of(&Text {
            markup: Markup::Html,
            source: source.to_owned(),
            base: Some("https://blog.example/post".to_owned()),
            enclosures: Vec::new(),
        })
    }

    #[test]
    fn both_sides_are_counted() {
        let source = "<pre><code><span class=k>if</span> a &lt; b\n\n\tb()\n</code></pre>\
            <a href=/x>x</a> <a href='javascript:x'>no</a> <a href=/p.png><img src=/p.png></a> <img src=/q.png>\
            <iframe src=https://www.youtube.com/embed/a></iframe><div class=ltag_gist-liquid-tag></div>\
            <table><tr><th>a<th>b</table>";
        let audit = audit(source);
        let tally = |count| AuditCount {
            found: count,
            shown: count,
        };
        assert_eq!(audit.code_lines, tally(2));
        assert_eq!(audit.links, tally(1));
        assert_eq!(audit.images, tally(2));
        assert_eq!(audit.embeds, tally(2));
        assert_eq!(audit.tables, tally(1));
        assert!(audit.is_whole());
    }

    #[test]
    fn the_code_of_plain_text_is_counted() {
        let audit = Audit::of(&Text {
            markup: Markup::Plain,
            source: "This is all of it:\nimport json\ndef f(x):\n\u{1b}return x;\n\nAnd the end."
                .to_owned(),
            base: None,
            enclosures: Vec::new(),
        });
        assert_eq!((audit.code_lines.found, audit.code_lines.shown), (3, 3));
        assert_eq!((audit.links, audit.tables), Default::default());
        assert!(audit.is_whole());
    }

    #[test]
    fn what_is_not_shown_is_told() {
        // A browser would not show it either; the raw text has it.
        let audit = audit("<div hidden><a href=/x>x</a><pre>let a;</pre></div>");
        assert_eq!((audit.links.found, audit.links.shown), (1, 0));
        assert_eq!((audit.code_lines.found, audit.code_lines.shown), (1, 0));
        assert!(!audit.is_whole());
    }

    #[test]
    fn changed_lines_are_not_shown_lines() {
        let lines =
            |lines: &[&str]| -> Vec<String> { lines.iter().map(ToString::to_string).collect() };
        let found = lines(&["a", "b", "c"]);
        assert_eq!(in_order(&found, &lines(&["a", "x", "c"])), 2);
        assert_eq!(in_order(&found, &lines(&["c", "b", "a"])), 1);
        assert_eq!(in_order(&found, &found), 3);
    }
}
