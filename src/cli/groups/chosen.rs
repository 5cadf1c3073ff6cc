//! Which log groups a user means by names of groups, names of functions and wildcards.

use std::collections::BTreeSet;

use crate::aws::{AwsError, Logs};
use crate::jobs::list_groups;
use crate::logs::{Glob, Group, group_of};

/// The groups meant by `words`, each once, in the order they were named; those of a wildcard by name. A wildcard that
/// meets nothing is a sentence in the second list.
///
/// # Errors
/// When groups cannot be listed.
pub(in crate::cli) async fn choose(
    logs: &Logs,
    words: &[String],
) -> Result<(Vec<String>, Vec<String>), AwsError> {
    let (mut chosen, mut unmet) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    for word in words {
        let word = name_of_arn(word);
        let found = meant(logs, word).await?;
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

/// The groups one word means. A name with a slash stands for itself, whether it exists or not.
async fn meant(logs: &Logs, word: &str) -> Result<Vec<String>, AwsError> {
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
pub(super) async fn fitting(logs: &Logs, word: &str) -> Result<Vec<Group>, AwsError> {
    let mut found = listed(logs, word).await?;
    if !word.contains('/') {
        found.extend(listed(logs, &group_of(word)).await?);
        let mut known = BTreeSet::new();
        found.retain(|group| known.insert(group.name.clone()));
    }
    Ok(found)
}

/// The groups whose whole names fit a word with wildcards.
async fn listed(logs: &Logs, word: &str) -> Result<Vec<Group>, AwsError> {
    let prefix = word.split('*').next().unwrap_or_default();
    let mut groups = list_groups(logs, prefix).await?;
    let glob = Glob::of_name(word);
    groups.retain(|group| glob.matches(&group.name));
    Ok(groups)
}

/// The name in the ARN of a group; what is no ARN is its own name.
fn name_of_arn(word: &str) -> &str {
    let Some((_, name)) = word.split_once(":log-group:") else {
        return word;
    };
    name.strip_suffix(":*").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_stands_for_its_name() {
        let arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/web";
        assert_eq!(name_of_arn(arn), "/ecs/web");
        assert_eq!(name_of_arn(&format!("{arn}:*")), "/ecs/web");
        assert_eq!(name_of_arn("/ecs/web"), "/ecs/web");
    }
}
