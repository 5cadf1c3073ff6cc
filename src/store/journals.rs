//! The tuning journals. Only open ones are kept; each write is confirmed by the disk before it returns.

use rusqlite::{OptionalExtension, Transaction};

use super::StoreError;
use super::database::{Database, Durability};
use super::encoding::{decode, decode_time, encode, encode_time, sort_out};
use super::error::TransactionError;
use super::run_versions;
use crate::power::{Journal, JournalEntry, RunId};

const WRITING: &str = "write the tuning journal";
const READING: &str = "read the tuning journal";

impl Database {
    /// See [`super::Store::begin_journal`].
    pub(super) fn begin_journal(&mut self, journal: &Journal) -> Result<(), StoreError> {
        let run = &journal.run.0;
        let original = encode(&journal.original, || name_of(run))?;
        self.write(WRITING, Durability::Machine, |on| {
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

    /// See [`super::Store::append_step`].
    pub(super) fn append_step(
        &mut self,
        run: &RunId,
        step: &JournalEntry,
    ) -> Result<(), StoreError> {
        self.write(WRITING, Durability::Machine, |on| {
            if !is_open(on, &run.0)? {
                return Err(StoreError::NoSuchJournal(run.0.clone()).into());
            }
            insert_step(on, &run.0, step)
        })
    }

    /// See [`super::Store::close_journal`].
    pub(super) fn close_journal(&mut self, run: &RunId) -> Result<(), StoreError> {
        self.write(WRITING, Durability::Machine, |on| {
            match on.execute("DELETE FROM journals WHERE run = ?1", [&run.0])? {
                0 => Err(StoreError::NoSuchJournal(run.0.clone()).into()),
                _ => Ok(run_versions::give_up(on, &run.0)?),
            }
        })
    }

    /// See [`super::Store::open_journals`].
    pub(super) fn open_journals(&mut self) -> Result<(Vec<Journal>, Vec<String>), StoreError> {
        self.read(READING, |on| {
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

    /// See [`super::Store::journal`].
    pub(super) fn journal(&mut self, run: &RunId) -> Result<Option<Journal>, StoreError> {
        self.read(READING, |on| load(on, &run.0))
    }
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

    fn id(text: &str) -> RunId {
        RunId(text.to_owned())
    }

    #[test]
    fn a_journal_comes_back_equal_until_it_is_closed() {
        let mut database = opening::in_memory().unwrap();
        let mut expected = journal("r1");
        database.begin_journal(&expected).unwrap();
        for megabytes in [512, 128, 512] {
            let step = JournalEntry::SettingMemory(memory(megabytes));
            database.append_step(&id("r1"), &step).unwrap();
            expected.steps.push(step);
        }
        assert_eq!(database.journal(&id("r1")).unwrap(), Some(expected.clone()));
        assert_eq!(
            database.open_journals().unwrap(),
            (vec![expected], Vec::new())
        );
        database.close_journal(&id("r1")).unwrap();
        assert_eq!(database.journal(&id("r1")).unwrap(), None);
        assert_eq!(database.open_journals().unwrap(), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_step_without_a_journal_is_refused_so_that_nothing_is_changed() {
        let mut database = opening::in_memory().unwrap();
        let refused = database.append_step(&id("r1"), &JournalEntry::Restored);
        assert!(matches!(refused, Err(StoreError::NoSuchJournal(_))));
        let refused = database.close_journal(&id("r1"));
        assert!(matches!(refused, Err(StoreError::NoSuchJournal(_))));
    }

    #[test]
    fn an_open_journal_is_never_overwritten() {
        let mut database = opening::in_memory().unwrap();
        database.begin_journal(&journal("r1")).unwrap();
        let mut other = journal("r1");
        other.steps.clear();
        let refused = database.begin_journal(&other);
        assert!(matches!(refused, Err(StoreError::JournalExists(_))));
        assert_eq!(database.journal(&id("r1")).unwrap(), Some(journal("r1")));
    }

    #[test]
    fn deleting_a_run_leaves_its_journal() {
        let mut database = opening::in_memory().unwrap();
        database.save_run(plain("r1")).unwrap();
        database.begin_journal(&journal("r1")).unwrap();
        database.delete_run(&id("r1")).unwrap();
        assert_eq!(database.journal(&id("r1")).unwrap(), Some(journal("r1")));
    }

    #[test]
    fn a_step_of_a_newer_program_is_told_and_hides_no_other_journal() {
        let mut database = opening::in_memory().unwrap();
        for run in ["r1", "r2"] {
            database.begin_journal(&journal(run)).unwrap();
        }
        let sql = "UPDATE steps SET step = '\"beaming\"' WHERE run = 'r1' AND number = 4";
        assert_eq!(database.connection().execute(sql, []).unwrap(), 1);
        let (journals, unreadable) = database.open_journals().unwrap();
        assert_eq!(journals, [journal("r2")]);
        let sentence = "cannot read the journal of run 'r1': unknown variant `beaming`";
        assert!(unreadable[0].starts_with(sentence), "{unreadable:?}");
        let error = database.journal(&id("r1")).unwrap_err();
        assert!(matches!(error, StoreError::Unreadable { .. }));
    }
}
