//! A page being filled, line by line.

use std::borrow::Cow;

use super::glyphs::PageGlyphs;
use super::margin::Margin;
use super::options::LayoutOptions;
use super::spans::frame;
use crate::articles::body::{Code, Flow, LinkTarget};
use crate::articles::{Anchor, Line, Link, PageLayout, TextRole, TextSpan};

/// A page being filled. Only lines added as wide ones may be wider than it.
#[derive(Debug)]
pub(super) struct PageBuilder {
    /// The columns of the page.
    width: usize,
    options: LayoutOptions,
    glyphs: &'static PageGlyphs,
    layout: PageLayout,
}

impl PageBuilder {
    /// An empty page of this many columns.
    pub(super) fn new(width: usize, options: LayoutOptions) -> Self {
        Self {
            width,
            options,
            glyphs: PageGlyphs::of(options.ascii),
            layout: PageLayout::default(),
        }
    }

    /// What frames are drawn with.
    pub(super) const fn glyphs(&self) -> &'static PageGlyphs {
        self.glyphs
    }

    /// Whether lines of code that are too wide are wrapped.
    pub(super) const fn wraps_code(&self) -> bool {
        self.options.wrap_code
    }

    /// The columns beside a margin.
    pub(super) fn room(&self, margin: &Margin) -> usize {
        self.width.saturating_sub(margin.columns()).max(1)
    }

    /// The text with what the options ask to be drawn otherwise.
    pub(super) fn prepared<'f>(&self, flow: &'f Flow) -> Cow<'f, Flow> {
        let LayoutOptions { ascii, marks, .. } = self.options;
        let mark = |role| match role {
            TextRole::Literal if marks => "`",
            TextRole::Deleted if marks => "~~",
            _ => "",
        };
        let other = |role| role == TextRole::Frame && ascii && !flow.text.is_ascii();
        let mut roles = flow.runs.iter().map(|run| run.role);
        if !roles.any(|role| !mark(role).is_empty() || other(role)) {
            return Cow::Borrowed(flow);
        }
        let mut prepared = Flow::default();
        for (piece, run) in flow.pieces(0, flow.text.len()) {
            let piece = match run.role {
                TextRole::Frame if ascii => Cow::Owned(piece.replace('→', "->").replace('•', "*")),
                _ => Cow::Borrowed(piece),
            };
            let mark = mark(run.role);
            prepared.push_exact(&format!("{mark}{piece}{mark}"), run.role, run.link);
        }
        Cow::Owned(prepared)
    }

    /// Adds a line beside a margin.
    pub(super) fn line(&mut self, margin: &mut Margin, spans: Vec<TextSpan>) {
        self.push(margin, spans, false);
    }

    /// Adds a line of a block that scrolls sideways.
    pub(super) fn wide_line(&mut self, margin: &mut Margin, spans: Vec<TextSpan>) {
        self.push(margin, spans, true);
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

    /// The number of the line that comes next, from 0.
    pub(super) const fn next_line(&self) -> usize {
        self.layout.lines.len()
    }

    /// Notes that the lines from `first` on are a heading.
    pub(super) fn note_heading(&mut self, first: usize, level: u8, flow: &Flow) {
        self.layout.headings.push(Anchor {
            lines: first..self.next_line(),
            level,
            text: flow.text.replace('\n', " "),
            language: None,
        });
    }

    /// Notes that the lines from `first` on are code.
    pub(super) fn note_code(&mut self, first: usize, code: &Code) {
        self.layout.code.push(Anchor {
            lines: first..self.next_line(),
            level: 0,
            text: code.to_copy(),
            language: code.language.clone(),
        });
    }

    /// Notes that the lines from `first` on are a table.
    pub(super) fn note_table(&mut self, first: usize) {
        self.layout.tables.push(first..self.next_line());
    }

    /// The page, when all is on it, with the links of the article.
    pub(super) fn finish(self, links: &[LinkTarget]) -> PageLayout {
        let mut first = vec![None; links.len()];
        for (at, line) in self.layout.lines.iter().enumerate() {
            for link in line.spans.iter().filter_map(|span| span.link) {
                if let Some(first) = first.get_mut(link) {
                    first.get_or_insert(at);
                }
            }
        }
        let links = links.iter().zip(first).map(|(target, line)| Link {
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
