//! A log group of the account, and a set of groups that the user gave a name.

use crate::lambda::default_log_group;

/// A log group, as far as the list of groups tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogGroup {
    /// Its name.
    pub name: String,
    /// Its ARN, without the `:*` of IAM policies, when the service told.
    pub arn: Option<String>,
    /// How much it stores, in bytes.
    pub stored_bytes: u64,
    /// How many days events are kept; `None` keeps them for ever.
    pub retention_days: Option<u32>,
    /// Whether a live session can follow it, which only the Standard class allows.
    pub can_stream: bool,
}

/// Groups that are followed together, under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSet {
    /// The name; no two sets have the same.
    pub name: String,
    /// The names of the groups, at least one, in order.
    pub groups: Vec<String>,
}

/// The function whose log group has this name, by the convention of Lambda.
#[must_use]
pub fn function_of(group: &str) -> Option<&str> {
    let name = group.strip_prefix("/aws/lambda/")?;
    // An edge function writes to groups named after its home region, `us-east-1.name`.
    let name = name.strip_prefix("us-east-1.").unwrap_or(name);
    (!name.is_empty() && !name.contains('/')).then_some(name)
}

/// The group Lambda writes to for a function without a group of its own.
#[must_use]
pub fn group_of(function: &str) -> String {
    default_log_group(function)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_and_its_group_lead_to_each_other() {
        assert_eq!(function_of(&group_of("hash-bun")), Some("hash-bun"));
        assert_eq!(function_of("/aws/lambda/us-east-1.edge"), Some("edge"));
        assert_eq!(function_of("/ecs/alpha/gunicorn"), None);
        assert_eq!(function_of("/aws/lambda/"), None);
    }
}
