//! Running text as Markdown: looks become signs, links become links, signs in the text are escaped.

use super::places;
use crate::articles::body::{ArticleBody, Flow, LinkTarget, TextRun};
use crate::articles::{LinkKind, TextRole};

/// Writes running text.
#[derive(Clone, Copy)]
pub(super) struct Inline<'a> {
    pub(super) body: &'a ArticleBody,
    /// Whether it stands in a table, where bars part cells even in code.
    in_table: bool,
}

impl<'a> Inline<'a> {
    pub(super) const fn new(body: &'a ArticleBody) -> Self {
        Self {
            body,
            in_table: false,
        }
    }

    /// Text in the cells of a table.
    pub(super) const fn in_table(self) -> Self {
        Self {
            in_table: true,
            ..self
        }
    }

    /// The text of a block with the signs of the places in it.
    pub(super) fn of_block(&self, block: usize, flow: &Flow) -> String {
        let mut out = String::new();
        let mut done = 0;
        for place in self.body.places_in(block) {
            let at = flow
                .text
                .floor_char_boundary(place.at.clamp(done, flow.text.len()));
            self.stretch(flow, done, at, &mut out);
            out.push_str(&places::anchor(place));
            done = at;
        }
        self.stretch(flow, done, flow.text.len(), &mut out);
        out.replace('\n', "\\\n")
    }

    /// The text; a break is a backslash at the end of the line.
    pub(super) fn write(&self, flow: &Flow) -> String {
        let mut out = String::new();
        self.stretch(flow, 0, flow.text.len(), &mut out);
        out.replace('\n', "\\\n")
    }

    fn stretch(&self, flow: &Flow, start: usize, end: usize, out: &mut String) {
        let pieces: Vec<(&str, TextRun)> = flow.pieces(start, end).collect();
        let mut rest = pieces.as_slice();
        while let [(_, first), ..] = rest {
            let count = rest
                .iter()
                .take_while(|(_, run)| run.link == first.link)
                .count();
            let (same, others) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            match first.link.and_then(|index| self.body.links.get(index)) {
                Some(target) => {
                    if out.ends_with('!') {
                        // It would make a picture of the link.
                        out.pop();
                        out.push_str("\\!");
                    }
                    let linked = self.linked(same, target);
                    out.push_str(&linked);
                }
                None => self.styled_all(same, others, out),
            }
            rest = others;
        }
    }

    fn styled_all(&self, pieces: &[(&str, TextRun)], others: &[(&str, TextRun)], out: &mut String) {
        for (at, (text, run)) in pieces.iter().enumerate() {
            let after = pieces.get(at + 1).or_else(|| others.first());
            let after = after.and_then(|(text, _)| text.chars().next());
            let styled = self.styled(text, run.role, out.chars().next_back(), after);
            out.push_str(&styled);
        }
    }

    /// The pieces of one link.
    fn linked(&self, pieces: &[(&str, TextRun)], target: &LinkTarget) -> String {
        let url = self.destination(target);
        let whole: String = pieces.iter().map(|(text, _)| *text).collect();
        match target.kind {
            LinkKind::Image if whole.starts_with("[image") => {
                return format!("![{}]({url})", escape(&target.text));
            }
            LinkKind::Video | LinkKind::Tweet | LinkKind::Gist => {
                let label = whole
                    .trim_matches(['[', ']'])
                    .split(':')
                    .next()
                    .unwrap_or_default();
                return format!("[{}]({url})", escape(label));
            }
            _ => {}
        }
        let mut text = String::new();
        self.styled_all(pieces, &[], &mut text);
        let (before, text, after) = spaces(&text);
        match text {
            "" => format!("{before}{after}"),
            // Behind a bracket that sign makes a note of some dialects.
            text if text.starts_with('^') => format!("{before}[\\{text}]({url}){after}"),
            text => format!("{before}[{text}]({url}){after}"),
        }
    }

    /// Where a link leads: within the article, to a place of it.
    fn destination(&self, target: &LinkTarget) -> String {
        if let Some(name) = self.body.place_of(&target.url) {
            return format!("#{name}");
        }
        let url = target.url.replace('(', "%28").replace(')', "%29");
        url.replace('\\', "%5C").replace(' ', "%20")
    }

    /// A piece in its look, between two characters.
    fn styled(
        &self,
        text: &str,
        role: TextRole,
        before: Option<char>,
        after: Option<char>,
    ) -> String {
        let (left, inner, right) = spaces(text);
        if inner.is_empty() {
            return text.to_owned();
        }
        let before = left.chars().next_back().or(before);
        let after = right.chars().next().or(after);
        let signs = |sign: &str, tag: &str| {
            let inner = escape(inner);
            if opens(before, &inner) && closes(&inner, after) {
                format!("{sign}{inner}{sign}")
            } else {
                format!("<{tag}>{inner}</{tag}>")
            }
        };
        let inner = match role {
            TextRole::Strong => signs("**", "strong"),
            TextRole::Emphasis => signs("*", "em"),
            TextRole::Deleted => signs("~~", "del"),
            TextRole::Literal => self.literal(inner),
            TextRole::Formula(number) => self.literal(self.formula(number).unwrap_or(inner)),
            TextRole::Keyboard => {
                let key = inner
                    .strip_prefix('[')
                    .and_then(|key| key.strip_suffix(']'));
                format!("<kbd>{}</kbd>", escape(key.unwrap_or(inner)))
            }
            _ => escape(inner),
        };
        format!("{left}{inner}{right}")
    }

    fn formula(&self, number: u32) -> Option<&str> {
        let source = self.body.formulas.get(usize::try_from(number).ok()?)?;
        Some(source.as_str())
    }

    /// Code in running text, between more backticks than are in it.
    fn literal(&self, text: &str) -> String {
        let text = text.replace('\n', " ");
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let room = if text.starts_with('`') || text.ends_with('`') {
            " "
        } else {
            ""
        };
        let text = if self.in_table {
            text.replace('|', "\\|")
        } else {
            text
        };
        format!("{fence}{room}{text}{room}{fence}")
    }
}

/// Whether signs between these begin a look: behind a letter, only before another one; never behind signs.
fn opens(before: Option<char>, inner: &str) -> bool {
    let letter = inner.starts_with(char::is_alphanumeric);
    before.is_none_or(|before| {
        before.is_whitespace()
            || (!matches!(before, '*' | '~' | '_') && (letter || !before.is_alphanumeric()))
    })
}

/// Whether signs between these end a look.
fn closes(inner: &str, after: Option<char>) -> bool {
    let letter = inner.ends_with(char::is_alphanumeric);
    after.is_none_or(|after| {
        after.is_whitespace()
            || (!matches!(after, '*' | '~' | '_') && (letter || !after.is_alphanumeric()))
    })
}

/// The white space before a text, the text, the white space behind it.
fn spaces(text: &str) -> (&str, &str, &str) {
    let start = text.len() - text.trim_start().len();
    let (before, rest) = text.split_at_checked(start).unwrap_or(("", text));
    let inner = rest.trim_end();
    (before, inner, rest.get(inner.len()..).unwrap_or_default())
}

/// Text with backslashes before what Markdown or HTML would take for signs.
pub(in crate::articles) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|'
        ) {
            out.push('\\');
        }
        let named = |next: char| next.is_alphanumeric() || next == '#';
        if character == '&' && rest.clone().next().is_some_and(named) {
            out.push_str("&amp;");
        } else {
            out.push(character);
        }
    }
    out
}
