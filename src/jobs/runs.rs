//! Saved runs: load, import, export.

use std::path::Path;

use jiff::Timestamp;

use super::blocking::blocking;
use super::files::{self, FileFailure, at_home, write_beside};
use super::problem::failed;
use crate::effect::{ImportOutcome, JobReport, Problem};
use crate::power::document::{Import, ImportError};
use crate::power::{self, ListedRun, Run, RunId};
use crate::store::{Store, StoreError};
use crate::task::JobContext;
use crate::text;

/// A run in a file is at most this large, in MiB.
const LARGEST_MIB: u64 = 64;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileFailure),
    /// What was read is no run, or does not say which.
    #[error("{}", unusable(&format!("'{from}'"), "usable run", error))]
    Unusable {
        /// The link or the file.
        from: String,
        /// What it is, and where it is damaged.
        error: ImportError,
    },
}

/// What is wrong with a text, by its name, that holds nothing of the kind that was wanted.
#[must_use]
pub fn unusable(from: &str, wanted: &str, error: &ImportError) -> String {
    match error {
        ImportError::SeveralLinks(_) => format!("{from} {error}"),
        error => format!("{from} holds no {wanted}: {error}"),
    }
}

/// Loads every saved run and the journals of runs that were cut off.
pub(super) async fn load(store: &Store, context: &JobContext<JobReport>) -> JobReport {
    let loaded = async {
        let (runs, unread_runs) = store.runs().all().await?;
        let (journals, unread_journals) = store.journals().cut_off().await?;
        Ok((runs, journals, [unread_runs, unread_journals].concat()))
    };
    match loaded.await {
        Ok((runs, journals, unread)) => {
            // What the list says of a run stands on all its samples: worked out here, and not in the event loop.
            let runs = match blocking(move || ListedRun::beside(runs)).await {
                Ok(runs) => runs,
                Err(broken) => return failed(broken),
            };
            context.report(JobReport::Runs(runs, journals)).await;
            if unread.is_empty() {
                JobReport::Done
            } else {
                failed(Problem::other(unread.join("\n")))
            }
        }
        Err(error) => ended(Err(error)),
    }
}

/// Loads the versions that tuning runs published.
pub(super) async fn load_versions(store: &Store, context: &JobContext<JobReport>) -> JobReport {
    match store.runs().versions().await {
        Ok(versions) => {
            context.report(JobReport::RunVersions(versions)).await;
            JobReport::Done
        }
        Err(error) => failed(error),
    }
}

/// The last report of a write to the store.
pub(super) fn ended(result: Result<(), StoreError>) -> JobReport {
    result.map_or_else(failed, |()| JobReport::Done)
}

/// Reads runs from a link or a file and saves them.
pub(super) async fn import(
    store: &Store,
    source: &str,
    context: &JobContext<JobReport>,
) -> JobReport {
    let (source, link) = numbered(source);
    let source = at_home(source);
    let runs = match blocking(move || import_runs(&source, link)).await {
        Ok(Ok(runs)) => runs,
        Ok(Err(error)) => return failed(error),
        Err(broken) => return failed(broken),
    };
    for run in runs {
        match take_in(store, run).await {
            Ok((run, taken)) => {
                context
                    .report(JobReport::Imported(Box::new(run), taken))
                    .await;
            }
            Err(error) => return ended(Err(error)),
        }
    }
    JobReport::Done
}

/// What is to be read, and the number of the link that is meant in it: `page.md --link 2`, as on the command line.
fn numbered(source: &str) -> (&str, Option<usize>) {
    let parts = source.rsplit_once(" --link ");
    let parts = parts.and_then(|(file, number)| Some((file, number.trim().parse().ok()?)));
    parts.map_or((source, None), |(file, number)| {
        (file.trim_end(), Some(number))
    })
}

/// Saves a run that was read from elsewhere; gives it as it is in the store now. What is saved already stays as it is,
/// with the name and the note the user gave it, and another run of the same id is kept beside it.
///
/// # Errors
/// Those of the store.
pub async fn take_in(store: &Store, mut run: Run) -> Result<(Run, ImportOutcome), StoreError> {
    let mut taken = ImportOutcome::New;
    if let Some(known) = store.runs().with_id(&run.id).await? {
        let same = Run {
            name: known.name.clone(),
            note: known.note.clone(),
            ..run.clone()
        };
        if same == known {
            return Ok((known, ImportOutcome::Known));
        }
        run.id = beside_id(&run);
        if let Some(known) = store.runs().with_id(&run.id).await? {
            return Ok((known, ImportOutcome::Known));
        }
        taken = ImportOutcome::Beside;
    }
    store.runs().save(&run).await?;
    Ok((run, taken))
}

/// Reads the runs in a link or a file (for a path), with new ids for those that have none; `link` is the number of the
/// link that is meant where a file holds several, from 1.
///
/// # Errors
/// [`ImportFailure`].
pub fn import_runs(source: &str, link: Option<usize>) -> Result<Vec<Run>, ImportFailure> {
    let is_path = Path::new(source).exists();
    let is_link = !is_path && (source.contains("://") || source.contains(';'));
    let (from, content) = if is_link {
        ("link".to_owned(), source.to_owned())
    } else {
        let instead = "give a visualization link or the path of a file";
        let content = files::read(source, LARGEST_MIB, instead, "that is no exported run")?;
        (file_name(source), content)
    };
    read_runs(&from, &content, link).map_err(|error| ImportFailure::Unusable { from, error })
}

/// Reads the runs in a text that was read from `from`, or those of the link of this number in it, from 1.
///
/// # Errors
/// [`ImportError`], which says what the text is and where it is damaged.
pub fn read_runs(from: &str, content: &str, link: Option<usize>) -> Result<Vec<Run>, ImportError> {
    let at = Timestamp::now();
    let mut id = || RunId::new(at, rand::random());
    Import {
        from: &text::neutralise(from),
        at,
        id: &mut id,
        link,
    }
    .read(content)
}

fn file_name(path: &str) -> String {
    let name = Path::new(path)
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| path.to_owned())
}

/// Writes a run to a new file, which only its owner can read: it may hold a payload. A name that ends in `.csv` makes it the
/// figures of each size, any other the whole run.
pub(super) async fn export(run: Run, path: String) -> JobReport {
    let ending = Path::new(&path).extension();
    let ends_in = |name: &str| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(name));
    if ends_in("md") || ends_in("markdown") {
        let sentence = format!(
            "a report is written on the command line: `iacstone runs export {} FILE.md`; here '.csv' makes the figures, any \
             other name the whole run",
            run.id
        );
        return failed(Problem::other(sentence));
    }
    let is_csv = ends_in("csv");
    write_beside(path, move || {
        if is_csv {
            power::export::points_csv(&run)
        } else {
            run.export()
        }
    })
    .await
}

/// The id under which a run is kept beside another one of its id: the same for the same run, however often it is read.
fn beside_id(run: &Run) -> RunId {
    RunId(format!("{}-{}", run.id, text::digest(&[&run.export()], 8)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::run;

    #[test]
    fn the_link_that_is_meant_may_stand_behind_the_file() {
        assert_eq!(numbered("a page.md --link 2"), ("a page.md", Some(2)));
        for source in ["page.md", "page.md --link two", "https://x.test/#a;b;c"] {
            assert_eq!(numbered(source), (source, None));
        }
    }

    #[tokio::test]
    async fn a_run_that_is_read_again_is_known_and_a_changed_one_stands_beside_it() {
        let store = Store::in_memory().unwrap();
        let exported = run("exported", "2026-11-21T10:00:00Z");
        let (saved, taken) = take_in(&store, exported.clone()).await.unwrap();
        assert_eq!((&saved, taken), (&exported, ImportOutcome::New));
        let renamed = Run {
            name: "my name".to_owned(),
            ..exported.clone()
        };
        store.runs().save(&renamed).await.unwrap();
        let (saved, taken) = take_in(&store, exported.clone()).await.unwrap();
        assert_eq!((saved, taken), (renamed.clone(), ImportOutcome::Known));
        let mut changed = exported;
        changed
            .measured_mut()
            .unwrap()
            .warnings
            .push("new".to_owned());
        let (saved, taken) = take_in(&store, changed.clone()).await.unwrap();
        assert_eq!(taken, ImportOutcome::Beside);
        let again = take_in(&store, changed).await.unwrap();
        assert_eq!(again, (saved.clone(), ImportOutcome::Known));
        assert_ne!(saved.id, renamed.id);
        assert_eq!(
            store.runs().with_id(&renamed.id).await.unwrap(),
            Some(renamed)
        );
    }
}
