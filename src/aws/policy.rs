//! The rights each job needs: one table, from which policies and doctor's questions are made.

use serde_json::{Value, json};

/// How much of iacstone a policy allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// For functions as they are.
    Read,
    /// For log groups: they may hold secrets.
    Logs,
    /// For functions that are tuned.
    Tune,
}

impl AccessLevel {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::Read, Self::Logs, Self::Tune];

    /// The level's name: `read`, `logs` or `tune`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Logs => "logs",
            Self::Tune => "tune",
        }
    }

    /// What this level is for, as a sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Read => "List and look at functions.",
            Self::Logs => "Read and follow log groups.",
            Self::Tune => "Look at functions, run power tunings and apply their results.",
        }
    }

    /// Whether this level gives the rights of the other one. Logs may hold secrets, so no other level gives theirs.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Read | Self::Tune, Self::Read)
                | (Self::Logs, Self::Logs)
                | (Self::Tune, Self::Tune)
        )
    }
}

/// What a right is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceScope {
    /// The account as a whole.
    Account,
    /// Single functions.
    Functions,
    /// Single log groups.
    Groups,
}

/// One call iacstone makes and the right it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    /// The operation by AWS's name.
    pub operation: &'static str,
    /// The IAM action.
    pub action: &'static str,
    /// The smallest level that needs it.
    pub level: AccessLevel,
    /// What it can be given for.
    pub scope: ResourceScope,
}

const fn right(
    operation: &'static str,
    action: &'static str,
    level: AccessLevel,
    scope: ResourceScope,
) -> Right {
    Right {
        operation,
        action,
        level,
        scope,
    }
}

/// Every call iacstone makes that needs a right, in the order of a tuning run, a tail, a query.
#[rustfmt::skip]
pub const RIGHTS: [Right; 21] = {
    use AccessLevel::{Logs, Read, Tune};
    use ResourceScope::{Account, Functions, Groups};
    [
        right("ListFunctions", "lambda:ListFunctions", Read, Account),
        right("GetAccountSettings", "lambda:GetAccountSettings", Read, Account),
        right("GetFunctionConfiguration", "lambda:GetFunctionConfiguration", Read, Functions),
        right("GetFunctionConcurrency", "lambda:GetFunctionConcurrency", Read, Functions),
        right("GetProvisionedConcurrencyConfig", "lambda:GetProvisionedConcurrencyConfig", Read, Functions),
        right("ListVersionsByFunction", "lambda:ListVersionsByFunction", Read, Functions),
        right("GetAlias", "lambda:GetAlias", Read, Functions),
        right("UpdateFunctionConfiguration", "lambda:UpdateFunctionConfiguration", Tune, Functions),
        right("PublishVersion", "lambda:PublishVersion", Tune, Functions),
        right("Invoke", "lambda:InvokeFunction", Tune, Functions),
        right("DeleteFunction", "lambda:DeleteFunction", Tune, Functions),
        right("CreateAlias", "lambda:CreateAlias", Tune, Functions),
        right("UpdateAlias", "lambda:UpdateAlias", Tune, Functions),
        right("DescribeLogGroups", "logs:DescribeLogGroups", Logs, Account),
        right("DescribeLogStreams", "logs:DescribeLogStreams", Logs, Groups),
        right("FilterLogEvents", "logs:FilterLogEvents", Logs, Groups),
        right("StartLiveTail", "logs:StartLiveTail", Logs, Groups),
        right("StartQuery", "logs:StartQuery", Logs, Groups),
        right("GetQueryResults", "logs:GetQueryResults", Logs, Account),
        right("StopQuery", "logs:StopQuery", Logs, Account),
        right("GetLogRecord", "logs:GetLogRecord", Logs, Groups),
    ]
};

/// The IAM action an operation needs; the operation's own name when it needs none.
#[must_use]
pub fn action_of(operation: &str) -> &str {
    // Two ways to invoke need one right.
    let operation = match operation {
        "InvokeWithResponseStream" => "Invoke",
        operation => operation,
    };
    RIGHTS
        .iter()
        .find(|right| right.operation == operation)
        .map_or(operation, |right| right.action)
}

/// The rights a level gives.
pub fn rights(level: AccessLevel) -> impl Iterator<Item = &'static Right> {
    RIGHTS.iter().filter(move |right| level.holds(right.level))
}

/// An IAM policy for a level as indented JSON. `functions` is the ARN, or the pattern of ARNs, of the functions it is
/// for, and its account and region are those of the log groups; rights that cannot be given for single ones get `*`.
#[must_use]
pub fn document(level: AccessLevel, functions: &str) -> String {
    let parts = [
        ("IacstoneAccount", ResourceScope::Account, json!("*")),
        (
            "IacstoneFunctions",
            ResourceScope::Functions,
            versions(functions),
        ),
        (
            "IacstoneLogGroups",
            ResourceScope::Groups,
            json!(groups(functions)),
        ),
    ];
    let statements = parts.into_iter().filter_map(|(sid, scope, resource)| {
        let found = rights(level).filter(|right| right.scope == scope);
        let actions: Vec<&str> = found.map(|right| right.action).collect();
        (!actions.is_empty()).then(|| statement(sid, &actions, &resource))
    });
    let statements: Vec<Value> = statements.collect();
    let document = json!({"Version": "2012-10-17", "Statement": statements});
    format!("{document:#}")
}

/// A function's ARN stands for `$LATEST` alone; its versions and aliases need `ARN:*` beside it.
fn versions(functions: &str) -> Value {
    if functions.ends_with('*') {
        return json!(functions);
    }
    json!([functions, format!("{functions}:*")])
}

/// Every log group in the partition, region and account of the functions.
fn groups(functions: &str) -> String {
    let parts: Vec<&str> = functions.split(':').collect();
    let part = |index: usize, default| parts.get(index).copied().unwrap_or(default);
    format!(
        "arn:{}:logs:{}:{}:log-group:*",
        part(1, "aws"),
        part(3, "*"),
        part(4, "*")
    )
}

fn statement(sid: &str, actions: &[&str], resource: &Value) -> Value {
    json!({"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the operations in the client's own sources.
    fn called() -> Vec<&'static str> {
        let sources = [
            include_str!("lambda.rs"),
            include_str!("lambda/read.rs"),
            include_str!("lambda/change.rs"),
            include_str!("logs/filter.rs"),
            include_str!("logs/groups.rs"),
            include_str!("logs/insights.rs"),
            include_str!("logs/live.rs"),
        ];
        let mut names: Vec<&str> = sources
            .iter()
            .flat_map(|source| source.split(".call(").skip(1))
            .filter_map(|rest| rest.split('"').nth(1))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn the_table_holds_what_the_client_calls_and_nothing_else() {
        let mut listed: Vec<&str> = RIGHTS.iter().map(|right| right.operation).collect();
        listed.sort_unstable();
        assert_eq!(called(), listed);
    }

    #[test]
    fn a_policy_for_reading_changes_nothing() {
        let text = document(AccessLevel::Read, "*");
        for verb in ["Update", "Publish", "Invoke", "Delete", "Create", "Put"] {
            assert!(!text.contains(&format!("lambda:{verb}")), "{text}");
        }
        assert!(rights(AccessLevel::Tune).count() > rights(AccessLevel::Read).count());
        assert!(!text.contains("logs:"), "{text}");
    }

    #[test]
    fn a_policy_for_one_function_covers_its_versions_and_lists_the_account() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:busy";
        let policy: Value = serde_json::from_str(&document(AccessLevel::Tune, arn)).unwrap();
        let [account, functions] = policy["Statement"].as_array().unwrap().as_slice() else {
            panic!("two statements: {policy}");
        };
        let asked = ["lambda:ListFunctions", "lambda:GetAccountSettings"];
        assert_eq!(account["Action"], json!(asked));
        assert_eq!(account["Resource"], json!("*"));
        assert_eq!(functions["Resource"], json!([arn, format!("{arn}:*")]));
        let actions = functions["Action"].as_array().unwrap();
        assert!(actions.contains(&json!("lambda:InvokeFunction")));
        assert_eq!(
            actions.len(),
            rights(AccessLevel::Tune).count() - asked.len()
        );
    }

    #[test]
    fn a_policy_for_logs_is_for_the_groups_of_the_same_account_and_gives_nothing_else() {
        let arn = "arn:aws-cn:lambda:cn-north-1:123456789012:function:*";
        let policy: Value = serde_json::from_str(&document(AccessLevel::Logs, arn)).unwrap();
        let [account, groups] = policy["Statement"].as_array().unwrap().as_slice() else {
            panic!("two statements: {policy}");
        };
        let asked = ["DescribeLogGroups", "GetQueryResults", "StopQuery"];
        assert_eq!(
            account["Action"],
            json!(asked.map(|it| format!("logs:{it}")))
        );
        let every = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:*";
        assert_eq!(groups["Resource"], every);
        assert!(!policy.to_string().contains("lambda:L"), "{policy}");
    }

    #[test]
    fn an_operation_is_known_by_its_action() {
        for operation in ["Invoke", "InvokeWithResponseStream"] {
            assert_eq!(action_of(operation), "lambda:InvokeFunction");
        }
        assert_eq!(action_of("GetCallerIdentity"), "GetCallerIdentity");
    }
}
