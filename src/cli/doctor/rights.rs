//! Which rights work, found out by calls that change nothing.

use super::super::office::Office;
use super::check::Check;
use crate::aws::policy::{Level, RIGHTS, Right};
use crate::aws::{AwsError, Lambda};
use crate::lambda::{Function, FunctionRef};

/// An alias nobody has: asking for it needs the right and finds nothing.
const NO_ALIAS: &str = "iacstone-doctor";

/// Tries every reading call on the account and its first function; gives the findings and the denied actions.
pub(super) async fn checks(lambda: &Lambda, office: &Office) -> (Vec<Check>, Vec<String>) {
    let mut trial = Trial::default();
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
    let mut checks = trial.checks();
    let untried: Vec<&str> = changing().map(|right| right.action).collect();
    let words = format!(
        "not tried, for they change something: {}",
        untried.join(", ")
    );
    let mut check = Check::skip("rights to tune", words);
    if office.settings().read_only {
        check.words = format!("not needed: iacstone is read-only ({})", untried.join(", "));
    }
    checks.push(check.with_remedy("`iacstone doctor --json` holds a policy with all of them"));
    (checks, trial.missing)
}

/// The smallest level that holds the denied actions; `None` when none was denied.
pub(super) fn level_of(missing: &[String]) -> Option<Level> {
    missing
        .iter()
        .filter_map(|action| RIGHTS.iter().find(|right| right.action == action))
        .map(|right| right.level)
        .max()
}

fn reading() -> impl Iterator<Item = &'static Right> {
    let read = RIGHTS.iter().filter(|right| right.level == Level::Read);
    read.filter(|right| right.per_function)
}

fn changing() -> impl Iterator<Item = &'static Right> {
    RIGHTS.iter().filter(|right| right.level == Level::Tune)
}

fn reference(function: &Function) -> Option<FunctionRef> {
    FunctionRef::parse(&function.name).ok()
}

/// What the calls said.
#[derive(Debug, Default)]
struct Trial {
    works: Vec<&'static str>,
    missing: Vec<String>,
    unknown: Vec<&'static str>,
    errors: Vec<String>,
}

impl Trial {
    async fn read(&mut self, lambda: &Lambda, function: &FunctionRef) {
        let configuration = Box::pin(lambda.configuration(function)).await;
        self.note("GetFunctionConfiguration", configuration.map(drop));
        let concurrency = Box::pin(lambda.reserved_concurrency(function)).await;
        self.note("GetFunctionConcurrency", concurrency.map(drop));
        let versions = Box::pin(lambda.versions(function)).await;
        self.note("ListVersionsByFunction", versions.map(drop));
        let alias = Box::pin(lambda.alias(function, NO_ALIAS)).await;
        self.note("GetAlias", alias.map(drop));
    }

    fn note(&mut self, operation: &'static str, result: Result<(), AwsError>) {
        match result {
            Ok(()) => self.works.push(crate::aws::policy::action_of(operation)),
            Err(AwsError::AccessDenied { action, .. }) => self.missing.push(action),
            Err(error) => self.errors.push(error.to_string()),
        }
    }

    fn checks(&self) -> Vec<Check> {
        let mut checks = Vec::new();
        if !self.works.is_empty() {
            checks.push(Check::ok("rights to read", self.works.join(", ")));
        }
        if !self.missing.is_empty() {
            let words = format!("denied: {}", self.missing.join(", "));
            let check = Check::fail("rights to read", words);
            checks.push(check.with_remedy("give these credentials the policy below"));
        }
        if !self.unknown.is_empty() {
            let words = format!(
                "not tried, for there is no function: {}",
                self.unknown.join(", ")
            );
            checks.push(Check::skip("rights to read", words));
        }
        for error in &self.errors {
            checks.push(Check::fail("calls", error.clone()));
        }
        checks
    }
}
