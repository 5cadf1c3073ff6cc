//! Saved sets of groups: shown as they will be before the store has it, and as they were if that fails.

use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::logs::GroupSet;
use crate::panes::Pending;
use crate::task::TaskId;

/// The longest name of a set, in characters.
pub(in crate::panes::logs) const LONGEST_NAME: usize = 60;

/// The sets, by name.
#[derive(Debug, Default)]
pub(super) struct SavedSets {
    sets: Vec<GroupSet>,
    pending: Pending<SetJob>,
}

/// A job for the store, with what to know when it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SetJob {
    /// The sets are being loaded.
    Load,
    /// A set is being saved; the one it replaced comes back if that fails.
    Save(String, Option<GroupSet>),
    /// A set is being deleted; it comes back if that fails.
    Delete(GroupSet),
}

impl SavedSets {
    pub(super) fn all(&self) -> &[GroupSet] {
        &self.sets
    }

    pub(super) fn load(&mut self, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::LoadSets);
        self.pending.add(task, SetJob::Load);
    }

    /// Saves groups as a set, in place of one of the same name.
    pub(super) fn save(
        &mut self,
        name: &str,
        groups: Vec<String>,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(format!("give 1 to {LONGEST_NAME} characters"));
        }
        let name = name.to_owned();
        let set = GroupSet {
            name: name.clone(),
            groups,
        };
        let task = out.spawn(Job::SaveSet(set.clone()));
        let replaced = self.take(&name);
        self.pending.add(task, SetJob::Save(name, replaced));
        self.put(set);
        Ok(())
    }

    pub(super) fn delete(&mut self, name: &str, out: &mut Outbox<'_>) {
        if let Some(set) = self.take(name) {
            let task = out.spawn(Job::DeleteSet(name.to_owned()));
            self.pending.add(task, SetJob::Delete(set));
            out.notice(Severity::Info, format!("Deleted the set {name}."));
        }
    }

    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.pending.has(id)
    }

    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Sets(sets) => self.sets = sets,
            JobReport::Done | JobReport::Cancelled => {
                if let Some(SetJob::Save(name, _)) = self.pending.end(id) {
                    out.notice(Severity::Success, format!("Saved the set {name}."));
                }
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                if let Some(job) = self.pending.end(id) {
                    self.take_back(job);
                }
            }
            _ => {}
        }
    }

    /// Shows again what the store still holds after a failed job.
    fn take_back(&mut self, job: SetJob) {
        match job {
            SetJob::Load => {}
            SetJob::Save(name, replaced) => {
                self.take(&name);
                if let Some(set) = replaced {
                    self.put(set);
                }
            }
            SetJob::Delete(set) => self.put(set),
        }
    }

    /// Puts a set in, in place of one of the same name.
    fn put(&mut self, set: GroupSet) {
        self.take(&set.name);
        self.sets.push(set);
        self.sets.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn take(&mut self, name: &str) -> Option<GroupSet> {
        let at = self.sets.iter().position(|set| set.name == name)?;
        Some(self.sets.remove(at))
    }
}
