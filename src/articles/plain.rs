//! Reads plain text into blocks. It is never HTML: `<VAR_NAME>` is what its author wrote.
//!
//! Without markup, structure is guessed from the lines: runs that look like code are code, short lines before long ones
//! are headings, what follows a line that ends in a colon may be a list. A wrong guess costs looks, never words.

mod group;
mod line;
mod list;

use super::TextRole;
use super::body::{
    ArticleBody, Block, BlockContent, Code, Container, ContainerKind, Flow, ListMarker,
};
use group::{LineGroup, groups};

/// Reads an article written in plain text.
pub(super) fn read(source: &str) -> ArticleBody {
    let mut reader = PlainReader::default();
    for group in groups(source) {
        reader.add(&group);
    }
    reader.body
}

/// The lines that are read as code, as they are written.
pub(super) fn code(source: &str) -> Vec<&str> {
    let groups = groups(source).into_iter();
    let code = groups.filter_map(|group| match group {
        LineGroup::Code(lines) => Some(lines),
        _ => None,
    });
    code.flatten().collect()
}

#[derive(Debug, Default)]
struct PlainReader {
    body: ArticleBody,
}

impl PlainReader {
    fn add(&mut self, group: &LineGroup) {
        match group {
            LineGroup::Heading(line) => self.push(None, BlockContent::Heading(2, flow(line))),
            LineGroup::Paragraph(text) => self.push(None, BlockContent::Paragraph(flow(text))),
            LineGroup::Code(lines) => self.code(&lines.join("\n")),
            LineGroup::List(items) => self.list(items),
        }
    }

    fn code(&mut self, code: &str) {
        let mut flow = Flow::default();
        flow.push_exact(code, TextRole::Code, None);
        let language = None;
        self.push(None, BlockContent::Code(Code { language, flow }));
    }

    fn list(&mut self, items: &[(ListMarker, &str)]) {
        let list = self.body.containers.len();
        let marker = items.iter().map(|(marker, _)| marker.columns()).max();
        self.body.containers.push(Container {
            parent: None,
            kind: ContainerKind::List {
                loose: items.iter().any(|(_, text)| text.len() > LONG_ITEM),
                marker: marker.unwrap_or_default(),
            },
        });
        for (marker, text) in items {
            let item = self.body.containers.len();
            self.body.containers.push(Container {
                parent: Some(list),
                kind: ContainerKind::Item(*marker),
            });
            self.push(Some(item), BlockContent::Paragraph(flow(text)));
        }
    }

    fn push(&mut self, inside: Option<usize>, content: BlockContent) {
        self.body.blocks.push(Block { inside, content });
    }
}

/// Items longer than this stand apart, in bytes.
const LONG_ITEM: usize = 240;

fn flow(text: &str) -> Flow {
    let mut flow = Flow::default();
    flow.push(text, TextRole::Body, None);
    flow.take()
}

#[cfg(test)]
mod tests;
