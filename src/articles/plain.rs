//! Reads plain text into blocks. It is never HTML: `<VAR_NAME>` is what its author wrote.

use super::Role;
use super::document::{Block, Content, Document, Flow};

/// Reads an article written in plain text.
pub(super) fn read(source: &str) -> Document {
    let mut document = Document::default();
    for line in source.lines() {
        let mut flow = Flow::default();
        flow.push(line, Role::Body, None);
        let flow = flow.take();
        if !flow.is_blank() {
            document.blocks.push(Block {
                inside: None,
                content: Content::Paragraph(flow),
            });
        }
    }
    document
}
