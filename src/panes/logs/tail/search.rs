//! The search and the filters at work: the rows pass or match as jobs look through them, and the reader goes to matches.

use super::filters::ShownAlone;
use super::{Filters, Tail, TailReader};
use crate::effect::{JobReport, Outbox, Severity};
use crate::logs::{Matcher, RowId, ScanResult};
use crate::task::TaskId;

/// How the search stands, for the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matches {
    /// What is searched for.
    pub pattern: String,
    /// The number of the match under the cursor, counted from 1.
    pub number: Option<usize>,
    /// Matches found so far.
    pub count: usize,
    /// Whether all rows were looked through.
    pub is_complete: bool,
}

impl Tail {
    /// Whether a job of this id works for this tail.
    pub(in crate::panes::logs) fn awaits(&self, id: TaskId) -> bool {
        self.job().is_task(id) || self.scans.has(id)
    }

    /// Searches for something else, or for nothing.
    pub(in crate::panes::logs) fn search_for(
        &mut self,
        search: Option<Matcher>,
        out: &mut Outbox<'_>,
    ) {
        if self.rows.searched() == search.as_ref() {
            return;
        }
        self.scans.await_nothing();
        if let Some(scan) = self.rows.search(search) {
            self.scans.start(scan, out);
        }
    }

    /// Goes to a match near the cursor, now or when one is found.
    pub(in crate::panes::logs) fn find_first(&mut self, out: &mut Outbox<'_>) {
        self.scans.await_match();
        self.go_to_awaited_match();
        let hits = self.rows.hits();
        if hits.is_some_and(|hits| hits.is_complete()) {
            self.give_up_match(out);
        }
    }

    /// Goes to a match near the cursor if one is waited for and was found.
    fn go_to_awaited_match(&mut self) {
        let hits = self.rows.hits();
        let found = hits.and_then(|hits| match self.reader.cursor() {
            Some(cursor) if hits.position(cursor.row).is_some() => Some(cursor.row),
            Some(cursor) => hits.before(cursor.row).or_else(|| hits.after(cursor.row)),
            None => hits.last(),
        });
        if let Some(row) = found.filter(|_| self.scans.awaits_match()) {
            self.scans.await_nothing();
            self.go_to_match(row);
        }
    }

    /// Waits for no match any more; says that there is none if one was waited for.
    fn give_up_match(&mut self, out: &mut Outbox<'_>) {
        if self.scans.awaits_match() {
            self.scans.await_nothing();
            out.notice(Severity::Info, "No event matches.");
        }
    }

    /// Goes to a row that matches; what was found in it comes onto the screen.
    pub(in crate::panes::logs) fn go_to_match(&mut self, row: RowId) {
        self.go_to_row(row);
        self.reader.reveal_match();
    }

    /// How the search stands.
    #[must_use]
    pub fn matches(&self) -> Option<Matches> {
        let (matcher, hits) = self.rows.searched().zip(self.rows.hits())?;
        let held = self.reader.held();
        Some(Matches {
            pattern: matcher.pattern().to_owned(),
            number: held
                .and_then(|spot| hits.position(spot.row))
                .map(|place| place + 1),
            count: hits.len(),
            is_complete: hits.is_complete(),
        })
    }

    /// Changes the filters and lets them count as they are now; the reader stays at the row, or near.
    pub(in crate::panes::logs) fn change_filters(
        &mut self,
        change: impl FnOnce(&mut Filters),
        out: &mut Outbox<'_>,
    ) {
        change(&mut self.filters);
        let filters = self.filters.effective();
        if filters != self.rows.buffer().filters() {
            self.scans.cancel(out);
            for scan in self.rows.filter(filters) {
                self.scans.start(scan, out);
            }
        }
        self.look_around(out);
    }

    /// Looks for the rows around those that pass, once these are known, not where the rows are one stream's anyway; and
    /// without those for alike neighbours.
    pub(in crate::panes::logs) fn look_around(&mut self, out: &mut Outbox<'_>) {
        let lines = if self.filters.is_in_context() {
            0
        } else {
            self.look.around
        };
        let around = self.rows.look_around(lines);
        let alike = self.look.alike && lines == 0;
        let alike = self.rows.look_alike(alike, self.look.folds);
        for scan in around.into_iter().chain(alike) {
            self.scans.start(scan, out);
        }
    }

    /// Shows the row under the cursor among all rows of its stream, or all rows again.
    pub(in crate::panes::logs) fn toggle_context(&mut self, out: &mut Outbox<'_>) {
        let cursor = self.move_reader(TailReader::hold_cursor);
        let stream = cursor.and_then(|cursor| self.rows.stream_of(cursor.row));
        let rows = stream.filter(|_| !self.filters.is_in_context());
        let rows = rows.map(ShownAlone::Stream);
        self.change_filters(|filters| filters.show_alone(rows), out);
    }

    /// Takes the report of a job that looks through rows.
    pub(in crate::panes::logs) fn take_scan_report(
        &mut self,
        id: TaskId,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) {
        match report {
            JobReport::Found(found) => self.take_found(id, &found, out),
            JobReport::Failed(why) => {
                self.scans.end(id);
                out.notice(Severity::Error, why);
            }
            _ => self.scans.end(id),
        }
    }

    /// Takes a part of what a job found.
    fn take_found(&mut self, id: TaskId, found: &ScanResult, out: &mut Outbox<'_>) {
        if !self.rows.take_found(found) {
            out.cancel(id);
        }
        if found.is_last {
            self.scans.end(id);
            self.look_around(out);
        }
        self.go_to_awaited_match();
        if found.is_last && self.scans.is_empty() {
            self.give_up_match(out);
        }
    }
}
