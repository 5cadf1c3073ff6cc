//! Writing the pick to the live function: only when the plan says so.

use super::Error;
use super::control::{Control, Pace, is_same_but_revision};
use crate::lambda::{Function, MemoryMb};
use crate::power::{Applied, Apply, Plan, Run, Step};

/// Sets `$LATEST` to the picked size; with an alias, publishes a version and points the alias at it. Gives what was
/// done.
///
/// # Errors
/// When there is no pick, `$LATEST` is not what was measured any more, or AWS does not let it be applied.
pub(super) async fn apply(
    control: &Control<'_>,
    plan: &Plan,
    run: &Run,
    measured: &Function,
) -> Result<Applied, Error> {
    let Some(memory) = run.recommended() else {
        return Err(Error::Unfit(
            "no size was measured, so nothing was applied".to_owned(),
        ));
    };
    set(control, memory, measured).await?;
    let mut applied = Applied {
        memory_mb: memory,
        version: None,
        alias: None,
    };
    if let Apply::Alias(alias) = &plan.apply {
        let version = publish(control, run).await?;
        control.point_alias(alias, &version).await?;
        applied.version = Some(version);
        applied.alias = Some(alias.clone());
    }
    Ok(applied)
}

async fn set(control: &Control<'_>, memory: MemoryMb, measured: &Function) -> Result<(), Error> {
    let now = control.idle(&mut Pace::IMMEDIATE.clone()).await?;
    if !is_same_but_revision(&now, measured) {
        return Err(Error::Deployed(now.name));
    }
    control.note(Step::Applied(memory)).await?;
    if now.memory != memory {
        control
            .change_memory(&now, memory, &mut Pace::default())
            .await?;
    }
    Ok(())
}

/// The version is the user's from now on: it carries no mark, so that no clean-up takes it away.
async fn publish(control: &Control<'_>, run: &Run) -> Result<String, Error> {
    let now = control.idle(&mut Pace::IMMEDIATE.clone()).await?;
    let description = format!("memory size picked by iacstone {}", run.id);
    Ok(control.publish_as(&now, &description).await?.version)
}
