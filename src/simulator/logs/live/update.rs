//! The events of one update: what has been taken in, within the limits of the service, with its faults.

use super::super::super::faults::Fault;
use super::super::event::StoredEvent;

/// The most events of one update; more are sampled.
const MOST_EVENTS: usize = 500;
/// The most bytes of text of one update; beyond them the oldest are lost without a word.
const MOST_BYTES: usize = 1_048_576;

/// An event with the group it belongs to.
pub(super) type Row = (usize, StoredEvent);

/// What one update brings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SessionUpdate {
    pub(super) rows: Vec<Row>,
    pub(super) sampled: bool,
    /// What comes with the next update instead.
    pub(super) held: Vec<Row>,
}

impl SessionUpdate {
    /// Makes an update of what has arrived, and of what was held back.
    pub(super) fn new(mut arrived: Vec<Row>, held: Vec<Row>, faults: &[Fault]) -> Self {
        arrived.sort_by_key(|(group, event)| (event.position(), *group));
        let mut update = Self {
            rows: arrived,
            ..Self::default()
        };
        update.sample();
        update.shed();
        update.rows.splice(0..0, held);
        for fault in faults {
            update.suffer(*fault);
        }
        if faults.contains(&Fault::Repeat) {
            // What is held back comes late, not twice.
            update.held.extend(every(3, &update.rows));
        }
        update
    }

    /// Leaves out as many as are too many, evenly.
    fn sample(&mut self) {
        let all = self.rows.len();
        if all <= MOST_EVENTS {
            return;
        }
        let mut index = 0;
        self.rows.retain(|_| {
            index += 1;
            index * MOST_EVENTS / all > (index - 1) * MOST_EVENTS / all
        });
        self.sampled = true;
    }

    /// Loses the oldest beyond what one update can carry, but never the newest.
    fn shed(&mut self) {
        let mut bytes = 0;
        let newest = self.rows.iter().rev().take_while(|(_, event)| {
            bytes += event.message.len();
            bytes <= MOST_BYTES
        });
        let kept = newest.count().max(1);
        self.rows.drain(..self.rows.len().saturating_sub(kept));
    }

    fn suffer(&mut self, fault: Fault) {
        match fault {
            Fault::Hollow => self.rows.clear(),
            Fault::Sample => {
                self.rows = every(2, &self.rows);
                self.sampled = true;
            }
            Fault::Duplicate => self.rows.extend(every(3, &self.rows)),
            Fault::Shuffle => {
                let rows = std::mem::take(&mut self.rows).into_iter().enumerate();
                let (kept, held): (Vec<_>, Vec<_>) = rows.partition(|(index, _)| index % 2 == 0);
                self.rows = kept.into_iter().rev().map(|(_, row)| row).collect();
                self.held.extend(held.into_iter().map(|(_, row)| row));
            }
            _ => {}
        }
    }
}

/// Every so-manieth row, the first one included.
fn every(step: usize, rows: &[Row]) -> Vec<Row> {
    rows.iter().step_by(step).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: i64, size: usize) -> Vec<Row> {
        let row = |time_ms: i64| {
            let event = StoredEvent {
                stream: "s".into(),
                time_ms,
                ingested_ms: time_ms,
                message: "x".repeat(size).into(),
                number: 1,
            };
            (0, event)
        };
        (0..count).map(row).collect()
    }

    fn times(rows: &[Row]) -> Vec<i64> {
        rows.iter().map(|(_, event)| event.time_ms).collect()
    }

    #[test]
    fn more_than_five_hundred_events_are_sampled_evenly() {
        let whole = SessionUpdate::new(rows(500, 1), vec![], &[]);
        assert!(whole.rows.len() == 500 && !whole.sampled);
        let sampled = SessionUpdate::new(rows(1000, 1), vec![], &[]);
        assert!(sampled.rows.len() == 500 && sampled.sampled);
        let gaps = times(&sampled.rows);
        assert!(gaps.windows(2).all(|pair| pair[1] - pair[0] == 2));
    }

    #[test]
    fn too_many_bytes_lose_the_oldest_without_a_word() {
        let update = SessionUpdate::new(rows(12, 100_000), vec![], &[]);
        assert_eq!(times(&update.rows), (2..12).collect::<Vec<i64>>());
        assert!(!update.sampled);
        let single = SessionUpdate::new(rows(2, 2_000_000), vec![], &[]);
        assert_eq!(times(&single.rows), [1]);
    }

    #[test]
    fn faults_of_an_update_do_what_they_say() {
        let under = |fault| SessionUpdate::new(rows(6, 1), vec![], &[fault]);
        assert!(under(Fault::Hollow).rows.is_empty());
        let sampled = under(Fault::Sample);
        assert!(sampled.sampled && sampled.rows.len() == 3);
        assert_eq!(
            times(&under(Fault::Duplicate).rows),
            [0, 1, 2, 3, 4, 5, 0, 3]
        );
        let shuffled = under(Fault::Shuffle);
        assert_eq!(times(&shuffled.rows), [4, 2, 0]);
        let next = SessionUpdate::new(rows(1, 1), shuffled.held, &[]);
        assert_eq!(times(&next.rows), [1, 3, 5, 0]);
        let repeated = under(Fault::Repeat);
        assert_eq!(times(&repeated.rows), [0, 1, 2, 3, 4, 5]);
        let next = SessionUpdate::new(rows(1, 1), repeated.held, &[]);
        assert_eq!(times(&next.rows), [0, 3, 0]);
    }
}
