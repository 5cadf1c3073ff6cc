//! The log group picker: saved sets and the groups of the account, page by page, narrowed by words or a wildcard.

mod edge_search;
mod saved_sets;
mod shown;

use std::collections::BTreeSet;

use jiff::SignedDuration;

use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::logs::{
    Glob, GroupAddress, GroupSet, Home, LogClass, LogGroup, TailTarget, group_name,
    group_spellings, is_arn,
};
use crate::panes::PagedList;
use crate::task::TaskId;
use edge_search::EdgeSearch;
pub(super) use saved_sets::LONGEST_NAME;
use saved_sets::SavedSets;
pub use shown::PickerRow;
use shown::ShownGroups;

/// How long a list of groups counts as new.
const FRESH: SignedDuration = SignedDuration::from_mins(1);

/// The most groups that are followed at once; Logs Insights takes no more either.
pub const MOST: usize = 50;

/// What can be chosen from, and what is chosen.
#[derive(Debug, Default)]
pub struct Picker {
    /// The groups of the account, whatever the filter says.
    pub list: PagedList<LogGroup>,
    sets: SavedSets,
    edge: EdgeSearch,
    /// Words to look for, or a wildcard.
    pub filter: String,
    chosen: BTreeSet<String>,
    watched: BTreeSet<String>,
    /// Whether the user has chosen since the picker opened; else the chosen ones are those that are followed now.
    was_chosen: bool,
    /// How many of the chosen groups have no row.
    unseen: usize,
    shown: ShownGroups,
    home: Option<Home>,
    cursor: usize,
    stale: bool,
}

/// The wildcards a filter means, as a tail watches them.
fn watched(filter: &str) -> Vec<String> {
    match GroupAddress::parse(filter) {
        _ if !Glob::is_wild(filter) => Vec::new(),
        Some(address) => vec![address.arn()],
        None => group_spellings(filter),
    }
}

impl Picker {
    /// Lists the groups again, unless that is under way.
    pub(super) fn reload(&mut self, out: &mut Outbox<'_>) {
        if out.context.offline {
            let words =
                "This session is offline; start iacstone without --offline to list log groups.";
            return out.notice(Severity::Warning, words);
        }
        self.list.reload(Job::ListGroups, out);
    }

    /// Loads sets and groups unless that was done; lists the groups again when the list is old, so that new ones appear.
    pub(super) fn open_list(&mut self, out: &mut Outbox<'_>) {
        if self.list.load().is_unasked() {
            self.sets.load_once(out);
            self.reload(out);
        } else if self
            .list
            .listed()
            .is_some_and(|at| out.now.duration_since(at) >= FRESH)
        {
            self.reload(out);
        }
    }

    /// The rows the filter lets through: sets first, then groups, the best match of words first.
    pub fn rows(&self) -> impl Iterator<Item = PickerRow<'_>> {
        self.shown.rows(self.sets(), self.groups())
    }

    /// How many rows there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.shown.count()
    }

    /// The groups known so far, by name, whatever the filter says.
    #[must_use]
    pub fn groups(&self) -> &[LogGroup] {
        self.list.items()
    }

    /// The saved sets, by name.
    #[must_use]
    pub fn sets(&self) -> &[GroupSet] {
        self.sets.all()
    }

    /// Where the session works, when a listed group tells.
    #[must_use]
    pub const fn home(&self) -> Option<&Home> {
        self.home.as_ref()
    }

    /// The keys of the chosen groups.
    #[must_use]
    pub const fn chosen(&self) -> &BTreeSet<String> {
        &self.chosen
    }

    /// Whether the chosen groups are what opening follows, wherever the cursor is.
    #[must_use]
    pub fn has_choice(&self) -> bool {
        self.was_chosen && !self.chosen.is_empty()
    }

    /// How many of the chosen groups have no row: the filter hides them, or they are not listed.
    #[must_use]
    pub const fn unseen(&self) -> usize {
        self.unseen
    }

    /// The row under the cursor.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.cursor
    }

    /// What is under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<PickerRow<'_>> {
        self.rows().nth(self.cursor)
    }

    /// Moves the cursor; it stops at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        let last = self.count().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }

    /// Narrows the list; the cursor goes to its first row.
    pub(super) fn narrow(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        self.cursor = 0;
        self.stale = true;
    }

    /// Works out the rows again if what they are made from changed; the cursor stays with its row.
    pub(super) fn settle(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        let selected = self.selected().map(|row| row.key().to_owned());
        let mut own = self.groups().iter().filter(|group| group.is_own);
        self.home = own.find_map(LogGroup::home).or(self.home.take());
        self.shown = ShownGroups::of(self.sets(), self.groups(), &self.filter, self.home());
        let again = selected
            .filter(|_| self.cursor > 0)
            .and_then(|name| self.rows().position(|row| row.key() == name));
        self.cursor = again
            .unwrap_or(self.cursor)
            .min(self.count().saturating_sub(1));
        let seen = |row: &PickerRow<'_>| matches!(row, PickerRow::Group(group) if self.chosen.contains(group.key()));
        self.unseen = self
            .chosen
            .len()
            .saturating_sub(self.rows().filter(seen).count());
    }

    /// Chooses what is under the cursor, or takes that back; the cursor moves on.
    pub(super) fn choose(&mut self) {
        let Some(row) = self.selected() else { return };
        let names: Vec<String> = row.groups().map(str::to_owned).collect();
        self.turn(&names);
        self.step(1);
    }

    /// Chooses every group shown, or takes that back when all are. A wildcard then means groups made later too.
    pub(super) fn choose_shown(&mut self) {
        let names: Vec<String> = self
            .rows()
            .filter(|row| matches!(row, PickerRow::Group(_)))
            .map(|row| row.key().to_owned())
            .collect();
        self.turn(&names);
        let is_chosen = names.iter().all(|key| self.chosen.contains(key));
        for pattern in watched(self.filter.trim()) {
            if is_chosen && !names.is_empty() {
                self.watched.insert(pattern);
            } else {
                self.watched.remove(&pattern);
            }
        }
    }

    /// Takes every choice back, also of groups that are not shown.
    pub(super) fn clear(&mut self) {
        self.chosen.clear();
        self.watched.clear();
        (self.was_chosen, self.stale) = (true, true);
    }

    fn turn(&mut self, names: &[String]) {
        (self.was_chosen, self.stale) = (true, true);
        if names.iter().all(|name| self.chosen.contains(name)) {
            for name in names {
                self.chosen.remove(name);
            }
            // A wildcard would bring them back. What an ARN with wildcards means is known to the account alone.
            let fits = |pattern: &String| {
                let glob = Glob::of_name(pattern);
                let mut keys = names.iter();
                is_arn(pattern) || keys.any(|key| glob.matches(group_name(key)))
            };
            self.watched.retain(|pattern| !fits(pattern));
        } else {
            self.chosen.extend(names.iter().cloned());
        }
    }

    /// Marks exactly the groups that are followed, if any are; nothing was chosen yet.
    pub(super) fn mark_followed(&mut self, followed: Option<&TailTarget>) {
        let groups = followed.iter().flat_map(|target| &target.groups);
        let watched = followed.iter().flat_map(|target| &target.watched);
        self.chosen = groups.cloned().collect();
        self.watched = watched.cloned().collect();
        (self.was_chosen, self.stale) = (false, true);
    }

    /// Opens with the groups that are followed marked, and the cursor at the first of them that has a row.
    pub(super) fn open(&mut self, followed: &TailTarget) {
        self.mark_followed(Some(followed));
        let is_followed = |row: PickerRow<'_>| matches!(row, PickerRow::Group(group) if self.chosen.contains(group.key()));
        let place = self.rows().position(is_followed);
        self.cursor = place.unwrap_or(self.cursor);
    }

    /// What is to be followed: what was chosen since the picker opened; else what is under the cursor, and of groups that are
    /// followed all of them.
    pub(super) fn wanted(&self) -> TailTarget {
        let is_followed = match self.selected() {
            Some(PickerRow::Group(group)) => self.chosen.contains(group.key()),
            _ => false,
        };
        let (groups, watched) = if self.has_choice() || is_followed {
            let watched = self.watched.iter().cloned();
            (self.chosen.iter().cloned().collect(), watched.collect())
        } else {
            let row = self.selected();
            let groups = row.iter().flat_map(PickerRow::groups);
            (groups.map(str::to_owned).collect(), Vec::new())
        };
        TailTarget {
            groups,
            watched,
            ..TailTarget::default()
        }
    }

    /// Whether one of these groups is known to be read by queries alone.
    pub(super) fn has_queried(&self, keys: &[String]) -> bool {
        let groups = self.groups().iter();
        let mut queried = groups.filter(|group| group.class == LogClass::InfrequentAccess);
        queried.any(|group| keys.iter().any(|key| key == group.key()))
    }

    /// The wildcards of which groups made later are followed too.
    #[must_use]
    pub const fn watched(&self) -> &BTreeSet<String> {
        &self.watched
    }

    /// Saves the chosen groups as a set of this name.
    ///
    /// # Errors
    /// A sentence that says what a name has to be.
    pub(super) fn save_set(&mut self, name: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        self.stale = true;
        let groups = self.chosen.iter().cloned().collect();
        self.sets.save(name.trim(), groups, out)
    }

    /// Deletes the set under the cursor.
    pub(super) fn delete_set(&mut self, out: &mut Outbox<'_>) {
        let Some(PickerRow::Set(set)) = self.selected() else {
            return out.notice(Severity::Info, "Only saved sets can be deleted.");
        };
        let set = set.clone();
        self.sets.delete(set, out);
        self.stale = true;
    }

    /// Looks for the groups that Lambda@Edge writes to for a function, in the other regions.
    pub(super) fn find_edge_groups(&mut self, function: &str, out: &mut Outbox<'_>) {
        self.edge.start(function, out);
    }

    /// Takes the report of such a look: what was found is chosen beside what is.
    fn report_edge(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::EdgeGroups(groups, unasked) => {
                let keys = groups.iter().map(|group| group.key().to_owned());
                self.chosen.extend(keys);
                self.was_chosen |= !groups.is_empty();
                let new = self.edge.take(&groups, &unasked, out);
                self.list.put(new, |group| &group.name);
            }
            JobReport::Failed(why) => {
                self.edge.end();
                out.notice(Severity::Error, why);
            }
            _ => self.edge.end(),
        }
    }

    /// Whether this task lists groups, or loads or changes sets.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.list.load().task() == Some(id) || self.sets.awaits(id) || self.edge.awaits(id)
    }

    /// Takes the report of such a task.
    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.stale = true;
        if self.sets.awaits(id) {
            return self.sets.report(id, report, out);
        }
        if self.edge.awaits(id) {
            return self.report_edge(report, out);
        }
        match report {
            JobReport::Groups(page) => self.list.add(page, |group| &group.name),
            report => {
                self.list.end(&report, out.now);
                if report == JobReport::Done {
                    self.list
                        .put(self.edge.found().to_vec(), |group| &group.name);
                }
                // Without a group the sentence stands in their place.
                if let JobReport::Failed(why) = report
                    && !self.groups().is_empty()
                {
                    out.notice(Severity::Error, why);
                }
            }
        }
    }
}
