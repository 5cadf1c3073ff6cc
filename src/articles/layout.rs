//! Lays blocks out in lines of a given width.
//!
//! No line is wider than the page but those of code that is not wrapped. Work is linear in the size of the article.

mod code;
mod gap;
mod glyphs;
mod heading;
mod margin;
mod margins;
mod options;
mod page_builder;
mod records;
mod spans;
mod table;
mod table_grid;
mod wrap;

pub use options::LayoutOptions;

use std::ops::Range;

use super::body::{ArticleBody, BlockContent, Flow};
use super::page::PageLayout;
use crate::text;
use gap::Before;
use margin::Margin;
use margins::Margins;
use page_builder::PageBuilder;
use spans::{frame, spans};

/// The narrowest page.
const MIN_WIDTH: usize = 8;
/// The columns of the mark that separates subjects.
const RULE: &str = "* * *";

/// Lays the body of an article out.
pub(super) fn lay_out(body: &ArticleBody, width: usize, options: LayoutOptions) -> PageLayout {
    let width = width.max(MIN_WIDTH);
    let mut page = PageBuilder::new(width, options);
    let mut margins = Margins::new(&body.containers, width, page.glyphs());
    let mut before: Option<Before> = None;
    for (index, block) in body.blocks.iter().enumerate() {
        let path = body.path(block.inside);
        let gap = before.and_then(|before| before.gap(&path, &block.content, &body.containers));
        if let Some(both) = gap {
            page.line(&mut margins.bars(both), Vec::new());
        }
        let first = page.next_line();
        let lines = draw(&block.content, margins.begin(&path), &mut page);
        page.note_places(body.places_in(index), first, &lines);
        before = Some(Before::new(path, &block.content));
    }
    page.finish(body)
}

/// Draws a block; gives the bytes of its text on each of its lines, where that is running text.
fn draw(content: &BlockContent, margin: Margin, page: &mut PageBuilder) -> Vec<Range<usize>> {
    match content {
        BlockContent::Paragraph(flow) => return paragraph(flow, margin, page),
        BlockContent::Heading(level, flow) => heading::draw(*level, flow, margin, page),
        BlockContent::Code(code) => code::draw(code, margin, page),
        BlockContent::Table(table) => table::draw(table, margin, page),
        BlockContent::Rule => rule(margin, page),
    }
    Vec::new()
}

fn paragraph(flow: &Flow, mut margin: Margin, page: &mut PageBuilder) -> Vec<Range<usize>> {
    let flow = page.prepared(flow);
    let lines = wrap::wrap(&flow.text, page.room(&margin));
    for range in &lines {
        page.line(&mut margin, spans(&flow, range.clone(), |role| role));
    }
    lines
}

fn rule(mut margin: Margin, page: &mut PageBuilder) {
    let room = page.room(&margin);
    let indent = room.saturating_sub(RULE.len()) / 2;
    let rule = format!("{}{RULE}", " ".repeat(indent));
    let rule = text::truncate_with(&rule, room, "").into_owned();
    page.line(&mut margin, vec![frame(rule)]);
}
