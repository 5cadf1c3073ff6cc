//! The search and the filters at work: older rows are looked through by jobs, what they find comes in parts.

use super::Tail;
use crate::effect::{Job, Outbox, Severity};
use crate::keys::Action;
use crate::logs::{BufferScan, Filter, FilterCondition, Matcher, RowId, ScanResult};
use crate::panes::logs::screens::tail::FILTER_IN;
use crate::task::TaskId;

/// What the reader waits for from the search.
#[derive(Debug, Default)]
pub(super) struct PendingSearch {
    /// Whether the cursor goes to the first match that is found.
    pending: bool,
    /// Whether the screen moves sideways to the match under the cursor when it is worked out next.
    pub(super) reveals: bool,
}

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
    /// Whether a job of this id looks through rows for this tail.
    pub(in crate::panes::logs) fn scans(&self, id: TaskId) -> bool {
        self.scans.contains(&id)
    }

    /// Searches for something else, or for nothing.
    pub(in crate::panes::logs) fn search_for(
        &mut self,
        search: Option<Matcher>,
        out: &mut Outbox<'_>,
    ) {
        if self.buffer.searched() == search.as_ref() {
            return;
        }
        self.search.pending = false;
        let scan = self.buffer.search(search);
        self.scan(scan, out);
    }

    /// What is searched for.
    pub(in crate::panes::logs) fn searched(&self) -> Option<&Matcher> {
        self.buffer.searched()
    }

    /// Goes to a match near the cursor, now or when one is found.
    pub(in crate::panes::logs) fn find_first(&mut self, out: &mut Outbox<'_>) {
        self.search.pending = true;
        self.find_pending();
        if self.search.pending && self.buffer.hits().is_some_and(|hits| hits.is_complete()) {
            self.search.pending = false;
            out.notice(Severity::Info, "No row matches.");
        }
    }

    fn find_pending(&mut self) {
        let found = self.buffer.hits().and_then(|hits| match self.cursor() {
            Some(cursor) if hits.position(cursor.row).is_some() => Some(cursor.row),
            Some(cursor) => hits.before(cursor.row).or_else(|| hits.after(cursor.row)),
            None => hits.last(),
        });
        if let (Some(row), true) = (found, self.search.pending) {
            self.search.pending = false;
            self.go_to_match(row);
        }
    }

    /// Goes to a row that matches; what was found in it comes onto the screen.
    fn go_to_match(&mut self, row: RowId) {
        self.go_to_row(row);
        self.search.reveals = true;
    }

    /// Goes to the next match, or the one before.
    pub(in crate::panes::logs) fn find_next(&mut self, below: bool, out: &mut Outbox<'_>) {
        let Some(hits) = self.buffer.hits() else {
            let key = out.context.keymap.hint(Action::FILTER);
            return out.notice(
                Severity::Info,
                format!("Nothing is searched for; {key} searches."),
            );
        };
        let found = match self.cursor() {
            Some(cursor) if below => hits.after(cursor.row),
            Some(cursor) => hits.before(cursor.row),
            None => hits.last(),
        };
        match found {
            Some(row) => self.go_to_match(row),
            None if hits.is_empty() => out.notice(Severity::Info, "No row matches."),
            None if below => out.notice(Severity::Info, "No match below."),
            None => out.notice(Severity::Info, "No match above."),
        }
    }

    /// How the search stands.
    #[must_use]
    pub fn matches(&self) -> Option<Matches> {
        let (matcher, hits) = self.buffer.searched().zip(self.buffer.hits())?;
        let cursor = self.viewport.hold().map(|hold| hold.cursor.row);
        Some(Matches {
            pattern: matcher.pattern().to_owned(),
            number: cursor
                .and_then(|row| hits.position(row))
                .map(|place| place + 1),
            count: hits.len(),
            is_complete: hits.is_complete(),
        })
    }

    /// Lets the filters count as they are now; the reader stays at the row, or near.
    pub(in crate::panes::logs) fn apply_filters(&mut self, out: &mut Outbox<'_>) {
        let filters = match self.context.and_then(|row| self.stream_of(row)) {
            Some(filters) => filters,
            None => self.filters.effective(),
        };
        if filters != self.buffer.filters() {
            self.cancel_scans(out);
            for scan in self.buffer.filter(filters) {
                self.scan(Some(scan), out);
            }
        }
    }

    /// Adds a filter, or puts it in place of another one.
    pub(in crate::panes::logs) fn put_filter(
        &mut self,
        place: Option<usize>,
        condition: FilterCondition,
        leaves_out: bool,
        out: &mut Outbox<'_>,
    ) {
        self.context = None;
        self.filters.put(place, condition, leaves_out);
        self.apply_filters(out);
    }

    /// Switches all filters off, or on again as they were.
    pub(in crate::panes::logs) fn turn_all_filters(&mut self, out: &mut Outbox<'_>) {
        if self.filters.list.is_empty() {
            let key = out.context.keymap.hint(FILTER_IN);
            return out.notice(
                Severity::Info,
                format!("There is no filter; {key} adds one."),
            );
        }
        self.filters.all_off = !self.filters.all_off;
        self.apply_filters(out);
    }

    /// Changes the filter under the cursor of the list.
    pub(in crate::panes::logs) fn change_filter(
        &mut self,
        change: impl FnOnce(&mut Filter),
        out: &mut Outbox<'_>,
    ) {
        if let Some(filter) = self.filters.selected_mut() {
            change(filter);
            self.filters.all_off = false;
            self.apply_filters(out);
        }
    }

    /// Removes the filter under the cursor of the list.
    pub(in crate::panes::logs) fn remove_filter(&mut self, out: &mut Outbox<'_>) {
        self.filters.remove();
        self.apply_filters(out);
    }

    /// Moves the cursor of the list of filters.
    pub(in crate::panes::logs) fn step_filters(&mut self, rows: isize) {
        self.filters.step(rows);
    }

    fn stream_of(&self, row: RowId) -> Option<Vec<Filter>> {
        let rows = self.buffer.rows(&[row]);
        let source = rows.first()?.source.clone()?;
        let only = |condition| Filter {
            condition,
            leaves_out: false,
            is_on: true,
        };
        Some(vec![
            only(FilterCondition::Group(source.group.to_string())),
            only(FilterCondition::Stream(source.stream.to_string())),
        ])
    }

    /// Shows the row under the cursor among all rows of its stream, or all rows again.
    pub(in crate::panes::logs) fn turn_context(&mut self, out: &mut Outbox<'_>) {
        let cursor = self.hold_cursor();
        self.context = match self.context {
            Some(_) => None,
            None => cursor
                .map(|spot| spot.row)
                .filter(|row| self.stream_of(*row).is_some()),
        };
        self.apply_filters(out);
    }

    fn scan(&mut self, scan: Option<BufferScan>, out: &mut Outbox<'_>) {
        if let Some(scan) = scan {
            self.scans.push(out.spawn(Job::Scan(Box::new(scan))));
        }
    }

    /// Stops looking through rows; for an old question nobody needs the answer.
    pub(super) fn cancel_scans(&mut self, out: &mut Outbox<'_>) {
        for scan in self.scans.drain(..) {
            out.cancel(scan);
        }
    }

    /// Takes a part of what a job found.
    pub(in crate::panes::logs) fn found(
        &mut self,
        id: TaskId,
        found: &ScanResult,
        out: &mut Outbox<'_>,
    ) {
        let is_wanted = self.buffer.found(found);
        self.fold(Vec::new());
        if !is_wanted {
            out.cancel(id);
        }
        if found.is_last {
            self.scans.retain(|scan| *scan != id);
        }
        self.find_pending();
        if found.is_last && self.search.pending && self.scans.is_empty() {
            self.search.pending = false;
            out.notice(Severity::Info, "No row matches.");
        }
    }

    /// A job that looked through rows is over.
    pub(in crate::panes::logs) fn scan_ended(&mut self, id: TaskId) {
        self.scans.retain(|scan| *scan != id);
    }
}
