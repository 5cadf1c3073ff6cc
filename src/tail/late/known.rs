//! What need not be told because it was there before, known from times alone: however much it is, it costs no memory.

use crate::logs::LogEvent;

/// How long an event that was taken in may be invisible, in milliseconds.
pub(super) const UNSEEN_MS: i64 = 90_000;
/// Searches that are remembered; of more, the two oldest count as one.
const MOST: usize = 64;

/// A search that is over: when it began, and how far back it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Searched {
    from_ms: i64,
    began_ms: i64,
}

/// The searches that are over; both times rise from one to the next, for a later one that reached as far back stands for
/// those before it.
#[derive(Debug, Default)]
pub(super) struct KnownPast(Vec<Searched>);

impl KnownPast {
    /// Whether nothing is known yet.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that happened from a time on and could be read at another one was told, or is not to be.
    pub(super) fn add(&mut self, from_ms: i64, began_ms: i64) {
        self.0.retain(|earlier| earlier.from_ms < from_ms);
        self.0.push(Searched { from_ms, began_ms });
        if self.0.len() > MOST {
            let oldest = self.0.remove(0);
            if let Some(next) = self.0.first_mut() {
                next.from_ms = oldest.from_ms;
            }
        }
    }

    /// Whether an event could be read when a search looked at its time.
    pub(super) fn holds(&self, event: &LogEvent) -> bool {
        let reached = self.0.partition_point(|it| it.from_ms <= event.time_ms);
        let last = reached.checked_sub(1).and_then(|last| self.0.get(last));
        last.is_some_and(|it| event.ingested_ms <= it.began_ms - UNSEEN_MS)
    }
}
