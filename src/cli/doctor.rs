//! `iacstone doctor`: what is there, what is missing, and how to mend it. Nothing is changed, nothing invoked.

mod account;
mod check;
mod data;
mod rights;
mod screen;

use serde::Serialize;
use serde_json::Value;

use super::context::CommandContext;
use super::output::Output;
use super::{CommandExit, CommandFailure};
use crate::config::SettingSource;
use account::AccountCheck;
use check::{Check, CheckHealth};

/// Looks at everything iacstone needs and says how to mend what is missing.
///
/// # Errors
/// When standard output takes no more. Exit code 1 when something that is needed is missing.
pub(super) async fn run(
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let mut checks = vec![configuration(context)];
    checks.extend(data::checks(context).await);
    checks.extend(screen::checks());
    let account = AccountCheck::examine(context).await;
    checks.extend(account.checks);
    let usable = checks.iter().all(|check| check.health != CheckHealth::Fail);
    if context.json() {
        output.json(&Findings {
            usable,
            checks: &checks,
            missing: &account.missing,
            policies: policies(&account.resource),
        })?;
    } else {
        output.data(&check::table(&checks))?;
        for level in rights::levels_of(&account.missing) {
            output.note(format!(
                "The credentials lack rights. This policy gives those of the level '{}':",
                level.name()
            ));
            let policy = crate::aws::policy::document(level, &account.resource);
            output.data(&format!("\n{policy}\n"))?;
        }
    }
    Ok(if usable {
        CommandExit::Done
    } else {
        CommandExit::Failed
    })
}

/// The findings in JSON.
#[derive(Serialize)]
struct Findings<'a> {
    usable: bool,
    checks: &'a [Check],
    /// IAM actions that were denied.
    missing: &'a [String],
    /// A ready policy per level.
    policies: serde_json::Map<String, Value>,
}

fn policies(resource: &str) -> serde_json::Map<String, Value> {
    crate::aws::policy::AccessLevel::ALL
        .into_iter()
        .filter_map(|level| {
            let document = crate::aws::policy::document(level, resource);
            let policy = serde_json::from_str(&document).ok()?;
            Some((level.name().to_owned(), policy))
        })
        .collect()
}

/// The files were read before: a wrong one has ended the program already.
fn configuration(context: &CommandContext) -> Check {
    let files = context.settings().resolved.iter();
    let files = files.filter_map(|resolved| match &resolved.origin {
        SettingSource::File(name, _) => Some(name.as_str()),
        _ => None,
    });
    let mut names: Vec<&str> = files.collect();
    names.sort_unstable();
    names.dedup();
    Check::ok(
        "configuration",
        match names.as_slice() {
            [] => "the defaults hold; no file says otherwise".to_owned(),
            names => format!("read from {}", names.join(", ")),
        },
    )
}
