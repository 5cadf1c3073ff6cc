//! Looks through all rows for those that pass, away from the screen: block by block, the newest first, so that what is
//! near the end of the log is found at once. Stop it by not asking for more.

use super::filter::{RowTest, Scratch};
use super::row::RowKey;
use super::snapshot::Snapshot;

/// Blocks in the first part of an answer; each further part has twice as many, up to [`LATER`].
const FIRST: usize = 2;
/// Blocks in a part of an answer, at most: a few milliseconds of work.
const LATER: usize = 64;

/// A question about all rows there are, as plain data for a job.
#[derive(Debug, Clone, PartialEq)]
pub struct BufferScan {
    pub(super) snapshot: Snapshot,
    pub(super) test: RowTest,
    pub(super) number: u64,
}

/// A part of the answer to a [`BufferScan`]; give it to the buffer.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanResult {
    /// The rows found in this part, in the order they stand in.
    pub rows: Vec<RowKey>,
    /// Rows looked through so far.
    pub looked_at: usize,
    /// Rows to look through in all.
    pub of: usize,
    /// Whether this is the last part.
    pub is_last: bool,
    pub(super) scan: u64,
}

/// A scan at work.
#[derive(Debug)]
pub struct Scanning {
    scan: BufferScan,
    scratch: Scratch,
    /// Blocks not looked through yet; `None` after the last part.
    left: Option<usize>,
    part: usize,
    looked_at: usize,
}

impl BufferScan {
    /// Starts looking.
    #[must_use]
    pub fn start(self) -> Scanning {
        Scanning {
            left: Some(self.snapshot.blocks().len()),
            scan: self,
            scratch: Scratch::default(),
            part: FIRST,
            looked_at: 0,
        }
    }
}

impl Scanning {
    /// Looks through the next blocks, for a few milliseconds; `None` after the last part.
    pub fn next_chunk(&mut self) -> Option<ScanResult> {
        let left = self.left?;
        let start = left.saturating_sub(self.part);
        let mut rows = Vec::new();
        for number in (start..left).rev() {
            self.look(number, &mut rows);
        }
        rows.sort_unstable();
        self.left = (start > 0).then_some(start);
        self.part = (self.part * 2).min(LATER);
        Some(ScanResult {
            rows,
            looked_at: self.looked_at,
            of: self.scan.snapshot.blocks().rows(),
            is_last: start == 0,
            scan: self.scan.number,
        })
    }

    fn look(&mut self, number: usize, rows: &mut Vec<RowKey>) {
        let Some(block) = self.scan.snapshot.blocks().at(number) else {
            return;
        };
        let passing = self
            .scan
            .test
            .passing(block, 0..block.len(), &mut self.scratch);
        rows.extend(passing.into_iter().filter_map(|slot| block.place(slot)));
        self.looked_at += block.len();
    }
}

impl Iterator for Scanning {
    type Item = ScanResult;

    fn next(&mut self) -> Option<ScanResult> {
        self.next_chunk()
    }
}
