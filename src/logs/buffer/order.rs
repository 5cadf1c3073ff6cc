//! Rows in the order they stand in: a sorted list in chunks, so that inserting, dropping and finding stay cheap at a
//! million rows, and copying it shares the chunks.

mod run;

use std::sync::Arc;

use run::RowRun;

use super::blocks::Blocks;
use super::row::{RowId, RowKey};

/// Rows in a chunk, at most.
const CHUNK: usize = 512;

/// Rows in the order they stand in.
#[derive(Debug, Clone, Default)]
pub(super) struct SortedRows {
    chunks: Vec<Chunk>,
    len: usize,
}

#[derive(Debug, Clone)]
struct Chunk {
    /// Where its first row stands.
    first: RowKey,
    /// Rows in all chunks before it.
    before: usize,
    rows: Arc<RowRun>,
}

impl Chunk {
    fn new(rows: RowRun, blocks: &Blocks) -> Option<Self> {
        Some(Self {
            first: blocks.place(rows.first()?)?,
            before: 0,
            rows: Arc::new(rows),
        })
    }

    /// How many of its rows stand before `place`.
    fn rank(&self, place: RowKey, blocks: &Blocks) -> usize {
        self.rows
            .partition_point(|row| blocks.place(row).is_some_and(|other| other < place))
    }
}

impl SortedRows {
    /// How many rows there are.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.chunks.len() * (size_of::<Chunk>() + CHUNK * RowRun::ROW)
    }

    /// The row at a position, counted from 0.
    pub(super) fn row_at(&self, position: usize) -> Option<RowId> {
        let after = self
            .chunks
            .partition_point(|chunk| chunk.before <= position);
        let chunk = self.chunks.get(after.checked_sub(1)?)?;
        chunk.rows.get(position - chunk.before)
    }

    /// How many rows stand before `place`.
    pub(super) fn rank(&self, place: RowKey, blocks: &Blocks) -> usize {
        let chunk = self
            .chunk_of(place)
            .and_then(|number| self.chunks.get(number));
        chunk.map_or(0, |chunk| chunk.before + chunk.rank(place, blocks))
    }

    /// The position of a row; `None` when it is not here.
    pub(super) fn position(&self, row: RowId, blocks: &Blocks) -> Option<usize> {
        let position = self.rank(blocks.place(row)?, blocks);
        (self.row_at(position) == Some(row)).then_some(position)
    }

    /// The rows from a position on.
    pub(super) fn from(&self, position: usize) -> impl Iterator<Item = RowId> + '_ {
        let after = self
            .chunks
            .partition_point(|chunk| chunk.before <= position);
        let number = after.saturating_sub(1);
        let skipped = self
            .chunks
            .get(number)
            .map_or(0, |chunk| position.saturating_sub(chunk.before));
        let chunks = self.chunks.get(number..).unwrap_or_default();
        chunks
            .iter()
            .flat_map(|chunk| chunk.rows.iter())
            .skip(skipped)
    }

    /// The rows before a position, the nearest first.
    pub(super) fn before(&self, position: usize) -> impl Iterator<Item = RowId> + '_ {
        let after = self.chunks.partition_point(|chunk| chunk.before < position);
        let chunks = self.chunks.get(..after).unwrap_or_default();
        let skipped = chunks.last().map_or(0, |chunk| {
            (chunk.before + chunk.rows.len()).saturating_sub(position)
        });
        let rows = chunks
            .iter()
            .rev()
            .flat_map(|chunk| chunk.rows.iter().rev());
        rows.skip(skipped)
    }

    /// The number of the chunk in which `place` is or belongs; `None` when it is before all.
    fn chunk_of(&self, place: RowKey) -> Option<usize> {
        self.chunks
            .partition_point(|chunk| chunk.first <= place)
            .checked_sub(1)
    }

    /// Adds a row that is not here yet. True when others stand after it.
    pub(super) fn insert(&mut self, place: RowKey, blocks: &Blocks) -> bool {
        let number = self.chunk_of(place).unwrap_or(0);
        self.len += 1;
        let is_last = number + 1 >= self.chunks.len();
        let Some(chunk) = self.chunks.get_mut(number) else {
            self.chunks
                .extend(Chunk::new(RowRun::of(&[place.id]), blocks));
            return false;
        };
        let after_all =
            is_last && chunk.rows.last().and_then(|row| blocks.place(row)) < Some(place);
        let at = if after_all {
            chunk.rows.len()
        } else {
            chunk.rank(place, blocks)
        };
        if at == 0 {
            chunk.first = place;
        }
        let rows = Arc::make_mut(&mut chunk.rows);
        rows.insert(at, place.id);
        if rows.len() > CHUNK {
            // Near the end of the log rows come almost in order: what is left behind stays full.
            let split = if is_last {
                at.max(CHUNK / 2)
            } else {
                CHUNK / 2
            };
            let rest = rows.split_off(split);
            if let Some(rest) = Chunk::new(rest, blocks) {
                self.chunks.insert(number + 1, rest);
            }
        }
        if !after_all || self.chunks.len() > number + 1 {
            self.count_from(number);
        }
        !after_all
    }

    /// Adds rows that are not here yet, in order.
    pub(super) fn merge(&mut self, run: &[RowKey], blocks: &Blocks) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return;
        };
        let start = self.chunk_of(*first).unwrap_or(0);
        let end = self.chunk_of(*last).map_or(start, |number| number + 1);
        let among = self.chunks.get(start..end).unwrap_or_default();
        let old: Vec<RowId> = among.iter().flat_map(|chunk| chunk.rows.iter()).collect();
        let rows = merged(&old, run, blocks);
        self.len += run.len();
        let chunks = rows
            .chunks(CHUNK)
            .filter_map(|rows| Chunk::new(RowRun::of(rows), blocks));
        self.chunks.splice(start..end, chunks.collect::<Vec<_>>());
        self.count_from(start);
    }

    /// Takes out one row; says whether it was here.
    pub(super) fn take_out(&mut self, place: RowKey, blocks: &Blocks) -> bool {
        let Some(number) = self.chunk_of(place) else {
            return false;
        };
        let Some(chunk) = self.chunks.get_mut(number) else {
            return false;
        };
        let at = chunk.rank(place, blocks);
        if chunk.rows.get(at) != Some(place.id) {
            return false;
        }
        let rows = Arc::make_mut(&mut chunk.rows);
        rows.remove(at);
        let first = rows.first().and_then(|row| blocks.place(row));
        match first {
            Some(first) => chunk.first = first,
            None => drop(self.chunks.remove(number)),
        }
        self.len -= 1;
        if number < self.chunks.len() {
            self.count_from(number);
        }
        true
    }

    /// Takes out the rows of a block that stand between two places. Call it before the block goes.
    pub(super) fn remove(
        &mut self,
        ids: &std::ops::Range<u64>,
        between: (RowKey, RowKey),
        blocks: &Blocks,
    ) -> Vec<RowId> {
        let start = self.chunk_of(between.0).unwrap_or(0);
        let end = self.chunk_of(between.1).map_or(start, |number| number + 1);
        let mut removed = Vec::new();
        for chunk in self.chunks.get_mut(start..end).unwrap_or_default() {
            if !chunk.rows.iter().any(|row| ids.contains(&row.0)) {
                continue;
            }
            let (gone, left): (Vec<RowId>, Vec<_>) =
                chunk.rows.iter().partition(|row| ids.contains(&row.0));
            removed.extend(gone);
            chunk.rows = Arc::new(RowRun::of(&left));
            let first = chunk.rows.first().and_then(|row| blocks.place(row));
            chunk.first = first.unwrap_or(chunk.first);
        }
        self.len -= removed.len();
        self.chunks.retain(|chunk| !chunk.rows.is_empty());
        self.count_from(start);
        removed
    }

    /// Counts anew what is before each chunk, from one on.
    fn count_from(&mut self, number: usize) {
        let previous = number
            .checked_sub(1)
            .and_then(|before| self.chunks.get(before));
        let mut before = previous.map_or(0, |chunk| chunk.before + chunk.rows.len());
        for chunk in self.chunks.iter_mut().skip(number) {
            chunk.before = before;
            before += chunk.rows.len();
        }
    }
}

/// Two runs in order made one.
fn merged(old: &[RowId], run: &[RowKey], blocks: &Blocks) -> Vec<RowId> {
    let mut rows = Vec::with_capacity(old.len() + run.len());
    let mut old = old.iter().filter_map(|row| blocks.place(*row)).peekable();
    for place in run {
        while let Some(earlier) = old.next_if(|other| other < place) {
            rows.push(earlier.id);
        }
        rows.push(place.id);
    }
    rows.extend(old.map(|place| place.id));
    rows
}
