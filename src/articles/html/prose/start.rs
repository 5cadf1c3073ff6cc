//! What the start tags of running text mean.

use super::super::attributes::Attributes;
use super::super::elements;
use super::super::embed::Embed;
use super::Prose;
use crate::articles::body::ContainerKind;

impl Prose {
    /// A tag begins.
    pub(in crate::articles::html) fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        if let Some(level) = elements::heading(name) {
            self.blocks.open_heading(level);
        } else if !self.start_inline(name, attributes) && !self.start_part(name, attributes) {
            self.start_block(name, attributes);
        }
    }

    /// What stands in a line; whether the tag was one of those.
    fn start_inline(&mut self, name: &str, attributes: Attributes<'_>) -> bool {
        match name {
            "img" | "image" => self.image(attributes),
            "br" => self.blocks.text().push_break(),
            "q" => self.say("“"),
            "sup" => self.blocks.text().shift(Some('^')),
            "sub" => self.blocks.text().shift(Some('_')),
            "rt" => self.say("("),
            "input" if attributes.value("type") == Some("checkbox") => {
                let done = attributes.value("checked").is_some();
                self.say(if done { "[x] " } else { "[ ] " });
            }
            "summary" | "dt" | "figcaption" | "caption" | "address" => {
                self.blocks.close_block();
                if name == "dt" {
                    self.end_term();
                    self.blocks.close_definition();
                    self.in_term = true;
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
            "table" => self.blocks.open_table(attributes),
            "tr" => self.blocks.open_row(),
            "td" | "th" => self.blocks.open_cell(name == "th", attributes),
            "ul" | "menu" | "dir" => self.blocks.open_list(false, attributes),
            "ol" => self.blocks.open_list(true, attributes),
            "li" => self.blocks.open_item(attributes),
            "dl" => self.blocks.open_definition_list(),
            "dd" => {
                self.end_term();
                self.blocks.open_definition();
            }
            "blockquote" => self.blocks.open_apart(ContainerKind::Quote),
            "details" => self.blocks.open_apart(ContainerKind::Details),
            _ => return false,
        }
        true
    }

    fn start_block(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "div" => self.open_div(attributes),
            "p" => self.blocks.open_paragraph(),
            "hr" => self.blocks.rule(),
            "iframe" | "embed" => self.embed(Embed::frame(attributes, "src", &self.links)),
            "lite-youtube" => self.embed(Embed::numbered(attributes, &self.links)),
            "object" => self.embed(Embed::frame(attributes, "data", &self.links)),
            _ if elements::is_block(name) => self.blocks.close_block(),
            _ => {}
        }
    }
}
