//! Writing the pick to the live function: only when the plan says so.

use super::control::Control;
use super::error::Error;
use super::pace::UpdatePace;
use super::recorder::Recorder;
use super::sign::refuse_signed;
use crate::aws::Alias;
use crate::lambda::{Function, MemoryMb};
use crate::power::{Applied, Apply, Finding, JournalEntry, Plan, Run};

/// Sets `$LATEST` to the picked size; with an alias, publishes a version and points the alias at it. The record tells
/// after each step what was done, so that it does so too when the next one fails.
///
/// # Errors
/// When there is no pick, `$LATEST` is not what was measured any more, or AWS does not let it be applied.
pub(super) async fn apply(
    control: &Control<'_>,
    plan: &Plan,
    recorder: &mut Recorder<'_>,
    measured: &Function,
) -> Result<(), Error> {
    let memory = to_apply(recorder.run())?;
    let alias = seen(control, plan).await?;
    let now = set(control, memory, measured).await?;
    let mut applied = Applied {
        memory_mb: memory,
        version: None,
        alias: None,
    };
    recorder.applied(applied.clone());
    if let Apply::Alias(name) = &plan.apply {
        let version = publish(control, recorder.run(), &now).await?;
        applied.version = Some(version.clone());
        recorder.applied(applied.clone());
        control.point_alias(name, alias.as_ref(), &version).await?;
        applied.alias = Some(name.clone());
        recorder.applied(applied);
    }
    Ok(())
}

/// The size to apply.
fn to_apply(run: &Run) -> Result<MemoryMb, Error> {
    let Some(memory) = run.recommended() else {
        return Err(Error::Unfit(
            "no size was measured, so nothing was applied".to_owned(),
        ));
    };
    let measured = run.measured();
    let kept = measured
        .map(|it| it.current_memory)
        .filter(|&current| {
            let found = measured.and_then(Finding::of);
            found.is_some_and(|found| found.may_stay(current))
        })
        .filter(|&current| current != memory);
    match kept {
        None => Ok(memory),
        Some(current) => Err(Error::Unfit(format!(
            "nothing was applied: nobody can tell which size is best, and the {current} MB that the function has may be it"
        ))),
    }
}

/// The alias as it is now, if there is one; it must not be in the middle of a canary release.
pub(super) async fn seen(control: &Control<'_>, plan: &Plan) -> Result<Option<Alias>, Error> {
    let Apply::Alias(name) = &plan.apply else {
        return Ok(None);
    };
    match control.alias(name).await? {
        Some(alias) if alias.is_split => Err(Error::Split(name.clone())),
        alias => Ok(alias),
    }
}

/// Sets the memory size; gives the function as it is then.
async fn set(
    control: &Control<'_>,
    memory: MemoryMb,
    measured: &Function,
) -> Result<Function, Error> {
    let now = control.idle(&mut UpdatePace::IMMEDIATE.clone()).await?;
    if !now.is_same_but_revision(measured) {
        return Err(Error::Deployed(now.name));
    }
    control
        .journal()
        .note(JournalEntry::Applied(memory))
        .await?;
    if now.memory == memory {
        return Ok(now);
    }
    let wanted = Function {
        memory,
        ..now.clone()
    };
    control
        .change(&now, &wanted, &mut UpdatePace::default())
        .await
}

/// Publishes the function as it was when the size was set, or nothing when it was deployed since. The version is the
/// user's from now on: it carries no mark, so that no clean-up takes it away. Lambda gives a version of another run when
/// that published the very same just before; it is not taken, for that run will delete it.
async fn publish(control: &Control<'_>, run: &Run, now: &Function) -> Result<String, Error> {
    let description = format!("memory size picked by iacstone {}", run.id);
    let version = control.publish_as(now, &description).await?;
    refuse_signed(now, std::slice::from_ref(&version))?;
    Ok(version.version)
}
