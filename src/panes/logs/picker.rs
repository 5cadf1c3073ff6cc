//! The log group picker: saved sets and the groups of the account, page by page, narrowed by words or a wildcard.

mod shown;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::logs::{GroupSet, LogGroup};
use crate::panes::Load;
use crate::task::TaskId;
pub use shown::PickerRow;
use shown::ShownGroups;

/// The most groups that are followed at once; Logs Insights takes no more either.
pub const MOST: usize = 50;

/// What can be chosen from, and what is chosen.
#[derive(Debug, Default)]
pub struct Picker {
    known: Vec<LogGroup>,
    coming: Vec<LogGroup>,
    sets: Vec<GroupSet>,
    /// How listing is doing.
    pub load: Load,
    /// When the groups shown were listed, if they are a whole list.
    pub listed: Option<Timestamp>,
    /// Words to look for, or a wildcard.
    pub filter: String,
    chosen: BTreeSet<String>,
    /// Whether the user has chosen since the picker opened; else the chosen ones are those that are followed now.
    was_chosen: bool,
    /// How many of the chosen groups have no row.
    unseen: usize,
    shown: ShownGroups,
    cursor: usize,
    stale: bool,
}

impl Picker {
    /// Lists the groups again, unless that is under way. A list that is known stays until the new one is whole.
    pub(super) fn reload(&mut self, out: &mut Outbox<'_>) {
        if out.context.offline {
            let words =
                "This session is offline; start iacstone without --offline to list log groups.";
            return out.notice(Severity::Warning, words);
        }
        if !self.load.is_loading() {
            self.coming.clear();
            self.load = Load::Loading(out.spawn(Job::ListGroups));
        }
    }

    /// The rows the filter lets through: sets first, then groups, the best match of words first.
    pub fn rows(&self) -> impl Iterator<Item = PickerRow<'_>> {
        self.shown.rows(&self.sets, self.groups())
    }

    /// How many rows there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.shown.count()
    }

    /// The groups known so far, by name, whatever the filter says.
    #[must_use]
    pub fn groups(&self) -> &[LogGroup] {
        if self.listed.is_some() {
            &self.known
        } else {
            &self.coming
        }
    }

    /// The saved sets, by name.
    #[must_use]
    pub fn sets(&self) -> &[GroupSet] {
        &self.sets
    }

    /// The names of the chosen groups.
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
        let selected = self.selected().map(|row| row.name().to_owned());
        let groups = if self.listed.is_some() {
            &self.known
        } else {
            &self.coming
        };
        self.shown = ShownGroups::of(&self.sets, groups, &self.filter);
        let again = selected
            .filter(|_| self.cursor > 0)
            .and_then(|name| self.rows().position(|row| row.name() == name));
        self.cursor = again
            .unwrap_or(self.cursor)
            .min(self.count().saturating_sub(1));
        let seen = |row: &PickerRow<'_>| matches!(row, PickerRow::Group(group) if self.chosen.contains(&group.name));
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

    /// Chooses every group shown, or takes that back when all are.
    pub(super) fn choose_shown(&mut self) {
        let names: Vec<String> = self
            .rows()
            .filter(|row| matches!(row, PickerRow::Group(_)))
            .map(|row| row.name().to_owned())
            .collect();
        self.turn(&names);
    }

    fn turn(&mut self, names: &[String]) {
        (self.was_chosen, self.stale) = (true, true);
        if names.iter().all(|name| self.chosen.contains(name)) {
            for name in names {
                self.chosen.remove(name);
            }
        } else {
            self.chosen.extend(names.iter().cloned());
        }
    }

    /// Marks exactly these groups, which are followed; nothing was chosen yet.
    pub(super) fn mark_followed(&mut self, groups: &[String]) {
        self.chosen = groups.iter().cloned().collect();
        (self.was_chosen, self.stale) = (false, true);
    }

    /// Opens with the groups that are followed marked, and the cursor at the first of them that has a row.
    pub(super) fn open(&mut self, followed: &[String]) {
        self.mark_followed(followed);
        let is_followed = |row: PickerRow<'_>| matches!(row, PickerRow::Group(group) if self.chosen.contains(&group.name));
        let place = self.rows().position(is_followed);
        self.cursor = place.unwrap_or(self.cursor);
    }

    /// Unchooses everything; says whether anything was chosen.
    pub(super) fn unchoose(&mut self) -> bool {
        (self.was_chosen, self.stale) = (false, true);
        !std::mem::take(&mut self.chosen).is_empty()
    }

    /// What is to be followed: what was chosen since the picker opened, else what is under the cursor.
    pub(super) fn wanted(&self) -> Vec<String> {
        if self.has_choice() {
            return self.chosen.iter().cloned().collect();
        }
        let row = self.selected();
        let groups = row.iter().flat_map(PickerRow::groups);
        groups.map(str::to_owned).collect()
    }

    /// Puts a set in, in place of one of the same name.
    pub(super) fn put_set(&mut self, set: GroupSet) {
        self.take_set(&set.name);
        self.sets.push(set);
        self.sets.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Takes a set out.
    pub(super) fn take_set(&mut self, name: &str) -> Option<GroupSet> {
        self.stale = true;
        let at = self.sets.iter().position(|set| set.name == name)?;
        Some(self.sets.remove(at))
    }

    /// Takes the sets that were saved earlier.
    pub(super) fn load_sets(&mut self, sets: Vec<GroupSet>) {
        self.sets = sets;
        self.stale = true;
    }

    /// Takes a report of the listing; says whether it was that.
    pub(super) fn report(&mut self, id: TaskId, report: &JobReport, out: &mut Outbox<'_>) -> bool {
        if self.load.task() != Some(id) {
            return false;
        }
        self.stale = true;
        match report {
            JobReport::Groups(page) => {
                self.coming.extend(page.iter().cloned());
                self.coming.sort_by(|a, b| a.name.cmp(&b.name));
            }
            JobReport::Done => {
                self.known = std::mem::take(&mut self.coming);
                self.listed = Some(out.now);
                self.load = Load::Loaded(out.now);
            }
            JobReport::Failed(why) => {
                self.load = Load::Failed(why.clone());
                // Without a group the sentence stands in their place.
                if !self.groups().is_empty() {
                    out.notice(Severity::Error, why.clone());
                }
            }
            JobReport::Cancelled => self.load = Load::Unasked,
            _ => {}
        }
        true
    }
}
