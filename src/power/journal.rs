//! The write-ahead journal of a run: what is about to be changed in the account, written before each mutating
//! call, so that a killed run can be undone by the next start.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::RunId;
use crate::lambda::{Function, MemoryMb};

/// The journal of one run, as read back from the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Journal {
    /// The run.
    pub run: RunId,
    /// When it began.
    pub started: Timestamp,
    /// The function as it was.
    pub original: Original,
    /// The steps, oldest first.
    pub steps: Vec<JournalEntry>,
}

/// What the function was before the run touched it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// The unqualified ARN: account, region and name in one.
    pub function_arn: String,
    /// The endpoint the run spoke to, when it was not AWS itself; recovery must speak to the same.
    pub endpoint: Option<String>,
    /// The memory size to restore.
    pub memory: MemoryMb,
    /// The description to restore; `None` in the journals of an iacstone that left it alone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// The versions that existed (numbers, without `$LATEST`); never deleted.
    pub versions: Vec<String>,
}

impl Original {
    /// The configuration to give back to a function that is as `now`.
    #[must_use]
    pub fn restored(&self, now: &Function) -> Function {
        let own = self.description.clone();
        Function {
            memory: self.memory,
            description: own.unwrap_or_else(|| now.description.clone()),
            ..now.clone()
        }
    }
}

/// One line of the journal. Intents are written before the call, outcomes after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JournalEntry {
    /// About to set the memory size of `$LATEST`, and the run's sign in its description.
    SettingMemory(MemoryMb),
    /// About to publish a version at this size.
    Publishing(MemoryMb),
    /// A version of this run exists and must be deleted.
    Published {
        /// Its number.
        version: String,
        /// Its size.
        memory: MemoryMb,
    },
    /// AWS surely did not set the memory size that was about to be set.
    Refused(MemoryMb),
    /// Memory size and description are the original again (or a deploy changed them, which is left alone).
    Restored,
    /// A version of this run is gone.
    Deleted {
        /// Its number.
        version: String,
    },
    /// The user asked for this size to stay: recovery must not take it back.
    Applied(MemoryMb),
}

impl Journal {
    /// Whether `now` is a memory size this run left `$LATEST` at, and not one that the user or a deploy chose.
    ///
    /// The last size set may not have come into force before the run was cut off, so the one before counts as well. What was
    /// set before a pause does not: the function was as it had been then.
    #[must_use]
    pub fn left_at(&self, now: MemoryMb) -> bool {
        if now == self.original.memory || self.is_restored() {
            return false;
        }
        let mut steps = self.steps.rsplit(|step| *step == JournalEntry::Restored);
        let set = sizes_set(steps.next().unwrap_or_default());
        set.iter().rev().take(2).any(|&memory| memory == now)
    }

    /// Whether the run ever gave `$LATEST` this size, restored or not.
    #[must_use]
    pub fn was_at(&self, size: MemoryMb) -> bool {
        sizes_set(&self.steps).contains(&size)
    }

    /// The size that was to stay on the function, if the run came to that.
    #[must_use]
    pub fn applied(&self) -> Option<MemoryMb> {
        self.steps.iter().rev().find_map(|step| match step {
            JournalEntry::Applied(memory) => Some(*memory),
            _ => None,
        })
    }

    /// The versions of the run that the journal knows to exist.
    #[must_use]
    pub fn own_versions(&self) -> Vec<String> {
        let mut versions = Vec::new();
        for step in &self.steps {
            match step {
                JournalEntry::Published { version, .. } => versions.push(version.clone()),
                JournalEntry::Deleted { version } => versions.retain(|kept| kept != version),
                _ => {}
            }
        }
        versions
    }

    /// Whether the last thing it tells of, but for versions that were deleted since, was about to be done: the call may
    /// still be on its way.
    #[must_use]
    pub fn ends_in_the_air(&self) -> bool {
        let mut steps = self.steps.iter().rev();
        let last = steps.find(|step| !matches!(step, JournalEntry::Deleted { .. }));
        matches!(
            last,
            Some(JournalEntry::SettingMemory(_) | JournalEntry::Publishing(_))
        )
    }

    /// Whether the memory size was taken care of after the last change.
    #[must_use]
    pub fn is_restored(&self) -> bool {
        let last = self.steps.iter().rev().find(|step| {
            matches!(
                step,
                JournalEntry::SettingMemory(_) | JournalEntry::Restored | JournalEntry::Applied(_)
            )
        });
        !matches!(last, Some(JournalEntry::SettingMemory(_)))
    }
}

/// The sizes that were set, oldest first, without those that AWS refused.
fn sizes_set(steps: &[JournalEntry]) -> Vec<MemoryMb> {
    let mut set = Vec::new();
    for step in steps {
        match step {
            JournalEntry::SettingMemory(memory) => set.push(*memory),
            JournalEntry::Refused(_) => drop(set.pop()),
            _ => {}
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(steps: Vec<JournalEntry>) -> Journal {
        let original = Original {
            function_arn: "arn:aws:lambda:eu-west-1:123456789012:function:busy".into(),
            endpoint: None,
            memory: MemoryMb::MIN,
            description: None,
            versions: vec![],
        };
        let run = RunId("r20261121-101530-7f3a".into());
        Journal {
            run,
            started: Timestamp::UNIX_EPOCH,
            original,
            steps,
        }
    }

    fn mb(size: u32) -> MemoryMb {
        MemoryMb::new(size).unwrap()
    }

    #[test]
    fn a_size_the_run_set_last_or_before_is_its_own() {
        let steps = [256, 512, 1024].map(|size| JournalEntry::SettingMemory(mb(size)));
        let journal = journal(steps.to_vec());
        assert!(journal.left_at(mb(1024)));
        assert!(journal.left_at(mb(512)));
        assert!(
            !journal.left_at(mb(256)),
            "only a deploy can have gone back to it"
        );
        assert!(!journal.left_at(mb(2048)), "a deploy chose it");
        assert!(!journal.left_at(MemoryMb::MIN), "it is the original");
    }

    #[test]
    fn what_was_set_before_a_pause_is_not_the_runs_after_it() {
        let set = |size| JournalEntry::SettingMemory(mb(size));
        let journal = journal(vec![set(512), JournalEntry::Restored, set(1024)]);
        assert!(journal.left_at(mb(1024)));
        assert!(!journal.left_at(mb(512)), "a deploy in the pause chose it");
        assert!(journal.was_at(mb(512)));
    }

    #[test]
    fn a_refused_size_was_never_set() {
        let refused = [4096, 5120].into_iter().flat_map(|size| {
            [
                JournalEntry::SettingMemory(mb(size)),
                JournalEntry::Refused(mb(size)),
            ]
        });
        let steps = std::iter::once(JournalEntry::SettingMemory(mb(3008))).chain(refused);
        assert!(journal(steps.collect()).left_at(mb(3008)));
    }

    #[test]
    fn what_was_announced_and_not_heard_of_is_in_the_air() {
        let set = JournalEntry::SettingMemory(mb(512));
        assert!(!journal(vec![]).ends_in_the_air());
        assert!(journal(vec![set.clone()]).ends_in_the_air());
        assert!(journal(vec![set.clone(), JournalEntry::Publishing(mb(512))]).ends_in_the_air());
        let deleted = JournalEntry::Deleted {
            version: "4".to_owned(),
        };
        assert!(journal(vec![set.clone(), deleted.clone()]).ends_in_the_air());
        let published = JournalEntry::Published {
            version: "4".to_owned(),
            memory: mb(512),
        };
        assert!(!journal(vec![set.clone(), published, deleted]).ends_in_the_air());
        assert!(!journal(vec![set.clone(), JournalEntry::Refused(mb(512))]).ends_in_the_air());
        assert!(!journal(vec![set, JournalEntry::Restored]).ends_in_the_air());
    }

    #[test]
    fn a_journal_from_before_descriptions_were_kept_is_read() {
        let text = r#"{"function_arn":"arn","endpoint":null,"memory":256,"versions":["1"]}"#;
        let original: Original = serde_json::from_str(text).unwrap();
        assert_eq!((original.memory, original.description), (mb(256), None));
    }

    #[test]
    fn what_was_restored_or_applied_is_left_alone() {
        let set = JournalEntry::SettingMemory(mb(512));
        assert!(journal(vec![]).is_restored());
        assert!(!journal(vec![set.clone(), JournalEntry::Publishing(mb(512))]).is_restored());
        assert!(journal(vec![set.clone(), JournalEntry::Restored]).is_restored());
        assert!(!journal(vec![set.clone(), JournalEntry::Applied(mb(512))]).left_at(mb(512)));
    }
}
