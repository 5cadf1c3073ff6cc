//! Turns tokens into blocks: keeps the open block, the open containers and what kind of text is being read.

use html5ever::tokenizer::{Tag, TagKind, Token};
use url::Url;

use super::attributes::Attributes;
use super::code::CodeReader;
use super::containers::OpenContainers;
use super::embeds::Watches;
use super::formula::Formula;
use super::links::OpenLink;
use super::media::{Ended, Skip};
use super::style::OpenStyles;
use super::table::TableReader;
use crate::articles::TextRole;
use crate::articles::body::{ArticleBody, Block, BlockContent, ContainerKind, Flow};

/// How the tokenizer is to read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenizerNext {
    /// As markup.
    Markup,
    /// As a script, up to its end tag.
    Script,
    /// As text without tags, up to the end tag.
    Raw,
}

/// What kind of text is being read.
#[derive(Debug, Default)]
pub(super) enum BuilderMode {
    /// Running text.
    #[default]
    Prose,
    /// A block of code.
    Code(CodeReader),
    /// A formula.
    Formula(Formula),
    /// What is not shown.
    Skip(Skip),
}

/// An article being read.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) body: ArticleBody,
    pub(super) base: Option<Url>,
    pub(super) mode: BuilderMode,
    /// The text of the open block.
    pub(super) flow: Flow,
    /// The level of the open heading.
    pub(super) heading: Option<u8>,
    /// The text since the last tag.
    text: String,
    pub(super) place: OpenContainers,
    pub(super) styles: OpenStyles,
    pub(super) link: Option<OpenLink>,
    pub(super) table: Option<TableReader>,
    /// Open tables that are only there to place things.
    pub(super) dissolved: u32,
    pub(super) watches: Watches,
    /// The language a wrapper around the next code block names.
    pub(super) language: Option<String>,
    /// `^` or `_` for the raised or lowered number that may follow.
    pub(super) shifted: Option<char>,
    /// Whether a picture was the last thing read, and if it began the line.
    pub(super) pictured: Option<Pictured>,
}

/// Where a picture stands that text may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pictured {
    /// It begins the line: what follows without a space is its caption.
    First,
    /// It stands in the line.
    Within,
}

impl Builder {
    pub(super) fn new(base: Option<Url>) -> Self {
        Self {
            base,
            ..Self::default()
        }
    }

    /// Takes the next token.
    pub(super) fn token(&mut self, token: &Token) -> TokenizerNext {
        match token {
            Token::CharacterTokens(text) => self.text.push_str(text),
            Token::TagToken(tag) => {
                self.flush();
                return match tag.kind {
                    TagKind::StartTag => self.start(tag),
                    TagKind::EndTag => self.end(&tag.name),
                };
            }
            _ => {}
        }
        TokenizerNext::Markup
    }

    /// The article, when all tokens were taken.
    pub(super) fn finish(mut self) -> ArticleBody {
        self.flush();
        self.leave_mode();
        self.close_link();
        self.end_table();
        self.close_block();
        for target in &mut self.body.links {
            target.text.truncate(target.text.trim_end().len());
            if target.text.is_empty() {
                target.text.clone_from(&target.url);
            }
        }
        self.body
    }

    fn start(&mut self, tag: &Tag) -> TokenizerNext {
        let name = &*tag.name;
        match &mut self.mode {
            BuilderMode::Prose => return self.start_prose(tag),
            BuilderMode::Code(_) => return self.start_in_code(tag),
            BuilderMode::Formula(_) if is_block(name) => {
                self.leave_mode();
                return self.start_prose(tag);
            }
            BuilderMode::Formula(formula) => formula.start(tag),
            BuilderMode::Skip(skip) if skip.ends_before(name) => {
                self.leave_mode();
                return self.start_prose(tag);
            }
            BuilderMode::Skip(skip) => {
                if let Some(source) = skip.start(tag) {
                    self.recording(source);
                }
                return skip_next(name);
            }
        }
        TokenizerNext::Markup
    }

    fn end(&mut self, name: &str) -> TokenizerNext {
        let leaves = match &mut self.mode {
            BuilderMode::Prose => {
                self.end_prose(name);
                false
            }
            BuilderMode::Code(_) => return self.end_in_code(name),
            BuilderMode::Formula(formula) => formula.end(name),
            BuilderMode::Skip(skip) => match skip.end(name) {
                Ended::Not => false,
                Ended::Here => true,
                Ended::Before => {
                    self.leave_mode();
                    self.end_prose(name);
                    false
                }
            },
        };
        if leaves {
            self.leave_mode();
        }
        TokenizerNext::Markup
    }

    fn start_in_code(&mut self, tag: &Tag) -> TokenizerNext {
        let attributes = Attributes::of(tag);
        match &*tag.name {
            "a" => self.open_link(attributes),
            "img" => self.image(attributes),
            "script" => return TokenizerNext::Script,
            "style" => return TokenizerNext::Raw,
            name => {
                if let BuilderMode::Code(code) = &mut self.mode {
                    code.start(name, attributes);
                }
            }
        }
        TokenizerNext::Markup
    }

    fn end_in_code(&mut self, name: &str) -> TokenizerNext {
        match name {
            "a" => self.close_link(),
            "pre" | "listing" | "xmp" => self.leave_mode(),
            name => {
                if let BuilderMode::Code(code) = &mut self.mode {
                    code.end(name);
                }
            }
        }
        TokenizerNext::Markup
    }

    /// Hands on the text since the last tag.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        match &mut self.mode {
            BuilderMode::Prose => self.prose(&text),
            BuilderMode::Code(code) => {
                let link = self.link.as_ref().map(|link| link.index);
                code.push(&text, link);
                self.name_link(&text);
            }
            BuilderMode::Formula(formula) => formula.push(&text),
            BuilderMode::Skip(skip) => skip.push(&text),
        }
        // The buffer is kept for the next text.
        self.text = text;
        self.text.clear();
    }

    /// Ends the code, the formula or what is skipped.
    pub(super) fn leave_mode(&mut self) {
        match std::mem::take(&mut self.mode) {
            BuilderMode::Code(code) => {
                self.close_link();
                let (code, mut later) = code.finish();
                self.emit(BlockContent::Code(code));
                let later = later.take();
                if !later.is_blank() {
                    self.emit(BlockContent::Paragraph(later));
                }
            }
            BuilderMode::Formula(formula) => {
                let link = self.link.as_ref().map(|link| link.index);
                self.flow.push(formula.text(), TextRole::Literal, link);
            }
            BuilderMode::Skip(skip) => {
                if let Some(words) = skip.words() {
                    self.prose(&words);
                }
            }
            BuilderMode::Prose => {}
        }
    }

    /// Ends the open block, if there is something in it; in a table, the line of the cell.
    pub(super) fn close_block(&mut self) {
        self.shifted = None;
        self.pictured = None;
        if self.table.is_some() {
            self.flow.push_break();
            return;
        }
        if self.flow.is_blank() {
            self.flow = Flow::default();
            return;
        }
        let flow = self.flow.take();
        match self.heading.take() {
            // What is embedded has an outline of its own.
            Some(_) if self.place.is_in(|kind| kind == ContainerKind::Card) => {
                self.emit(BlockContent::Paragraph(strengthened(flow)));
            }
            Some(level) => self.emit(BlockContent::Heading(level, flow)),
            None => self.emit(BlockContent::Paragraph(flow)),
        }
    }

    /// Adds a block where reading has come to.
    pub(super) fn emit(&mut self, mut content: BlockContent) {
        if let BlockContent::Paragraph(flow) = &mut content {
            self.take_task(flow);
            if flow.is_blank() {
                return;
            }
        }
        let inside = self.inside();
        self.place.fresh = None;
        self.body.blocks.push(Block { inside, content });
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

/// How to read on behind the tag of an element whose text is no markup.
fn skip_next(name: &str) -> TokenizerNext {
    match name {
        "script" => TokenizerNext::Script,
        "style" => TokenizerNext::Raw,
        _ => TokenizerNext::Markup,
    }
}

/// Elements that no formula contains: one that is not closed ends there.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "pre"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "table"
            | "blockquote"
            | "hr"
    )
}
