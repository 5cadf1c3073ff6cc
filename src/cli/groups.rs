//! `iacstone groups`.

mod chosen;

use serde::Serialize;

use super::context::CommandContext;
use super::output::Output;
use super::table::{Alignment, TextTable};
use super::{CommandExit, CommandFailure};
use crate::aws::LogsClient;
use crate::jobs::list_groups;
use crate::logs::{Glob, LogGroup};
use crate::panes::logs::size;
pub(super) use chosen::choose;

/// Lists the log groups whose names begin with a prefix, or fit a name with wildcards.
///
/// # Errors
/// When the account cannot be asked.
pub(super) async fn run(
    prefix: &str,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.needs_network("groups")?;
    let session = context
        .connection()
        .session()
        .await
        .map_err(CommandFailure::work)?;
    let groups = listed(&session.logs(), prefix).await?;
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
async fn listed(logs: &LogsClient, prefix: &str) -> Result<Vec<LogGroup>, CommandFailure> {
    if chosen::is_arn(prefix) {
        return chosen::addressed(logs, prefix).await;
    }
    let listed = if Glob::is_wild(prefix) {
        chosen::fitting(logs, prefix).await
    } else {
        list_groups(logs, prefix).await
    };
    listed.map_err(CommandFailure::work)
}

/// One log group in JSON.
#[derive(Serialize)]
struct LogGroupJson<'a> {
    name: &'a str,
    stored_bytes: u64,
    retention_days: Option<u32>,
    live_tail: bool,
}

impl<'a> LogGroupJson<'a> {
    fn of(group: &'a LogGroup) -> Self {
        Self {
            name: &group.name,
            stored_bytes: group.stored_bytes,
            retention_days: group.retention_days,
            live_tail: group.can_stream,
        }
    }
}

fn table(groups: &[LogGroup]) -> TextTable {
    let mut table = TextTable::new(&[
        ("name", Alignment::Left),
        ("stored", Alignment::Right),
        ("kept", Alignment::Right),
        ("live tail", Alignment::Left),
    ]);
    for group in groups {
        let kept = group.retention_days;
        table.row([
            group.name.clone(),
            size(group.stored_bytes),
            kept.map_or_else(|| "for ever".to_owned(), |days| format!("{days} days")),
            if group.can_stream { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_the_unit_of_the_bill() {
        let group = LogGroup {
            name: "/ecs/web".to_owned(),
            arn: None,
            stored_bytes: 8_300_000_000,
            retention_days: None,
            can_stream: true,
        };
        assert!(table(&[group]).to_string().contains("8.3 GB"));
    }
}
