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
    for block in &body.blocks {
        let path = body.path(block.inside);
        let gap = before.and_then(|before| before.gap(&path, &block.content, &body.containers));
        if let Some(both) = gap {
            page.line(&mut margins.bars(both), Vec::new());
        }
        draw(&block.content, margins.begin(&path), &mut page);
        before = Some(Before::new(path, &block.content));
    }
    page.finish(&body.links)
}

fn draw(content: &BlockContent, margin: Margin, page: &mut PageBuilder) {
    match content {
        BlockContent::Heading(level, flow) => heading::draw(*level, flow, margin, page),
        BlockContent::Paragraph(flow) => paragraph(flow, margin, page),
        BlockContent::Code(code) => code::draw(code, margin, page),
        BlockContent::Table(table) => table::draw(table, margin, page),
        BlockContent::Rule => rule(margin, page),
    }
}

fn paragraph(flow: &Flow, mut margin: Margin, page: &mut PageBuilder) {
    let flow = page.prepared(flow);
    for range in wrap::wrap(&flow.text, page.room(&margin)) {
        page.line(&mut margin, spans(&flow, range, |role| role));
    }
}

fn rule(mut margin: Margin, page: &mut PageBuilder) {
    let room = page.room(&margin);
    let indent = room.saturating_sub(RULE.len()) / 2;
    let rule = format!("{}{RULE}", " ".repeat(indent));
    let rule = text::truncate_with(&rule, room, "").into_owned();
    page.line(&mut margin, vec![frame(rule)]);
}
