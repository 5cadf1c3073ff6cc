//! A tail: the rows of the followed groups, where the reader is among them, and how it stands with the account.

pub(super) mod columns;
pub(super) mod copies;
pub(super) mod filters;
mod folds;
mod histogram_strip;
mod ingest;
mod invocation;
mod layout;
mod line;
mod marks;
mod moves;
mod names;
mod row_order;
mod search;
mod selected;
mod unseen;
mod view_options;
mod viewport;

use crate::panes::Rect;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::effect::{Job, Outbox};
use crate::logs::{
    Bounds, Buffer, Filter, RowId, TailMode, TailStatus, TailTarget, View, function_of,
};
use crate::panes::TailAreas;
use crate::panes::logs::clock::TimeDisplay;
use crate::task::TaskId;
use crate::text;
use filters::Filters;
pub use filters::write as filter_words;
use folds::Folds;
pub use histogram_strip::HistogramStrip;
use layout::{LayoutInput, ScreenLayout};
use line::Drafter;
pub use line::{Rest, ScreenLine, ScreenLineKind};
use marks::RowMarks;
use names::ShortNames;
pub(super) use names::short_names;
pub use row_order::Position;
use row_order::RowOrder;
pub use search::Matches;
use search::PendingSearch;
pub use view_options::TailViewOptions;
use viewport::Viewport;

/// Columns below which times are short and groups have no names.
const NARROW: u16 = 60;

/// A tail and its reader.
#[derive(Debug)]
pub struct Tail {
    /// What is followed.
    pub wanted: TailTarget,
    /// How it stands with the job.
    pub phase: Phase,
    /// The figures of the honesty line, as told last.
    pub standing: Option<TailStatus>,
    /// How the rows are looked at.
    pub look: TailViewOptions,
    buffer: Buffer,
    folds: Folds,
    names: ShortNames,
    filters: Filters,
    /// The row whose stream alone is shown, while it is.
    context: Option<RowId>,
    search: PendingSearch,
    marks: RowMarks,
    viewport: Viewport,
    page: ScreenLayout,
    histogram_strip: HistogramStrip,
    scans: Vec<TaskId>,
    zone: TimeZone,
    body: Rect,
    /// Gaps that were announced, for exports.
    gaps: u64,
}

/// How it stands with the job that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// It works.
    Following(TaskId),
    /// The user stopped it.
    Stopped,
    /// It ended by itself.
    Ended,
    /// It failed; the sentence says why.
    Failed(String),
}

impl Tail {
    /// Follows groups from now on.
    pub(super) fn start(wanted: TailTarget, look: TailViewOptions, out: &mut Outbox<'_>) -> Self {
        let task = out.spawn(Job::Follow(Box::new(wanted.clone())));
        let functions = wanted.groups.iter().filter(|it| function_of(it).is_some());
        let folds = Folds::new(functions.count());
        Self {
            names: ShortNames::new(&wanted.groups),
            phase: Phase::Following(task),
            standing: None,
            look,
            buffer: Buffer::new(Bounds {
                bytes: Bounds::default().bytes.saturating_sub(Folds::BYTES),
                ..Bounds::default()
            }),
            folds,
            filters: Filters::default(),
            context: None,
            search: PendingSearch::default(),
            marks: RowMarks::default(),
            viewport: Viewport::default(),
            page: ScreenLayout::default(),
            histogram_strip: HistogramStrip::default(),
            scans: Vec::new(),
            zone: out.context.zone.clone(),
            body: Rect::new(0, 0, 80, 20),
            gaps: 0,
            wanted,
        }
    }

    /// Begins anew, with other words for `CloudWatch` Logs or after an end; filters, search and look stay.
    pub(super) fn restart(&mut self, out: &mut Outbox<'_>) {
        self.leave(out);
        let filters = std::mem::take(&mut self.filters);
        let search = self.buffer.searched().cloned();
        *self = Self::start(self.wanted.clone(), self.look, out);
        self.filters = filters;
        self.apply_filters(out);
        self.search_for(search, out);
    }

    /// Stops following; the rows stay.
    pub(super) fn stop(&mut self, out: &mut Outbox<'_>) -> bool {
        let Phase::Following(task) = self.phase else {
            return false;
        };
        out.cancel(task);
        self.phase = Phase::Stopped;
        true
    }

    /// The reader goes to other groups: nothing is to be done for these any more.
    pub(super) fn leave(&mut self, out: &mut Outbox<'_>) {
        self.stop(out);
        self.cancel_scans(out);
    }

    /// The lines on the screen.
    #[must_use]
    pub fn lines(&self) -> &[ScreenLine] {
        &self.page.lines
    }

    /// The histogram above them.
    #[must_use]
    pub const fn histogram_strip(&self) -> &HistogramStrip {
        &self.histogram_strip
    }

    /// Whether the newest rows are followed.
    #[must_use]
    pub const fn is_following(&self) -> bool {
        self.viewport.hold().is_none()
    }

    /// The rows that pass the filters.
    #[must_use]
    pub fn rows(&self) -> View<'_> {
        self.buffer.visible()
    }

    /// How many rows there are, whatever the filters say.
    #[must_use]
    pub fn count(&self) -> usize {
        self.buffer.all().len()
    }

    /// How many rows were dropped because there was no room for more.
    #[must_use]
    pub const fn evicted(&self) -> u64 {
        self.buffer.evicted()
    }

    /// The filters, and whether they all are off for now.
    #[must_use]
    pub fn filters(&self) -> (&[Filter], bool) {
        (&self.filters.list, self.filters.all_off)
    }

    /// The filter under the cursor of the list.
    #[must_use]
    pub const fn filter_cursor(&self) -> usize {
        self.filters.cursor
    }

    /// Whether only the rows of one stream are shown.
    #[must_use]
    pub const fn is_in_context(&self) -> bool {
        self.context.is_some()
    }

    /// Whether invocations are folded now: not while filters choose rows one by one.
    #[must_use]
    pub fn is_folding(&self) -> bool {
        self.look.folds && self.buffer.filters().is_empty()
    }

    /// Columns of text left of the screen.
    #[must_use]
    pub const fn sideways(&self) -> usize {
        self.viewport.sideways
    }

    /// The columns of time and of the groups' names, 0 for none.
    #[must_use]
    pub fn gutters(&self) -> (usize, usize) {
        let names = if self.body.width < NARROW {
            0
        } else {
            self.names.columns()
        };
        (self.clock(Timestamp::UNIX_EPOCH).columns(), names)
    }

    /// How many rows of the body show the log.
    #[must_use]
    pub fn height(&self) -> u16 {
        let areas = TailAreas::of(self.body, self.look.histogram, &self.waiting());
        areas.rows.height
    }

    /// What the tail waits for and what to do about it, while it does; else empty.
    #[must_use]
    pub fn waiting(&self) -> String {
        match (&self.phase, self.standing.as_ref().map(|it| &it.mode)) {
            (Phase::Following(_), Some(TailMode::Waiting(why))) => text::sentence(why),
            _ => String::new(),
        }
    }

    /// Works out the screen for the body it is drawn in.
    pub(super) fn settle(&mut self, now: Timestamp, body: Rect) {
        self.body = body;
        let (time, names) = self.gutters();
        let gutter = 3 + gap(time) + gap(names);
        let height = usize::from(self.height());
        let none = ShortNames::default();
        let drafter = Drafter {
            clock: self.clock(now),
            names: if names > 0 { &self.names } else { &none },
            search: self.buffer.searched(),
            wrap: self.look.wrap,
            sideways: self.viewport.sideways,
            columns: usize::from(body.width).saturating_sub(gutter).max(1),
            most: (height / 2).max(4),
        };
        let mut layout = LayoutInput {
            buffer: &self.buffer,
            folds: self.is_folding().then_some(&self.folds),
            drafter,
            height,
        };
        let mut viewport = self.viewport.clone();
        if std::mem::take(&mut self.search.reveals)
            && let Some(hold) = viewport.hold()
            && let Some(sideways) = layout.sideways_to_match(hold.cursor)
        {
            viewport.sideways = sideways;
            layout.drafter.sideways = sideways;
        }
        self.page = layout.page(&mut viewport);
        self.viewport = viewport;
        self.see_page();
        self.histogram_strip =
            HistogramStrip::of(&self.buffer.visible(), self.cursor_time(), body.width);
    }

    fn clock(&self, now: Timestamp) -> TimeDisplay {
        let mark = self
            .marks
            .reference()
            .and_then(|row| self.buffer.brief(row));
        TimeDisplay {
            mode: self.look.time,
            zone: self.zone.clone(),
            mark_ms: mark.map(|brief| brief.time_ms),
            now,
            narrow: self.body.width < NARROW,
        }
    }

    fn lane(&self) -> RowOrder<'_> {
        RowOrder::new(&self.buffer, self.is_folding().then_some(&self.folds))
    }
}

/// Columns with the space after them.
const fn gap(columns: usize) -> usize {
    if columns > 0 { columns + 1 } else { 0 }
}
