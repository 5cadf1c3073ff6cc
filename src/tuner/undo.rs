//! Taking back what a run did to a function: used at the end of a run and by recovery after a crash alike.

use futures::StreamExt;
use futures::stream;

use super::Error;
use super::control::{Control, mark};
use super::pace::Pace;
use crate::aws::AwsError;
use crate::lambda::{Function, MemoryMb};
use crate::planted::{Planted, is_planted};
use crate::power::{Cleanup, Journal, Step};

/// Versions deleted at the same time.
const DELETES_AT_ONCE: usize = 4;

/// Gives `$LATEST` the original memory size, unless it has it already or a deploy gave it another.
///
/// `last` is the configuration as the run knows it; without it, or when it is out of date, the function is looked at.
///
/// # Errors
/// When AWS does not let the size be set; the journal stays open then.
pub(super) async fn restore(
    control: &Control<'_>,
    original: MemoryMb,
    last: Option<Function>,
    pace: &mut Pace,
) -> Result<(), Error> {
    if let Some(last) = last {
        match restore_from(control, &last, original, pace).await {
            Err(Error::Deployed(_)) => {}
            restored => return restored,
        }
    }
    let journal = control.journal().await?;
    restore_by_looking(control, &journal, pace).await
}

async fn restore_by_looking(
    control: &Control<'_>,
    journal: &Journal,
    pace: &mut Pace,
) -> Result<(), Error> {
    let now = control.idle(&mut Pace::IMMEDIATE.clone()).await?;
    if journal.left_at(now.memory) {
        return restore_from(control, &now, journal.original.memory, pace).await;
    }
    control.note_done(Step::Restored).await;
    Ok(())
}

async fn restore_from(
    control: &Control<'_>,
    now: &Function,
    memory: MemoryMb,
    pace: &mut Pace,
) -> Result<(), Error> {
    if now.memory != memory {
        control.change_memory(now, memory, pace).await?;
    }
    control.note_done(Step::Restored).await;
    Ok(())
}

/// Deletes versions of the run; gives how many are left.
pub(super) async fn delete(control: &Control<'_>, versions: Vec<String>) -> u32 {
    let deleted = stream::iter(versions)
        .map(|version| async move { control.delete(&version).await })
        .buffer_unordered(DELETES_AT_ONCE);
    let left = deleted
        .filter(|result| std::future::ready(result.is_err()))
        .count()
        .await;
    u32::try_from(left).unwrap_or(u32::MAX)
}

/// The versions of the run that exist in the account, whatever the journal knows of them.
pub(super) async fn versions_left(
    control: &Control<'_>,
    journal: &Journal,
) -> Result<Vec<String>, Error> {
    if is_planted(Planted::JournalAlone) {
        return Ok(journal.own_versions());
    }
    let mark = mark(&journal.run);
    let versions = control.versions().await?.into_iter();
    let own = versions
        .filter(|version| version.description == mark)
        .map(|version| version.version);
    Ok(own
        .filter(|version| !journal.original.versions.contains(version))
        .collect())
}

/// Undoes everything a journal tells of.
///
/// # Errors
/// When the function cannot be looked at or restored; what could be done is done, and the journal stays open.
pub(super) async fn everything(control: &Control<'_>, journal: &Journal) -> Result<Cleanup, Error> {
    let restored = match restore_by_looking(control, journal, &mut Pace::default()).await {
        Err(Error::Aws(AwsError::NotFound { .. })) => {
            return Ok(Cleanup {
                restored: true,
                versions_left: 0,
            });
        }
        restored => restored,
    };
    let versions = versions_left(control, journal).await?;
    let versions_left = delete(control, versions).await;
    restored.map(|()| Cleanup {
        restored: true,
        versions_left,
    })
}
