//! Groups that are made later and fit a wildcard of the tail.

use std::collections::HashSet;
use std::time::Duration;

use crate::aws::{AwsError, GroupScope, LogsClient};
use crate::clock::Now;
use crate::logs::{Glob, GroupAddress, LogGroup, TailTarget};

/// How often they are looked for.
const PERIOD: Duration = Duration::from_mins(1);
/// Groups of one tail: more would take more live sessions than an account may have.
const MOST: usize = 100;

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
        found: Result<Vec<String>, AwsError>,
        now: Now,
    ) -> (Vec<String>, Option<String>) {
        self.next = Some(now.at + PERIOD);
        let (mut joining, mut trouble) = (Vec::new(), None);
        match found {
            Ok(keys) => {
                for key in keys {
                    if self.known.contains(&key) {
                        continue;
                    }
                    if self.known.len() >= MOST {
                        trouble = Some(format!(
                            "'{key}' is new and left out: a tail follows at most {MOST} groups"
                        ));
                        break;
                    }
                    self.known.insert(key.clone());
                    joining.push(key);
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

/// The keys of the groups that fit wildcards now.
///
/// # Errors
/// When groups cannot be listed.
pub(super) async fn look(logs: &LogsClient, watched: &[String]) -> Result<Vec<String>, AwsError> {
    let mut keys = Vec::new();
    for pattern in watched {
        let found = if let Some(address) = GroupAddress::parse(pattern) {
            addressed(logs, &address).await?
        } else {
            let glob = Glob::of_name(pattern);
            let mut groups = all(logs, Glob::prefix(pattern), GroupScope::Own).await?;
            groups.retain(|group| glob.matches(&group.name));
            groups
        };
        keys.extend(found.iter().map(|group| group.key().to_owned()));
    }
    Ok(keys)
}

/// The groups of an account in a region; those of the session's own account are known by their names.
async fn addressed(logs: &LogsClient, address: &GroupAddress) -> Result<Vec<LogGroup>, AwsError> {
    let there = logs.in_region(&address.home.region);
    let prefix = Glob::prefix(&address.name);
    for scope in [GroupScope::Own, GroupScope::Linked] {
        let mut groups = all(&there, prefix, scope).await?;
        groups.retain(|group| address.means(group));
        if !groups.is_empty() {
            return Ok(groups);
        }
    }
    Ok(Vec::new())
}

async fn all(
    logs: &LogsClient,
    prefix: &str,
    scope: GroupScope,
) -> Result<Vec<LogGroup>, AwsError> {
    let (mut groups, mut tokens) = (Vec::new(), Vec::new());
    loop {
        let page = logs.groups(prefix, scope, &tokens).await?;
        groups.extend(page.groups);
        match page.next {
            Some(next) => tokens.push(next),
            None => return Ok(groups),
        }
    }
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
        let found = || Ok(vec!["/a/1".to_owned(), "/a/2".to_owned()]);
        let (joining, trouble) = newcomers.take(found(), now(200));
        assert_eq!((joining, trouble), (vec!["/a/2".to_owned()], None));
        assert_eq!(newcomers.take(found(), now(300)), (Vec::new(), None));
        let many = || Ok((0..150).map(|n| format!("/a/{n}")).collect());
        let (joining, trouble) = newcomers.take(many(), now(400));
        assert_eq!(joining.len() + 2, MOST);
        assert!(trouble.unwrap().contains("at most 100 groups"));
        assert_eq!(newcomers.take(many(), now(500)), (Vec::new(), None));
        let none = TailTarget::default();
        assert_eq!(Newcomers::new(&none, now(0)).look(now(99)), None);
    }
}
