//! The rights each job needs: one table, from which policies and doctor's questions are made.

use serde_json::{Value, json};

/// How much of iacstone a policy allows; each level holds the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// List and look at functions.
    Read,
    /// Run power tunings and apply their results.
    Tune,
}

impl Level {
    /// Every level, smallest first.
    pub const ALL: [Self; 2] = [Self::Read, Self::Tune];

    /// The level's name: `read` or `tune`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Tune => "tune",
        }
    }
}

/// One call iacstone makes and the right it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    /// The operation by AWS's name.
    pub operation: &'static str,
    /// The IAM action.
    pub action: &'static str,
    /// The smallest level that needs it.
    pub level: Level,
    /// Whether the right can be given for single functions.
    pub per_function: bool,
}

const fn right(operation: &'static str, action: &'static str, level: Level) -> Right {
    Right {
        operation,
        action,
        level,
        per_function: true,
    }
}

/// Every call iacstone makes that needs a right, in the order of a tuning run.
pub const RIGHTS: [Right; 11] = [
    Right {
        operation: "ListFunctions",
        action: "lambda:ListFunctions",
        level: Level::Read,
        per_function: false,
    },
    right(
        "GetFunctionConfiguration",
        "lambda:GetFunctionConfiguration",
        Level::Read,
    ),
    right(
        "GetFunctionConcurrency",
        "lambda:GetFunctionConcurrency",
        Level::Read,
    ),
    right(
        "ListVersionsByFunction",
        "lambda:ListVersionsByFunction",
        Level::Read,
    ),
    right("GetAlias", "lambda:GetAlias", Level::Read),
    right(
        "UpdateFunctionConfiguration",
        "lambda:UpdateFunctionConfiguration",
        Level::Tune,
    ),
    right("PublishVersion", "lambda:PublishVersion", Level::Tune),
    right("Invoke", "lambda:InvokeFunction", Level::Tune),
    right("DeleteFunction", "lambda:DeleteFunction", Level::Tune),
    right("CreateAlias", "lambda:CreateAlias", Level::Tune),
    right("UpdateAlias", "lambda:UpdateAlias", Level::Tune),
];

/// The IAM action an operation needs; the operation's own name when it needs none.
#[must_use]
pub fn action_of(operation: &str) -> &str {
    RIGHTS
        .iter()
        .find(|right| right.operation == operation)
        .map_or(operation, |right| right.action)
}

/// The rights of a level, those of the smaller ones included.
pub fn rights(level: Level) -> impl Iterator<Item = &'static Right> {
    RIGHTS.iter().filter(move |right| right.level <= level)
}

/// An IAM policy for a level as indented JSON. `resource` is the ARN, or the pattern of ARNs, of the
/// functions it is for; rights that cannot be given for single functions get `*`.
#[must_use]
pub fn document(level: Level, resource: &str) -> String {
    let actions = |per_function: bool| -> Vec<&str> {
        rights(level)
            .filter(|right| right.per_function == per_function)
            .map(|right| right.action)
            .collect()
    };
    let document = json!({
        "Version": "2012-10-17",
        "Statement": [
            statement("IacstoneAccount", &actions(false), &json!("*")),
            statement("IacstoneFunctions", &actions(true), &functions(resource)),
        ],
    });
    format!("{document:#}")
}

/// A function's ARN stands for `$LATEST` alone; its versions and aliases need `ARN:*` beside it.
fn functions(resource: &str) -> Value {
    if resource.ends_with('*') {
        return json!(resource);
    }
    json!([resource, format!("{resource}:*")])
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
            include_str!("lambda/read.rs"),
            include_str!("lambda/change.rs"),
            include_str!("lambda/invoke.rs"),
        ];
        let mut names: Vec<&str> = sources
            .iter()
            .flat_map(|source| source.split("self.call(").skip(1))
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
        let text = document(Level::Read, "*");
        for verb in ["Update", "Publish", "Invoke", "Delete", "Create", "Put"] {
            assert!(!text.contains(&format!("lambda:{verb}")), "{text}");
        }
        assert!(rights(Level::Tune).count() > rights(Level::Read).count());
    }

    #[test]
    fn a_policy_for_one_function_covers_its_versions_and_lists_the_account() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:busy";
        let policy: Value = serde_json::from_str(&document(Level::Tune, arn)).unwrap();
        let [account, functions] = policy["Statement"].as_array().unwrap().as_slice() else {
            panic!("two statements: {policy}");
        };
        assert_eq!(account["Action"], json!(["lambda:ListFunctions"]));
        assert_eq!(account["Resource"], json!("*"));
        assert_eq!(functions["Resource"], json!([arn, format!("{arn}:*")]));
        let actions = functions["Action"].as_array().unwrap();
        assert!(actions.contains(&json!("lambda:InvokeFunction")));
        assert_eq!(actions.len(), RIGHTS.len() - 1);
    }

    #[test]
    fn an_operation_is_known_by_its_action() {
        assert_eq!(action_of("Invoke"), "lambda:InvokeFunction");
        assert_eq!(action_of("GetCallerIdentity"), "GetCallerIdentity");
    }
}
