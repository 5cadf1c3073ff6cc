//! Groups that are made later and fit a wildcard of the tail.

use std::collections::HashSet;
use std::time::Duration;

use super::groups::{groups_addressed, groups_named};
use crate::aws::{AwsError, GroupScope, LogsClient};
use crate::clock::Now;
use crate::logs::{GroupAddress, TailTarget};

/// How often they are looked for.
const PERIOD: Duration = Duration::from_mins(1);
/// Groups of one tail: more would take more live sessions than an account may have.
const MOST: usize = 100;

/// A group that fits a wildcard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundGroup {
    pub(super) key: String,
    /// When it was made, in Unix milliseconds, when the service told.
    pub(super) made_ms: Option<i64>,
}

/// Which wildcards are watched, and what is known of them.
#[derive(Debug)]
pub(super) struct Newcomers {
    watched: Vec<String>,
    known: HashSet<String>,
    /// When to look again; `None` while that is under way.
    next: Option<Duration>,
    /// What kept groups out, as told last.
    trouble: Option<String>,
}

impl Newcomers {
    /// Nothing is new yet.
    pub(super) fn new(wanted: &TailTarget, now: Now) -> Self {
        Self {
            watched: wanted.watched.clone(),
            known: wanted.groups.iter().cloned().collect(),
            next: Some(now.at + PERIOD),
            trouble: None,
        }
    }

    /// The wildcards, when it is time to look for the groups that fit them.
    pub(super) fn look(&mut self, now: Now) -> Option<Vec<String>> {
        let is_due = self.next.is_some_and(|next| now.at >= next);
        if self.watched.is_empty() || !is_due {
            return None;
        }
        self.next = None;
        Some(self.watched.clone())
    }

    /// Takes what was found; gives the groups that are new, and what there is to say besides.
    pub(super) fn take(
        &mut self,
        found: Result<Vec<FoundGroup>, AwsError>,
        now: Now,
    ) -> (Vec<FoundGroup>, Option<String>) {
        self.next = Some(now.at + PERIOD);
        let (mut joining, mut trouble) = (Vec::new(), None);
        match found {
            Ok(found) => {
                for group in found {
                    let key = &group.key;
                    if self.known.contains(key) {
                        continue;
                    }
                    if self.known.len() >= MOST {
                        trouble = Some(format!(
                            "'{key}' is new and left out: a tail follows at most {MOST} groups"
                        ));
                        break;
                    }
                    self.known.insert(key.clone());
                    joining.push(group);
                }
            }
            Err(error) if error.is_transient() => {}
            Err(error) => trouble = Some(format!("new groups are not looked for: {error}")),
        }
        let is_news = trouble.is_some() && self.trouble != trouble;
        self.trouble = trouble;
        (joining, self.trouble.clone().filter(|_| is_news))
    }
}

/// The groups that fit wildcards now.
///
/// # Errors
/// When groups cannot be listed.
pub(super) async fn look(
    logs: &LogsClient,
    watched: &[String],
) -> Result<Vec<FoundGroup>, AwsError> {
    let mut all_found = Vec::new();
    for pattern in watched {
        let found = match GroupAddress::parse(pattern) {
            Some(address) => groups_addressed(logs, &address).await?.0,
            None => groups_named(logs, pattern, GroupScope::Own).await?,
        };
        all_found.extend(found.iter().map(|group| FoundGroup {
            key: group.key().to_owned(),
            made_ms: group.created_ms,
        }));
    }
    Ok(all_found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(seconds: u64) -> Now {
        Now {
            at: Duration::from_secs(seconds),
            wall_ms: 0,
        }
    }

    #[test]
    fn they_are_looked_for_once_a_minute_and_each_joins_once() {
        let wanted = TailTarget {
            groups: vec!["/a/1".to_owned()],
            watched: vec!["/a/*".to_owned()],
            ..TailTarget::default()
        };
        let mut newcomers = Newcomers::new(&wanted, now(0));
        assert_eq!(newcomers.look(now(59)), None);
        assert_eq!(newcomers.look(now(60)), Some(wanted.watched.clone()));
        assert_eq!(newcomers.look(now(200)), None);
        let group = |name: &str| FoundGroup {
            key: name.to_owned(),
            made_ms: Some(1),
        };
        let found = || Ok(vec![group("/a/1"), group("/a/2")]);
        let (joining, trouble) = newcomers.take(found(), now(200));
        assert_eq!((joining, trouble), (vec![group("/a/2")], None));
        assert_eq!(newcomers.take(found(), now(300)), (Vec::new(), None));
        let many = || Ok((0..150).map(|n| group(&format!("/a/{n}"))).collect());
        let (joining, trouble) = newcomers.take(many(), now(400));
        assert_eq!(joining.len() + 2, MOST);
        assert!(trouble.unwrap().contains("at most 100 groups"));
        assert_eq!(newcomers.take(many(), now(500)), (Vec::new(), None));
        let none = TailTarget::default();
        assert_eq!(Newcomers::new(&none, now(0)).look(now(99)), None);
    }
}
