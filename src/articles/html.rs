//! Reads HTML into blocks in one pass over html5ever's tokens: linear in the text's size, whatever is nested in what.

mod attributes;
mod builder;
mod code;
mod containers;
mod embeds;
mod formula;
mod limits;
mod links;
mod media;
mod prose;
mod rouge;
mod style;
mod table;

use std::cell::Cell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::address;
use super::body::ArticleBody;
use builder::{Builder, TokenizerNext};

/// Reads an article; relative links are joined with `base`.
pub(super) fn read(source: &str, base: Option<&str>) -> ArticleBody {
    let builder = Builder::new(address::base(base));
    let sink = BuilderSink {
        builder: Cell::new(Some(Box::new(builder))),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    for piece in pieces(&limits::limit_attributes(source)) {
        input.push_back(StrTendril::from_slice(piece));
        // The sink never asks to be interrupted: nothing to act on.
        drop(tokenizer.feed(&input));
    }
    tokenizer.end();
    let builder = tokenizer.sink.builder.take();
    builder.map(|builder| builder.finish()).unwrap_or_default()
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

/// Where the tokens go. The tokenizer only lends itself, so the builder is taken out and put back for each token.
struct BuilderSink {
    builder: Cell<Option<Box<Builder>>>,
}

impl TokenSink for BuilderSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Some(mut builder) = self.builder.take() else {
            return TokenSinkResult::Continue;
        };
        let next = builder.token(&token);
        self.builder.set(Some(builder));
        match next {
            TokenizerNext::Markup => TokenSinkResult::Continue,
            TokenizerNext::Script => TokenSinkResult::RawData(RawKind::ScriptData),
            TokenizerNext::Raw => TokenSinkResult::RawData(RawKind::Rawtext),
        }
    }
}

#[cfg(test)]
mod tests;
