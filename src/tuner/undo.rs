//! Taking back what a run did to a function: used at the end of a run and by recovery after a crash alike.

use futures::StreamExt;
use futures::stream;

use super::control::Control;
use super::error::Error;
use super::pace::UpdatePace;
use super::sign::{mark, signed_by, unsigned};
use crate::aws::AwsError;
use crate::lambda::Function;
use crate::planted::{Planted, is_planted};
use crate::power::{Cleanup, Difference, Journal, JournalEntry, Original};

/// How often the function is looked at when it is another one by the time it is changed.
const LOOKS: u32 = 3;
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
    pace: &mut UpdatePace,
) -> Result<(), Error> {
    if let Some(last) = last {
        let wanted = original.restored(&last);
        let changed = if last == wanted {
            Ok(last)
        } else {
            control.change(&last, &wanted, pace).await
        };
        match changed {
            Err(Error::Deployed(_)) => {}
            Err(error) => return Err(error),
            Ok(_) => {
                control.journal().note_done(JournalEntry::Restored).await;
                return Ok(());
            }
        }
    }
    let journal = control.journal().read().await?;
    let restored = restore_by_looking(control, &journal, control.is_in_the_air(), pace);
    restored.await.map(drop)
}

/// Looks at `$LATEST` and takes back what is the run's. A call that may still be on its way is made void by a change of
/// the revision, even when there is nothing to take back.
async fn restore_by_looking(
    control: &Control<'_>,
    journal: &Journal,
    is_in_the_air: bool,
    pace: &mut UpdatePace,
) -> Result<Function, Error> {
    let mut looks = 0;
    loop {
        let now = control.idle(&mut UpdatePace::IMMEDIATE.clone()).await?;
        let wanted = rightful(journal, &now);
        let brought = if now != wanted {
            control.change(&now, &wanted, pace).await.map(drop)
        } else if is_in_the_air && !is_anothers(journal, &now) {
            make_void(control, &now, pace).await
        } else {
            Ok(())
        };
        looks += 1;
        match brought {
            // What was on its way arrived just now, or somebody deployed: the next look tells.
            Err(Error::Deployed(_)) if looks < LOOKS => {}
            Err(error) => return Err(error),
            Ok(()) => {
                control.journal().note_done(JournalEntry::Restored).await;
                return Ok(wanted);
            }
        }
    }
}

/// Gives `$LATEST` as it is another revision, so that what expects the one before is refused. Who may not change the
/// function has nothing on its way there either.
async fn make_void(
    control: &Control<'_>,
    now: &Function,
    pace: &mut UpdatePace,
) -> Result<(), Error> {
    match control.change(now, now, pace).await {
        Err(Error::Aws(AwsError::AccessDenied { .. })) | Ok(_) => Ok(()),
        Err(error) => Err(error),
    }
}

/// `$LATEST` as it should be: without what is the run's, and with whatever others chose, as far as that can be told. Where
/// the run's sign is, its size is the run's, too, even when the call came late.
fn rightful(journal: &Journal, now: &Function) -> Function {
    if is_anothers(journal, now) {
        return now.clone();
    }
    let is_signed = signed_by(now).is_some();
    let is_late = is_signed && journal.is_restored() && journal.was_at(now.memory);
    Function {
        memory: if is_late || journal.left_at(now.memory) {
            journal.original.memory
        } else {
            now.memory
        },
        description: if is_signed {
            unsigned(&journal.run, &journal.original, &now.description)
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

/// Undoes everything a journal tells of; a call of the run may still be on its way.
///
/// # Errors
/// When the function cannot be looked at or restored; what could be done is done, and the journal stays open.
pub(super) async fn everything(
    control: &Control<'_>,
    journal: &Journal,
    is_in_the_air: bool,
) -> Result<Cleanup, Error> {
    let pace = &mut UpdatePace::default();
    let restored = match restore_by_looking(control, journal, is_in_the_air, pace).await {
        Err(Error::Aws(AwsError::NotFound { .. })) => {
            return Ok(Cleanup {
                restored: true,
                ..Cleanup::default()
            });
        }
        restored => restored,
    };
    let versions = versions_left(control, journal).await?;
    let versions_left = delete(control, versions).await;
    restored.map(|latest| Cleanup {
        restored: true,
        versions_left,
        differs: difference(journal, &latest),
    })
}

/// How `$LATEST` differs from what the journal says it was.
fn difference(journal: &Journal, latest: &Function) -> Option<Difference> {
    let original = &journal.original;
    let has_own_words = match &original.description {
        Some(own) => *own == latest.description,
        None => true,
    };
    if latest.memory == original.memory && has_own_words {
        return None;
    }
    let applied = journal.applied().filter(|&size| size == latest.memory);
    Some(applied.map_or(Difference::ByOthers, Difference::Applied))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::{JournalEntry, Original, RunId};
    use crate::tuner::schedule::tests::mb;

    fn difference_at(memory: u32, description: &str, steps: &[JournalEntry]) -> Option<Difference> {
        let journal = Journal {
            run: RunId("r1".to_owned()),
            started: jiff::Timestamp::UNIX_EPOCH,
            original: Original {
                function_arn: String::new(),
                endpoint: None,
                memory: mb(256),
                description: Some("orders".to_owned()),
                versions: Vec::new(),
            },
            steps: steps.to_vec(),
        };
        let latest = Function {
            memory: mb(memory),
            description: description.to_owned(),
            ..crate::power::fixture::function()
        };
        difference(&journal, &latest)
    }

    #[test]
    fn who_made_a_function_what_it_is_after_the_undoing_is_told_apart() {
        let applied = [JournalEntry::Restored, JournalEntry::Applied(mb(512))];
        assert_eq!(difference_at(256, "orders", &applied), None);
        assert_eq!(
            difference_at(512, "orders", &applied),
            Some(Difference::Applied(mb(512)))
        );
        assert_eq!(
            difference_at(700, "orders", &applied),
            Some(Difference::ByOthers)
        );
        assert_eq!(
            difference_at(512, "orders", &[]),
            Some(Difference::ByOthers)
        );
        assert_eq!(
            difference_at(256, "orders v2", &[]),
            Some(Difference::ByOthers)
        );
    }
}
