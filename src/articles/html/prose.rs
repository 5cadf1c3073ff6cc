//! Running text: what each tag and each text between tags means there.

use html5ever::tokenizer::Tag;

use super::attributes::Attributes;
use super::builder::{Builder, BuilderMode, Pictured, TokenizerNext};
use super::code::{self, CodeReader};
use super::formula::Formula;
use super::media::Skip;
use crate::articles::TextRole;
use crate::articles::body::{BlockContent, ContainerKind};

impl Builder {
    /// Text between two tags.
    pub(super) fn prose(&mut self, text: &str) {
        if is_leaked_script(text) {
            return;
        }
        self.part_from_picture(text);
        if let Some(mark) = self.shifted.take() {
            let text = text.trim();
            let is_number = text.len() <= 6
                && text
                    .bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-'));
            if is_number && !text.is_empty() {
                self.say(mark.encode_utf8(&mut [0; 4]));
            }
        }
        self.say(text);
        self.name_link(text);
    }

    /// Keeps text that follows a picture without a space from running into it.
    fn part_from_picture(&mut self, text: &str) {
        let Some(place) = self.pictured.take() else {
            return;
        };
        let glued = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '['));
        match place {
            Pictured::First if glued => self.flow.push_break(),
            Pictured::Within if glued => self.flow.push(" ", TextRole::Body, None),
            _ => {}
        }
    }

    /// Adds text in the look of the open elements.
    fn say(&mut self, text: &str) {
        let link = self.link.as_ref().map(|link| link.index);
        let role = self.styles.role(link.is_some());
        let names_row = self.table.as_ref().is_some_and(|table| table.names_row);
        let role = match role {
            TextRole::Body if names_row => TextRole::Strong,
            role => role,
        };
        self.flow.push(text, role, link);
    }

    /// A tag begins.
    pub(super) fn start_prose(&mut self, tag: &Tag) -> TokenizerNext {
        let (name, attributes) = (&*tag.name, Attributes::of(tag));
        if let Some(level) = heading(name) {
            self.dissolve();
            self.close_block();
            self.heading = Some(level);
            return TokenizerNext::Markup;
        }
        if is_unseen(name) || (attributes.are_hidden() && !is_void(name)) {
            return self.skip(tag);
        }
        if Formula::begins(name, attributes) && !tag.self_closing {
            let mut formula = Formula::default();
            formula.start(tag);
            self.mode = BuilderMode::Formula(formula);
            return TokenizerNext::Markup;
        }
        if !self.start_inline(name, attributes) && !self.start_part(name, attributes) {
            self.start_block(name, attributes);
        }
        TokenizerNext::Markup
    }

    /// What stands in a line; whether the tag was one of those.
    fn start_inline(&mut self, name: &str, attributes: Attributes<'_>) -> bool {
        match name {
            "a" => self.open_link(attributes),
            "img" | "image" => self.image(attributes),
            "br" => self.flow.push_break(),
            "q" => self.say("“"),
            "sup" => self.shifted = Some('^'),
            "sub" => self.shifted = Some('_'),
            "rt" => self.say("("),
            "input" if attributes.value("type") == Some("checkbox") => {
                let done = attributes.value("checked").is_some();
                self.say(if done { "[x] " } else { "[ ] " });
            }
            "summary" | "dt" | "figcaption" | "caption" | "address" => {
                self.close_block();
                if name == "dt" {
                    self.end_definition();
                }
                self.styles.open(name);
            }
            _ => {
                let opened = self.styles.open(name);
                if opened && name == "kbd" {
                    self.say("[");
                }
                return opened;
            }
        }
        true
    }

    /// What a block is in, and parts of tables; whether the tag was one of those.
    fn start_part(&mut self, name: &str, attributes: Attributes<'_>) -> bool {
        match name {
            "table" => self.open_table(attributes),
            "tr" => self.open_row(),
            "td" | "th" => self.open_cell(name == "th", attributes),
            "ul" | "menu" | "dir" | "ol" | "dl" if self.keeps_cell() => self.close_block(),
            "li" | "dd" if self.item_in_cell() => {}
            "ul" | "menu" | "dir" => self.open_list(false, attributes),
            "ol" => self.open_list(true, attributes),
            "li" => self.open_item(attributes),
            "dd" => {
                self.end_definition();
                self.open(ContainerKind::Definition);
            }
            "blockquote" => {
                self.dissolve();
                self.open(ContainerKind::Quote);
            }
            "details" => {
                self.dissolve();
                self.open(ContainerKind::Details);
            }
            _ => return false,
        }
        true
    }

    /// Whether a list is part of a table's cell; if not, an open table is no table.
    fn keeps_cell(&mut self) -> bool {
        match &self.table {
            Some(table) if table.is_headed() => true,
            Some(_) => {
                self.dissolve();
                false
            }
            None => false,
        }
    }

    fn start_block(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "div" => {
                self.open_div(attributes);
                self.language = code::language(attributes).or(self.language.take());
            }
            "p" => {
                self.close_block();
                self.loosen();
            }
            "pre" | "listing" | "xmp" => {
                self.dissolve();
                self.close_block();
                let code = CodeReader::new(attributes, self.language.take());
                self.mode = BuilderMode::Code(code);
            }
            "hr" => {
                self.dissolve();
                self.close_block();
                self.emit(BlockContent::Rule);
            }
            "iframe" | "embed" => self.frame(attributes, "src"),
            "object" => self.frame(attributes, "data"),
            _ if is_block(name) => self.close_block(),
            _ => {}
        }
    }

    /// A tag ends.
    pub(super) fn end_prose(&mut self, name: &str) {
        match name {
            "a" => self.close_link(),
            "q" => self.say("”"),
            "rt" => self.say(")"),
            "sup" | "sub" => self.shifted = None,
            "br" => self.flow.push_break(),
            "kbd" => {
                if self.styles.in_keyboard() && !self.flow.unwrap_bracket() {
                    self.say("]");
                }
                self.styles.close(name);
            }
            "caption" => {
                self.styles.close(name);
                self.close_caption();
            }
            "summary" | "dt" | "figcaption" | "address" => {
                self.close_block();
                self.styles.close(name);
            }
            _ if self.styles.close(name) => {}
            _ => self.end_block(name),
        }
    }

    fn end_block(&mut self, name: &str) {
        match name {
            "div" => {
                self.close_div();
                self.language = None;
            }
            "table" => self.end_table(),
            "td" | "th" | "tr" => self.close_cell(),
            "ul" | "ol" | "menu" | "dir" if self.table.is_none() => {
                self.close(|kind| matches!(kind, ContainerKind::List { .. }));
            }
            "li" if self.table.is_none() => {
                self.close(|kind| matches!(kind, ContainerKind::Item(_)));
            }
            "dd" | "dl" if self.table.is_none() => self.end_definition(),
            "blockquote" => self.close(|kind| kind == ContainerKind::Quote),
            "details" => self.close(|kind| kind == ContainerKind::Details),
            _ if heading(name).is_some() => {
                self.close_block();
                self.heading = None;
            }
            _ if is_block(name) => self.close_block(),
            _ => {}
        }
    }

    /// Skips an element.
    fn skip(&mut self, tag: &Tag) -> TokenizerNext {
        let (name, attributes) = (&*tag.name, Attributes::of(tag));
        match name {
            "video" | "audio" => self.open_recording(name, attributes),
            // A script without its own end is over at once in XHTML, and only there.
            "svg" if tag.self_closing => {}
            _ => {
                if name == "script" {
                    self.script(attributes);
                }
                self.mode = BuilderMode::Skip(Skip::element(name));
            }
        }
        match name {
            "script" => TokenizerNext::Script,
            "style" | "title" | "textarea" => TokenizerNext::Raw,
            _ => TokenizerNext::Markup,
        }
    }
}

/// The level of a heading.
fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Elements whose content is no part of the text.
fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "template"
            | "svg"
            | "select"
            | "video"
            | "audio"
            | "canvas"
            | "rp"
    )
}

/// Elements without content: nothing ends them.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr"
            | "img"
            | "image"
            | "input"
            | "embed"
            | "source"
            | "meta"
            | "link"
            | "wbr"
            | "col"
            | "area"
    )
}

/// Elements that begin a line of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "figure"
            | "center"
            | "fieldset"
            | "form"
            | "body"
            | "html"
            | "head"
            | "dl"
            | "hgroup"
            | "search"
            | "noscript"
            | "iframe"
            | "button"
            | "legend"
            | "thead"
            | "tbody"
            | "tfoot"
            | "pre"
            | "listing"
            | "xmp"
            | "object"
            | "option"
    )
}

/// The script of a tweet whose tags a feed took away, and not its text.
fn is_leaked_script(text: &str) -> bool {
    text.trim_start().starts_with("// Detect dark theme")
        && text.contains("document.getElementById")
}
