//! A page being filled, line by line.

use std::borrow::Cow;
use std::ops::Range;

use super::glyphs::PageGlyphs;
use super::margin::Margin;
use super::options::LayoutOptions;
use super::spans::frame;
use crate::articles::body::{ArticleBody, Code, Flow, NamedPlace};
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
            TextRole::Literal | TextRole::Formula(_) if marks => "`",
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

    /// Notes places of a block that begins on the line `first`; `lines` are the bytes of its text on each line from there.
    pub(super) fn note_places(
        &mut self,
        places: &[NamedPlace],
        first: usize,
        lines: &[Range<usize>],
    ) {
        for place in places {
            let line = lines.partition_point(|line| line.start <= place.at);
            let line = first + line.saturating_sub(1);
            self.layout.places.push((place.name.clone(), line));
        }
    }

    /// The page, when all is on it, with the links of the article and its formulas.
    pub(super) fn finish(mut self, body: &ArticleBody) -> PageLayout {
        let links = &body.links;
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
        self.layout.links = links.collect();
        self.layout.formulas = self.formulas(&body.formulas);
        self.layout.address.clone_from(&body.address);
        self.layout
    }

    /// Where the formulas stand whose source is not what is shown.
    fn formulas(&self, sources: &[String]) -> Vec<Anchor> {
        let mut anchors: Vec<Anchor> = Vec::new();
        let mut last = None;
        for (at, line) in self.layout.lines.iter().enumerate() {
            for span in &line.spans {
                let TextRole::Formula(number) = span.role else {
                    continue;
                };
                let source = usize::try_from(number).ok().and_then(|at| sources.get(at));
                match (last == Some(number), anchors.last_mut(), source) {
                    (true, Some(anchor), _) => anchor.lines.end = at + 1,
                    (false, _, Some(source)) => anchors.push(Anchor {
                        lines: at..at + 1,
                        level: 0,
                        text: source.clone(),
                        language: Some("TeX".to_owned()),
                    }),
                    _ => continue,
                }
                last = Some(number);
            }
        }
        anchors
    }
}
