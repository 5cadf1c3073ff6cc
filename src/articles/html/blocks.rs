//! The open block: what it will be, and when it ends.

use super::attributes::Attributes;
use super::block_tree::{BlockTree, ListNumbers};
use super::open_text::OpenText;
use super::table::TableReader;
use crate::articles::TextRole;
use crate::articles::body::{Block, BlockContent, Code, Container, ContainerKind, Flow};

/// The blocks so far and the open one. In a table the open block is the cell: what would end a block elsewhere ends a
/// line of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct BlockBuilder {
    tree: BlockTree,
    text: OpenText,
    /// The level of the open heading.
    heading: Option<u8>,
    table: Option<TableReader>,
    /// Open tables that are only there to place things.
    dissolved: u32,
}

impl BlockBuilder {
    /// How many blocks have ended.
    pub(super) const fn len(&self) -> usize {
        self.tree.len()
    }

    /// The text of the open block.
    pub(super) const fn text(&mut self) -> &mut OpenText {
        &mut self.text
    }

    /// Whether the open block is in something embedded.
    pub(super) fn is_in_card(&self) -> bool {
        self.tree.is_in(|kind| kind == ContainerKind::Card)
    }

    /// Whether a table is open.
    pub(super) const fn is_in_table(&self) -> bool {
        self.table.is_some()
    }

    /// Whether a cell is open that names its row.
    pub(super) fn names_row(&self) -> bool {
        self.table.as_ref().is_some_and(TableReader::names_row)
    }

    /// Ends the open block, if there is something in it; in a table, the line of the cell.
    pub(super) fn close_block(&mut self) {
        if self.table.is_some() {
            self.text.end_line();
            return;
        }
        let Some(flow) = self.text.take() else {
            return;
        };
        let content = match self.heading.take() {
            // What is embedded has an outline of its own.
            Some(_) if self.is_in_card() => BlockContent::Paragraph(strengthened(flow)),
            Some(level) => BlockContent::Heading(level, flow),
            None => BlockContent::Paragraph(flow),
        };
        self.tree.push(content);
    }

    /// A heading begins.
    pub(super) fn open_heading(&mut self, level: u8) {
        self.dissolve();
        self.close_block();
        self.heading = Some(level);
    }

    /// A heading ends.
    pub(super) fn close_heading(&mut self) {
        self.close_block();
        self.heading = None;
    }

    /// A paragraph begins.
    pub(super) fn open_paragraph(&mut self) {
        self.close_block();
        self.tree.loosen();
    }

    /// Code begins: no table goes on around it.
    pub(super) fn open_code(&mut self) {
        self.dissolve();
        self.close_block();
    }

    /// Code ends: it is a block, and so is what is shown behind it.
    pub(super) fn close_code(&mut self, code: Code, mut later: Flow) {
        self.tree.push(BlockContent::Code(code));
        self.tree.push(BlockContent::Paragraph(later.take()));
    }

    /// A change of subject.
    pub(super) fn rule(&mut self) {
        self.dissolve();
        self.close_block();
        self.tree.push(BlockContent::Rule);
    }

    /// Opens a container.
    pub(super) fn open(&mut self, kind: ContainerKind) {
        self.close_block();
        self.tree.open(kind);
    }

    /// Closes the nearest container of some kind, and what is open in it.
    pub(super) fn close(&mut self, matches: impl Fn(ContainerKind) -> bool) {
        self.close_block();
        self.tree.close(matches);
    }

    /// How many containers are open.
    pub(super) fn depth(&self) -> usize {
        self.tree.depth()
    }

    /// Closes the open block, and the containers in those of this depth.
    pub(super) fn close_to(&mut self, depth: usize) {
        self.close_block();
        self.tree.close_to(depth);
    }

    /// Opens a quotation or what can be folded: no table goes on around it.
    pub(super) fn open_apart(&mut self, kind: ContainerKind) {
        self.dissolve();
        self.open(kind);
    }

    /// Opens a list, numbered or not.
    pub(super) fn open_list(&mut self, numbered: bool, attributes: Attributes<'_>) {
        let in_cell = self.stays_in_cell();
        self.close_block();
        if in_cell {
            return;
        }
        let next = attributes.number("start").unwrap_or(1);
        let step = match attributes.value("reversed") {
            Some(_) => -1,
            None => 1,
        };
        let numbers = numbered.then_some(ListNumbers { next, step });
        self.tree.open_list(numbers);
    }

    /// Opens a list of terms and definitions: they are containers, the list itself is none.
    pub(super) fn open_definition_list(&mut self) {
        self.stays_in_cell();
        self.close_block();
    }

    /// Whether a list that begins is part of a table's cell; if not, an open table is no table.
    fn stays_in_cell(&mut self) -> bool {
        let stays = self.table.as_ref().is_some_and(TableReader::is_headed);
        if !stays {
            self.dissolve();
        }
        stays
    }

    /// Opens an item; ends the one before.
    pub(super) fn open_item(&mut self, attributes: Attributes<'_>) {
        if self.begin_item_in_cell() {
            return;
        }
        self.close_block();
        self.tree.open_item(attributes.number("value"));
    }

    /// Opens a definition; ends the one before.
    pub(super) fn open_definition(&mut self) {
        if self.begin_item_in_cell() {
            return;
        }
        self.close_definition();
        self.open(ContainerKind::Definition);
    }

    /// A term or a definition begins: the definition before it ends.
    pub(super) fn close_definition(&mut self) {
        if self.tree.ends_with_definition() {
            self.close(|kind| kind == ContainerKind::Definition);
        }
    }

    /// Begins an item of a list within a cell, if a cell is what is open.
    fn begin_item_in_cell(&mut self) -> bool {
        let in_cell = self.table.is_some();
        if in_cell {
            self.text.push_break();
            self.text.push_frame("• ", None);
        }
        in_cell
    }

    /// A table begins. One within another one shows that the outer one only places things.
    pub(super) fn open_table(&mut self, attributes: Attributes<'_>) {
        self.dissolve();
        self.close_block();
        let places = matches!(attributes.value("role"), Some("presentation" | "none"));
        if places {
            self.dissolved = self.dissolved.saturating_add(1);
        } else {
            self.table = Some(TableReader::default());
        }
    }

    /// A row begins.
    pub(super) fn open_row(&mut self) {
        self.close_cell();
        match &mut self.table {
            Some(table) => table.open_row(),
            None => self.close_block(),
        }
    }

    /// A cell begins.
    pub(super) fn open_cell(&mut self, is_head: bool, attributes: Attributes<'_>) {
        self.close_cell();
        match &mut self.table {
            Some(table) => table.open_cell(is_head, attributes),
            None => self.close_block(),
        }
    }

    /// A cell or a row ends.
    pub(super) fn close_cell(&mut self) {
        if let Some(table) = &mut self.table {
            table.close_cell(self.text.flow());
        }
    }

    /// The caption ends: it stands before the table.
    pub(super) fn close_caption(&mut self) {
        let caption = self.text.flow().take();
        self.tree.push(BlockContent::Paragraph(caption));
    }

    /// A table ends.
    pub(super) fn close_table(&mut self) {
        self.close_cell();
        if let Some(table) = self.table.take() {
            self.push_all(table.finish());
        } else if self.dissolved > 0 {
            self.dissolved -= 1;
        } else {
            return;
        }
        self.close_block();
    }

    /// Makes blocks of the open table, if there is one.
    fn dissolve(&mut self) {
        if let Some(table) = self.table.take() {
            self.dissolved = self.dissolved.saturating_add(1);
            self.push_all(table.dissolve());
            self.close_block();
        }
    }

    fn push_all(&mut self, blocks: impl IntoIterator<Item = BlockContent>) {
        for content in blocks {
            self.tree.push(content);
        }
    }

    /// The blocks, when all was read, and the containers they are in.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<Container>) {
        self.close_table();
        self.close_block();
        self.tree.finish()
    }
}

/// What runs as a heading elsewhere, as strong text.
fn strengthened(mut flow: Flow) -> Flow {
    for run in &mut flow.runs {
        if run.role == TextRole::Body {
            run.role = TextRole::Strong;
        }
    }
    flow
}
