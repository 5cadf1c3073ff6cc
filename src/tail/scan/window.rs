//! The stretch of time that one query reads of all that is wanted, and the one after it.
//!
//! Invariant: each stretch begins where the events of the one before it ended that were kept, and later than that one.

use crate::aws::FilterRequest;
use crate::logs::query::MOST_ANSWER_ROWS;

/// How long the first stretch is at most, in milliseconds.
const FIRST_MS: i64 = 3_600_000;
/// So much longer it may be when all up to now is read by it then.
const SLACK_MS: i64 = FIRST_MS / 6;
/// How long a stretch is at least that is read after a full one, in milliseconds: queries are asked in whole seconds.
const SHORTEST_MS: i64 = 1_000;
/// Events are accepted so far ahead of their time, in milliseconds.
const AHEAD_MS: i64 = 2 * 3_600_000;
/// So many rows are many: a longer stretch might have too many.
const MANY_ROWS: usize = MOST_ANSWER_ROWS / 4;

/// A stretch of time, its ends included, in Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "each is a time in milliseconds")]
pub(in crate::tail) struct ScanWindow {
    pub(in crate::tail) from_ms: i64,
    pub(in crate::tail) to_ms: i64,
    /// Where all that is wanted ends.
    end_ms: i64,
    /// The service's time.
    now_ms: i64,
}

/// What is read after a stretch.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NextWindow {
    /// Where it begins, in Unix milliseconds: an answer is whole up to there.
    pub(super) from_ms: i64,
    /// The token of the page; `None` after the last.
    pub(super) token: Option<String>,
    /// Whether the first millisecond of the stretch alone had more events than an answer holds.
    pub(super) is_crowded: bool,
}

impl ScanWindow {
    /// What a request begins with, at this of the service's times.
    pub(in crate::tail) fn of(request: &FilterRequest, now_ms: i64) -> Self {
        let end_ms = request.to_ms.unwrap_or(now_ms.saturating_add(AHEAD_MS));
        let is_soon_read = request.from_ms.saturating_add(FIRST_MS + SLACK_MS) > now_ms;
        let (from_ms, length_ms) = match request.next.as_deref().and_then(read_token) {
            Some(place) => place,
            None if request.newest_first || is_soon_read => (request.from_ms, i64::MAX),
            None => (request.from_ms, FIRST_MS),
        };
        let from_ms = from_ms.max(0);
        let to_ms = from_ms.saturating_add(length_ms - 1);
        Self {
            from_ms,
            to_ms: to_ms.min(end_ms).max(from_ms),
            end_ms,
            now_ms,
        }
    }

    /// The first and the last second that a query is asked about, in Unix seconds.
    pub(super) const fn asked_s(&self) -> (i64, i64) {
        (self.from_ms.div_euclid(1_000), self.to_ms.div_euclid(1_000))
    }

    /// How many seconds that are, as far as they are past; at least one.
    pub(super) fn seconds(&self) -> i64 {
        let (from_s, to_s) = self.asked_s();
        (to_s.min(self.now_ms.div_euclid(1_000)) - from_s + 1).max(1)
    }

    /// What follows an answer of so many rows, the oldest first, the newest of this time. A full one may lack events of that
    /// millisecond: it is read again, unless there is no other.
    pub(super) fn next(&self, rows: usize, newest_ms: Option<i64>) -> NextWindow {
        let newest_ms = newest_ms.unwrap_or(self.to_ms);
        let newest_ms = newest_ms.clamp(self.from_ms, self.to_ms);
        let is_full = rows >= MOST_ANSWER_ROWS;
        let from_ms = if is_full {
            newest_ms.max(self.from_ms + 1)
        } else {
            self.to_ms + 1
        };
        let length_ms = self.to_ms - self.from_ms + 1;
        let length_ms = match rows {
            // As long as what filled an answer.
            _ if is_full => (newest_ms - self.from_ms).max(SHORTEST_MS),
            MANY_ROWS.. => length_ms,
            // What lies ahead holds little.
            _ if from_ms > self.now_ms => i64::MAX,
            0 => length_ms.saturating_mul(4),
            _ => length_ms.saturating_mul(2),
        };
        NextWindow {
            from_ms,
            token: (from_ms <= self.end_ms).then(|| token(from_ms, length_ms)),
            is_crowded: is_full && newest_ms == self.from_ms,
        }
    }
}

/// The token of the page that begins at a time, and is so long.
fn token(from_ms: i64, length_ms: i64) -> String {
    format!("{from_ms}+{length_ms}")
}

fn read_token(token: &str) -> Option<(i64, i64)> {
    let (from_ms, length_ms) = token.split_once('+')?;
    Some((from_ms.parse().ok()?, length_ms.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_800_000_000_000;

    fn request(from_ms: i64, to_ms: Option<i64>) -> FilterRequest {
        FilterRequest {
            from_ms,
            to_ms,
            ..FilterRequest::default()
        }
    }

    /// What was read: the stretches that queries were asked about, and the events that were kept, by their times.
    #[derive(Debug, Default)]
    struct Reading {
        asked: Vec<(i64, i64)>,
        kept: Vec<i64>,
        crowded: Vec<i64>,
    }

    /// Reads events by their times, in order, when the service is thought to be at this time.
    fn read_at(now_ms: i64, mut request: FilterRequest, events: &[i64]) -> Reading {
        let mut reading = Reading::default();
        loop {
            let window = ScanWindow::of(&request, now_ms);
            let place = |time_ms: i64| events.partition_point(|&event| event < time_ms);
            let found = &events[place(window.from_ms)..place(window.to_ms + 1)];
            let rows = &found[..found.len().min(MOST_ANSWER_ROWS)];
            let next = window.next(rows.len(), rows.last().copied());
            reading.asked.push((window.from_ms, window.to_ms));
            let kept = rows.iter().filter(|&&event| event < next.from_ms);
            reading.kept.extend(kept);
            reading
                .crowded
                .extend(next.is_crowded.then_some(window.from_ms));
            assert!(next.from_ms > window.from_ms, "{reading:?}");
            match next.token {
                Some(token) => request.next = Some(token),
                None => return reading,
            }
        }
    }

    fn read(request: FilterRequest, events: &[i64]) -> Reading {
        read_at(NOW_MS, request, events)
    }

    #[test]
    fn what_is_new_is_read_by_one_query() {
        let reading = read(request(NOW_MS - 125_000, None), &[NOW_MS - 1]);
        assert_eq!(reading.asked, [(NOW_MS - 125_000, NOW_MS + AHEAD_MS)]);
        let hour = request(NOW_MS - FIRST_MS + 1, Some(NOW_MS));
        assert_eq!(read(hour, &[]).asked.len(), 1);
    }

    #[test]
    fn a_full_answer_is_kept_and_the_next_query_goes_on_where_it_ended() {
        // Ten events a millisecond in the last ten seconds.
        let events: Vec<i64> = (0..100_000)
            .map(|number| NOW_MS - 9_999 + number / 10)
            .collect();
        for behind_ms in [0, 300_000] {
            let wanted = request(NOW_MS - behind_ms - 125_000, None);
            let reading = read_at(NOW_MS - behind_ms, wanted, &events);
            assert_eq!((reading.kept, reading.crowded), (events.clone(), vec![]));
            assert!(reading.asked.len() < 20, "{:?}", reading.asked);
        }
    }

    #[test]
    fn a_millisecond_that_is_full_is_told_and_passed() {
        let mut events = vec![NOW_MS; 20_000];
        events.insert(0, NOW_MS - 5);
        events.push(NOW_MS + 1);
        let reading = read(request(NOW_MS - 1_000, None), &events);
        assert_eq!(reading.crowded, [NOW_MS]);
        assert_eq!(reading.kept.len(), MOST_ANSWER_ROWS + 2);
    }

    #[test]
    fn a_long_past_is_read_in_stretches_that_grow_where_little_is() {
        let days = request(NOW_MS - 7 * 24 * FIRST_MS, None);
        let reading = read(days.clone(), &[]);
        assert!(reading.asked.len() < 8, "{reading:?}");
        assert_eq!(reading.asked[0].1 - reading.asked[0].0 + 1, FIRST_MS);
        assert_eq!(reading.asked.last().unwrap().1, NOW_MS + AHEAD_MS);
        let end_ms = NOW_MS - 24 * FIRST_MS;
        let events: Vec<i64> = (days.from_ms..=end_ms).step_by(700).collect();
        let reading = read(request(days.from_ms, Some(end_ms)), &events);
        assert_eq!(reading.kept, events);
        let mut steps = reading.asked.windows(2);
        assert!(steps.all(|it| it[0].1 + 1 == it[1].0));
    }

    #[test]
    fn what_is_asked_for_is_counted_in_whole_seconds_that_are_past() {
        let seconds = |from_ms, to_ms| ScanWindow::of(&request(from_ms, to_ms), NOW_MS).seconds();
        assert_eq!(seconds(NOW_MS - 1_000, None), 2);
        assert_eq!(seconds(NOW_MS - 5_500, Some(NOW_MS - 5_500)), 1);
        assert_eq!(seconds(NOW_MS + 5_000, None), 1);
    }
}
