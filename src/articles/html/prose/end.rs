//! What the end tags of running text mean.

use super::super::elements;
use super::Prose;
use crate::articles::body::ContainerKind;

impl Prose {
    /// A tag ends.
    pub(in crate::articles::html) fn end(&mut self, name: &str) {
        match name {
            "a" => self.close_link(),
            "q" => self.say("”"),
            "rt" => self.say(")"),
            "sup" | "sub" => self.blocks.text().shift(None),
            "br" => self.blocks.text().push_break(),
            "kbd" => {
                if self.styles.in_keyboard() && self.blocks.text().lacks_bracket() {
                    self.say("]");
                }
                self.styles.close(name);
            }
            "caption" => {
                self.styles.close(name);
                self.blocks.close_caption();
            }
            "dt" => self.end_term(),
            "dl" if self.in_term => {
                self.end_term();
                self.end_block(name);
            }
            "summary" | "figcaption" | "address" => {
                self.blocks.close_block();
                self.styles.close(name);
            }
            _ if self.styles.close(name) => {}
            _ => self.end_block(name),
        }
    }

    fn end_block(&mut self, name: &str) {
        let in_table = self.blocks.is_in_table();
        match name {
            "div" => self.close_div(),
            "table" => self.blocks.close_table(),
            "td" | "th" | "tr" => self.blocks.close_cell(),
            "ul" | "ol" | "menu" | "dir" if !in_table => {
                self.blocks.close(ContainerKind::is_list);
            }
            "li" if !in_table => {
                let is_item = |kind| matches!(kind, ContainerKind::Item(_));
                self.blocks.close(is_item);
            }
            "dd" | "dl" if !in_table => self.blocks.close_definition(),
            "blockquote" => self.blocks.close(|kind| kind == ContainerKind::Quote),
            "details" => self.blocks.close(|kind| kind == ContainerKind::Details),
            _ if elements::heading(name).is_some() => self.blocks.close_heading(),
            _ if elements::is_block(name) => self.blocks.close_block(),
            _ => {}
        }
    }
}
