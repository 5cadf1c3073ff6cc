//! Lays blocks out in lines of a given width.
//!
//! No line is wider than the page but those of code that is not wrapped. Work is linear in the size of the article.

mod code;
mod gap;
mod glyphs;
mod heading;
mod margin;
mod records;
mod table;
mod wrap;

use std::borrow::Cow;

use super::body::{ArticleBody, Block, BlockContent, Flow};
use super::{Line, Link, PageLayout, TextRole, TextSpan};
use crate::text;
use gap::Before;
use glyphs::PageGlyphs;
use margin::Margin;

/// The narrowest page.
const MIN_WIDTH: usize = 8;
/// The columns of the mark that separates subjects.
const RULE: &str = "* * *";

/// How an article is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LayoutOptions {
    /// Wrap lines of code that are too wide, with a mark, rather than let them scroll sideways.
    pub wrap_code: bool,
    /// Draw bullets, bars and rules in ASCII.
    pub ascii: bool,
    /// Mark code in running text and deleted text with characters, for output without looks.
    pub marks: bool,
}

/// Lays the body of an article out.
pub(super) fn lay_out(body: &ArticleBody, width: usize, options: LayoutOptions) -> PageLayout {
    let mut page = PageBuilder {
        body,
        width: width.max(MIN_WIDTH),
        options,
        glyphs: PageGlyphs::of(options.ascii),
        layout: PageLayout::default(),
        marked: vec![false; body.containers.len()],
    };
    let mut before: Option<Before> = None;
    for block in &body.blocks {
        before = Some(page.block(block, before));
    }
    page.finish()
}

/// A page being filled.
struct PageBuilder<'a> {
    body: &'a ArticleBody,
    /// The columns of the page.
    width: usize,
    options: LayoutOptions,
    glyphs: &'static PageGlyphs,
    layout: PageLayout,
    /// The containers whose marker was drawn.
    marked: Vec<bool>,
}

impl PageBuilder<'_> {
    fn block(&mut self, block: &Block, before: Option<Before>) -> Before {
        let path = self.body.path(block.inside);
        if let Some(before) = before {
            self.gap(&before, &path, &block.content);
        }
        let margin = self.margin(&path);
        match &block.content {
            BlockContent::Heading(level, flow) => self.heading(*level, flow, margin),
            BlockContent::Paragraph(flow) => self.paragraph(flow, margin),
            BlockContent::Code(code) => self.code(code, margin),
            BlockContent::Table(table) => self.table(table, margin),
            BlockContent::Rule => self.rule(margin),
        }
        Before::new(path, &block.content)
    }

    fn paragraph(&mut self, flow: &Flow, mut margin: Margin) {
        let flow = prepared(flow, self.options);
        for range in wrap::wrap(&flow.text, self.room(&margin)) {
            let spans = spans(&flow, range, |role| role);
            self.line(&mut margin, spans);
        }
    }

    fn rule(&mut self, mut margin: Margin) {
        let room = self.room(&margin);
        let indent = room.saturating_sub(RULE.len()) / 2;
        let rule = format!("{}{RULE}", " ".repeat(indent));
        let rule = text::truncate_with(&rule, room, "").into_owned();
        self.line(&mut margin, vec![frame(rule)]);
    }

    /// The columns beside a margin.
    fn room(&self, margin: &Margin) -> usize {
        self.width.saturating_sub(margin.columns).max(1)
    }

    /// Adds a line beside a margin.
    fn line(&mut self, margin: &mut Margin, spans: Vec<TextSpan>) {
        self.push(margin, spans, false);
    }

    fn push(&mut self, margin: &mut Margin, spans: Vec<TextSpan>, wide: bool) {
        let mut line = Vec::with_capacity(spans.len() + 1);
        let mut before = margin.next();
        if spans.is_empty() {
            before.truncate(before.trim_end().len());
        }
        if !before.is_empty() {
            line.push(frame(before));
        }
        line.extend(spans.into_iter().filter(|span| !span.text.is_empty()));
        self.layout.lines.push(Line { spans: line, wide });
    }

    fn finish(self) -> PageLayout {
        let mut first = vec![None; self.body.links.len()];
        for (at, line) in self.layout.lines.iter().enumerate() {
            for link in line.spans.iter().filter_map(|span| span.link) {
                if let Some(first) = first.get_mut(link) {
                    first.get_or_insert(at);
                }
            }
        }
        let links = self.body.links.iter().zip(first);
        let links = links.map(|(target, line)| Link {
            text: target.text.clone(),
            url: target.url.clone(),
            kind: target.kind,
            line: line.unwrap_or_default(),
        });
        PageLayout {
            links: links.collect(),
            ..self.layout
        }
    }
}

/// The spans of a stretch of text.
fn spans(
    flow: &Flow,
    range: std::ops::Range<usize>,
    look: impl Fn(TextRole) -> TextRole,
) -> Vec<TextSpan> {
    let pieces = flow.pieces(range.start, range.end);
    let span = |(text, run): (&str, super::body::TextRun)| TextSpan {
        text: text.replace('\u{a0}', " "),
        role: look(run.role),
        link: run.link,
    };
    pieces.map(span).collect()
}

/// What the program adds.
fn frame(text: impl Into<String>) -> TextSpan {
    TextSpan {
        text: text.into(),
        role: TextRole::Frame,
        link: None,
    }
}

/// The text with what the options ask to be drawn otherwise.
fn prepared(flow: &Flow, options: LayoutOptions) -> Cow<'_, Flow> {
    let mark = |role| match role {
        TextRole::Literal if options.marks => "`",
        TextRole::Deleted if options.marks => "~~",
        _ => "",
    };
    let other = |role| role == TextRole::Frame && options.ascii && !flow.text.is_ascii();
    if !flow
        .runs
        .iter()
        .any(|run| !mark(run.role).is_empty() || other(run.role))
    {
        return Cow::Borrowed(flow);
    }
    let mut prepared = Flow::default();
    for (piece, run) in flow.pieces(0, flow.text.len()) {
        let piece = match run.role {
            TextRole::Frame if options.ascii => {
                Cow::Owned(piece.replace('→', "->").replace('•', "*"))
            }
            _ => Cow::Borrowed(piece),
        };
        let mark = mark(run.role);
        prepared.push_exact(&format!("{mark}{piece}{mark}"), run.role, run.link);
    }
    Cow::Owned(prepared)
}
