//! Running text as Markdown: looks become signs, links become links, signs in the text are escaped.

use crate::articles::body::{Flow, LinkTarget, TextRun};
use crate::articles::{LinkKind, TextRole};

/// Writes running text.
pub(super) struct Inline<'a> {
    links: &'a [LinkTarget],
}

impl<'a> Inline<'a> {
    pub(super) const fn new(links: &'a [LinkTarget]) -> Self {
        Self { links }
    }

    /// The text; a break is a backslash at the end of the line.
    pub(super) fn write(&self, flow: &Flow) -> String {
        let mut out = String::new();
        let pieces: Vec<(&str, TextRun)> = flow.pieces(0, flow.text.len()).collect();
        let mut rest = pieces.as_slice();
        while let [(_, first), ..] = rest {
            let count = rest
                .iter()
                .take_while(|(_, run)| run.link == first.link)
                .count();
            let (same, others) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            match first.link.and_then(|index| self.links.get(index)) {
                Some(target) => out.push_str(&linked(same, target)),
                None => same
                    .iter()
                    .for_each(|(text, run)| out.push_str(&styled(text, run.role))),
            }
            rest = others;
        }
        out.replace('\n', "\\\n")
    }
}

/// The pieces of one link.
fn linked(pieces: &[(&str, TextRun)], target: &LinkTarget) -> String {
    let url = target.url.replace('(', "%28").replace(')', "%29");
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
    let text: String = pieces
        .iter()
        .map(|(text, run)| styled(text, run.role))
        .collect();
    let (before, text, after) = spaces(&text);
    match text {
        "" => format!("{before}{after}"),
        text => format!("{before}[{text}]({url}){after}"),
    }
}

fn styled(text: &str, role: TextRole) -> String {
    let (before, inner, after) = spaces(text);
    if inner.is_empty() {
        return text.to_owned();
    }
    let inner = match role {
        TextRole::Strong => format!("**{}**", escape(inner)),
        TextRole::Emphasis => format!("*{}*", escape(inner)),
        TextRole::Deleted => format!("~~{}~~", escape(inner)),
        TextRole::Literal => literal(inner),
        TextRole::Keyboard => {
            let key = inner
                .strip_prefix('[')
                .and_then(|key| key.strip_suffix(']'));
            format!("<kbd>{}</kbd>", escape(key.unwrap_or(inner)))
        }
        _ => escape(inner),
    };
    format!("{before}{inner}{after}")
}

/// The white space before a text, the text, the white space behind it.
fn spaces(text: &str) -> (&str, &str, &str) {
    let start = text.len() - text.trim_start().len();
    let (before, rest) = text.split_at_checked(start).unwrap_or(("", text));
    let inner = rest.trim_end();
    (before, inner, rest.get(inner.len()..).unwrap_or_default())
}

/// Code in running text, between more backticks than are in it.
fn literal(text: &str) -> String {
    let text = text.replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let room = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{room}{text}{room}{fence}")
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
