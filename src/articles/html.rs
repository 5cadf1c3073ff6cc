//! Reads HTML into blocks in one pass over html5ever's tokens: linear in the text's size, whatever is nested in what.

mod attributes;
mod block_tree;
mod blocks;
mod code;
mod elements;
mod embed;
mod formula;
mod limits;
mod link_targets;
mod mathml;
mod named_places;
mod open_divs;
mod open_text;
mod picture;
mod prose;
mod reader;
mod rouge;
mod skip;
mod style;
mod table;
mod tex;

use std::cell::Cell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::address;
use super::body::ArticleBody;
pub use limits::limit_attributes;
use reader::{HtmlReader, TokenizerNext};

/// Reads an article; relative links are joined with `base`.
pub(super) fn read(source: &str, base: Option<&str>) -> ArticleBody {
    let reader = HtmlReader::new(address::base(base));
    let reader = read_with(Box::new(reader), source);
    reader.map(|reader| reader.finish()).unwrap_or_default()
}

/// Hands the tokens of a text to a reader; gives it back.
fn read_with(reader: Box<HtmlReader>, source: &str) -> Option<Box<HtmlReader>> {
    let sink = ReaderSink {
        reader: Cell::new(Some(reader)),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    for piece in pieces(&limit_attributes(source)) {
        input.push_back(StrTendril::from_slice(piece));
        // The sink never asks to be interrupted: nothing to act on.
        drop(tokenizer.feed(&input));
    }
    tokenizer.end();
    tokenizer.sink.reader.take()
}

/// The most bytes handed to the tokenizer at once, far below what its strings can hold.
const PIECE: usize = 1 << 20;

/// Cuts the text into pieces of about [`PIECE`] bytes.
fn pieces(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Where the tokens go. The tokenizer only lends itself, so the reader is taken out and put back for each token.
struct ReaderSink {
    reader: Cell<Option<Box<HtmlReader>>>,
}

impl TokenSink for ReaderSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Some(mut reader) = self.reader.take() else {
            return TokenSinkResult::Continue;
        };
        let next = reader.token(&token);
        self.reader.set(Some(reader));
        match next {
            TokenizerNext::Markup => TokenSinkResult::Continue,
            TokenizerNext::Script => TokenSinkResult::RawData(RawKind::ScriptData),
            TokenizerNext::Raw => TokenSinkResult::RawData(RawKind::Rawtext),
        }
    }
}

#[cfg(test)]
mod tests;
