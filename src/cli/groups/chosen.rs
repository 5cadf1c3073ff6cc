//! Which log groups a user means by names of groups, names of functions and wildcards.

use std::collections::BTreeSet;

use crate::aws::{AwsError, LogsClient};
use crate::cli::CommandFailure;
use crate::jobs::list_groups;
use crate::logs::{Glob, GroupAddress, LogGroup, group_of};

/// The groups meant by `words`, each once, in the order they were named; those of a wildcard by name. A wildcard that
/// meets nothing is a sentence in the second list.
///
/// # Errors
/// When groups cannot be listed; exit code 2 for an ARN of another account or region.
pub(in crate::cli) async fn choose(
    logs: &LogsClient,
    words: &[String],
) -> Result<(Vec<String>, Vec<String>), CommandFailure> {
    let (mut chosen, mut unmet) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    for word in words {
        let found = if is_arn(word) {
            let groups = addressed(logs, word).await?;
            groups.into_iter().map(|group| group.name).collect()
        } else {
            meant(logs, word).await.map_err(CommandFailure::work)?
        };
        if found.is_empty() {
            unmet.push(format!(
                "No log group in {} is called like '{word}'; `iacstone groups` lists them.",
                logs.region()
            ));
        }
        chosen.extend(
            found
                .into_iter()
                .filter(|group| known.insert(group.clone())),
        );
    }
    Ok((chosen, unmet))
}

/// Whether a word is meant to be an ARN.
pub(super) fn is_arn(word: &str) -> bool {
    word.starts_with("arn:")
}

/// The groups an ARN means; none when no name fits its wildcards.
///
/// # Errors
/// When groups cannot be listed, or there is no such group; exit code 2 for an ARN of another account or region.
pub(super) async fn addressed(
    logs: &LogsClient,
    arn: &str,
) -> Result<Vec<LogGroup>, CommandFailure> {
    let address = GroupAddress::parse(arn).ok_or_else(|| {
        CommandFailure::usage(format!(
            "'{arn}' is the ARN of no log group and no function; `iacstone groups` lists the log groups"
        ))
    })?;
    let refused = |why: String| CommandFailure::usage(format!("'{arn}' {why}"));
    if let Some(why) = address.home.differs_from(None, Some(logs.region())) {
        return Err(refused(why));
    }
    let groups = listed(logs, &address.name)
        .await
        .map_err(CommandFailure::work)?;
    let elsewhere = groups.iter().find(|group| !address.means(group));
    if let Some(home) = elsewhere.and_then(LogGroup::home) {
        let differs = address.home.differs_from(Some(&home.account), None);
        return Err(refused(differs.unwrap_or_default()));
    }
    if groups.is_empty() && !Glob::is_wild(&address.name) {
        return Err(CommandFailure::work(format!(
            "'{arn}' is no log group of this session's account in {}; check --profile, `iacstone groups` lists its groups",
            logs.region()
        )));
    }
    Ok(groups)
}

/// The groups one word means. A name with a slash stands for itself, whether it exists or not.
async fn meant(logs: &LogsClient, word: &str) -> Result<Vec<String>, AwsError> {
    if !Glob::is_wild(word) {
        if word.contains('/') {
            return Ok(vec![word.to_owned()]);
        }
        let is_group = listed(logs, word).await?.iter().any(|it| it.name == word);
        return Ok(vec![if is_group {
            word.to_owned()
        } else {
            group_of(word)
        }]);
    }
    let groups = fitting(logs, word).await?;
    Ok(groups.into_iter().map(|group| group.name).collect())
}

/// The groups that fit a word with wildcards: by their names, or without a slash also by their functions' names.
///
/// # Errors
/// When groups cannot be listed.
pub(super) async fn fitting(logs: &LogsClient, word: &str) -> Result<Vec<LogGroup>, AwsError> {
    let mut found = listed(logs, word).await?;
    if !word.contains('/') {
        found.extend(listed(logs, &group_of(word)).await?);
        let mut known = BTreeSet::new();
        found.retain(|group| known.insert(group.name.clone()));
    }
    Ok(found)
}

/// The groups whose whole names fit a word with wildcards.
async fn listed(logs: &LogsClient, word: &str) -> Result<Vec<LogGroup>, AwsError> {
    let prefix = word.split('*').next().unwrap_or_default();
    let mut groups = list_groups(logs, prefix).await?;
    let glob = Glob::of_name(word);
    groups.retain(|group| glob.matches(&group.name));
    Ok(groups)
}
