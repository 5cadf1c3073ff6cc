//! Reads plain text whose lines are its author's: each stays a line, and an address is a link.

use super::body::{ArticleBody, Block, BlockContent, Flow, LinkTarget};
use super::{TextRole, address};
use crate::text;

/// Reads an article written in lines; a blank line ends a paragraph.
pub(super) fn read(source: &str) -> ArticleBody {
    let mut body = ArticleBody::default();
    let mut flow = Flow::default();
    for line in source.lines() {
        if line.trim().is_empty() {
            push(&mut body, &mut flow);
            continue;
        }
        flow.push_break();
        let indent = line.len() - line.trim_start().len();
        flow.push_exact(
            &"\u{a0}".repeat(indent.min(MOST_INDENT)),
            TextRole::Body,
            None,
        );
        write(line.trim(), &mut flow, &mut body.links);
    }
    push(&mut body, &mut flow);
    body
}

/// Columns of blanks before a line that are kept.
const MOST_INDENT: usize = 16;

fn push(body: &mut ArticleBody, flow: &mut Flow) {
    let flow = flow.take();
    if !flow.is_blank() {
        body.blocks.push(Block {
            inside: None,
            content: BlockContent::Paragraph(flow),
        });
    }
}

/// Adds a line, the addresses in it as links.
fn write(line: &str, flow: &mut Flow, links: &mut Vec<LinkTarget>) {
    let mut rest = line;
    while let Some((before, url, after)) = next_address(rest) {
        flow.push(before, TextRole::Body, None);
        let index = links.len();
        links.push(LinkTarget {
            text: text::neutralise(url).into_owned(),
            kind: address::kind(url),
            url: text::neutralise(url).into_owned(),
        });
        flow.push(url, TextRole::Link, Some(index));
        rest = after;
    }
    flow.push(rest, TextRole::Body, None);
}

/// Bytes of the longest address that is a link.
const LONGEST_ADDRESS: usize = 2 << 10;

/// The first address of the web in a line, what is before it, and what follows.
pub(super) fn next_address(line: &str) -> Option<(&str, &str, &str)> {
    line.match_indices("http").find_map(|(at, _)| {
        let (before, rest) = line.split_at_checked(at)?;
        let is_web = rest.starts_with("https://") || rest.starts_with("http://");
        let url = is_web.then(|| address_of(rest)).flatten()?;
        Some((before, url, rest.get(url.len()..)?))
    })
}

/// The address that a text begins with; signs at its end are the sentence's.
fn address_of(text: &str) -> Option<&str> {
    let near = text.get(..text.floor_char_boundary(LONGEST_ADDRESS))?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|');
    let word = near.split(ends).next()?;
    let mut url = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']', '}', '*', '_']);
    if url.ends_with(')') && !url.contains('(') {
        url = url.trim_end_matches(')');
    }
    let is_whole = word.len() < LONGEST_ADDRESS - 4;
    (is_whole && address::link(url, None).is_some()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::{Document, Markup, Text};

    #[test]
    fn lines_stay_lines_and_addresses_are_links() {
        let text = Text {
            markup: Markup::Lines,
            source:
                "One\nTwo with <tag>\n  three\n\nSee https://a.example/x_y(z), (http://b.example/)."
                    .to_owned(),
            base: None,
            enclosures: Vec::new(),
        };
        let markdown = Document::read(&text).markdown();
        let expected = "One\\\nTwo with \\<tag>\\\n\u{a0}\u{a0}three\n\nSee [https://a.example/x\\_y(z)](https://a.example/x_y%28z%29), ([http://b.example/](http://b.example/)).\n";
        assert_eq!(markdown, expected);
    }

    #[test]
    fn what_only_begins_like_an_address_is_none() {
        assert_eq!(next_address("https:// and http://"), None);
        assert_eq!(next_address(&"https:// ".repeat(100_000)), None);
        let found = next_address("https:// then https://a.example");
        assert_eq!(found, Some(("https:// then ", "https://a.example", "")));
    }
}
