//! The pass before the XML parser: whatever a server sends becomes XML that is well formed, and nothing that is complete
//! is lost.
//!
//! - Left out: what precedes the root element and follows its end, comments, the document type (and with it every
//!   entity it declares), forbidden control characters.
//! - Mended: bare ampersands, HTML's entities, tags that are not closed or never opened, a missing version, missing
//!   declarations of well-known prefixes, namespaces and names of older dialects, types of Atom's text constructs, items
//!   of RSS 1.0 without a link.
//! - Cut: a document that ends in the middle, at its last complete item; items that are too large or too many.

mod defects;
mod open_elements;
mod vocabulary;

use super::construct::Construct;
use super::dialect::{Dialect, has_link};
use super::limits::{MOST_BYTES_OF_ITEM, MOST_ITEMS};
use super::markup::{MarkupPiece, Pieces, attribute, local};
use super::prepared::{Prepared, close};
use super::tag::Tag;
use super::{entities, root};
use defects::Defects;
use open_elements::{OpenElement, OpenElements};
use vocabulary::Vocabulary;

/// Makes a document of XML well formed; none when it has no root element a feed can have.
pub(super) fn prepare(text: &str) -> Option<Prepared> {
    let mut pass = Pass::default();
    let mut pieces = Pieces::of(text).skip_while(|piece| !root::is_root(piece));
    let root = pieces.next()?;
    pass.open_root(root);
    for piece in pieces {
        if pass.open.depth() == 0 {
            break;
        }
        pass.take(piece);
    }
    Some(pass.finish())
}

/// The item that is being read.
struct CurrentItem<'a> {
    name: &'a str,
    /// What RSS 1.0 names it by, which is its link.
    about: Option<&'a str>,
    start: usize,
    depth: usize,
}

/// The text construct that is being read.
struct TypedText<'a> {
    construct: Construct<'a>,
    /// Where its start tag ends.
    end: usize,
    depth: usize,
}

impl TypedText<'_> {
    /// Writes what was withheld of its start tag.
    fn write_type(&self, text: &mut String) {
        let tag_end = text.get(self.end..).and_then(|rest| rest.find('>'));
        let start = self.end + tag_end.map_or(0, |at| at + 1);
        let inside = text.get(start..).unwrap_or_default();
        let (attributes, is_elsewhere) = self.construct.attributes(inside);
        if is_elsewhere {
            text.truncate(start);
        }
        text.insert_str(self.end, &attributes);
    }
}

#[derive(Default)]
struct Pass<'a> {
    done: Prepared,
    vocabulary: Vocabulary<'a>,
    open: OpenElements<'a>,
    item: Option<CurrentItem<'a>>,
    typed: Option<TypedText<'a>>,
    has_channel: bool,
    defects: Defects,
    /// Bytes of the items so far.
    inside: usize,
    /// Elements so far.
    elements: usize,
}

impl<'a> Pass<'a> {
    fn open_root(&mut self, root: MarkupPiece<'a>) {
        let (MarkupPiece::Start(written) | MarkupPiece::Empty(written)) = root else {
            return;
        };
        let name = root.name();
        let tag = root::mended(name, written);
        self.done.text.push_str(&tag);
        self.done.seen = usize::from(root::is_item(name));
        self.vocabulary = Vocabulary::of(name, written);
        self.push(name, name, false);
        if matches!(root, MarkupPiece::Empty(_)) {
            self.open_channel(None);
            self.close_down_to(0);
        }
        self.done.around.push(tag);
    }

    /// RSS has a channel around everything, whether its author knew or not.
    fn open_channel(&mut self, piece: Option<&MarkupPiece<'a>>) {
        let starts = piece
            .is_none_or(|piece| matches!(piece, MarkupPiece::Start(_) | MarkupPiece::Empty(_)));
        let of_rss =
            self.open.depth() == 1 && self.open.iter().all(|open| local(open.name) == "rss");
        if starts && of_rss && !self.has_channel {
            self.has_channel = true;
            if piece.is_none_or(|piece| local(piece.name()) != "channel") {
                self.done.text.push_str("<channel>");
                self.push("channel", "channel", false);
            }
        }
    }

    fn take(&mut self, piece: MarkupPiece<'a>) {
        self.open_channel(Some(&piece));
        if self.is_beyond(&piece) {
            self.defects.beyond = true;
            return;
        }
        match piece {
            MarkupPiece::Text(text) => {
                entities::tidy(&text.replace('<', "&lt;"), &mut self.done.text);
            }
            MarkupPiece::Verbatim(text) => {
                self.done.text.push_str("<![CDATA[");
                entities::push_allowed(text, &mut self.done.text);
                self.done.text.push_str("]]>");
            }
            MarkupPiece::Start(tag) => self.start(&piece, tag),
            // Nothing is in it, and a document has room for a million of them.
            MarkupPiece::Empty(_) if self.vocabulary.is_item(piece.name()) => {
                self.defects.empty += 1;
                self.done.seen += 1;
            }
            MarkupPiece::Empty(_) if self.is_surplus(&piece) => {}
            MarkupPiece::Empty(tag) => {
                if let Some(typed) = self.write_tag(piece.name(), tag) {
                    typed.write_type(&mut self.done.text);
                }
            }
            MarkupPiece::End(_) => self.end(piece.name()),
            MarkupPiece::Unfinished => self.defects.cut = true,
            MarkupPiece::Doctype(_) | MarkupPiece::Aside => {}
        }
    }

    /// Whether a piece is one too much of what is around the items.
    fn is_beyond(&self, piece: &MarkupPiece<'a>) -> bool {
        let begins_item =
            matches!(piece, MarkupPiece::Start(_)) && self.vocabulary.is_item(piece.name());
        let around = self.done.text.len() - self.inside;
        let is_content =
            !begins_item && !matches!(piece, MarkupPiece::End(_) | MarkupPiece::Unfinished);
        self.item.is_none() && around > MOST_BYTES_OF_ITEM && is_content
    }

    /// Whether an element is left out, its inside not.
    fn is_surplus(&mut self, piece: &MarkupPiece<'a>) -> bool {
        self.elements += 1;
        self.elements > MOST_ELEMENTS || is_group(piece.name())
    }

    fn start(&mut self, piece: &MarkupPiece<'a>, tag: &'a str) {
        let name = piece.name();
        if self.open.depth() >= DEEPEST || self.is_surplus(piece) {
            self.defects.mended += usize::from(!is_group(name));
            return;
        }
        // An item whose end is missing ends where the next one begins.
        let same = self.item.as_ref().is_none_or(|item| item.name == name);
        let is_item = self.vocabulary.is_item(name) && same;
        if is_item {
            self.begin_item(name, tag);
        }
        let written = self.written(name);
        let typed = self.write_tag(name, tag);
        self.typed = self.typed.take().or(typed);
        self.push(name, written, is_item);
    }

    /// What the parser knows an element by; within a text construct it is the author's.
    fn written(&self, name: &'a str) -> &'a str {
        if self.typed.is_none() {
            self.vocabulary.written(name)
        } else {
            name
        }
    }

    fn begin_item(&mut self, name: &'a str, tag: &'a str) {
        if let Some(item) = &self.item {
            let depth = item.depth;
            self.defects.mended += 1;
            self.close_down_to(depth);
        }
        if self.done.around.len() == 1 {
            let inner = self
                .open
                .iter()
                .skip(1)
                .map(|open| format!("<{}>", open.written));
            self.done.around.extend(inner);
        }
        self.done.seen += 1;
        self.item = Some(CurrentItem {
            name,
            about: attribute(tag, "rdf:about").or_else(|| attribute(tag, "about")),
            start: self.done.text.len(),
            depth: self.open.depth(),
        });
    }

    fn end(&mut self, name: &str) {
        if local(name) == "rss" {
            self.open_channel(None);
        }
        if !self.open.has(name) {
            self.defects.mended += usize::from(!is_group(name));
            return;
        }
        loop {
            let matches = self.open.innermost().is_none_or(|open| open.name == name);
            self.defects.mended += usize::from(!matches);
            self.close_one();
            if matches {
                return;
            }
        }
    }

    fn push(&mut self, name: &'a str, written: &'a str, is_item: bool) {
        self.open.push(OpenElement {
            name,
            written,
            is_item,
        });
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.depth() > depth {
            self.close_one();
        }
    }

    fn close_one(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let depth = self.open.depth();
        if let Some(typed) = self.typed.take_if(|typed| typed.depth >= depth) {
            typed.write_type(&mut self.done.text);
        }
        if open.is_item {
            self.link_item();
        }
        close(open.written, &mut self.done.text);
        if open.is_item
            && let Some(item) = self.item.take()
        {
            self.end_item(&item);
        }
    }

    fn end_item(&mut self, item: &CurrentItem<'a>) {
        let range = item.start..self.done.text.len();
        if range.len() > MOST_BYTES_OF_ITEM {
            self.defects.too_large += 1;
        } else if self.done.items.len() >= MOST_ITEMS {
            self.defects.too_many += 1;
        } else {
            self.inside += range.len();
            return self.done.items.push(range);
        }
        self.done.text.truncate(item.start);
    }

    /// The item of RSS 1.0 that is being read has a link.
    fn link_item(&mut self) {
        let Some(CurrentItem {
            about: Some(about),
            start,
            ..
        }) = self.item.as_ref()
        else {
            return;
        };
        let inside = self.done.text.get(*start..).unwrap_or_default();
        if self.vocabulary.dialect() == Dialect::Rdf && !has_link(inside) {
            self.done.text.push_str("<link>");
            entities::tidy(&about.replace('<', "&lt;"), &mut self.done.text);
            close("link", &mut self.done.text);
        }
    }

    /// Writes a tag; gives what waits for its end.
    fn write_tag(&mut self, name: &'a str, tag: &'a str) -> Option<TypedText<'a>> {
        let tag = Tag {
            source: tag,
            name,
            written: self.written(name),
            is_own: self.vocabulary.is_own(name),
        };
        let is_atom = self.vocabulary.dialect() == Dialect::Atom && self.typed.is_none();
        let of_atom = || Construct::of(local(name), tag.source);
        let construct = (is_atom && tag.is_own).then(of_atom).flatten();
        tag.open(construct.as_ref(), &mut self.done.text);
        let end = self.done.text.len();
        tag.close(&mut self.done.text);
        let depth = self.open.depth();
        construct.map(|construct| TypedText {
            construct,
            end,
            depth,
        })
    }

    fn finish(mut self) -> Prepared {
        self.defects.cut |= self.open.depth() > 0;
        self.open_channel(None);
        if let Some(item) = self.item.take() {
            self.done.text.truncate(item.start);
            while self.open.depth() > item.depth {
                self.open.pop();
            }
            self.typed = None;
        }
        self.close_down_to(0);
        Prepared {
            dialect: self.vocabulary.dialect(),
            cut: self.defects.cut,
            warnings: self.defects.warnings(),
            ..self.done
        }
    }
}

/// Elements inside each other that are kept; the text of deeper ones stays without its tags. The parser calls itself
/// once for each of some kinds, on a stack of 2 MiB.
const DEEPEST: usize = 100;

/// Elements of a document that are kept: the parser makes some hundred bytes of each, however short it is.
const MOST_ELEMENTS: usize = 500_000;

/// Whether an element only groups others, as `media:group` does: the parser copies what is around it into each.
fn is_group(name: &str) -> bool {
    local(name) == "group"
}

#[cfg(test)]
mod tests;
