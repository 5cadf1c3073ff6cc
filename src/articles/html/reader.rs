//! Hands each token to what is being read: running text, code, a formula, or what is not shown.

use html5ever::tokenizer::{Tag, TagKind, Token};
use url::Url;

use super::attributes::Attributes;
use super::code::CodeReader;
use super::elements;
use super::formula::Formula;
use super::prose::Prose;
use super::skip::{Ended, Skip};
use crate::articles::body::ArticleBody;

/// The most documents inside each other that are read.
const MOST_DOCUMENTS: u8 = 4;

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
enum ReadingMode {
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
pub(super) struct HtmlReader {
    mode: ReadingMode,
    /// The text since the last tag.
    text: String,
    prose: Prose,
    /// Documents inside each other that are being read, beside the article.
    documents: u8,
}

impl HtmlReader {
    /// Begins; relative addresses are joined with `base`.
    pub(super) fn new(base: Option<Url>) -> Self {
        Self {
            prose: Prose::new(base),
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
                    TagKind::StartTag => {
                        let next = self.start(tag);
                        self.prose.name_place(&tag.name, Attributes::of(tag));
                        next
                    }
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
        self.prose.finish()
    }

    fn start(&mut self, tag: &Tag) -> TokenizerNext {
        let name = &*tag.name;
        match &mut self.mode {
            ReadingMode::Prose => return self.start_prose(tag),
            ReadingMode::Code(_) => return self.start_in_code(tag),
            ReadingMode::Formula(_) if elements::ends_formula(name) => {
                self.leave_mode();
                return self.start_prose(tag);
            }
            ReadingMode::Formula(formula) => formula.start(tag),
            ReadingMode::Skip(skip) if skip.ends_before(name) => {
                self.leave_mode();
                return self.start_prose(tag);
            }
            ReadingMode::Skip(skip) => {
                if let Some(source) = skip.start(tag) {
                    self.prose.recording(skip.name(), source);
                }
                return next_in_skipped(name);
            }
        }
        TokenizerNext::Markup
    }

    fn start_prose(&mut self, tag: &Tag) -> TokenizerNext {
        let (name, attributes) = (&*tag.name, Attributes::of(tag));
        let is_hidden = attributes.are_hidden()
            && !elements::is_void(name)
            && elements::heading(name).is_none();
        let is_gutter = elements::is_gutter(name, attributes) && !tag.self_closing;
        if is_hidden || is_gutter || elements::is_unseen(name) {
            return self.skip(tag);
        }
        match name {
            _ if Formula::begins(name, attributes) && !tag.self_closing => {
                let mut formula = Formula::default();
                formula.start(tag);
                self.mode = ReadingMode::Formula(formula);
            }
            "a" => self.start_link(attributes),
            "iframe" if self.documents < MOST_DOCUMENTS && attributes.text("srcdoc").is_some() => {
                self.read_document(attributes.text("srcdoc").unwrap_or_default());
            }
            "base" => self.prose.links().rebase(attributes.text("href")),
            "pre" | "listing" | "xmp" => {
                self.mode = ReadingMode::Code(self.prose.begin_code(attributes));
            }
            _ => self.prose.start(name, attributes),
        }
        TokenizerNext::Markup
    }

    /// Reads a document that stands whole in an attribute, as a part of the article.
    fn read_document(&mut self, source: &str) {
        let mut reader = std::mem::take(self);
        let documents = reader.documents;
        reader.documents = documents.saturating_add(1);
        let around = reader.prose.begin_document();
        if let Some(read) = super::read_with(Box::new(reader), source) {
            *self = *read;
            self.flush();
            self.leave_mode();
            self.prose.end_document(around);
        }
        self.documents = documents;
    }

    /// A link in running text: one that no reader sees is skipped, and so are anchors without words.
    fn start_link(&mut self, attributes: Attributes<'_>) {
        self.prose.close_link();
        if attributes.value("aria-hidden") == Some("true") {
            self.mode = ReadingMode::Skip(Skip::element("a"));
        } else if attributes.has_class("anchor") {
            self.mode = ReadingMode::Skip(Skip::anchor());
        } else {
            let href = attributes.text("href").unwrap_or_default();
            self.prose.links().open(href);
        }
    }

    fn start_in_code(&mut self, tag: &Tag) -> TokenizerNext {
        let ReadingMode::Code(code) = &mut self.mode else {
            return TokenizerNext::Markup;
        };
        let attributes = Attributes::of(tag);
        if code.skips(&tag.name, attributes) {
            return TokenizerNext::Markup;
        }
        match &*tag.name {
            "a" => {
                let links = self.prose.links();
                links.close(code.later());
                links.open(attributes.text("href").unwrap_or_default());
            }
            "img" => self.prose.image_in_code(attributes, code.later()),
            "script" => return TokenizerNext::Script,
            "style" => return TokenizerNext::Raw,
            name => code.start(name, attributes),
        }
        TokenizerNext::Markup
    }

    fn end(&mut self, name: &str) -> TokenizerNext {
        match &mut self.mode {
            ReadingMode::Prose => self.prose.end(name),
            ReadingMode::Code(code) => match name {
                name if code.skipped_to(name) => {}
                "a" => self.prose.links().close(code.later()),
                "pre" | "listing" | "xmp" => self.leave_mode(),
                name => code.end(name),
            },
            ReadingMode::Formula(formula) => {
                if formula.end(name) {
                    self.leave_mode();
                }
            }
            ReadingMode::Skip(skip) => match skip.end(name) {
                Ended::Not => {}
                Ended::Here => self.leave_mode(),
                Ended::Before => {
                    self.leave_mode();
                    self.prose.end(name);
                }
            },
        }
        TokenizerNext::Markup
    }

    /// Hands on the text since the last tag.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        match &mut self.mode {
            ReadingMode::Prose => self.prose.read(&self.text),
            ReadingMode::Code(code) => {
                let links = self.prose.links();
                if code.push(&self.text, links.open_index()) {
                    links.name(&self.text);
                }
            }
            ReadingMode::Formula(formula) => formula.push(&self.text),
            ReadingMode::Skip(skip) => skip.push(&self.text),
        }
        // The buffer is kept for the next text.
        self.text.clear();
    }

    /// Ends the code, the formula or what is skipped.
    fn leave_mode(&mut self) {
        match std::mem::take(&mut self.mode) {
            ReadingMode::Prose => {}
            ReadingMode::Code(code) => self.prose.end_code(code),
            ReadingMode::Formula(formula) => self.prose.formula(&formula.finish()),
            ReadingMode::Skip(skip) => {
                if let Some(words) = skip.words() {
                    self.prose.read(&words);
                }
            }
        }
    }

    /// Skips an element.
    fn skip(&mut self, tag: &Tag) -> TokenizerNext {
        let (name, attributes) = (&*tag.name, Attributes::of(tag));
        match name {
            "video" | "audio" => {
                let source = attributes.text("src");
                self.mode = ReadingMode::Skip(Skip::recording(name, source.is_none()));
                if let Some(source) = source {
                    self.prose.recording(name, source);
                }
            }
            // A script without its own end is over at once in XHTML, and only there.
            "svg" if tag.self_closing => {}
            "script"
                if attributes
                    .text("type")
                    .is_some_and(|kind| kind.starts_with("math/tex")) =>
            {
                self.mode = ReadingMode::Formula(Formula::tex());
            }
            _ => {
                if name == "script" {
                    self.prose.script(attributes);
                }
                self.mode = ReadingMode::Skip(Skip::element(name));
            }
        }
        match name {
            "title" | "textarea" => TokenizerNext::Raw,
            _ => next_in_skipped(name),
        }
    }
}

/// How to read on behind the tag of an element whose text is no markup.
fn next_in_skipped(name: &str) -> TokenizerNext {
    match name {
        "script" => TokenizerNext::Script,
        "style" => TokenizerNext::Raw,
        _ => TokenizerNext::Markup,
    }
}
