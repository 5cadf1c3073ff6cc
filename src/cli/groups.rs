//! `iacstone groups`.

mod chosen;

use serde::Serialize;

use super::args::GroupsArgs;
use super::context::CommandContext;
use super::output::Output;
use super::table::{Alignment, TextTable};
use super::{CommandExit, CommandFailure};
use crate::aws::{GroupScope, LogsClient};
use crate::logs::{Glob, LogClass, LogGroup, StoredLogs, is_arn};
use crate::tail::{groups_addressed, groups_meant, list_groups};
use crate::text::{counted, size};
pub(super) use chosen::{ChosenGroups, choose};

/// Lists the log groups whose names begin with a prefix, or fit a name with wildcards.
///
/// # Errors
/// When the account cannot be asked, or there is no group of an ARN.
pub(super) async fn run(
    args: &GroupsArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.needs_network("groups")?;
    let session = context
        .connection()
        .session()
        .await
        .map_err(CommandFailure::work)?;
    let groups = listed(&session.logs(), args).await?;
    let prefix = args.prefix.as_str();
    if context.json() {
        let entries: Vec<LogGroupJson<'_>> = groups.iter().map(LogGroupJson::of).collect();
        output.json(&entries)?;
    } else if groups.is_empty() {
        let region = session.region();
        output.note(match prefix {
            "" => format!("There are no log groups in {region}."),
            _ if Glob::is_wild(prefix) => {
                format!("There are no log groups in {region} that are called like '{prefix}'.")
            }
            _ => format!("There are no log groups in {region} that begin with '{prefix}'."),
        });
    } else {
        output.data(&table(&groups).to_string())?;
    }
    Ok(CommandExit::Done)
}

/// The groups that begin with a prefix; with wildcards, or by an ARN, those that `tail` follows by the same word.
async fn listed(logs: &LogsClient, args: &GroupsArgs) -> Result<Vec<LogGroup>, CommandFailure> {
    let prefix = args.prefix.as_str();
    if is_arn(prefix) {
        return addressed(logs, prefix).await;
    }
    let scope = if args.linked {
        GroupScope::Linked
    } else {
        GroupScope::Own
    };
    let listed = if Glob::is_wild(prefix) {
        groups_meant(logs, prefix, scope).await
    } else {
        list_groups(logs, prefix, scope).await
    };
    listed.map_err(CommandFailure::work)
}

/// The groups that an ARN means.
async fn addressed(logs: &LogsClient, arn: &str) -> Result<Vec<LogGroup>, CommandFailure> {
    let address = chosen::parse(arn)?;
    let found = groups_addressed(logs, &address).await;
    let (groups, _) = found.map_err(CommandFailure::work)?;
    if groups.is_empty() && !Glob::is_wild(&address.name) {
        return Err(CommandFailure::work(format!(
            "'{arn}' is no log group of this session's account, or of one linked to it; check --profile, `iacstone groups --linked` lists them",
        )));
    }
    Ok(groups)
}

/// One log group in JSON. What the service does not tell is null.
#[derive(Serialize)]
struct LogGroupJson<'a> {
    name: &'a str,
    arn: Option<&'a str>,
    account: Option<String>,
    region: Option<String>,
    class: &'static str,
    stored_bytes: Option<u64>,
    retention_days: Option<u32>,
    live_tail: bool,
}

impl<'a> LogGroupJson<'a> {
    fn of(group: &'a LogGroup) -> Self {
        let (account, region) = group.home().map(|it| (it.account, it.region)).unzip();
        Self {
            name: &group.name,
            arn: group.arn.as_deref(),
            account,
            region,
            class: group.class.name(),
            stored_bytes: group.stored.map(|stored| stored.bytes),
            retention_days: group.stored.and_then(|stored| stored.retention_days),
            live_tail: group.class == LogClass::Standard,
        }
    }
}

/// The groups as a table: with accounts and regions where there are several, or others than the session's.
fn table(groups: &[LogGroup]) -> TextTable {
    let is_far = groups.iter().any(|group| !group.is_own);
    let place = [("account", Alignment::Left), ("region", Alignment::Left)];
    let mut columns = vec![("name", Alignment::Left)];
    columns.extend(place.into_iter().filter(|_| is_far));
    columns.extend([
        ("stored", Alignment::Right),
        ("kept", Alignment::Right),
        ("class", Alignment::Left),
    ]);
    let mut table = TextTable::new(&columns);
    for group in groups {
        let mut cells = vec![group.name.clone()];
        if is_far {
            let home = group.home().map(|home| [home.account, home.region]);
            cells.extend(home.unwrap_or_else(|| ["-".to_owned(), "-".to_owned()]));
        }
        cells.extend(match group.stored {
            Some(stored) => [size(stored.bytes), kept(stored)],
            None => ["-".to_owned(), "-".to_owned()],
        });
        cells.push(match group.class {
            LogClass::Standard => "standard: live tail".to_owned(),
            class => format!("{}: no live tail", class.name()),
        });
        table.row(cells);
    }
    table
}

fn kept(stored: StoredLogs) -> String {
    let days = |days: u32| counted(days, "day", "days");
    let kept = stored.retention_days.and_then(days);
    kept.unwrap_or_else(|| "for ever".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_the_unit_of_the_bill() {
        let group = LogGroup {
            name: "/ecs/web".to_owned(),
            arn: None,
            created_ms: None,
            is_own: true,
            stored: Some(StoredLogs {
                bytes: 8_300_000_000,
                retention_days: None,
            }),
            class: LogClass::Standard,
        };
        assert!(table(&[group]).to_string().contains("8.3 GB"));
    }
}
