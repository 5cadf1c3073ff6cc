//! The article that is read: laid out once per width, and where in it the reader is.

mod place;
mod seeking;
mod seen;
mod setting;

pub(super) use place::ReadingPosition;

use std::sync::Arc;

use super::find::Find;
use super::page::{self, Ends};
use super::{Choice, Over};
use crate::articles::{Anchor, Article, Document, Feed, Line, PageLayout};
use crate::effect::OpenedArticle;
use crate::keys::Keymap;
use setting::LayoutProgress;

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

/// An article and where in it the reader is.
#[derive(Debug)]
pub struct ReadingView {
    /// The article.
    pub article: Article,
    /// The part before it, of an article in parts.
    pub previous: Option<Article>,
    /// The part after it.
    pub next: Option<Article>,
    /// What lies over it.
    pub over: Option<Over>,
    /// Whether wide code is wrapped.
    pub wrap: bool,
    document: Arc<Document>,
    ends: Ends,
    page: PageLayout,
    setting: LayoutProgress,
    /// The words it was opened for.
    opened_for: Vec<String>,
    find: Find,
    /// Where the reader was when the prompt of a find was opened: the first line on screen, and the line jumped to.
    sought_from: Option<(usize, usize)>,
    /// The columns of text on screen.
    columns: usize,
    rows: usize,
    /// The first line on screen.
    top: usize,
    /// The line that was jumped to, else the first on screen.
    at: usize,
    /// The columns that wide lines are moved to the left.
    left: usize,
}

impl ReadingView {
    pub(super) fn new(
        opened: OpenedArticle,
        feeds: &[Feed],
        words: Vec<String>,
        keymap: &Keymap,
    ) -> Self {
        let feed = feeds.iter().find(|feed| feed.id == opened.article.feed);
        let ends = Ends::of(&opened, feed, keymap);
        Self {
            article: opened.article,
            previous: opened.previous,
            next: opened.next,
            over: None,
            wrap: false,
            setting: LayoutProgress::of(&opened.document),
            document: opened.document,
            ends,
            page: PageLayout::default(),
            find: Find::new(words.clone()),
            opened_for: words,
            sought_from: None,
            columns: 0,
            rows: 1,
            top: 0,
            at: 0,
            left: 0,
        }
    }

    /// The lines, headings, code blocks and links, title and end included.
    #[must_use]
    pub const fn page(&self) -> &PageLayout {
        &self.page
    }

    /// The lines on screen, each with its number.
    pub fn visible(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.page
            .lines
            .iter()
            .enumerate()
            .skip(self.top)
            .take(self.rows)
    }

    /// The columns that wide lines are moved to the left.
    #[must_use]
    pub const fn left(&self) -> usize {
        self.left
    }

    /// How much of the article was on screen, in percent.
    #[must_use]
    pub fn percent(&self) -> usize {
        let lines = self.page.lines.len();
        ((self.top + self.rows).min(lines) * 100)
            .checked_div(lines)
            .unwrap_or_default()
    }

    /// Whether the last line is on screen.
    #[must_use]
    pub const fn is_at_end(&self) -> bool {
        self.is_laid_out() && self.top + self.rows >= self.page.lines.len()
    }

    /// Whether the title is on screen.
    #[must_use]
    pub const fn is_at_start(&self) -> bool {
        self.top == 0
    }

    /// The rows of a page; two lines of the last one stay.
    pub(super) const fn page_rows(&self) -> usize {
        let rows = self.rows.saturating_sub(2);
        if rows == 0 { 1 } else { rows }
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.top = self.top.saturating_add_signed(rows).min(self.last_top());
        self.at = self.top;
    }

    /// Moves wide lines sideways by a number of steps.
    pub(super) fn shift(&mut self, steps: isize) {
        let widest = self
            .page
            .lines
            .iter()
            .filter(|line| line.wide)
            .map(page::width)
            .max();
        let last = widest.unwrap_or_default().saturating_sub(SIDE_STEP);
        let columns = steps.saturating_mul(SIDE_STEP.cast_signed());
        self.left = self.left.saturating_add_signed(columns).min(last);
    }

    /// Wraps wide lines, or lets them run on.
    pub(super) const fn toggle_wrap(&mut self) {
        self.wrap = !self.wrap;
        self.left = 0;
    }

    /// Jumps to the next heading or code block, or the one before; says whether there was one.
    pub(super) fn jump(&mut self, code: bool, forwards: bool) -> bool {
        let anchors = if code {
            &self.page.code
        } else {
            &self.page.headings
        };
        let mut starts = anchors.iter().map(|anchor| anchor.lines.start);
        let line = if forwards {
            starts.find(|&line| line > self.at)
        } else {
            starts.rfind(|&line| line < self.at)
        };
        if let Some(line) = line {
            self.go_to(line);
        }
        line.is_some()
    }

    /// Puts a line at the top, as far as that goes.
    pub(super) fn go_to(&mut self, line: usize) {
        self.top = line.min(self.last_top());
        self.at = line;
    }

    /// The fragment of a link that stays within this article.
    pub(super) fn own_fragment<'a>(&self, url: &'a str) -> Option<&'a str> {
        let (address, fragment) = url.split_once('#')?;
        let own = address.is_empty() || Some(address) == self.article.link.as_deref();
        own.then_some(fragment)
    }

    /// Goes to the heading that a fragment names, or to the top; says whether there is such a heading.
    pub(super) fn go_to_fragment(&mut self, fragment: &str) -> bool {
        let wanted = fragment.to_lowercase();
        let mut headings = self.page.headings.iter();
        let line = match wanted.as_str() {
            "" | "top" => Some(0),
            _ => headings
                .find(|heading| page::slug(&heading.text) == wanted)
                .map(|heading| heading.lines.start),
        };
        if let Some(line) = line {
            self.go_to(line);
        }
        line.is_some()
    }

    /// The code block that was jumped to, else the first one on screen.
    #[must_use]
    pub fn code_in_front(&self) -> Option<&Anchor> {
        let end = self.top + self.rows;
        let on_screen = |anchor: &&Anchor| anchor.lines.end > self.top && anchor.lines.start < end;
        let mut seen = self.page.code.iter().filter(on_screen);
        let jumped = seen.clone().find(|anchor| anchor.lines.contains(&self.at));
        jumped.or_else(|| seen.next())
    }

    /// The heading the reader is under: an index into the headings.
    #[must_use]
    pub fn heading_in_front(&self) -> Option<usize> {
        let at = self.at.max(self.top);
        self.page
            .headings
            .iter()
            .rposition(|heading| heading.lines.start <= at)
    }

    pub(super) fn open_outline(&mut self) -> bool {
        let choice = Choice {
            at: self.heading_in_front().unwrap_or_default(),
            count: self.page.headings.len(),
        };
        self.over = (choice.count > 0).then_some(Over::Outline(choice));
        self.over.is_some()
    }

    pub(super) fn open_links(&mut self) -> bool {
        let links = &self.page.links;
        let last = links.len().saturating_sub(1);
        let from = self.at.max(self.top);
        let at = links.iter().position(|link| link.line >= from);
        let choice = Choice {
            at: at.unwrap_or(last),
            count: links.len(),
        };
        self.over = (choice.count > 0).then_some(Over::Links(choice));
        self.over.is_some()
    }

    /// Whether a line on screen is wider than it.
    #[must_use]
    pub fn shows_wide(&self) -> bool {
        self.visible().any(|(_, line)| line.wide)
    }

    /// Scrolls no further than needed to have a line on screen, with some lines around it.
    pub(super) fn show(&mut self, line: usize) {
        let around = self.rows / 4;
        if line < self.top + around || line + around >= self.top + self.rows {
            self.top = line.saturating_sub(self.rows / 3).min(self.last_top());
        }
        self.at = line;
    }

    const fn last_top(&self) -> usize {
        let lines = self.page.lines.len();
        if lines <= self.rows {
            return 0;
        }
        (lines + SLACK).saturating_sub(self.rows)
    }
}
