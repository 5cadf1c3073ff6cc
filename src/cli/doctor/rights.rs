//! Which rights work, found out by calls that change nothing.

use super::super::context::CommandContext;
use super::check::Check;
use crate::aws::policy::{AccessLevel, RIGHTS, ResourceScope, Right, action_of};
use crate::aws::{AwsError, FilterRequest, GroupScope, LambdaClient, LogsClient, StreamOrder};
use crate::lambda::{Function, FunctionRef};

/// An alias nobody has: asking for it needs the right and finds nothing.
const NO_ALIAS: &str = "iacstone-doctor";

/// Tries every reading call on the account and its first function that a run cannot do without; gives the findings and the
/// denied actions.
pub(super) async fn checks(
    lambda: &LambdaClient,
    context: &CommandContext,
) -> (Vec<Check>, Vec<String>) {
    let mut trial = Trial::new("rights to read");
    let page = Box::pin(lambda.functions(&[])).await;
    let first = match &page {
        Ok(page) => page.functions.first().cloned(),
        Err(_) => None,
    };
    trial.note("ListFunctions", page.map(drop));
    match first.as_ref().and_then(reference) {
        Some(function) => trial.read(lambda, &function).await,
        None => trial.unknown = reading().map(|right| right.action).collect(),
    }
    let mut checks = trial.checks("there is no function");
    let untried: Vec<&str> = changing().map(|right| right.action).collect();
    let words = format!(
        "not tried, for they change something: {}",
        untried.join(", ")
    );
    let mut check = Check::skip("rights to tune", words);
    if context.settings().read_only {
        check.words = format!("not needed: iacstone is read-only ({})", untried.join(", "));
    }
    checks.push(check.with_remedy("`iacstone doctor --json` holds a policy with all of them"));
    (checks, trial.missing)
}

/// The levels that the denied actions belong to; none when nothing was denied.
pub(super) fn levels_of(missing: &[String]) -> Vec<AccessLevel> {
    let denied = |right: &&Right| missing.iter().any(|action| action == right.action);
    let mut levels: Vec<AccessLevel> = RIGHTS.iter().filter(denied).map(|it| it.level).collect();
    levels.dedup();
    levels
}

/// Tries the reading calls on the first log group. A live session is not opened: it is billed, and few may be open.
pub(super) async fn log_checks(logs: &LogsClient) -> (Vec<Check>, Vec<String>) {
    let mut trial = Trial::new("rights to logs");
    let page = Box::pin(logs.groups("", GroupScope::Own, &[])).await;
    let first = match &page {
        Ok(page) => page.groups.first().cloned(),
        Err(_) => None,
    };
    trial.note("DescribeLogGroups", page.map(drop));
    if let Some(group) = first {
        let streams = Box::pin(logs.streams(group.key(), StreamOrder::Name, &[])).await;
        trial.note("DescribeLogStreams", streams.map(drop));
        let request = FilterRequest {
            group: group.key().to_owned(),
            limit: Some(1),
            ..FilterRequest::default()
        };
        let page = Box::pin(logs.filter(&request)).await;
        trial.note("FilterLogEvents", page.map(drop));
    } else {
        trial.unknown = ["DescribeLogStreams", "FilterLogEvents"]
            .map(action_of)
            .to_vec();
    }
    let mut checks = trial.checks("there is no log group");
    let words = format!(
        "not tried, for sessions and queries are billed: {}",
        ["StartLiveTail", "StartQuery"].map(action_of).join(", ")
    );
    let check = Check::skip("rights to logs", words);
    checks.push(check.with_remedy("without them a tail polls, and statistics are by scanning"));
    (checks, trial.missing)
}

fn reading() -> impl Iterator<Item = &'static Right> {
    let read = RIGHTS
        .iter()
        .filter(|right| right.level == AccessLevel::Read);
    read.filter(|right| right.scope == ResourceScope::Functions)
}

fn changing() -> impl Iterator<Item = &'static Right> {
    RIGHTS
        .iter()
        .filter(|right| right.level == AccessLevel::Tune)
}

fn reference(function: &Function) -> Option<FunctionRef> {
    FunctionRef::parse(&function.name).ok()
}

/// What the calls said.
#[derive(Debug)]
struct Trial {
    name: &'static str,
    works: Vec<&'static str>,
    missing: Vec<String>,
    unknown: Vec<&'static str>,
    errors: Vec<String>,
}

impl Trial {
    const fn new(name: &'static str) -> Self {
        Self {
            name,
            works: Vec::new(),
            missing: Vec::new(),
            unknown: Vec::new(),
            errors: Vec::new(),
        }
    }

    async fn read(&mut self, lambda: &LambdaClient, function: &FunctionRef) {
        let configuration = Box::pin(lambda.configuration(function)).await;
        self.note("GetFunctionConfiguration", configuration.map(drop));
        let concurrency = Box::pin(lambda.reserved_concurrency(function)).await;
        self.note("GetFunctionConcurrency", concurrency.map(drop));
        let named = function.qualified(NO_ALIAS);
        let provisioned = match Box::pin(lambda.provisioned_concurrency(&named)).await {
            // Whoever may not ask is told so before anybody looks whether it is there.
            Err(AwsError::NotFound(_) | AwsError::Refused(_)) => Ok(()),
            provisioned => provisioned.map(drop),
        };
        self.note("GetProvisionedConcurrencyConfig", provisioned);
        let versions = Box::pin(lambda.versions(function)).await;
        self.note("ListVersionsByFunction", versions.map(drop));
        let alias = Box::pin(lambda.alias(function, NO_ALIAS)).await;
        self.note("GetAlias", alias.map(drop));
    }

    fn note(&mut self, operation: &'static str, result: Result<(), AwsError>) {
        match result {
            Ok(()) => self.works.push(action_of(operation)),
            Err(AwsError::AccessDenied { action, .. }) => self.missing.push(action),
            Err(error) => self.errors.push(error.to_string()),
        }
    }

    /// `nothing` says why calls could not be tried.
    fn checks(&self, nothing: &str) -> Vec<Check> {
        let mut checks = Vec::new();
        if !self.works.is_empty() {
            checks.push(Check::ok(self.name, self.works.join(", ")));
        }
        if !self.missing.is_empty() {
            let words = format!("denied: {}", self.missing.join(", "));
            let check = Check::fail(self.name, words);
            checks.push(check.with_remedy("give these credentials the policy below"));
        }
        if !self.unknown.is_empty() {
            let words = format!("not tried, for {nothing}: {}", self.unknown.join(", "));
            checks.push(Check::skip(self.name, words));
        }
        for error in &self.errors {
            checks.push(Check::fail("calls", error.clone()));
        }
        checks
    }
}
