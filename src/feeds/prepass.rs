//! The pass before the XML parser: whatever a server sends becomes XML that is well formed, and nothing that is complete
//! is lost.
//!
//! - Left out: what precedes the root element and follows its end, comments, the document type (and with it every
//!   entity it declares), forbidden control characters.
//! - Mended: bare ampersands, HTML's entities, tags that are not closed or never opened, a missing version, missing
//!   declarations of well-known prefixes, namespaces and names of older dialects, types of Atom's text constructs, items
//!   of RSS 1.0 without a link.
//! - Cut: a document that ends in the middle, at its last complete item; items that are too large or too many.

use std::collections::HashMap;

use super::construct::Construct;
use super::dialect::{Dialect, foreign, has_link, prefix};
use super::limits::{MOST_BYTES_OF_ITEM, MOST_ITEMS};
use super::markup::{MarkupPiece, Pieces, attribute, local};
use super::prepared::{Prepared, close};
use super::tag::Tag;
use super::{entities, root};
use crate::text::counted;

/// Makes a document of XML well formed; none when it has no root element a feed can have.
pub(super) fn prepare(text: &str) -> Option<Prepared> {
    let mut pass = Pass::default();
    let mut pieces = Pieces::of(text).skip_while(|piece| !root::is_root(piece));
    let root = pieces.next()?;
    pass.open_root(root);
    for piece in pieces {
        if pass.open.is_empty() {
            break;
        }
        pass.take(piece);
    }
    Some(pass.finish())
}

/// An element whose end tag has not come yet.
struct OpenElement<'a> {
    name: &'a str,
    /// What the parser knows it by.
    written: &'a str,
    is_item: bool,
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

#[derive(Default)]
struct Pass<'a> {
    done: Prepared,
    open: Vec<OpenElement<'a>>,
    /// How many elements of each name are open.
    names: HashMap<&'a str, usize>,
    item: Option<CurrentItem<'a>>,
    typed: Option<TypedText<'a>>,
    /// Prefixes of other vocabularies.
    foreign: Vec<&'a str>,
    has_channel: bool,
    mended: usize,
    cut: bool,
    too_large: usize,
    too_many: usize,
    empty: usize,
    /// Bytes of the items so far.
    inside: usize,
    /// Whether what is around them was too large.
    beyond: bool,
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
        self.done.dialect = Dialect::of(name);
        self.done.seen = usize::from(root::is_item(name));
        self.foreign = foreign(written, name);
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
        let of_rss = self.open.len() == 1 && self.open.iter().all(|open| local(open.name) == "rss");
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
            self.beyond = true;
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
            MarkupPiece::Empty(_) if self.is_item(piece.name()) => {
                self.empty += 1;
                self.done.seen += 1;
            }
            MarkupPiece::Empty(_) if self.is_surplus(&piece) => {}
            MarkupPiece::Empty(tag) => {
                if let Some(typed) = self.write_tag(piece.name(), tag) {
                    self.write_type(&typed);
                }
            }
            MarkupPiece::End(_) => self.end(piece.name()),
            MarkupPiece::Unfinished => self.cut = true,
            MarkupPiece::Doctype(_) | MarkupPiece::Aside => {}
        }
    }

    /// Whether a piece is one too much of what is around the items.
    fn is_beyond(&self, piece: &MarkupPiece<'a>) -> bool {
        let begins_item = matches!(piece, MarkupPiece::Start(_)) && self.is_item(piece.name());
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
        if self.open.len() >= DEEPEST || self.is_surplus(piece) {
            self.mended += usize::from(!is_group(name));
            return;
        }
        // An item whose end is missing ends where the next one begins.
        let same = self.item.as_ref().is_none_or(|item| item.name == name);
        let is_item = self.is_item(name) && same;
        if is_item {
            self.begin_item(name, tag);
        }
        let written = self.written(name);
        let typed = self.write_tag(name, tag);
        self.typed = self.typed.take().or(typed);
        self.push(name, written, is_item);
    }

    /// Whether an element is of the feed, and not of another vocabulary.
    fn is_own(&self, name: &str) -> bool {
        !self.foreign.contains(&prefix(name))
    }

    fn is_item(&self, name: &str) -> bool {
        root::is_item(name) && self.is_own(name)
    }

    /// What the parser knows an element by.
    fn written(&self, name: &'a str) -> &'a str {
        let plain = local(name);
        let today = self.done.dialect.name(plain);
        let is_renamed = today != plain && self.is_own(name) && self.typed.is_none();
        if is_renamed { today } else { name }
    }

    fn begin_item(&mut self, name: &'a str, tag: &'a str) {
        if let Some(item) = &self.item {
            let depth = item.depth;
            self.mended += 1;
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
            depth: self.open.len(),
        });
    }

    fn end(&mut self, name: &str) {
        if local(name) == "rss" {
            self.open_channel(None);
        }
        if self.names.get(name).copied().unwrap_or_default() == 0 {
            self.mended += usize::from(!is_group(name));
            return;
        }
        loop {
            let matches = self.open.last().is_none_or(|open| open.name == name);
            self.mended += usize::from(!matches);
            self.close_one();
            if matches {
                return;
            }
        }
    }

    fn push(&mut self, name: &'a str, written: &'a str, is_item: bool) {
        *self.names.entry(name).or_default() += 1;
        self.open.push(OpenElement {
            name,
            written,
            is_item,
        });
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close_one();
        }
    }

    fn close_one(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if let Some(count) = self.names.get_mut(open.name) {
            *count = count.saturating_sub(1);
        }
        let depth = self.open.len();
        if let Some(typed) = self.typed.take_if(|typed| typed.depth >= depth) {
            self.write_type(&typed);
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
            self.too_large += 1;
        } else if self.done.items.len() >= MOST_ITEMS {
            self.too_many += 1;
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
        if self.done.dialect == Dialect::Rdf && !has_link(inside) {
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
            is_own: self.is_own(name),
        };
        let is_atom = self.done.dialect == Dialect::Atom && self.typed.is_none();
        let of_atom = || Construct::of(local(name), tag.source);
        let construct = (is_atom && tag.is_own).then(of_atom).flatten();
        tag.open(construct.as_ref(), &mut self.done.text);
        let end = self.done.text.len();
        tag.close(&mut self.done.text);
        let depth = self.open.len();
        construct.map(|construct| TypedText {
            construct,
            end,
            depth,
        })
    }

    /// Writes what was withheld of a text construct.
    fn write_type(&mut self, typed: &TypedText<'a>) {
        let text = &mut self.done.text;
        let tag_end = text.get(typed.end..).and_then(|rest| rest.find('>'));
        let start = typed.end + tag_end.map_or(0, |at| at + 1);
        let inside = text.get(start..).unwrap_or_default();
        let (attributes, is_elsewhere) = typed.construct.attributes(inside);
        if is_elsewhere {
            text.truncate(start);
        }
        text.insert_str(typed.end, &attributes);
    }

    fn finish(mut self) -> Prepared {
        self.cut |= !self.open.is_empty();
        self.open_channel(None);
        if let Some(item) = self.item.take() {
            self.done.text.truncate(item.start);
            self.open.truncate(item.depth);
            self.typed = None;
        }
        self.close_down_to(0);
        self.done.cut = self.cut;
        self.done.warnings = self.warnings();
        self.done
    }

    fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.cut {
            let sentence =
                "the document ends in the middle; it was cut at its last complete article";
            warnings.push(sentence.to_owned());
        }
        let limit = MOST_BYTES_OF_ITEM >> 20;
        if self.beyond {
            let sentence = "beside its articles the document has more than";
            warnings.push(format!("{sentence} {limit} MiB; the rest was left out"));
        }
        let mended = counted(self.mended, "tag was mended", "tags were mended");
        warnings.extend(mended.map(|mended| format!("the document is not well formed; {mended}")));
        let left_out = |count, which: &str| {
            let one = format!("article {which} was left out");
            counted(count, &one, &format!("articles {which} were left out"))
        };
        warnings.extend(left_out(self.too_large, &format!("above {limit} MiB")));
        warnings.extend(left_out(
            self.too_many,
            &format!("after the first {MOST_ITEMS}"),
        ));
        warnings.extend(left_out(self.empty, "without anything inside"));
        warnings
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
