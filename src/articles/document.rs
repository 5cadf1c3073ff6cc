//! An article as blocks: what was read, before any width is known.
//!
//! The model is flat. Blocks stand in reading order; lists, items and quotes are containers that point to their parent,
//! at most [`MAX_DEPTH`] deep, so that nothing here or in what reads it recurses on what an author nested.

mod flow;

pub(super) use flow::{Flow, TextRun};

use super::{LayoutOptions, LinkKind, Markup, PageLayout, Text, html, layout, markdown, plain};

/// How deep containers are nested; what is nested deeper stays at this depth.
pub(super) const MAX_DEPTH: usize = 12;

/// Bytes of text from which on an article is long.
const LONG: usize = 128 << 10;

/// The text of an article, read once; laid out for any width from then on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The blocks in reading order.
    pub(super) blocks: Vec<Block>,
    /// What blocks are in; a container comes after its parent.
    pub(super) containers: Vec<Container>,
    /// The links in order of appearance.
    pub(super) links: Vec<LinkTarget>,
}

impl Document {
    /// Reads the text of an article. Never fails: what is no markup is text.
    #[must_use]
    pub fn read(text: &Text) -> Self {
        match text.markup {
            Markup::Html => html::read(&text.source, text.base.as_deref()),
            Markup::Plain => plain::read(&text.source),
        }
    }

    /// Whether laying it out takes longer than a frame may: that is done beside the screen then.
    #[must_use]
    pub fn is_long(&self) -> bool {
        let bytes: usize = self.blocks.iter().map(|block| block.content.bytes()).sum();
        bytes > LONG
    }

    /// Lays the article out in `width` columns. Widths under 8 are taken as 8.
    #[must_use]
    pub fn lay_out(&self, width: usize, options: &LayoutOptions) -> PageLayout {
        layout::lay_out(self, width, *options)
    }

    /// The words of the article without bullets, bars and labels, a block a paragraph: what full-text search looks through.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            block.content.write_words(&mut text);
        }
        text
    }

    /// The article as Markdown, in the dialect of GitHub.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(self)
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

/// A block of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// The innermost container it is in: an index into [`Document::containers`].
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
            Self::Code(code) => line(&crate::text::neutralise_lines(&code.flow.text)),
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

/// What blocks can be in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Container {
    /// What it is in itself.
    pub(super) parent: Option<usize>,
    /// What it is.
    pub(super) kind: ContainerKind,
}

/// The kinds of containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContainerKind {
    /// A quotation.
    Quote,
    /// Something embedded: a readme, an article, a profile.
    Card,
    /// A list. Its parent is never a list.
    List {
        /// Whether blank lines stand between its items.
        loose: bool,
        /// The columns of its widest marker, the space behind it included.
        marker: usize,
    },
    /// An item; its parent is a list.
    Item(ListMarker),
    /// What can be folded away elsewhere; its first block is the summary.
    Details,
    /// A definition under its term.
    Definition,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListMarker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(i64),
    /// A task, done or not.
    Task(bool),
}

impl ListMarker {
    /// The columns it takes, the space behind it included.
    pub(super) fn columns(self) -> usize {
        match self {
            Self::Bullet => 2,
            Self::Number(number) => number.to_string().len() + 2,
            Self::Task(_) => 4,
        }
    }
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
