//! Laying the article out: at once, or, a long one, by a job that the reader need not wait for.

use std::sync::Arc;

use super::super::spot;
use super::{EDGE, HEAD, MARGIN, ReadingPosition, ReadingView};
use crate::articles::{Document, LayoutOptions, PageLayout};
use crate::effect::{Job, Outbox, ReaderJob};
use crate::task::TaskId;

/// The widest a column of text gets: longer lines are hard to read.
const WIDEST: usize = 88;

/// What a page is laid out for: columns, and how.
type Measure = (usize, LayoutOptions);

/// How laying out is doing.
#[derive(Debug, Default)]
pub(super) struct LayoutProgress {
    /// Whether it is done by a job.
    long: bool,
    /// What the page is laid out for.
    made: Option<Measure>,
    /// The job under way, and what for.
    coming: Option<(TaskId, Measure)>,
    /// What it could not be laid out for; that is not tried again.
    failed: Option<Measure>,
    /// Where to go once there is a page.
    pub(super) aim: Option<Aim>,
}

/// A place on a page that is not there yet.
#[derive(Debug)]
pub(super) enum Aim {
    /// Where the reader was before.
    Place(ReadingPosition),
    /// The heading that a link named.
    Heading(String),
}

impl LayoutProgress {
    pub(super) fn of(document: &Document) -> Self {
        Self {
            long: document.is_long(),
            ..Self::default()
        }
    }
}

impl ReadingView {
    /// Lays the article out for a pane of these columns and rows, unless it is laid out so already or a job does it.
    pub(in crate::panes::articles) fn settle(
        &mut self,
        (columns, rows): (u16, u16),
        ascii: bool,
        out: &mut Outbox<'_>,
    ) {
        self.rows = usize::from(rows).saturating_sub(HEAD).max(1);
        self.columns = usize::from(columns).saturating_sub(MARGIN + EDGE);
        let width = usize::from(columns).saturating_sub(2 * MARGIN).min(WIDEST);
        let options = LayoutOptions {
            wrap_code: self.wrap,
            ascii,
            ..LayoutOptions::default()
        };
        let measure = (width, options);
        if self.setting.made == Some(measure) {
            self.expect(None, out);
        } else if self.setting.long {
            self.ask(measure, out);
        } else {
            let text = self.document.lay_out(width, &options);
            self.turn_to(text, measure);
        }
        self.top = self.top.min(self.last_top());
    }

    fn ask(&mut self, measure: Measure, out: &mut Outbox<'_>) {
        let is_coming = self.setting.coming.is_some_and(|(_, of)| of == measure);
        if is_coming || self.setting.failed == Some(measure) {
            return;
        }
        let (width, options) = measure;
        let job = ReaderJob::LayOut(Arc::clone(&self.document), width, options);
        let task = out.spawn(Job::Reader(job));
        self.expect(Some((task, measure)), out);
    }

    /// Waits for another page; the one under way is not wanted any more.
    fn expect(&mut self, coming: Option<(TaskId, Measure)>, out: &mut Outbox<'_>) {
        if let Some((task, _)) = std::mem::replace(&mut self.setting.coming, coming) {
            out.cancel(task);
        }
    }

    /// Whether the page comes from this job.
    pub(in crate::panes::articles) fn awaits(&self, id: TaskId) -> bool {
        self.setting.coming.is_some_and(|(task, _)| task == id)
    }

    /// Takes the page that a job laid out.
    pub(in crate::panes::articles) fn laid_out(&mut self, text: PageLayout) {
        if let Some((_, measure)) = self.setting.coming.take() {
            self.turn_to(text, measure);
        }
    }

    /// The job could not lay it out.
    pub(in crate::panes::articles) fn not_laid_out(&mut self) {
        if let Some((_, measure)) = self.setting.coming.take() {
            self.setting.failed = Some(measure);
        }
    }

    /// Whether there is a page.
    #[must_use]
    pub const fn is_laid_out(&self) -> bool {
        self.setting.made.is_some()
    }

    /// Shows another page of the same article; the text at the top stays there.
    fn turn_to(&mut self, text: PageLayout, measure: Measure) {
        let (width, options) = measure;
        let page = self.ends.around(text, width, options.ascii);
        let moved = |line| spot::moved(line, &self.page, &page);
        (self.top, self.at) = (moved(self.top), moved(self.at));
        self.sought_from = self.sought_from.map(|(top, at)| (moved(top), moved(at)));
        self.page = page;
        let first = self.setting.made.replace(measure).is_none();
        self.find.look_through(&self.page.lines);
        if first {
            self.begin();
        }
    }

    /// Goes to where reading begins: where the reader was, what a link named, the words searched for, else the top.
    fn begin(&mut self) {
        if let Some(line) = self.find.current().map(|hit| hit.line) {
            self.show(line);
        }
        match self.setting.aim.take() {
            Some(Aim::Place(place)) => {
                self.go_back_to(&place);
                self.find.begin_at(self.at);
            }
            Some(Aim::Heading(fragment)) => {
                // Without such a heading the top is as good a beginning.
                self.go_to_fragment(&fragment);
            }
            None => {}
        }
    }

    /// The article from the heading on that the fragment of a link names.
    pub(in crate::panes::articles) fn at_fragment_of(mut self, url: &str) -> Self {
        let fragment = url.split_once('#').map(|(_, fragment)| fragment);
        self.setting.aim = fragment.map(|fragment| Aim::Heading(fragment.to_owned()));
        self
    }
}
