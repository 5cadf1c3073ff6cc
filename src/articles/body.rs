//! The body of an article as blocks: what was read, before any width is known.
//!
//! The model is flat. Blocks stand in reading order; lists, items and quotes are containers that point to their parent,
//! at most [`MAX_DEPTH`] deep, so that nothing here or in what reads it recurses on what an author nested.

mod container;
mod enclosed;
mod flow;

pub(super) use container::{Container, ContainerKind, ListMarker, MAX_DEPTH};
pub(super) use flow::{Flow, TextRun};

use super::LinkKind;
use crate::text;

/// The body of an article: what its readers make, and what is laid out and written from then on.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ArticleBody {
    /// The blocks in reading order.
    pub(super) blocks: Vec<Block>,
    /// What blocks are in; a container comes after its parent.
    pub(super) containers: Vec<Container>,
    /// The links in order of appearance.
    pub(super) links: Vec<LinkTarget>,
    /// The places that links of the article lead to, in reading order.
    pub(super) places: Vec<NamedPlace>,
    /// The formulas as their authors wrote them, by the number in [`TextRole::Formula`](super::TextRole::Formula).
    pub(super) formulas: Vec<String>,
    /// Its own address, without a fragment.
    pub(super) address: Option<String>,
}

impl ArticleBody {
    /// How much text there is, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.blocks.iter().map(|block| block.content.bytes()).sum()
    }

    /// The words without bullets, bars and labels, a block a paragraph.
    pub(super) fn words(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            block.content.write_words(&mut text);
        }
        text
    }

    /// The places within a block.
    pub(super) fn places_in(&self, block: usize) -> &[NamedPlace] {
        let from = self.places.partition_point(|place| place.block < block);
        let to = self.places.partition_point(|place| place.block <= block);
        self.places.get(from..to).unwrap_or_default()
    }

    /// The name of the place that an address leads to, if that is in the article itself.
    pub(super) fn place_of<'a>(&self, url: &'a str) -> Option<&'a str> {
        let (address, name) = url.split_once('#')?;
        let own = address.is_empty() || Some(address) == self.address.as_deref();
        (own && self.places.iter().any(|place| place.name == name)).then_some(name)
    }

    /// The containers a block is in, outermost first.
    pub(super) fn path(&self, inside: Option<usize>) -> Vec<usize> {
        let mut path = Vec::new();
        let mut next = inside;
        while let (Some(index), true) = (next, path.len() <= MAX_DEPTH) {
            path.push(index);
            next = self.containers.get(index).and_then(|it| it.parent);
        }
        path.reverse();
        path
    }
}

/// A place that has a name: what the fragment of a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedPlace {
    /// Its name: letters, digits and a few signs.
    pub(super) name: String,
    /// The block it is in: an index into [`ArticleBody::blocks`].
    pub(super) block: usize,
    /// The byte of the block's text before which it is.
    pub(super) at: usize,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// The innermost container it is in: an index into [`ArticleBody::containers`].
    pub(super) inside: Option<usize>,
    /// What it is.
    pub(super) content: BlockContent,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum BlockContent {
    /// A heading of this level, 1 to 6.
    Heading(u8, Flow),
    /// Running text.
    Paragraph(Flow),
    /// Code.
    Code(Code),
    /// A table.
    Table(Table),
    /// A change of subject.
    Rule,
}

impl BlockContent {
    fn bytes(&self) -> usize {
        match self {
            Self::Heading(_, flow) | Self::Paragraph(flow) => flow.text.len(),
            Self::Code(code) => code.flow.text.len(),
            Self::Table(table) => table
                .rows
                .iter()
                .flatten()
                .map(|cell| cell.text.len())
                .sum(),
            Self::Rule => 0,
        }
    }

    fn write_words(&self, text: &mut String) {
        let mut line = |words: &str| {
            text.push_str(words);
            text.push('\n');
        };
        match self {
            Self::Heading(_, flow) | Self::Paragraph(flow) => line(&flow.text),
            Self::Code(code) => line(&text::neutralise_lines(&code.flow.text)),
            Self::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                    line(&cells.join(" "));
                }
            }
            Self::Rule => {}
        }
    }
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Code {
    /// The language, as the author named it.
    pub(super) language: Option<String>,
    /// The code, exact, without the line break at its end; not yet made safe.
    pub(super) flow: Flow,
}

impl Code {
    /// The code as it was written, but for control characters: pasted into a terminal they would be keys.
    pub(super) fn to_copy(&self) -> String {
        let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        self.flow.text.chars().filter(kept).collect()
    }
}

/// A table. Rows may be of different lengths.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// Whether the first row names the columns.
    pub(super) headed: bool,
    /// The rows, top to bottom, of cells, left to right.
    pub(super) rows: Vec<Vec<Flow>>,
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkTarget {
    /// Its text, made safe.
    pub(super) text: String,
    /// Where it leads, printable characters only.
    pub(super) url: String,
    /// What that is.
    pub(super) kind: LinkKind,
}
