//! A log group of the account, and a set of groups that the user gave a name.

use super::group_name;
use crate::lambda::default_log_group;

/// A log group, as far as the list of groups tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogGroup {
    /// Its name.
    pub name: String,
    /// Its ARN, without the `:*` of IAM policies, when the service told.
    pub arn: Option<String>,
    /// When it was made, in Unix milliseconds, when the service told.
    pub created_ms: Option<i64>,
    /// Whether it is of the session's own account and region.
    pub is_own: bool,
    /// What it stores; `None` where the service does not tell, as of groups of other accounts.
    pub stored: Option<StoredLogs>,
    /// Its class.
    pub class: LogClass,
}

/// What a group stores, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredLogs {
    /// How much, in bytes.
    pub bytes: u64,
    /// How many days events are kept; `None` keeps them for ever.
    pub retention_days: Option<u32>,
}

/// What a group can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogClass {
    /// Everything: live sessions, reading, Logs Insights.
    #[default]
    Standard,
    /// Only Logs Insights reads it.
    InfrequentAccess,
    /// Nothing reads it: it only passes events on.
    Delivery,
}

impl LogClass {
    /// The class in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::InfrequentAccess => "infrequent access",
            Self::Delivery => "delivery",
        }
    }
}

impl LogGroup {
    /// Its key: what it is followed, read and saved by.
    #[must_use]
    pub fn key(&self) -> &str {
        let arn = self.arn.as_deref().filter(|_| !self.is_own);
        arn.unwrap_or(&self.name)
    }
}

/// Groups that are followed together, under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSet {
    /// The name; no two sets have the same.
    pub name: String,
    /// The keys of the groups, at least one, in order.
    pub groups: Vec<String>,
}

/// What the name of a group of an edge function has before the function's own: the region such a function is of.
const EDGE: &str = "us-east-1.";

/// The function whose log group has this key, by the convention of Lambda.
#[must_use]
pub fn function_of(key: &str) -> Option<&str> {
    let name = group_name(key).strip_prefix("/aws/lambda/")?;
    let name = name.strip_prefix(EDGE).unwrap_or(name);
    (!name.is_empty() && !name.contains('/')).then_some(name)
}

/// Whether a group is one that Lambda@Edge writes to near the viewer; its function is in us-east-1.
#[must_use]
pub fn is_edge_group(key: &str) -> bool {
    let name = group_name(key).strip_prefix("/aws/lambda/");
    name.is_some_and(|name| name.starts_with(EDGE))
}

/// The group Lambda writes to for a function without a group of its own.
#[must_use]
pub fn group_of(function: &str) -> String {
    default_log_group(function)
}

/// The names that a word with wildcards may be of: without a slash those of functions' groups too.
#[must_use]
pub fn group_spellings(word: &str) -> Vec<String> {
    let function = (!word.contains('/')).then(|| group_of(word));
    std::iter::once(word.to_owned()).chain(function).collect()
}

/// The group that Lambda@Edge writes to for a function, in the region nearest the viewer.
#[must_use]
pub fn edge_group_of(function: &str) -> String {
    group_of(&format!("{EDGE}{function}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_and_its_group_lead_to_each_other() {
        assert_eq!(function_of(&group_of("hash-bun")), Some("hash-bun"));
        assert_eq!(function_of(&edge_group_of("edge")), Some("edge"));
        let elsewhere = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/us-east-1.edge";
        assert_eq!(function_of(elsewhere), Some("edge"));
        assert_eq!(function_of("/ecs/alpha/gunicorn"), None);
        assert_eq!(function_of("/aws/lambda/"), None);
        assert!(is_edge_group(elsewhere) && !is_edge_group("/aws/lambda/edge"));
    }
}
