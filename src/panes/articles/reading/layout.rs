//! Laying the article out: at once, or, a long one, by a job that the reader need not wait for.

use std::sync::Arc;

use super::ends::Ends;
use super::page::MARGIN;
use crate::articles::{Document, LayoutOptions, PageLayout};
use crate::effect::{Job, Outbox, ReaderJob};
use crate::task::TaskId;

/// What a page is laid out for: columns, and how.
type Measure = (usize, LayoutOptions);

/// An article's text with what stands around it, and how laying it out is doing.
#[derive(Debug)]
pub(super) struct ArticleLayout {
    document: Arc<Document>,
    ends: Ends,
    /// Whether wide code is wrapped.
    wrap: bool,
    /// Whether it is laid out by a job.
    long: bool,
    /// What the page is laid out for.
    made: Option<Measure>,
    /// The job under way, and what for.
    coming: Option<(TaskId, Measure)>,
    /// What it could not be laid out for; that is not tried again.
    failed: Option<Measure>,
}

impl ArticleLayout {
    pub(super) fn new(document: Arc<Document>, ends: Ends) -> Self {
        Self {
            long: document.is_long(),
            document,
            ends,
            wrap: false,
            made: None,
            coming: None,
            failed: None,
        }
    }

    /// Whether the text may be only the beginning of an article.
    pub(super) fn is_short(&self) -> bool {
        self.document.is_short()
    }

    /// Whether wide code is wrapped.
    pub(super) const fn wraps(&self) -> bool {
        self.wrap
    }

    /// Wraps wide code, or lets it run on.
    pub(super) const fn set_wrap(&mut self, wrap: bool) {
        self.wrap = wrap;
    }

    /// Lays the article out for a pane of that many columns, unless it is laid out so already or a job does it; gives
    /// the page when it is a new one.
    pub(super) fn settle(
        &mut self,
        columns: u16,
        ascii: bool,
        out: &mut Outbox<'_>,
    ) -> Option<PageLayout> {
        // Longer lines are hard to read.
        let widest = out.context.reader.width as usize;
        let width = usize::from(columns).saturating_sub(2 * MARGIN).min(widest);
        let options = LayoutOptions {
            wrap_code: self.wrap,
            ascii,
            ..LayoutOptions::default()
        };
        let measure = (width, options);
        if self.made == Some(measure) {
            self.expect(None, out);
        } else if self.long {
            self.ask(measure, out);
        } else {
            let text = self.document.lay_out(width, &options);
            return Some(self.complete(text, measure));
        }
        None
    }

    fn ask(&mut self, measure: Measure, out: &mut Outbox<'_>) {
        let is_coming = self.coming.is_some_and(|(_, of)| of == measure);
        if is_coming || self.failed == Some(measure) {
            return;
        }
        let (width, options) = measure;
        let job = ReaderJob::LayOut(Arc::clone(&self.document), width, options);
        let task = out.spawn(Job::Reader(job));
        self.expect(Some((task, measure)), out);
    }

    /// Waits for another page; the one under way is not wanted any more.
    fn expect(&mut self, coming: Option<(TaskId, Measure)>, out: &mut Outbox<'_>) {
        if let Some((task, _)) = std::mem::replace(&mut self.coming, coming) {
            out.cancel(task);
        }
    }

    /// Whether a page comes from this job.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.coming.is_some_and(|(task, _)| task == id)
    }

    /// Takes the text that a job laid out; gives the page.
    pub(super) fn laid_out(&mut self, text: PageLayout) -> Option<PageLayout> {
        let (_, measure) = self.coming.take()?;
        Some(self.complete(text, measure))
    }

    /// The job could not lay it out.
    pub(super) const fn not_laid_out(&mut self) {
        if let Some((_, measure)) = self.coming.take() {
            self.failed = Some(measure);
        }
    }

    /// The whole page around a text.
    fn complete(&mut self, text: PageLayout, measure: Measure) -> PageLayout {
        let (width, options) = measure;
        self.made = Some(measure);
        self.ends.around(text, width, options.ascii)
    }
}
