//! A place in the text of an article that stays the same one when the page is laid out anew.

use crate::articles::{Line, PageLayout, TextPosition, TextRole};

/// Where a line of a page is.
pub(super) fn position_of(line: usize, page: &PageLayout) -> TextPosition {
    let starts = starts(page);
    let stretch = starts
        .partition_point(|&start| start <= line)
        .saturating_sub(1);
    let start = starts.get(stretch).copied().unwrap_or_default();
    let between = page.lines.get(start..line).unwrap_or_default();
    TextPosition {
        stretch,
        characters: between.iter().map(characters).sum(),
    }
}

/// The line of a page that has this place.
pub(super) fn line_in(position: TextPosition, page: &PageLayout) -> usize {
    let starts = starts(page);
    let last = starts.len().saturating_sub(1);
    let stretch = position.stretch.min(last);
    let start = starts.get(stretch).copied().unwrap_or_default();
    if position.characters == 0 {
        return start;
    }
    let end = starts.get(stretch + 1).copied();
    let end = end.unwrap_or(page.lines.len());
    let lines = page.lines.get(start..end).unwrap_or_default();
    let (mut found, mut passed) = (start, 0);
    for (number, line) in (start..).zip(lines) {
        let written = characters(line);
        if written > 0 && passed <= position.characters {
            found = number;
        }
        passed += written;
    }
    found
}

/// Where a line of one layout of an article is in another.
pub(super) fn moved(line: usize, from: &PageLayout, to: &PageLayout) -> usize {
    if from.lines.len() == to.lines.len() {
        return line;
    }
    line_in(position_of(line, from), to)
}

/// The lines at which headings and code blocks begin, ascending, and the first line of all.
fn starts(page: &PageLayout) -> Vec<usize> {
    let anchors = page.headings.iter().chain(&page.code);
    let mut starts: Vec<usize> = anchors.map(|anchor| anchor.lines.start).collect();
    starts.push(0);
    starts.sort_unstable();
    starts
}

/// The characters of a line that it has at any width: no blanks, no rules, no bars.
fn characters(line: &Line) -> usize {
    let count = |text: &str, is: fn(char) -> bool| text.chars().filter(|&c| is(c)).count();
    let counts = line.spans.iter().map(|span| match span.role {
        TextRole::Frame => count(&span.text, char::is_alphanumeric),
        _ => count(&span.text, |c| !c.is_whitespace()),
    });
    counts.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::{Document, LayoutOptions, Markup, Text};

    const SOURCE: &str = "<h2>One</h2><p>first second third fourth fifth sixth seventh eighth ninth tenth eleventh</p>\
        <ul><li>an item that is long enough for two lines or more</li></ul><pre><code>let a;\n}\n}\nlet b;</code></pre>\
        <h2>Two</h2><p>alpha beta gamma delta epsilon zeta eta theta iota kappa lambda my ny xi omikron pi rho sigma</p>";

    fn page(width: usize) -> PageLayout {
        let text = Text {
            markup: Markup::Html,
            source: SOURCE.to_owned(),
            base: None,
            enclosures: Vec::new(),
        };
        Document::read(&text).lay_out(width, &LayoutOptions::default())
    }

    fn written(page: &PageLayout, line: usize) -> String {
        let spans = &page.lines[line].spans;
        spans.iter().map(|span| span.text.as_str()).collect()
    }

    fn line_with(page: &PageLayout, word: &str) -> usize {
        (0..page.lines.len())
            .find(|&line| written(page, line).contains(word))
            .unwrap()
    }

    #[test]
    fn the_same_words_stay_in_the_line_when_the_width_changes() {
        let (wide, narrow) = (page(60), page(20));
        for word in ["One", "first", "item", "let b", "Two", "alpha"] {
            let line = moved(line_with(&wide, word), &wide, &narrow);
            assert_eq!(line, line_with(&narrow, word), "{word}");
        }
        for word in ["seventh", "tenth", "omikron", "sigma"] {
            let line = moved(line_with(&narrow, word), &narrow, &wide);
            assert_eq!(line, line_with(&wide, word), "{word}");
        }
    }

    #[test]
    fn a_page_that_is_not_there_yet_begins_at_its_top() {
        assert_eq!(moved(0, &PageLayout::default(), &page(20)), 0);
        assert_eq!(moved(9, &page(20), &PageLayout::default()), 0);
        assert_eq!(moved(3, &page(20), &page(20)), 3);
    }
}
