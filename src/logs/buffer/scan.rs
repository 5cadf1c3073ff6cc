//! Looks through all rows for those that are asked for, away from the screen. For those that pass a test block by block,
//! the newest first, so that what is near the end of the log is found at once. Stop it by not asking for more.

use super::around::{AroundSweep, StreamEnds};
use super::filter::{RowTest, Scratch};
use super::leads::{LeadSweep, LeadsAmong};
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
    pub(super) question: ScanQuestion,
    pub(super) number: u64,
}

/// What is asked about the rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ScanQuestion {
    /// Which of them pass.
    Passing(RowTest),
    /// Which of them stand around those that pass the filters: up to so many on each side.
    Around(usize),
    /// Which of those that the snapshot tells lead alike ones.
    Leading(LeadsAmong),
}

/// A part of the answer to a [`BufferScan`]; give it to the buffer.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanResult {
    /// The rows found in this part, in the order they stand in.
    pub rows: Vec<RowKey>,
    /// Whether this is the last part.
    pub is_last: bool,
    pub(super) scan: u64,
    /// What is known of the streams after the last part of what is around rows.
    pub(super) ends: Option<StreamEnds>,
}

/// A scan at work.
#[derive(Debug)]
pub struct Scanning {
    scan: BufferScan,
    work: Option<ScanWork>,
}

/// How far a scan is; nothing is left of it after the last part.
#[derive(Debug)]
enum ScanWork {
    Blocks(BlockSweep),
    Around(AroundSweep),
    Leads(LeadSweep),
}

impl BufferScan {
    /// Starts looking.
    #[must_use]
    pub fn start(self) -> Scanning {
        let work = match &self.question {
            ScanQuestion::Passing(_) => ScanWork::Blocks(BlockSweep {
                left: self.snapshot.blocks().len(),
                part: FIRST,
                turn: 0,
                workers: 1,
                scratch: Scratch::default(),
            }),
            ScanQuestion::Around(_) => ScanWork::Around(AroundSweep::default()),
            ScanQuestion::Leading(_) => ScanWork::Leads(LeadSweep::default()),
        };
        Scanning {
            scan: self,
            work: Some(work),
        }
    }

    /// Starts looking in so many shares, or fewer where the rows must be seen one after the other. Each share has a last
    /// part of its own, so no part of several shares is the last one: [`Self::end`] is, once all have been told.
    #[must_use]
    pub fn start_shared(self, workers: usize) -> Vec<Scanning> {
        let share = |worker: usize| {
            let mut scanning = self.clone().start();
            if let Some(ScanWork::Blocks(sweep)) = &mut scanning.work {
                (sweep.turn, sweep.workers) = (worker, workers);
            }
            scanning
        };
        match self.question {
            ScanQuestion::Passing(_) => (0..workers).map(share).collect(),
            _ => vec![share(0)],
        }
    }

    /// The last part, with nothing in it.
    #[must_use]
    pub const fn end(&self) -> ScanResult {
        ScanResult {
            rows: Vec::new(),
            is_last: true,
            scan: self.number,
            ends: None,
        }
    }
}

impl Scanning {
    /// Looks through the next rows, for a few milliseconds; `None` after the last part.
    pub fn next_chunk(&mut self) -> Option<ScanResult> {
        let snapshot = &self.scan.snapshot;
        let (rows, is_last, ends) = match (self.work.as_mut()?, &self.scan.question) {
            (ScanWork::Blocks(sweep), ScanQuestion::Passing(test)) => {
                let (rows, is_last) = sweep.next_part(snapshot, test);
                (rows, is_last, None)
            }
            (ScanWork::Around(sweep), ScanQuestion::Around(lines)) => {
                let (rows, ends) = sweep.next_part(snapshot, *lines);
                (rows, ends.is_some(), ends)
            }
            (ScanWork::Leads(sweep), ScanQuestion::Leading(among)) => {
                let (rows, is_last) = sweep.next_part(snapshot, *among);
                (rows, is_last, None)
            }
            // The work was begun for the question.
            _ => return None,
        };
        if is_last {
            self.work = None;
        }
        Some(ScanResult {
            rows,
            is_last,
            scan: self.scan.number,
            ends,
        })
    }
}

impl Iterator for Scanning {
    type Item = ScanResult;

    fn next(&mut self) -> Option<ScanResult> {
        self.next_chunk()
    }
}

/// Looks through blocks for rows that pass; of several workers each takes the parts that are its turn.
#[derive(Debug)]
struct BlockSweep {
    /// Blocks not looked through yet.
    left: usize,
    /// Blocks of the next part.
    part: usize,
    /// Parts to leave to other workers first.
    turn: usize,
    workers: usize,
    scratch: Scratch,
}

impl BlockSweep {
    /// The rows of the next part that pass, and whether it is the last one.
    fn next_part(&mut self, snapshot: &Snapshot, test: &RowTest) -> (Vec<RowKey>, bool) {
        for _ in 0..self.turn {
            self.skip();
        }
        let end = self.left;
        self.skip();
        let mut rows = Vec::new();
        for number in (self.left..end).rev() {
            if let Some(block) = snapshot.blocks().at(number) {
                let passing = test.passing(block, 0..block.len(), &mut self.scratch);
                rows.extend(passing.into_iter().filter_map(|slot| block.place(slot)));
            }
        }
        rows.sort_unstable();
        self.turn = self.workers - 1;
        (rows, self.left == 0)
    }

    fn skip(&mut self) {
        self.left = self.left.saturating_sub(self.part);
        self.part = (self.part * 2).min(LATER);
    }
}
