//! The rows of a tail: the events that came, the invocations they tell of, the names of their groups.
//!
//! What is known of invocations keeps step with the buffer: whatever drops rows hides and shows others at once.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::folds::{FoldChange, Folds};
use super::names::ShortNames;
use super::row_order::RowOrder;
use crate::lambda::MemoryMb;
use crate::logs::statistics::{is_version, version_of};
use crate::logs::{
    Bounds, Buffer, BufferScan, Filter, Home, LeadsAmong, LogEvent, Marker, Matcher, RowId,
    ScanResult, StreamId, View, function_of,
};

/// The rows of the followed groups.
#[derive(Debug)]
pub struct TailRows {
    buffer: Buffer,
    folds: Folds,
    names: ShortNames,
    /// The rows whose alike neighbours stand under them.
    unfolded_leads: HashSet<RowId>,
}

impl TailRows {
    /// No row yet of these groups; what is known of invocations is within the bounds too.
    pub(super) fn new(groups: &[String], home: Option<Home>, bounds: Bounds) -> Self {
        let functions = groups.iter().filter(|it| function_of(it).is_some());
        Self {
            buffer: Buffer::new(Bounds {
                bytes: bounds.bytes.saturating_sub(Folds::BYTES),
                ..bounds
            }),
            folds: Folds::new(functions.count()),
            names: ShortNames::new(groups, home),
            unfolded_leads: HashSet::new(),
        }
    }

    /// There are more groups: what each is called may change.
    pub(super) fn call_groups(&mut self, groups: &[String]) {
        self.names = ShortNames::new(groups, self.names.home().cloned());
    }

    /// Takes events that came.
    pub(super) fn take(&mut self, events: Vec<LogEvent>) {
        let mut changes = Vec::new();
        for (row, event) in &self.buffer.append(events).rows {
            if function_of(&event.group).is_some() {
                self.folds.take(*row, event, &mut changes);
            }
        }
        self.fold(changes);
    }

    /// Hides and shows rows as their invocations want it, and forgets those of rows that were dropped just now.
    fn fold(&mut self, mut changes: Vec<FoldChange>) {
        self.folds.forget(self.buffer.dropped(), &mut changes);
        for change in changes {
            self.buffer.hide(change.row, change.hidden);
        }
    }

    /// Puts a mark between the rows.
    pub(super) fn rule(&mut self, marker: &Marker) {
        self.buffer.rule(marker);
        self.fold(Vec::new());
    }

    /// Lets other filters count; tells what is to be looked through for them.
    pub(super) fn filter(&mut self, filters: Vec<Filter>) -> Vec<BufferScan> {
        self.buffer.filter(filters)
    }

    /// Searches for something else, or for nothing; tells what is to be looked through for it.
    pub(super) fn search(&mut self, search: Option<Matcher>) -> Option<BufferScan> {
        self.buffer.search(search)
    }

    /// Shows up to so many rows around each that passes the filters; tells what is to be looked through for it.
    pub(super) fn look_around(&mut self, lines: usize) -> Option<BufferScan> {
        self.buffer.look_around(lines)
    }

    /// Whether alike neighbours are folded into one row.
    #[must_use]
    pub fn folds_alike(&self) -> bool {
        self.buffer.leads().is_some()
    }

    /// Whether rows around those that pass the filters are known and shown.
    #[must_use]
    pub fn shows_around(&self) -> bool {
        self.buffer.surrounded().is_some()
    }

    /// Takes a part of what a scan found; says whether more of it is wanted.
    pub(super) fn take_found(&mut self, found: &ScanResult) -> bool {
        let is_wanted = self.buffer.found(found);
        self.fold(Vec::new());
        is_wanted
    }

    /// Folds alike neighbours into one row, or no longer; tells what is to be looked through for it. Not where rows around
    /// others are shown.
    pub(super) fn look_alike(&mut self, alike: bool, folds: bool) -> Option<BufferScan> {
        let among = match self.folds(folds) {
            Some(_) => LeadsAmong::Shown,
            None => LeadsAmong::Visible,
        };
        self.buffer.look_alike(alike.then_some(among))
    }

    /// Unfolds or folds the invocation or the alike neighbours a row stands for.
    pub(super) fn set_unfolded(&mut self, row: RowId, unfolded: bool, folds: bool) {
        let folds = self.folds(folds);
        if folds.is_some_and(|folds| folds.heads(row).is_some()) {
            self.folds.set_unfolded(row, unfolded);
        } else if unfolded {
            self.unfolded_leads.insert(row);
        } else {
            self.unfolded_leads.remove(&row);
        }
    }

    /// The rows that pass the filters.
    #[must_use]
    pub fn visible(&self) -> View<'_> {
        self.buffer.visible()
    }

    /// What is searched for.
    pub(in crate::panes::logs) const fn searched(&self) -> Option<&Matcher> {
        self.buffer.searched()
    }

    /// The rows the search has found, while there is one.
    pub(in crate::panes::logs) fn hits(&self) -> Option<View<'_>> {
        self.buffer.hits()
    }

    /// How many rows there are, whatever the filters say.
    #[must_use]
    pub fn count(&self) -> usize {
        self.buffer.all().len()
    }

    /// How many events pass the filters, and how many there are: the rows without the markers.
    #[must_use]
    pub fn event_counts(&self) -> (usize, usize) {
        let events = |rows: usize| rows.saturating_sub(self.buffer.markers());
        (events(self.visible().len()), events(self.count()))
    }

    /// The versions of functions that rows came from, ascending, `$LATEST` last. Streams of other makers tell none.
    pub(in crate::panes::logs) fn versions(&self) -> Vec<&str> {
        let streams = self.buffer.streams();
        let named = streams.filter_map(|it| version_of(&it.stream));
        let mut versions: Vec<&str> = named.filter(|it| is_version(it)).collect();
        versions.sort_unstable_by_key(|it| (it.parse().unwrap_or(u64::MAX), *it));
        versions.dedup();
        versions
    }

    /// The time of the oldest row in Unix milliseconds, whatever the filters say.
    pub(in crate::panes::logs) fn oldest_ms(&self) -> Option<i64> {
        let oldest = self.buffer.all().row_at(0)?;
        Some(self.buffer.brief(oldest)?.time_ms)
    }

    /// How many rows were dropped because there was no room for more.
    #[must_use]
    pub const fn evicted(&self) -> u64 {
        self.buffer.evicted()
    }

    /// The invocations, if they are to be folded and can be: not while filters choose rows one by one.
    pub(super) fn folds(&self, wanted: bool) -> Option<&Folds> {
        (wanted && self.buffer.filters().is_empty()).then_some(&self.folds)
    }

    /// The request id of the invocation a row belongs to.
    pub(super) fn invocation_of(&self, row: RowId) -> Option<String> {
        let head = self.folds.head(row)?;
        self.folds
            .heads(head)?
            .request_id
            .as_deref()
            .map(str::to_owned)
    }

    /// The memory sizes that the reports of the invocations name, in megabytes, ascending.
    pub(in crate::panes::logs) fn memory_sizes(&self) -> Vec<u32> {
        let reports = self.folds.invocations().filter_map(|it| it.report.as_ref());
        let sizes: BTreeSet<u32> = reports.filter_map(|report| report.memory_mb).collect();
        sizes.into_iter().collect()
    }

    /// The memory size that the invocation of a row ran out of, if it did.
    pub(in crate::panes::logs) fn too_small(&self, row: RowId) -> Option<MemoryMb> {
        let head = self.folds.head(row)?;
        self.folds.heads(head)?.ran_out_of()
    }

    /// The rows of the invocation that a row belongs to, in order of arrival, at most so many.
    pub(in crate::panes::logs) fn of_invocation(&self, row: RowId, most: usize) -> Vec<RowId> {
        self.folds.members(row).take(most).collect()
    }

    /// The rows of the invocations whose request ids match.
    pub(super) fn rows_of(&self, matcher: &Matcher) -> BTreeSet<RowId> {
        self.folds.rows_of(|id| matcher.is_match(id))
    }

    /// The rows as they stand under each other.
    pub(super) fn order(&self, folds: bool) -> RowOrder<'_> {
        RowOrder::new(&self.buffer, self.folds(folds), &self.unfolded_leads)
    }

    /// What tells these groups apart, safe to draw; nothing of a single one.
    pub fn group_names<'a>(&'a self, groups: &'a [String]) -> impl Iterator<Item = &'a str> {
        self.names.of_groups(groups)
    }

    /// The short names of the groups.
    pub(super) const fn names(&self) -> &ShortNames {
        &self.names
    }

    /// Where the session works, when that is known.
    #[must_use]
    pub const fn home(&self) -> Option<&Home> {
        self.names.home()
    }

    /// The rows as they are kept.
    pub(in crate::panes::logs) const fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Where the event of a row came from; a marker came from nowhere.
    pub(in crate::panes::logs) fn stream_of(&self, row: RowId) -> Option<Arc<StreamId>> {
        self.buffer.stream(row).cloned()
    }
}
