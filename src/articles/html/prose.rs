//! Running text: how it looks, which link it belongs to, and what stands in it for pictures and embeds.

mod end;
mod start;

use url::Url;

use super::attributes::Attributes;
use super::blocks::BlockBuilder;
use super::code::CodeReader;
use super::embed::{Embed, write_lost_gist};
use super::formula::FormulaText;
use super::link_targets::LinkTargets;
use super::named_places::OpenPlaces;
use super::open_divs::{DivContent, OpenDivs, is_card, is_gist};
use super::picture::Picture;
use super::style::OpenStyles;
use crate::articles::TextRole;
use crate::articles::body::{ArticleBody, ContainerKind, Flow};

/// An article read as running text and its blocks: everything but code, formulas and what is skipped.
#[derive(Debug, Default)]
pub(super) struct Prose {
    blocks: BlockBuilder,
    styles: OpenStyles,
    links: LinkTargets,
    divs: OpenDivs,
    /// Whether a term is open that is defined behind it.
    in_term: bool,
    places: OpenPlaces,
    formulas: Vec<String>,
}

impl Prose {
    /// Nothing yet; relative addresses will be joined with `base`.
    pub(super) fn new(base: Option<Url>) -> Self {
        Self {
            links: LinkTargets::new(base),
            ..Self::default()
        }
    }

    /// The links so far.
    pub(super) const fn links(&mut self) -> &mut LinkTargets {
        &mut self.links
    }

    /// A document within the article begins: it has blocks and looks of its own. Gives what it is to leave open.
    pub(super) fn begin_document(&mut self) -> (usize, OpenStyles) {
        self.close_link();
        self.blocks.close_block();
        (self.blocks.depth(), std::mem::take(&mut self.styles))
    }

    /// The document ends, and what was left open in it.
    pub(super) fn end_document(&mut self, (depth, styles): (usize, OpenStyles)) {
        self.close_link();
        self.blocks.close_to(depth);
        self.styles = styles;
    }

    /// Text between two tags.
    pub(super) fn read(&mut self, text: &str) {
        if is_leaked_script(text) {
            return;
        }
        let (role, link) = (self.role(), self.links.open_index());
        self.blocks.text().read(text, role, link);
        self.links.name(text);
    }

    /// Adds signs that stand for tags, in the look of the text around them.
    fn say(&mut self, signs: &str) {
        let (role, link) = (self.role(), self.links.open_index());
        self.blocks.text().push(signs, role, link);
    }

    /// The look of the open elements.
    fn role(&self) -> TextRole {
        let is_linked = self.links.open_index().is_some();
        match self.styles.role(is_linked) {
            TextRole::Body if self.blocks.names_row() => TextRole::Strong,
            role => role,
        }
    }

    /// A formula as one line, and as its author wrote it, where that is known.
    pub(super) fn formula(&mut self, formula: &FormulaText) {
        let link = self.links.open_index();
        let role = match u32::try_from(self.formulas.len()) {
            // What says the same needs no second form.
            Ok(number) if !formula.source.is_empty() && formula.source != formula.line => {
                self.formulas.push(formula.source.clone());
                TextRole::Formula(number)
            }
            _ => TextRole::Literal,
        };
        self.blocks.text().push(&formula.line, role, link);
    }

    /// An element begins: links may lead to its name.
    pub(super) fn name_place(&mut self, name: &str, attributes: Attributes<'_>) {
        let own = attributes.text("id");
        let named = own.or_else(|| attributes.text("name").filter(|_| name == "a"));
        if let Some(named) = named {
            let at = self.blocks.text().flow().text.len();
            self.places.add(named, self.blocks.len(), at);
        }
    }

    /// A block of code begins.
    pub(super) fn begin_code(&mut self, attributes: Attributes<'_>) -> CodeReader {
        self.blocks.open_code();
        CodeReader::new(attributes, self.divs.take_language())
    }

    /// A block of code ends.
    pub(super) fn end_code(&mut self, code: CodeReader) {
        self.close_link();
        let (code, later) = code.finish();
        self.blocks.close_code(code, later);
    }

    /// The open link ends, if there is one.
    pub(super) fn close_link(&mut self) {
        self.links.close(self.blocks.text().flow());
    }

    fn picture(&mut self, attributes: Attributes<'_>) -> Option<Picture> {
        Picture::read(attributes, self.blocks.is_in_card(), &mut self.links)
    }

    /// A picture.
    fn image(&mut self, attributes: Attributes<'_>) {
        if let Some(picture) = self.picture(attributes) {
            self.blocks.text().push_picture(&picture);
        }
    }

    /// A picture in code: it is shown behind the code, in `later`.
    pub(super) fn image_in_code(&mut self, attributes: Attributes<'_>, later: &mut Flow) {
        if let Some(picture) = self.picture(attributes) {
            self.blocks.text().push_picture_behind(&picture, later);
        }
    }

    /// The address of a film or a sound, in an element of this name.
    pub(super) fn recording(&mut self, name: &str, source: &str) {
        self.embed(Embed::recording(name, source, &self.links));
    }

    /// A script: not run, but it may stand for a gist.
    pub(super) fn script(&mut self, attributes: Attributes<'_>) {
        self.embed(Embed::script(attributes, &self.links));
    }

    /// Writes what stands for something embedded, in a paragraph of its own.
    fn embed(&mut self, embed: Option<Embed>) {
        if let Some(embed) = embed {
            self.blocks.close_block();
            embed.write(self.blocks.text(), &mut self.links);
            self.blocks.close_block();
        }
    }

    /// The open term ends, if there is one: its end tag may be missing.
    fn end_term(&mut self) {
        if std::mem::take(&mut self.in_term) {
            self.blocks.close_block();
            self.styles.close("dt");
        }
    }

    /// A `<div>` begins.
    fn open_div(&mut self, attributes: Attributes<'_>) {
        self.blocks.close_block();
        self.divs.open(attributes);
        if self.divs.is_full() || self.blocks.is_in_table() {
            return;
        }
        if is_gist(attributes) {
            self.divs.watch(DivContent::Gist(self.blocks.len()));
        } else if is_card(attributes) && !self.blocks.is_in_card() {
            self.blocks.open(ContainerKind::Card);
            self.divs.watch(DivContent::Card);
        }
    }

    /// A `<div>` ends.
    fn close_div(&mut self) {
        self.blocks.close_block();
        self.divs.close();
        while let Some(ended) = self.divs.take_ended() {
            match ended {
                DivContent::Card => self.blocks.close(|kind| kind == ContainerKind::Card),
                DivContent::Gist(blocks) if blocks == self.blocks.len() => {
                    write_lost_gist(self.blocks.text(), &mut self.links);
                    self.blocks.close_block();
                }
                DivContent::Gist(_) => {}
            }
        }
    }

    /// The body of the article, when all was read.
    pub(super) fn finish(mut self) -> ArticleBody {
        self.close_link();
        let (blocks, containers) = self.blocks.finish();
        let address = self.links.address();
        let links = self.links.finish();
        let places = self.places.finish(&links, address.as_deref(), blocks.len());
        ArticleBody {
            blocks,
            containers,
            links,
            places,
            formulas: self.formulas,
            address,
        }
    }
}

/// The script of a tweet whose tags a feed took away, and not its text.
fn is_leaked_script(text: &str) -> bool {
    text.trim_start().starts_with("// Detect dark theme")
        && text.contains("document.getElementById")
}
