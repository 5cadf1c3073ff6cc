//! The tuning journals. Only open ones are kept; each write is confirmed by the disk before it returns.

use std::path::Path;

use rusqlite::{OptionalExtension, Transaction};

use super::database::{Database, Durability};
use super::encoding::{decode, decode_time, encode, encode_time, sort_out};
use super::error::{StoreError, TransactionError};
use super::lock::RunLock;
use super::run_versions;
use super::writer::Writer;
use crate::power::{Journal, JournalEntry, RunId};

const WRITING: &str = "write the tuning journal";
const READING: &str = "read the tuning journal";

/// The open journals of a store.
#[derive(Debug, Clone, Copy)]
pub struct JournalStore<'a> {
    writer: &'a Writer,
    /// Where the locks are that tell which runs are alive; `None` for a store in memory.
    directory: Option<&'a Path>,
}

impl<'a> JournalStore<'a> {
    pub(super) const fn new(writer: &'a Writer, directory: Option<&'a Path>) -> Self {
        Self { writer, directory }
    }

    /// Begins the journal of a run; durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::JournalExists`] when the run has an open journal: it is never overwritten.
    pub async fn begin(self, journal: &Journal) -> Result<(), StoreError> {
        let journal = journal.clone();
        self.writer
            .ask(move |database| begin(database, &journal))
            .await
    }

    /// Adds a step to an open journal; durable when it returns, so the call it announces may be made.
    ///
    /// # Errors
    /// [`StoreError::NoSuchJournal`] when the run has no open journal.
    pub async fn append_step(self, run: &RunId, step: JournalEntry) -> Result<(), StoreError> {
        let run = run.clone();
        self.writer
            .ask(move |database| append_step(database, &run, &step))
            .await
    }

    /// Ends the journal of a run that left nothing behind.
    ///
    /// # Errors
    /// [`StoreError::NoSuchJournal`] when the run has no open journal.
    pub async fn close(self, run: &RunId) -> Result<(), StoreError> {
        let run = run.clone();
        self.writer.ask(move |database| close(database, &run)).await
    }

    /// All open journals, oldest first, and one sentence for each that could not be read. A journal is open while its
    /// run is alive, too: ask [`RunLock`] before undoing it.
    ///
    /// # Errors
    /// [`StoreError`] when the store itself cannot be read.
    pub async fn all(self) -> Result<(Vec<Journal>, Vec<String>), StoreError> {
        self.writer.ask(all).await
    }

    /// The open journals of runs that are alive in no process, as in [`Self::all`].
    ///
    /// # Errors
    /// [`StoreError`] when the store itself cannot be read.
    pub async fn cut_off(self) -> Result<(Vec<Journal>, Vec<String>), StoreError> {
        let (mut journals, unreadable) = self.all().await?;
        if let Some(directory) = self.directory {
            // One whose lock cannot be asked for is shown rather than hidden.
            journals
                .retain(|journal| !matches!(RunLock::acquire(directory, &journal.run), Ok(None)));
        }
        Ok((journals, unreadable))
    }

    /// The open journal of a run.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when it is there but makes no sense.
    pub async fn of_run(self, run: &RunId) -> Result<Option<Journal>, StoreError> {
        let run = run.clone();
        self.writer
            .ask(move |database| of_run(database, &run))
            .await
    }
}

/// Writes down a journal with its steps so far.
pub(super) fn begin(database: &mut Database, journal: &Journal) -> Result<(), StoreError> {
    let run = &journal.run.0;
    let original = encode(&journal.original, || name_of(run))?;
    database.write(WRITING, Durability::Machine, |on| {
        if is_open(on, run)? {
            return Err(StoreError::JournalExists(run.clone()).into());
        }
        on.execute(
            "INSERT INTO journals (run, started, original) VALUES (?1, ?2, ?3)",
            (run, encode_time(journal.started), original),
        )?;
        journal
            .steps
            .iter()
            .try_for_each(|step| insert_step(on, run, step))
    })
}

/// Adds a step, and keeps what it tells of versions.
pub(super) fn append_step(
    database: &mut Database,
    run: &RunId,
    step: &JournalEntry,
) -> Result<(), StoreError> {
    database.write(WRITING, Durability::Machine, |on| {
        if !is_open(on, &run.0)? {
            return Err(StoreError::NoSuchJournal(run.0.clone()).into());
        }
        insert_step(on, &run.0, step)
    })
}

/// Forgets a journal.
pub(super) fn close(database: &mut Database, run: &RunId) -> Result<(), StoreError> {
    database.write(WRITING, Durability::Machine, |on| {
        match on.execute("DELETE FROM journals WHERE run = ?1", [&run.0])? {
            0 => Err(StoreError::NoSuchJournal(run.0.clone()).into()),
            _ => Ok(run_versions::give_up(on, &run.0)?),
        }
    })
}

/// All open journals, oldest first, and a sentence for each that makes no sense.
pub(super) fn all(database: &mut Database) -> Result<(Vec<Journal>, Vec<String>), StoreError> {
    database.read(READING, |on| {
        let runs: Vec<String> = on
            .prepare_cached("SELECT run FROM journals ORDER BY started, run")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut journals = Vec::new();
        let mut unreadable = Vec::new();
        for run in runs {
            match sort_out(load(on, &run))? {
                Ok(journal) => journals.extend(journal),
                Err(sentence) => unreadable.push(sentence),
            }
        }
        Ok((journals, unreadable))
    })
}

/// The open journal of a run.
pub(super) fn of_run(database: &mut Database, run: &RunId) -> Result<Option<Journal>, StoreError> {
    database.read(READING, |on| load(on, &run.0))
}

fn load(on: &Transaction<'_>, run: &str) -> Result<Option<Journal>, TransactionError> {
    let head: Option<(String, String)> = on
        .prepare_cached("SELECT started, original FROM journals WHERE run = ?1")?
        .query_row([run], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((started, original)) = head else {
        return Ok(None);
    };
    let what = || name_of(run);
    Ok(Some(Journal {
        run: RunId(run.to_owned()),
        started: decode_time(&started, what)?,
        original: decode(&original, what)?,
        steps: steps(on, run)?,
    }))
}

fn steps(on: &Transaction<'_>, run: &str) -> Result<Vec<JournalEntry>, TransactionError> {
    let mut query = on.prepare_cached("SELECT step FROM steps WHERE run = ?1 ORDER BY number")?;
    let texts = query.query_map([run], |row| row.get::<_, String>(0))?;
    texts
        .map(|text| Ok(decode(&text?, || name_of(run))?))
        .collect()
}

fn insert_step(
    on: &Transaction<'_>,
    run: &str,
    step: &JournalEntry,
) -> Result<(), TransactionError> {
    let text = encode(step, || name_of(run))?;
    on.prepare_cached(
        "INSERT INTO steps (run, number, step)
         SELECT ?1, coalesce(max(number), 0) + 1, ?2 FROM steps WHERE run = ?1",
    )?
    .execute((run, text))?;
    Ok(run_versions::keep(on, run, step)?)
}

fn is_open(on: &Transaction<'_>, run: &str) -> rusqlite::Result<bool> {
    on.prepare_cached("SELECT EXISTS (SELECT 1 FROM journals WHERE run = ?1)")?
        .query_row([run], |row| row.get(0))
}

fn name_of(run: &str) -> String {
    format!("the journal of run '{run}'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::example::{journal, memory, plain};
    use crate::store::opening;
    use crate::store::runs::rows;

    fn id(text: &str) -> RunId {
        RunId(text.to_owned())
    }

    #[test]
    fn a_journal_comes_back_equal_until_it_is_closed() {
        let mut database = opening::in_memory().unwrap();
        let mut expected = journal("r1");
        begin(&mut database, &expected).unwrap();
        for megabytes in [512, 128, 512] {
            let step = JournalEntry::SettingMemory(memory(megabytes));
            append_step(&mut database, &id("r1"), &step).unwrap();
            expected.steps.push(step);
        }
        assert_eq!(
            of_run(&mut database, &id("r1")).unwrap(),
            Some(expected.clone())
        );
        assert_eq!(all(&mut database).unwrap(), (vec![expected], Vec::new()));
        close(&mut database, &id("r1")).unwrap();
        assert_eq!(of_run(&mut database, &id("r1")).unwrap(), None);
        assert_eq!(all(&mut database).unwrap(), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_step_without_a_journal_is_refused_so_that_nothing_is_changed() {
        let mut database = opening::in_memory().unwrap();
        let refused = append_step(&mut database, &id("r1"), &JournalEntry::Restored);
        assert!(matches!(refused, Err(StoreError::NoSuchJournal(_))));
        let refused = close(&mut database, &id("r1"));
        assert!(matches!(refused, Err(StoreError::NoSuchJournal(_))));
    }

    #[test]
    fn an_open_journal_is_never_overwritten() {
        let mut database = opening::in_memory().unwrap();
        begin(&mut database, &journal("r1")).unwrap();
        let mut other = journal("r1");
        other.steps.clear();
        let refused = begin(&mut database, &other);
        assert!(matches!(refused, Err(StoreError::JournalExists(_))));
        assert_eq!(
            of_run(&mut database, &id("r1")).unwrap(),
            Some(journal("r1"))
        );
    }

    #[test]
    fn deleting_a_run_leaves_its_journal() {
        let mut database = opening::in_memory().unwrap();
        rows::save(&mut database, plain("r1")).unwrap();
        begin(&mut database, &journal("r1")).unwrap();
        rows::delete(&mut database, &id("r1")).unwrap();
        assert_eq!(
            of_run(&mut database, &id("r1")).unwrap(),
            Some(journal("r1"))
        );
    }

    #[test]
    fn a_step_of_a_newer_program_is_told_and_hides_no_other_journal() {
        let mut database = opening::in_memory().unwrap();
        for run in ["r1", "r2"] {
            begin(&mut database, &journal(run)).unwrap();
        }
        let sql = "UPDATE steps SET step = '\"beaming\"' WHERE run = 'r1' AND number = 4";
        assert_eq!(database.connection().execute(sql, []).unwrap(), 1);
        let (journals, unreadable) = all(&mut database).unwrap();
        assert_eq!(journals, [journal("r2")]);
        let sentence = "cannot read the journal of run 'r1': unknown variant `beaming`";
        assert!(unreadable[0].starts_with(sentence), "{unreadable:?}");
        let error = of_run(&mut database, &id("r1")).unwrap_err();
        assert!(matches!(error, StoreError::Unreadable { .. }));
    }
}
