//! The rows of runs: one for each, and one per sample, so that a run that is killed keeps what it measured.

use rusqlite::{Params, Row, Transaction};
use serde::{Deserialize, Serialize};

use super::super::database::{Database, Durability};
use super::super::encoding::{decode, decode_time, encode, encode_time, sort_out};
use super::super::error::{StoreError, TransactionError};
use super::handle;
use crate::lambda::MemoryMb;
use crate::power::{MeasuredRun, Probe, Run, RunId, RunOrigin, Sample, SizeRun};

const COLUMNS: &str = "SELECT id, name, started, origin, note FROM runs";
pub(super) const NEWEST_FIRST: &str = "ORDER BY started DESC, id DESC";

/// Replaces the row of a run and all its samples.
pub(in crate::store) fn save(database: &mut Database, mut run: Run) -> Result<(), StoreError> {
    let samples = take_samples(&mut run.origin);
    let origin = encode(&run.origin, || name_of(&run.id.0))?;
    database.write("save the run", Durability::Machine, |on| {
        on.execute("DELETE FROM samples WHERE run = ?1", [&run.id.0])?;
        on.prepare_cached(
            "INSERT INTO runs (id, name, started, origin, note) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET name = ?2, started = ?3, origin = ?4, note = ?5",
        )?
        .execute((
            &run.id.0,
            &run.name,
            encode_time(run.started),
            origin,
            &run.note,
        ))?;
        samples
            .iter()
            .try_for_each(|(memory, sample)| insert_sample(on, &run.id, *memory, sample))
    })
}

/// Adds a sample. Not synced to the disk each time: samples come in quick succession, and the next journal step or saved
/// run confirms them too.
pub(in crate::store) fn append(
    database: &mut Database,
    run: &RunId,
    memory: MemoryMb,
    sample: &StoredSample,
) -> Result<(), StoreError> {
    database.write("save a sample", Durability::Process, |on| {
        let known: bool = on
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?1)")?
            .query_row([&run.0], |row| row.get(0))?;
        if !known {
            return Err(StoreError::NoSuchRun(run.0.clone()).into());
        }
        insert_sample(on, run, memory, sample)
    })
}

/// All runs, newest first, and a sentence for each that makes no sense.
pub(in crate::store) fn all(
    database: &mut Database,
) -> Result<(Vec<Run>, Vec<String>), StoreError> {
    database.read("read the runs", |on| {
        let mut runs = Vec::new();
        let mut unreadable = Vec::new();
        for stored in select(on, NEWEST_FIRST, [])? {
            match sort_out(stored.read(on))? {
                Ok(run) => runs.push(run),
                Err(sentence) => unreadable.push(sentence),
            }
        }
        Ok((runs, unreadable))
    })
}

/// The run with exactly this id.
pub(in crate::store) fn with_id(
    database: &mut Database,
    id: &RunId,
) -> Result<Option<Run>, StoreError> {
    database.read("read the run", |on| {
        let stored = select(on, "WHERE id = ?1", [&id.0])?.into_iter().next();
        stored.map(|stored| stored.read(on)).transpose()
    })
}

/// The one run a text can mean.
pub(in crate::store) fn find(database: &mut Database, text: &str) -> Result<Run, StoreError> {
    database.read("find the run", |on| handle::meant(on, text)?.read(on))
}

/// Gives a run another name.
pub(in crate::store) fn rename(
    database: &mut Database,
    id: &RunId,
    name: &str,
) -> Result<(), StoreError> {
    database.write("rename the run", Durability::Machine, |on| {
        let changed = on.execute("UPDATE runs SET name = ?2 WHERE id = ?1", [&id.0, name])?;
        refuse_none(changed, id)
    })
}

/// Gives a run another note.
pub(in crate::store) fn annotate(
    database: &mut Database,
    id: &RunId,
    note: &str,
) -> Result<(), StoreError> {
    database.write("keep the note", Durability::Machine, |on| {
        let changed = on.execute("UPDATE runs SET note = ?2 WHERE id = ?1", [&id.0, note])?;
        refuse_none(changed, id)
    })
}

/// Deletes a run; its samples go with it.
pub(in crate::store) fn delete(database: &mut Database, id: &RunId) -> Result<(), StoreError> {
    database.write("delete the run", Durability::Machine, |on| {
        let changed = on.execute("DELETE FROM runs WHERE id = ?1", [&id.0])?;
        refuse_none(changed, id)
    })
}

/// A row of `runs` as it is stored.
pub(super) struct RunRecord {
    pub(super) id: String,
    pub(super) name: String,
    started: String,
    origin: String,
    note: String,
}

impl RunRecord {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            started: row.get(2)?,
            origin: row.get(3)?,
            note: row.get(4)?,
        })
    }

    /// The run with its samples. One bad sample makes the whole run unreadable: half of it would show wrong figures.
    fn read(self, on: &Transaction<'_>) -> Result<Run, TransactionError> {
        let what = || name_of(&self.id);
        let started = decode_time(&self.started, what)?;
        let mut origin: RunOrigin = decode(&self.origin, what)?;
        if let RunOrigin::Measured(measured) = &mut origin {
            let mut query = on.prepare_cached(
                "SELECT memory_mb, sample FROM samples WHERE run = ?1 ORDER BY number",
            )?;
            let mut rows = query.query([&self.id])?;
            while let Some(row) = rows.next()? {
                let memory = decode(&row.get::<_, u32>(0)?.to_string(), what)?;
                let stored: StoredSample = decode(&row.get::<_, String>(1)?, what)?;
                put(measured, memory, stored);
            }
        }
        Ok(Run {
            id: RunId(self.id),
            name: self.name,
            note: self.note,
            started,
            origin,
        })
    }
}

/// A sample as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::store) struct StoredSample {
    #[serde(flatten)]
    sample: Sample,
    /// Whether it is an invocation of `$LATEST` before the run, and no sample of a size.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    probe: bool,
}

impl StoredSample {
    /// An invocation of `$LATEST` before the run.
    pub(in crate::store) const fn probe(sample: Sample) -> Self {
        let probe = true;
        Self { sample, probe }
    }
}

impl From<Sample> for StoredSample {
    fn from(sample: Sample) -> Self {
        let probe = false;
        Self { sample, probe }
    }
}

pub(super) fn select(
    on: &Transaction<'_>,
    rest: &str,
    values: impl Params,
) -> rusqlite::Result<Vec<RunRecord>> {
    on.prepare_cached(&format!("{COLUMNS} {rest}"))?
        .query_map(values, RunRecord::from_row)?
        .collect()
}

fn insert_sample(
    on: &Transaction<'_>,
    run: &RunId,
    memory: MemoryMb,
    sample: &StoredSample,
) -> Result<(), TransactionError> {
    let text = encode(sample, || format!("a sample of {}", name_of(&run.0)))?;
    on.prepare_cached(
        "INSERT INTO samples (run, number, memory_mb, sample)
         SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3 FROM samples WHERE run = ?1",
    )?
    .execute((&run.0, memory.megabytes(), text))?;
    Ok(())
}

fn take_samples(origin: &mut RunOrigin) -> Vec<(MemoryMb, StoredSample)> {
    let RunOrigin::Measured(measured) = origin else {
        return Vec::new();
    };
    let stored = |sample, probe| StoredSample { sample, probe };
    let probes = std::mem::take(&mut measured.preflight.probes).into_iter();
    let probes = probes.map(|probe| (probe.memory_mb, stored(probe.sample, true)));
    let of_size = |size: &mut SizeRun| {
        let memory = size.memory_mb;
        let samples = std::mem::take(&mut size.samples).into_iter();
        samples.map(move |sample| (memory, stored(sample, false)))
    };
    probes
        .chain(measured.sizes.iter_mut().flat_map(of_size))
        .collect()
}

/// Adds a sample to its size; a size the run was saved without gets an entry, in ascending order.
fn put(measured: &mut MeasuredRun, memory_mb: MemoryMb, stored: StoredSample) {
    let StoredSample { sample, probe } = stored;
    if probe {
        return measured.preflight.probes.push(Probe { memory_mb, sample });
    }
    let sizes = &mut measured.sizes;
    if let Some(size) = sizes.iter_mut().find(|size| size.memory_mb == memory_mb) {
        size.samples.push(sample);
        return;
    }
    let at = sizes.partition_point(|size| size.memory_mb < memory_mb);
    let mut size = SizeRun::pending(memory_mb);
    size.samples.push(sample);
    sizes.insert(at, size);
}

fn refuse_none(changed: usize, id: &RunId) -> Result<(), TransactionError> {
    if changed == 0 {
        return Err(StoreError::NoSuchRun(id.0.clone()).into());
    }
    Ok(())
}

fn name_of(id: &str) -> String {
    format!("run '{id}'")
}
