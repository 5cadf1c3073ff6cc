//! `iacstone functions`.

use serde::Serialize;

use super::context::CommandContext;
use super::output::Output;
use super::table::{Alignment, TextTable};
use super::{CommandExit, CommandFailure};
use crate::jobs::Listing;
use crate::lambda::{
    Architecture, Capacity, Function, LogFormat, PackageType, SnapStart, State, Tenancy,
    UpdateStatus,
};

/// Lists every function of the account and region.
///
/// # Errors
/// When the account cannot be asked.
pub(super) async fn run(
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.needs_network("functions")?;
    let session = context
        .connection()
        .session()
        .await
        .map_err(CommandFailure::work)?;
    let functions = Listing::new(&session.lambda())
        .rest()
        .await
        .map_err(CommandFailure::work)?;
    if context.json() {
        let entries: Vec<FunctionJson<'_>> = functions.iter().map(FunctionJson::of).collect();
        output.json(&entries)?;
    } else if functions.is_empty() {
        output.note(format!("There are no functions in {}.", session.region()));
    } else {
        output.data(&table(&functions).to_string())?;
    }
    Ok(CommandExit::Done)
}

/// One function in JSON.
#[derive(Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a function has or has not stands in fields of its own"
)]
struct FunctionJson<'a> {
    name: &'a str,
    arn: &'a str,
    version: &'a str,
    description: &'a str,
    memory_mb: u32,
    timeout_s: u64,
    runtime: Option<&'a str>,
    package: &'static str,
    architecture: Architecture,
    state: &'static str,
    update: &'static str,
    log_format: &'static str,
    snap_start: bool,
    tenant_isolation: bool,
    managed_instances: bool,
    durable: bool,
    storage_mb: Option<u32>,
}

impl<'a> FunctionJson<'a> {
    fn of(function: &'a Function) -> Self {
        Self {
            name: &function.name,
            arn: &function.arn,
            version: &function.version,
            description: &function.description,
            memory_mb: function.memory.megabytes(),
            timeout_s: function.timeout.as_secs(),
            runtime: function.code.runtime.as_deref(),
            package: match function.code.package {
                PackageType::Zip => "zip",
                PackageType::Image => "image",
            },
            architecture: function.code.architecture,
            state: match function.status.state {
                State::Active => "active",
                State::Pending => "pending",
                State::Inactive => "inactive",
                State::Failed => "failed",
            },
            update: match function.status.update {
                UpdateStatus::Successful => "successful",
                UpdateStatus::InProgress => "in-progress",
                UpdateStatus::Failed => "failed",
            },
            log_format: match function.logging.format {
                LogFormat::Text => "text",
                LogFormat::Json => "json",
            },
            snap_start: function.hosting.snap_start == SnapStart::PublishedVersions,
            tenant_isolation: function.hosting.tenancy == Tenancy::PerTenant,
            managed_instances: function.hosting.capacity == Capacity::ManagedInstances,
            durable: function.hosting.durable.is_some(),
            storage_mb: function.hosting.storage_mb,
        }
    }
}

fn table(functions: &[Function]) -> TextTable {
    let mut table = TextTable::new(&[
        ("name", Alignment::Left),
        ("MB", Alignment::Right),
        ("runtime", Alignment::Left),
        ("architecture", Alignment::Left),
        ("time-out", Alignment::Right),
        ("state", Alignment::Left),
    ]);
    for function in functions {
        let entry = FunctionJson::of(function);
        let state = match entry.update {
            "successful" => entry.state.to_owned(),
            update => format!("{}, update {update}", entry.state),
        };
        table.row([
            entry.name.to_owned(),
            entry.memory_mb.to_string(),
            entry.runtime.unwrap_or(entry.package).to_owned(),
            entry.architecture.to_string(),
            format!("{} s", entry.timeout_s),
            state,
        ]);
    }
    table
}
