//! A tail: the rows of the followed groups, where the reader is among them, and how it stands with the account.

mod bundles;
pub(super) mod columns;
pub(super) mod copies;
pub(super) mod filters;
mod first_paint;
mod folds;
mod follow_job;
pub(super) mod following;
pub(super) mod highlights;
mod histogram_strip;
mod invocation;
pub(super) mod jumps;
mod layout;
mod line;
mod marks;
pub(super) mod message;
mod moves;
mod names;
mod reader;
mod row_order;
mod rows;
mod run_marks;
mod scans;
mod search;
mod selected;
mod view_options;
mod viewport;

use crate::panes::Rect;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::logs::statistics::RunVersion;
use crate::logs::{Home, TailTarget, Tailing};
use crate::panes::TailAreas;
use crate::panes::logs::SavedLists;
use crate::panes::logs::clock::{TimeDisplay, TimeMode};
pub use filters::{Filters, write as filter_words};
pub use follow_job::{FollowJob, Phase};
pub use highlights::{Highlights, SetApart};
pub use histogram_strip::HistogramStrip;
use layout::LayoutInput;
use line::Drafter;
pub use line::{Rest, ScreenLine, ScreenLineKind};
use names::ShortNames;
pub(super) use names::short_names;
pub use reader::TailReader;
pub use row_order::Position;
use row_order::RowOrder;
pub use rows::TailRows;
use run_marks::RunMarks;
use scans::RowScans;
pub use search::Matches;
use selected::SelectedRows;
pub use view_options::TailViewOptions;

/// Body rows from which on the histogram always has a row for times.
const AXIS_FROM: u16 = 30;

/// A tail and its reader.
#[derive(Debug)]
pub struct Tail {
    /// The run whose rows these are, where no others are told.
    pub of_run: Option<String>,
    /// How the rows are looked at.
    pub look: TailViewOptions,
    /// The terms that are set apart in the rows.
    pub highlights: Highlights,
    /// How many fields the rows of the followed groups do not show because the user hid them.
    pub hidden_fields: usize,
    marks: RunMarks,
    zone: TimeZone,
    job: FollowJob,
    rows: TailRows,
    filters: Filters,
    scans: RowScans,
    reader: TailReader,
}

impl Tail {
    /// Follows groups from now on; what they are called depends on where the session works.
    pub(super) fn start(
        target: TailTarget,
        look: TailViewOptions,
        home: Option<Home>,
        out: &mut Outbox<'_>,
    ) -> Self {
        let job = Job::Follow(Box::new(target.clone()));
        Self::begin(target, job, look, home, out)
    }

    /// Shows what a job tells, of a target that is followed from here when the user wants that.
    pub(super) fn begin(
        target: TailTarget,
        job: Job,
        look: TailViewOptions,
        home: Option<Home>,
        out: &mut Outbox<'_>,
    ) -> Self {
        let mut tail = Self {
            of_run: None,
            look,
            marks: RunMarks::default(),
            zone: out.context.zone.clone(),
            rows: TailRows::new(&target.groups, home, out.context.log_bounds),
            job: FollowJob::start(target, job, out),
            filters: Filters::default(),
            highlights: Highlights::default(),
            hidden_fields: 0,
            scans: RowScans::default(),
            reader: TailReader::default(),
        };
        tail.look_around(out);
        tail
    }

    /// Begins anew, with other words for `CloudWatch` Logs; filters, search and look stay.
    pub(super) fn begin_anew(
        &mut self,
        change: impl FnOnce(&mut TailTarget),
        out: &mut Outbox<'_>,
    ) {
        self.leave(out);
        let mut target = self.job.target().clone();
        change(&mut target);
        let search = self.rows.searched().cloned();
        let home = self.rows.home().cloned();
        let anew = Self::start(target, self.look, home, out);
        let before = std::mem::replace(self, anew);
        self.filters = before.filters;
        self.highlights = before.highlights;
        self.change_filters(Filters::leave_alone, out);
        self.search_for(search, out);
    }

    /// Stops following, the rows stay; says whether anything was followed.
    pub(super) fn stop(&mut self, out: &mut Outbox<'_>) -> bool {
        self.job.stop(out)
    }

    /// The reader goes to other groups: nothing is to be done for these any more.
    pub(super) fn leave(&mut self, out: &mut Outbox<'_>) {
        self.stop(out);
        self.scans.cancel(out);
    }

    /// What is followed, and how it stands with the job that does it.
    #[must_use]
    pub const fn job(&self) -> &FollowJob {
        &self.job
    }

    /// The rows.
    #[must_use]
    pub const fn rows(&self) -> &TailRows {
        &self.rows
    }

    /// The filters the user made.
    #[must_use]
    pub const fn filters(&self) -> &Filters {
        &self.filters
    }

    /// The reader and their screen.
    #[must_use]
    pub const fn reader(&self) -> &TailReader {
        &self.reader
    }

    /// The reader, for what needs no other rows.
    pub(super) const fn reader_mut(&mut self) -> &mut TailReader {
        &mut self.reader
    }

    /// Marks the rows of tuning runs that had these versions; where all rows are of one run, none is.
    pub(super) fn mark_runs(&mut self, versions: &[RunVersion], home: Option<&Home>) {
        if self.of_run.is_none() {
            let groups = &self.job.target().groups;
            self.marks = RunMarks::of(versions, groups, self.rows.home().or(home));
        }
    }

    /// Takes a report of the job that follows.
    pub(super) fn take_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Tail(told) => match *told {
                Tailing::Events(events) => {
                    if self.job.take_groups(&events) {
                        self.rows.call_groups(&self.job.target().groups);
                    }
                    self.rows.take(events);
                    following::keep_up(self, out);
                }
                Tailing::Opened if self.job.target().since.is_none() => {
                    first_paint::rule(&mut self.rows, out);
                }
                // The buffer puts every row in its place, whenever it comes.
                Tailing::Opened => {}
                Tailing::Marker(marker) => {
                    self.job.count_gap(&marker);
                    self.rows.rule(&marker);
                }
                Tailing::Status(status) => self.job.take_status(status),
            },
            JobReport::Done => self.job.end(Phase::Ended),
            JobReport::Cancelled => self.job.end(Phase::Stopped),
            JobReport::Failed(why) => {
                // Without a row the sentence stands in their place.
                if self.rows.count() > 0 {
                    out.notice(Severity::Error, why.clone());
                }
                self.job.end(Phase::Failed(why.sentence));
            }
            _ => {}
        }
    }

    /// How many rows came since the reader stopped and stand below all that was on the screen since; a folded
    /// invocation is one.
    #[must_use]
    pub fn new_rows(&self) -> usize {
        self.reader.new_rows(self.order())
    }

    /// Whether a place is selected.
    #[must_use]
    pub fn is_selected(&self, spot: Position) -> bool {
        self.selected().is_some_and(|it| it.contains(spot))
    }

    /// The selected rows; nothing without a selection.
    pub(super) fn selected(&self) -> Option<SelectedRows<'_>> {
        self.reader.selected(self.order())
    }

    /// The columns of time and of the groups' names, 0 for none.
    #[must_use]
    pub fn gutters(&self) -> (usize, usize) {
        let names = if self.reader.is_narrow() {
            0
        } else {
            self.rows.names().columns()
        };
        (self.clock(Timestamp::UNIX_EPOCH).columns(), names)
    }

    /// The parts of a body it is drawn in. The histogram has a row for times where there is room or it has the focus, and
    /// one for counts while it has.
    #[must_use]
    pub fn areas(&self, body: Rect) -> TailAreas {
        let histogram = match (self.look.histogram, self.reader.is_on_histogram()) {
            (_, true) => 3,
            (true, false) => 1 + u16::from(body.height >= AXIS_FROM),
            (false, false) => 0,
        };
        TailAreas::of(body, histogram, &self.job.waiting())
    }

    /// A time in Unix milliseconds as the rows tell it: local or UTC.
    #[must_use]
    pub fn zoned(&self, time_ms: i64) -> Option<Zoned> {
        let at = Timestamp::from_millisecond(time_ms).ok()?;
        let zone = match self.look.time {
            TimeMode::Local => self.zone.clone(),
            _ => TimeZone::UTC,
        };
        Some(at.to_zoned(zone))
    }

    /// Where a held reader is: the number of the row under the cursor, counted from 1, of how many, and the time of the
    /// top row in Unix milliseconds.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize, Option<i64>)> {
        let cursor = self.reader.held()?;
        let order = self.order();
        let top = self.reader.lines().first();
        let row = order.count_to(order.head(cursor.row));
        Some((row, order.count(), order.time_ms(top?.spot.row)))
    }

    /// Works out the screen for the body it is drawn in.
    pub(super) fn settle(&mut self, now: Timestamp, body: Rect, saved: &SavedLists) {
        self.reader.put_body(body);
        let groups = self.job.target().groups.iter();
        self.hidden_fields = groups.map(|it| saved.hidden_fields(it).len()).sum();
        let (time, names) = self.gutters();
        let gutter = 3 + gap(time) + gap(names);
        let height = usize::from(self.areas(self.reader.body()).rows.height);
        let none = ShortNames::default();
        let drafter = Drafter {
            runs: &self.marks,
            clock: self.clock(now),
            names: if names > 0 { self.rows.names() } else { &none },
            search: self.rows.searched(),
            terms: &self.highlights,
            saved,
            wrap: self.look.wrap,
            sideways: self.reader.sideways(),
            columns: usize::from(body.width).saturating_sub(gutter).max(1),
            most: (height / 2).max(4),
        };
        self.reader.settle(LayoutInput {
            order: self.rows.order(self.look.folds),
            drafter,
            height,
        });
    }

    fn clock(&self, now: Timestamp) -> TimeDisplay {
        let mark = self.reader.marks().reference();
        TimeDisplay {
            mode: self.look.time,
            zone: self.zone.clone(),
            mark_ms: mark.and_then(|row| self.order().time_ms(row)),
            now,
            narrow: self.reader.is_narrow(),
            delay: self.look.delay,
        }
    }

    /// The rows as they stand under each other.
    pub(super) fn order(&self) -> RowOrder<'_> {
        self.rows.order(self.look.folds)
    }
}

/// Columns with the space after them.
const fn gap(columns: usize) -> usize {
    if columns > 0 { columns + 1 } else { 0 }
}
