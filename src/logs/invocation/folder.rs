//! Folds the lines of one log group into invocations, as they arrive.

use std::collections::HashMap;

use super::book::Book;
use super::stream::StreamInvocations;
use super::{Invocation, InvocationId};
use crate::lambda::record::{self, PlatformRecord};

/// Streams remembered at once; of more, those that were silent longest are forgotten.
const MAX_STREAMS: usize = 4096;

/// Folds lines into invocations. Memory is bounded: beyond the bound the oldest invocations are handed back and
/// forgotten. One folder is for one log group.
///
/// Lines of several streams may come in any mixture. Within a stream they are expected about in order; a late record
/// still finds its invocation by its request id.
#[derive(Debug)]
pub struct Folder {
    streams: HashMap<Box<str>, StreamInvocations>,
    book: Book,
    clock: u64,
}

/// What a line turned out to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FoldedLine {
    /// The invocation it belongs to.
    pub invocation: Option<InvocationId>,
    /// The platform record it is.
    pub record: Option<PlatformRecord>,
    /// The oldest invocation, when there was no room left for it.
    pub forgotten: Option<Box<Invocation>>,
}

impl Folder {
    /// A folder that keeps at most `bound` invocations, at least one.
    #[must_use]
    pub fn new(bound: usize) -> Self {
        Self {
            streams: HashMap::new(),
            book: Book::new(bound),
            clock: 0,
        }
    }

    /// Takes the next line: one event of the stream `stream`, written at `time_ms` (Unix milliseconds).
    pub fn take(&mut self, stream: &str, message: &str, time_ms: i64) -> FoldedLine {
        self.clock += 1;
        if !self.streams.contains_key(stream) {
            self.make_room();
            self.streams
                .insert(stream.into(), StreamInvocations::new(stream));
        }
        let Some(known) = self.streams.get_mut(stream) else {
            return FoldedLine::default();
        };
        known.touched = self.clock;
        let record = record::parse(message);
        let invocation = if let Some(record) = &record {
            self.book.apply(known, record, time_ms)
        } else {
            let owner = self.book.owner(known, message);
            self.book.note_error(owner, message);
            owner
        };
        let forgotten = self.book.count(invocation);
        FoldedLine {
            invocation,
            record,
            forgotten: forgotten.map(Box::new),
        }
    }

    /// What is known about an invocation; `None` when it was forgotten.
    #[must_use]
    pub fn invocation(&self, id: InvocationId) -> Option<&Invocation> {
        self.book.invocation(id)
    }

    /// The invocations kept, in the order they were first seen.
    #[must_use]
    pub fn invocations(&self) -> impl DoubleEndedIterator<Item = (InvocationId, &Invocation)> {
        self.book.invocations()
    }

    /// Log records the platform says it dropped: lines that nobody will ever see.
    #[must_use]
    pub const fn dropped_records(&self) -> u64 {
        self.book.dropped_records
    }

    /// Forgets the half of the streams that was silent longest when there are too many.
    fn make_room(&mut self) {
        if self.streams.len() < MAX_STREAMS {
            return;
        }
        let mut touched: Vec<u64> = self.streams.values().map(|it| it.touched).collect();
        let middle = touched.len() / 2;
        let (_, &mut median, _) = touched.select_nth_unstable(middle);
        self.streams.retain(|_, it| it.touched >= median);
    }
}
