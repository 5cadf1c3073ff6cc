//! Taking back what a run did to a function: used at the end of a run and by recovery after a crash alike.

use futures::StreamExt;
use futures::stream;

use super::Error;
use super::control::Control;
use super::pace::Pace;
use super::sign::{mark, signed_by};
use crate::aws::AwsError;
use crate::lambda::Function;
use crate::planted::{Planted, is_planted};
use crate::power::{Cleanup, Journal, Original, Step};

/// Versions deleted at the same time.
const DELETES_AT_ONCE: usize = 4;

/// Gives `$LATEST` the original memory size and description, unless it has them already or a deploy gave it others.
///
/// `last` is the configuration as the run knows it; without it, or when it is out of date, the function is looked at.
///
/// # Errors
/// When AWS does not let them be set; the journal stays open then.
pub(super) async fn restore(
    control: &Control<'_>,
    original: &Original,
    last: Option<Function>,
    pace: &mut Pace,
) -> Result<(), Error> {
    if let Some(last) = last {
        let wanted = Function {
            memory: original.memory,
            description: own_description(original, &last),
            ..last.clone()
        };
        match bring(control, &last, &wanted, pace).await {
            Err(Error::Deployed(_)) => {}
            restored => return restored,
        }
    }
    let journal = control.journal().await?;
    restore_by_looking(control, &journal, pace).await
}

/// Looks at `$LATEST` and takes back what is the run's. A call that may still be on its way is made void by a change of
/// the revision, even when there is nothing to take back.
async fn restore_by_looking(
    control: &Control<'_>,
    journal: &Journal,
    pace: &mut Pace,
) -> Result<(), Error> {
    let now = control.idle(&mut Pace::IMMEDIATE.clone()).await?;
    let wanted = rightful(journal, &now);
    if journal.ends_in_the_air() && wanted == now && !is_anothers(journal, &now) {
        control.change(&now, &wanted, pace).await?;
    }
    bring(control, &now, &wanted, pace).await
}

/// `$LATEST` as it should be: without what is the run's, and with whatever others chose.
fn rightful(journal: &Journal, now: &Function) -> Function {
    if is_anothers(journal, now) {
        return now.clone();
    }
    let is_signed = signed_by(now).is_some();
    Function {
        memory: if journal.left_at(now.memory) {
            journal.original.memory
        } else {
            now.memory
        },
        description: if is_signed {
            own_description(&journal.original, now)
        } else {
            now.description.clone()
        },
        ..now.clone()
    }
}

/// Whether another run is at work on it.
fn is_anothers(journal: &Journal, now: &Function) -> bool {
    signed_by(now).is_some_and(|(run, _)| run != journal.run.0)
}

fn own_description(original: &Original, now: &Function) -> String {
    let own = original.description.clone();
    own.unwrap_or_else(|| now.description.clone())
}

async fn bring(
    control: &Control<'_>,
    now: &Function,
    wanted: &Function,
    pace: &mut Pace,
) -> Result<(), Error> {
    if now != wanted {
        control.change(now, wanted, pace).await?;
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
