//! The page of an article on the screen: its lines, and how far it is scrolled down and sideways.

use super::ends::width;
use super::position::{PagePlace, ScrollPosition};
use super::spot;
use crate::articles::{Anchor, Line, Link, PageLayout, slug};
use crate::text;

/// Blank columns left of the text.
pub const MARGIN: usize = 2;
/// Blank columns right of it.
pub const EDGE: usize = 1;
/// Rows above the text.
pub const HEAD: usize = 1;
/// Rows that may stay blank below the end, so that a notice hides nothing.
const SLACK: usize = 4;
/// The columns of one step sideways.
const SIDE_STEP: usize = 8;

/// A page that was laid out, and what of it is on screen.
#[derive(Debug)]
pub struct ScrolledPage {
    layout: PageLayout,
    /// The columns of text on screen.
    columns: usize,
    /// The rows of text on screen, at least one.
    rows: usize,
    scroll: ScrollPosition,
    /// The columns that wide lines are moved to the left.
    left: usize,
}

/// A link on screen, at the first place where it can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisibleLink {
    /// The row, from the top of the text on.
    pub row: usize,
    /// The column, from the left of the text on.
    pub column: usize,
    /// The link: an index into the links of the page.
    pub link: usize,
}

/// What can be jumped to from one to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::panes::articles) enum Landmark {
    /// A heading.
    Heading,
    /// A code block.
    Code,
}

impl ScrolledPage {
    /// The page before anything was laid out.
    pub(super) fn blank() -> Self {
        Self {
            layout: PageLayout::default(),
            columns: 0,
            rows: 1,
            scroll: ScrollPosition::default(),
            left: 0,
        }
    }

    /// Whether there is a page: one has a title at least.
    #[must_use]
    pub const fn is_laid_out(&self) -> bool {
        !self.layout.lines.is_empty()
    }

    /// The page as it is laid out: lines, headings, code blocks and links, title and end included.
    #[must_use]
    pub const fn layout(&self) -> &PageLayout {
        &self.layout
    }

    /// The headings, top to bottom; the first is the title.
    #[must_use]
    pub const fn headings(&self) -> &[Anchor] {
        self.layout.headings.as_slice()
    }

    /// The links, top to bottom.
    #[must_use]
    pub const fn links(&self) -> &[Link] {
        self.layout.links.as_slice()
    }

    /// The lines on screen, each with its number.
    pub fn visible(&self) -> impl Iterator<Item = (usize, &Line)> {
        let lines = self.layout.lines.iter().enumerate();
        lines.skip(self.scroll.top).take(self.rows)
    }

    /// Whether a line on screen is wider than it.
    #[must_use]
    pub fn shows_wide(&self) -> bool {
        self.visible().any(|(_, line)| line.wide)
    }

    /// The columns that wide lines are moved to the left.
    #[must_use]
    pub const fn left(&self) -> usize {
        self.left
    }

    /// How much of the article was on screen, in percent.
    #[must_use]
    pub fn percent(&self) -> usize {
        let lines = self.layout.lines.len();
        (self.end().min(lines) * 100)
            .checked_div(lines)
            .unwrap_or_default()
    }

    /// Whether the last line is on screen.
    #[must_use]
    pub const fn is_at_end(&self) -> bool {
        self.is_laid_out() && self.end() >= self.layout.lines.len()
    }

    /// Whether the title is on screen.
    #[must_use]
    pub const fn is_at_start(&self) -> bool {
        self.scroll.top == 0
    }

    /// The first line below the screen.
    const fn end(&self) -> usize {
        self.scroll.top + self.rows
    }

    /// The code block that was jumped to, else the first one on screen, else the first formula.
    #[must_use]
    pub fn code_in_front(&self) -> Option<&Anchor> {
        let ScrollPosition { top, at } = self.scroll;
        let on_screen =
            |anchor: &&Anchor| anchor.lines.end > top && anchor.lines.start < self.end();
        let mut seen = self.layout.code.iter().filter(on_screen);
        let jumped = seen.clone().find(|anchor| anchor.lines.contains(&at));
        let formula = self.layout.formulas.iter().find(on_screen);
        jumped.or_else(|| seen.next()).or(formula)
    }

    /// The heading the reader is under: an index into the headings.
    #[must_use]
    pub fn heading_in_front(&self) -> Option<usize> {
        let at = self.line_in_front();
        let mut headings = self.headings().iter();
        headings.rposition(|heading| heading.lines.start <= at)
    }

    /// The first link from where the reader is on, else the last one: an index into the links.
    pub(super) fn link_in_front(&self) -> Option<usize> {
        let from = self.line_in_front();
        let below = self.links().iter().position(|link| link.line >= from);
        below.or_else(|| self.links().len().checked_sub(1))
    }

    fn line_in_front(&self) -> usize {
        self.scroll.at.max(self.scroll.top)
    }

    /// The links that can be seen on screen.
    pub(super) fn links_on_screen(&self) -> Vec<VisibleLink> {
        self.seen_links(self.columns)
    }

    /// The links that can be seen in this many columns of text, not moved or running out of them sideways: each once,
    /// top to bottom.
    #[must_use]
    pub fn seen_links(&self, columns: usize) -> Vec<VisibleLink> {
        let mut seen: Vec<VisibleLink> = Vec::new();
        for (row, (_, line)) in self.visible().enumerate() {
            let moved = if line.wide { self.left } else { 0 };
            let mut begin = 0;
            for span in &line.spans {
                let at = begin;
                begin += text::width(&span.text);
                let column = at.checked_sub(moved).filter(|&column| column < columns);
                let Some((column, link)) = column.zip(span.link) else {
                    continue;
                };
                if seen.iter().all(|seen| seen.link != link) {
                    seen.push(VisibleLink { row, column, link });
                }
            }
        }
        seen
    }

    /// The rows of a page; two lines of the last one stay.
    pub(in crate::panes::articles) const fn page_rows(&self) -> usize {
        let rows = self.rows.saturating_sub(2);
        if rows == 0 { 1 } else { rows }
    }

    /// Scrolls by a number of rows; it stops at the ends.
    pub(in crate::panes::articles) fn scroll(&mut self, rows: isize) {
        let top = self.scroll.top.saturating_add_signed(rows);
        let top = top.min(self.last_top());
        self.scroll = ScrollPosition { top, at: top };
    }

    /// Moves wide lines sideways by a number of steps.
    pub(in crate::panes::articles) fn shift(&mut self, steps: isize) {
        let wide = self.layout.lines.iter().filter(|line| line.wide);
        let widest = wide.map(width).max();
        let last = widest.unwrap_or_default().saturating_sub(SIDE_STEP);
        let columns = steps.saturating_mul(SIDE_STEP.cast_signed());
        self.left = self.left.saturating_add_signed(columns).min(last);
    }

    /// Moves wide lines back to their beginning.
    pub(super) const fn unshift(&mut self) {
        self.left = 0;
    }

    /// Jumps to the next heading or code block, or the one before; says whether there was one.
    pub(in crate::panes::articles) fn jump(&mut self, to: Landmark, forwards: bool) -> bool {
        let anchors = match to {
            Landmark::Heading => &self.layout.headings,
            Landmark::Code => &self.layout.code,
        };
        let at = self.scroll.at;
        let mut starts = anchors.iter().map(|anchor| anchor.lines.start);
        let line = if forwards {
            starts.find(|&line| line > at)
        } else {
            starts.rfind(|&line| line < at)
        };
        self.go_to_some(line)
    }

    /// Goes to the place or the heading that a fragment names, or to the top; says whether there is such a one.
    pub(in crate::panes::articles) fn go_to_fragment(&mut self, fragment: &str) -> bool {
        let mut places = self.layout.places.iter();
        if let Some((_, line)) = places.find(|(name, _)| name == fragment) {
            let line = *line;
            return self.go_to_some(Some(line));
        }
        let wanted = fragment.to_lowercase();
        let mut headings = self.headings().iter();
        let line = match wanted.as_str() {
            "" | "top" => Some(0),
            _ => headings
                .find(|heading| slug(&heading.text) == wanted)
                .map(|heading| heading.lines.start),
        };
        self.go_to_some(line)
    }

    fn go_to_some(&mut self, line: Option<usize>) -> bool {
        if let Some(line) = line {
            self.go_to(line);
        }
        line.is_some()
    }

    /// Puts a line at the top, as far as that goes.
    pub(in crate::panes::articles) fn go_to(&mut self, line: usize) {
        self.scroll.top = line.min(self.last_top());
        self.scroll.at = line;
    }

    /// Scrolls no further than needed to have a line on screen, with some lines around it.
    pub(in crate::panes::articles) fn show(&mut self, line: usize) {
        let around = self.rows / 4;
        if line < self.scroll.top + around || line + around >= self.end() {
            self.scroll.top = line.saturating_sub(self.rows / 3).min(self.last_top());
        }
        self.scroll.at = line;
    }

    /// How far it is scrolled.
    pub(super) const fn position(&self) -> ScrollPosition {
        self.scroll
    }

    /// Scrolls to where the reader was.
    pub(super) const fn return_to(&mut self, position: ScrollPosition) {
        self.scroll = position;
    }

    /// Where the reader is, to come back to.
    pub(super) fn place(&self) -> PagePlace {
        PagePlace::of(self.scroll, &self.layout)
    }

    /// Goes back to where the reader was.
    pub(super) fn go_back_to(&mut self, place: &PagePlace) {
        self.scroll = place.position_on(&self.layout);
    }

    /// Takes the room of a pane of these columns and rows.
    pub(super) fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.rows = usize::from(rows).saturating_sub(HEAD).max(1);
        self.columns = usize::from(columns).saturating_sub(MARGIN + EDGE);
    }

    /// Shows another page of the same article; the text at the top stays there.
    pub(super) fn turn_to(&mut self, layout: PageLayout) {
        let moved = |line| spot::moved(line, &self.layout, &layout);
        self.scroll = self.scroll.map(moved);
        self.layout = layout;
    }

    /// Scrolls back to where there is something to see.
    pub(super) fn stay_within(&mut self) {
        self.scroll.top = self.scroll.top.min(self.last_top());
    }

    const fn last_top(&self) -> usize {
        let lines = self.layout.lines.len();
        if lines <= self.rows {
            return 0;
        }
        (lines + SLACK).saturating_sub(self.rows)
    }
}
