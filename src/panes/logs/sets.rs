//! Saved sets of groups.

use super::pending::LogsPendingJob;
use super::screens::groups::CHOOSE_GROUP;
use super::{LogsPane, LogsPrompt, PickerRow};
use crate::effect::{Job, Outbox, Prompt, Severity};
use crate::logs::GroupSet;

/// The longest name of a set, in characters.
const LONGEST_NAME: usize = 60;

impl LogsPane {
    pub(super) fn load_sets(&mut self, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::LoadSets);
        self.pending.add(task, LogsPendingJob::LoadSets);
    }

    /// Asks for the name of a set of the chosen groups.
    pub(super) fn ask_set(&mut self, out: &mut Outbox<'_>) {
        if self.picker.chosen().is_empty() {
            let key = out.context.keymap.hint(CHOOSE_GROUP);
            let words = format!("No group is chosen; {key} chooses the one under the cursor.");
            return out.notice(Severity::Info, words);
        }
        let count = self.picker.chosen().len();
        let noun = if count == 1 { "group" } else { "groups" };
        let hint = format!("{count} {noun}; the name of an existing set replaces it");
        let prompt = Prompt::line("Save set as", &hint, "");
        self.ask(LogsPrompt::NameSet, prompt, out);
    }

    /// Saves the chosen groups as a set.
    pub(super) fn save_set(&mut self, name: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(format!("give 1 to {LONGEST_NAME} characters"));
        }
        let set = GroupSet {
            name: name.to_owned(),
            groups: self.picker.chosen().iter().cloned().collect(),
        };
        let task = out.spawn(Job::SaveSet(set.clone()));
        let replaced = self.picker.take_set(name);
        self.pending
            .add(task, LogsPendingJob::SaveSet(name.to_owned(), replaced));
        self.picker.put_set(set);
        Ok(())
    }

    /// Deletes the set under the cursor.
    pub(super) fn delete_set(&mut self, out: &mut Outbox<'_>) {
        let Some(PickerRow::Set(set)) = self.picker.selected() else {
            return out.notice(Severity::Info, "Only saved sets can be deleted.");
        };
        let name = set.name.clone();
        if let Some(set) = self.picker.take_set(&name) {
            let task = out.spawn(Job::DeleteSet(name.clone()));
            self.pending.add(task, LogsPendingJob::DeleteSet(set));
            out.notice(Severity::Info, format!("Deleted the set {name}."));
        }
    }

    /// Shows again what the store still holds after a failed pending job.
    pub(super) fn take_back(&mut self, pending_job: LogsPendingJob) {
        match pending_job {
            LogsPendingJob::LoadSets | LogsPendingJob::Export => {}
            LogsPendingJob::SaveSet(name, replaced) => {
                self.picker.take_set(&name);
                if let Some(set) = replaced {
                    self.picker.put_set(set);
                }
            }
            LogsPendingJob::DeleteSet(set) => self.picker.put_set(set),
        }
    }
}
