//! The pass before the XML parser: whatever a server sends becomes XML that is well formed, and nothing that is complete
//! is lost.
//!
//! - Left out: what precedes the root element and follows its end, comments, the document type (and with it every
//!   entity it declares), forbidden control characters.
//! - Mended: bare ampersands, HTML's entities, tags that are not closed or never opened, a missing version, missing
//!   declarations of well-known prefixes.
//! - Cut: a document that ends in the middle, at its last complete item; items that are too large or too many.

use std::collections::HashMap;
use std::ops::Range;

use super::entities;
use super::limits::{MOST_BYTES_OF_ITEM, MOST_ITEMS};
use super::markup::{Piece, Pieces, local};
use super::root;

/// A document that is well formed.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// The document.
    pub(super) text: String,
    /// Where in it the items are.
    pub(super) items: Vec<Range<usize>>,
    /// The start tags around the items, outermost first.
    pub(super) around: Vec<String>,
    /// What was mended or left out, for the user.
    pub(super) warnings: Vec<String>,
}

impl Prepared {
    /// A document with one of the items alone.
    pub(super) fn alone(&self, item: &Range<usize>) -> String {
        let mut text = self.around.concat();
        text.push_str(self.text.get(item.clone()).unwrap_or_default());
        self.close_all(text)
    }

    /// How long the document with this item alone is, in bytes.
    pub(super) fn length_alone(&self, item: &Range<usize>) -> usize {
        let around = self.around.iter().map(|tag| {
            let end = "</>".len() + Piece::Start(tag).name().len();
            tag.len() + end
        });
        around.sum::<usize>() + item.len()
    }

    /// A document with what precedes the items.
    pub(super) fn head(&self) -> String {
        let end = self
            .items
            .first()
            .map_or(self.text.len(), |first| first.start);
        let head = self.text.get(..end).unwrap_or_default().to_owned();
        if self.items.is_empty() {
            head
        } else {
            self.close_all(head)
        }
    }

    /// A document with nothing but what is around the items.
    pub(super) fn bare(&self) -> String {
        self.close_all(self.around.concat())
    }

    fn close_all(&self, mut text: String) -> String {
        for tag in self.around.iter().rev() {
            close(Piece::Start(tag).name(), &mut text);
        }
        text
    }
}

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
struct Open<'a> {
    name: &'a str,
    is_item: bool,
}

/// The item that is being read.
struct Item<'a> {
    name: &'a str,
    start: usize,
    depth: usize,
}

#[derive(Default)]
struct Pass<'a> {
    done: Prepared,
    open: Vec<Open<'a>>,
    /// How many elements of each name are open.
    names: HashMap<&'a str, usize>,
    item: Option<Item<'a>>,
    has_channel: bool,
    mended: usize,
    cut: bool,
    too_large: usize,
    too_many: usize,
    /// Bytes of the items so far.
    inside: usize,
    /// Whether what is around them was too large.
    beyond: bool,
    /// Elements so far.
    elements: usize,
}

impl<'a> Pass<'a> {
    fn open_root(&mut self, root: Piece<'a>) {
        let tag = root::mended(&root);
        self.done.text.push_str(&tag);
        self.push(root.name(), false);
        if matches!(root, Piece::Empty(_)) {
            self.open_channel(None);
            self.close_down_to(0);
        }
        self.done.around.push(tag);
    }

    /// RSS has a channel around everything, whether its author knew or not.
    fn open_channel(&mut self, piece: Option<&Piece<'a>>) {
        let starts = piece.is_none_or(|piece| matches!(piece, Piece::Start(_) | Piece::Empty(_)));
        let of_rss = self.open.len() == 1 && self.open.iter().all(|open| local(open.name) == "rss");
        if starts && of_rss && !self.has_channel {
            self.has_channel = true;
            if piece.is_none_or(|piece| local(piece.name()) != "channel") {
                self.done.text.push_str("<channel>");
                self.push("channel", false);
            }
        }
    }

    fn take(&mut self, piece: Piece<'a>) {
        self.open_channel(Some(&piece));
        if self.is_beyond(&piece) {
            self.beyond = true;
            return;
        }
        match piece {
            Piece::Text(text) => entities::tidy(&text.replace('<', "&lt;"), &mut self.done.text),
            Piece::Verbatim(text) => {
                self.done.text.push_str("<![CDATA[");
                entities::push_allowed(text, &mut self.done.text);
                self.done.text.push_str("]]>");
            }
            Piece::Start(tag) => self.start(&piece, tag),
            // Nothing is in it, and a document has room for a million of them.
            Piece::Empty(_) if root::is_item(piece.name()) || self.is_surplus(&piece) => {}
            Piece::Empty(tag) => self.write_tag(piece.name(), tag),
            Piece::End(_) => self.end(piece.name()),
            Piece::Unfinished => self.cut = true,
            Piece::Doctype(_) | Piece::Aside => {}
        }
    }

    /// Whether a piece is one too much of what is around the items.
    fn is_beyond(&self, piece: &Piece<'a>) -> bool {
        let begins_item = matches!(piece, Piece::Start(_)) && root::is_item(piece.name());
        let around = self.done.text.len() - self.inside;
        let is_content = !begins_item && !matches!(piece, Piece::End(_) | Piece::Unfinished);
        self.item.is_none() && around > MOST_BYTES_OF_ITEM && is_content
    }

    /// Whether an element is left out, its inside not.
    fn is_surplus(&mut self, piece: &Piece<'a>) -> bool {
        self.elements += 1;
        self.elements > MOST_ELEMENTS || is_group(piece.name())
    }

    fn start(&mut self, piece: &Piece<'a>, tag: &'a str) {
        let name = piece.name();
        if self.open.len() >= DEEPEST || self.is_surplus(piece) {
            self.mended += usize::from(!is_group(name));
            return;
        }
        // An item whose end is missing ends where the next one begins.
        let same = self.item.as_ref().is_none_or(|item| item.name == name);
        let is_item = root::is_item(name) && same;
        if is_item {
            self.begin_item(name);
        }
        self.write_tag(name, tag);
        self.push(name, is_item);
    }

    fn begin_item(&mut self, name: &'a str) {
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
                .map(|open| format!("<{}>", open.name));
            self.done.around.extend(inner);
        }
        self.item = Some(Item {
            name,
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

    fn push(&mut self, name: &'a str, is_item: bool) {
        *self.names.entry(name).or_default() += 1;
        self.open.push(Open { name, is_item });
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
        close(open.name, &mut self.done.text);
        if open.is_item
            && let Some(item) = self.item.take()
        {
            self.end_item(&item);
        }
    }

    fn end_item(&mut self, item: &Item<'a>) {
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

    /// A tag with its attributes, each once, quoted as XML wants it.
    fn write_tag(&mut self, name: &str, tag: &str) {
        self.done.text.push('<');
        self.done.text.push_str(name);
        for (key, value) in root::kept(tag) {
            root::write(key, value, &mut self.done.text);
        }
        self.done
            .text
            .push_str(if tag.ends_with("/>") { "/>" } else { ">" });
    }

    fn finish(mut self) -> Prepared {
        self.cut |= !self.open.is_empty();
        self.open_channel(None);
        if let Some(item) = self.item.take() {
            self.done.text.truncate(item.start);
            self.open.truncate(item.depth);
        }
        self.close_down_to(0);
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
        let (mended, large, many) = (self.mended, self.too_large, self.too_many);
        for (count, sentence) in [
            (
                mended,
                format!("the document is not well formed; {mended} tags were mended"),
            ),
            (
                large,
                format!("{large} articles above {limit} MiB were left out"),
            ),
            (
                many,
                format!("{many} articles after the first {MOST_ITEMS} were left out"),
            ),
        ] {
            warnings.extend((count > 0).then_some(sentence));
        }
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

fn close(name: &str, text: &mut String) {
    text.push_str("</");
    text.push_str(name);
    text.push('>');
}

#[cfg(test)]
mod tests;
