//! Reads plain text into blocks. It is never HTML: `<VAR_NAME>` is what its author wrote.
//!
//! Without markup, structure is guessed from the lines: runs that look like code are code, short lines before long ones
//! are headings, what follows a line that ends in a colon may be a list. A wrong guess costs looks, never words.

mod group;
mod line;
mod list;

use super::Role;
use super::document::{Block, Code, Container, Content, Document, Flow, Kind, Marker};
use group::{Group, groups};

/// Reads an article written in plain text.
pub(super) fn read(source: &str) -> Document {
    let mut reader = Reader::default();
    for group in groups(source) {
        reader.add(&group);
    }
    reader.document
}

/// The lines that are read as code, as they are written.
pub(super) fn code(source: &str) -> Vec<&str> {
    let groups = groups(source).into_iter();
    let code = groups.filter_map(|group| match group {
        Group::Code(lines) => Some(lines),
        _ => None,
    });
    code.flatten().collect()
}

#[derive(Debug, Default)]
struct Reader {
    document: Document,
}

impl Reader {
    fn add(&mut self, group: &Group) {
        match group {
            Group::Heading(line) => self.push(None, Content::Heading(2, flow(line))),
            Group::Paragraph(text) => self.push(None, Content::Paragraph(flow(text))),
            Group::Code(lines) => self.code(&lines.join("\n")),
            Group::List(items) => self.list(items),
        }
    }

    fn code(&mut self, code: &str) {
        let mut flow = Flow::default();
        flow.push_exact(code, Role::Code, None);
        let language = None;
        self.push(None, Content::Code(Code { language, flow }));
    }

    fn list(&mut self, items: &[(Marker, &str)]) {
        let list = self.document.containers.len();
        let marker = items.iter().map(|(marker, _)| marker.columns()).max();
        self.document.containers.push(Container {
            parent: None,
            kind: Kind::List {
                loose: items.iter().any(|(_, text)| text.len() > LONG_ITEM),
                marker: marker.unwrap_or_default(),
            },
        });
        for (marker, text) in items {
            let item = self.document.containers.len();
            self.document.containers.push(Container {
                parent: Some(list),
                kind: Kind::Item(*marker),
            });
            self.push(Some(item), Content::Paragraph(flow(text)));
        }
    }

    fn push(&mut self, inside: Option<usize>, content: Content) {
        self.document.blocks.push(Block { inside, content });
    }
}

/// Items longer than this stand apart, in bytes.
const LONG_ITEM: usize = 240;

fn flow(text: &str) -> Flow {
    let mut flow = Flow::default();
    flow.push(text, Role::Body, None);
    flow.take()
}

#[cfg(test)]
mod tests;
