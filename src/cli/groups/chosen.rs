//! Which log groups a user means by names of groups, names of functions, ARNs and wildcards.

use std::collections::BTreeSet;

use crate::aws::{AwsError, GroupScope, LogsClient};
use crate::cli::CommandFailure;
use crate::logs::{Glob, GroupAddress, Home, group_spellings, is_arn};
use crate::tail::{groups_addressed, groups_meant, groups_named};

/// The groups that words mean.
#[derive(Debug)]
pub(in crate::cli) struct ChosenGroups {
    /// Their keys, each once, in the order they were named; those of a wildcard by name.
    pub(in crate::cli) keys: Vec<String>,
    /// A sentence for each wildcard that meets nothing.
    pub(in crate::cli) unmet: Vec<String>,
    /// The wildcards: they mean the groups made later too.
    pub(in crate::cli) watched: Vec<String>,
    /// Where the session works, as far as it is known; the account was asked for only where a word is an ARN.
    pub(in crate::cli) home: Home,
    known: BTreeSet<String>,
}

impl ChosenGroups {
    fn none(logs: &LogsClient) -> Self {
        Self {
            keys: Vec::new(),
            unmet: Vec::new(),
            watched: Vec::new(),
            home: Home {
                account: String::new(),
                region: logs.region().to_owned(),
            },
            known: BTreeSet::new(),
        }
    }

    fn add(&mut self, key: String) {
        if self.known.insert(key.clone()) {
            self.keys.push(key);
        }
    }

    /// Adds what an ARN means; says whether that is anything. One that no list has is taken as it is named: the service
    /// knows.
    async fn add_addressed(
        &mut self,
        logs: &LogsClient,
        arn: &str,
    ) -> Result<bool, CommandFailure> {
        let address = parse(arn)?;
        let found = groups_addressed(logs, &address).await;
        let (groups, own) = match found {
            Err(error) if error.is_about_one_group() => (Vec::new(), None),
            found => found.map_err(CommandFailure::work)?,
        };
        if let Some(own) = own {
            self.home.account = own;
        }
        let is_wild = Glob::is_wild(&address.name);
        let is_met = !is_wild || !groups.is_empty();
        if is_wild {
            self.watched.push(address.arn());
        } else if groups.is_empty() {
            self.add(address.arn());
        }
        for group in groups {
            self.add(group.key().to_owned());
        }
        Ok(is_met)
    }

    /// Adds what a word that is no ARN means; says whether that is anything. A name with a slash stands for itself,
    /// whether it exists or not; another one is the group of this name, or of a function of this name.
    async fn add_meant(&mut self, logs: &LogsClient, word: &str) -> Result<bool, AwsError> {
        if Glob::is_wild(word) {
            self.watched.extend(group_spellings(word));
            let groups = groups_meant(logs, word, GroupScope::Own).await?;
            let is_met = !groups.is_empty();
            for group in groups {
                self.add(group.name);
            }
            return Ok(is_met);
        }
        if word.contains('/') {
            self.add(word.to_owned());
            return Ok(true);
        }
        for name in group_spellings(word) {
            if is_listed(logs, &name).await? {
                self.add(name);
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The groups meant by `words`.
///
/// # Errors
/// When groups cannot be listed; exit code 2 for an ARN of something else.
pub(in crate::cli) async fn choose(
    logs: &LogsClient,
    words: &[String],
) -> Result<ChosenGroups, CommandFailure> {
    let mut chosen = ChosenGroups::none(logs);
    for word in words {
        check(word)?;
        let is_met = if is_arn(word) {
            chosen.add_addressed(logs, word).await?
        } else {
            let added = chosen.add_meant(logs, word).await;
            added.map_err(CommandFailure::work)?
        };
        if !is_met {
            chosen.unmet.push(unmet(word, logs.region()));
        }
    }
    Ok(chosen)
}

/// Tells of a word that means no group.
fn unmet(word: &str, region: &str) -> String {
    let address = GroupAddress::parse(word);
    let region = address
        .as_ref()
        .map_or(region, |address| &address.home.region);
    let called = if Glob::is_wild(word) {
        format!("like '{word}'")
    } else {
        format!("'{}'", group_spellings(word).join("' or '"))
    };
    format!("No log group in {region} is called {called}; `iacstone groups` lists them.")
}

/// Refuses what can be no name, such as a query that was given in its place.
fn check(word: &str) -> Result<(), CommandFailure> {
    let may_be = |sign: char| sign.is_ascii_alphanumeric() || "_-./#:*$[]".contains(sign);
    match word.chars().find(|&sign| !may_be(sign)) {
        None => Ok(()),
        Some(sign) => Err(CommandFailure::usage(format!(
            "'{word}' is no log group: a name has no '{sign}', only letters, digits and _ - . / #"
        ))),
    }
}

/// Reads an ARN.
///
/// # Errors
/// Exit code 2 when it is of no log group and no function.
pub(super) fn parse(arn: &str) -> Result<GroupAddress, CommandFailure> {
    let stream = arn.split_once(":log-stream:").map(|(_, stream)| stream);
    if stream.is_some_and(|stream| !matches!(stream, "" | "*")) {
        return Err(CommandFailure::usage(format!(
            "'{arn}' is one log stream; give the ARN of its group (`tail` has --stream for one stream alone)"
        )));
    }
    GroupAddress::parse(arn).ok_or_else(|| {
        CommandFailure::usage(format!(
            "'{arn}' is the ARN of no log group and no function; `iacstone groups` lists the log groups"
        ))
    })
}

async fn is_listed(logs: &LogsClient, name: &str) -> Result<bool, AwsError> {
    Ok(!groups_named(logs, name, GroupScope::Own).await?.is_empty())
}
