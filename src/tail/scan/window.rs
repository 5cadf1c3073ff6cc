//! The stretch of time that one query reads of all that is wanted, and the one after it.
//!
//! Invariant: the stretches follow each other without a hole, and one whose answer was full is read again in halves.

use crate::aws::FilterRequest;
use crate::logs::query::MOST_ANSWER_ROWS;

/// How long the first stretch is at most, in milliseconds.
const FIRST_MS: i64 = 3_600_000;
/// So much longer it may be when all up to now is read by it then.
const SLACK_MS: i64 = FIRST_MS / 6;
/// Events are accepted so far ahead of their time, in milliseconds.
const AHEAD_MS: i64 = 2 * 3_600_000;

/// A stretch of time, its ends included, in Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tail) struct ScanWindow {
    pub(in crate::tail) from_ms: i64,
    pub(in crate::tail) to_ms: i64,
    /// Where all that is wanted ends.
    end_ms: i64,
    /// The service's time.
    now_ms: i64,
}

/// What is read after a stretch.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct NextWindow {
    /// The token of the page; `None` after the last.
    pub(super) token: Option<String>,
    /// Whether it is a part of the same stretch, which had too many events.
    pub(super) is_split: bool,
}

impl ScanWindow {
    /// What a request begins with, at this of the service's times.
    pub(in crate::tail) fn of(request: &FilterRequest, now_ms: i64) -> Self {
        let end_ms = request.to_ms.unwrap_or(now_ms.saturating_add(AHEAD_MS));
        let token = request.next.as_deref().and_then(read_token);
        let (from_ms, length_ms) = match token {
            Some((from_ms, length_ms)) => (from_ms, length_ms),
            None if request.newest_first => (request.from_ms, i64::MAX),
            None => (request.from_ms, FIRST_MS),
        };
        let from_ms = from_ms.max(0);
        let until_ms = from_ms.saturating_add(length_ms - 1);
        // What lies ahead holds little, and is read with what is before it.
        let is_last =
            from_ms > now_ms || (token.is_none() && until_ms.saturating_add(SLACK_MS) >= now_ms);
        let to_ms = if is_last { end_ms } else { until_ms };
        Self {
            from_ms,
            to_ms: to_ms.min(end_ms).max(from_ms),
            end_ms,
            now_ms,
        }
    }

    /// How long it is, as far as it is past, in milliseconds.
    pub(super) fn length_ms(&self) -> i64 {
        (self.to_ms.min(self.now_ms) - self.from_ms + 1).max(1)
    }

    /// What follows an answer of so many rows, the newest of this time.
    pub(super) fn next(&self, rows: usize, newest_ms: Option<i64>) -> NextWindow {
        let length_ms = self.to_ms - self.from_ms + 1;
        if rows >= MOST_ANSWER_ROWS && length_ms > 1 {
            let last_ms =
                newest_ms.map_or(self.to_ms, |newest| newest.clamp(self.from_ms, self.to_ms));
            return NextWindow {
                token: Some(token(self.from_ms, (last_ms - self.from_ms) / 2 + 1)),
                is_split: true,
            };
        }
        let growth = match rows {
            0 => 4,
            _ if rows < MOST_ANSWER_ROWS / 4 => 2,
            _ => 1,
        };
        let length_ms = length_ms.saturating_mul(growth);
        NextWindow {
            token: (self.to_ms < self.end_ms).then(|| token(self.to_ms + 1, length_ms)),
            is_split: false,
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

    /// The stretches that are read, and whether each was full; `rows` says how many rows there are between two times.
    fn read(mut request: FilterRequest, rows: impl Fn(i64, i64) -> usize) -> Vec<(i64, i64, bool)> {
        let mut windows = Vec::new();
        loop {
            let window = ScanWindow::of(&request, NOW_MS);
            let found = rows(window.from_ms, window.to_ms).min(MOST_ANSWER_ROWS);
            let next = window.next(found, Some(window.to_ms));
            windows.push((window.from_ms, window.to_ms, next.is_split));
            match next.token {
                Some(token) => request.next = Some(token),
                None => return windows,
            }
        }
    }

    /// The stretches that were not read again are without a hole and without an overlap.
    fn assert_whole(windows: &[(i64, i64, bool)], from_ms: i64, end_ms: i64) {
        let mut reached_ms = from_ms;
        for (from_ms, to_ms, is_split) in windows {
            assert_eq!(*from_ms, reached_ms);
            if !is_split {
                reached_ms = to_ms + 1;
            }
        }
        assert_eq!(reached_ms, end_ms + 1);
    }

    #[test]
    fn what_is_new_is_read_by_one_query() {
        let windows = read(request(NOW_MS - 125_000, None), |_, _| 12);
        let end_ms = NOW_MS + AHEAD_MS;
        assert_eq!(windows, [(NOW_MS - 125_000, end_ms, false)]);
        let hour = request(NOW_MS - FIRST_MS + 1, Some(NOW_MS));
        assert_eq!(read(hour, |_, _| 12).len(), 1);
    }

    #[test]
    fn a_full_answer_is_halved_until_none_is_full() {
        // Ten events a millisecond in the last ten seconds.
        let dense = |from: i64, to: i64| {
            let length = (to.min(NOW_MS) - from.max(NOW_MS - 9_999) + 1).max(0);
            usize::try_from(length).unwrap() * 10
        };
        let windows = read(request(NOW_MS - 125_000, None), dense);
        assert_whole(&windows, NOW_MS - 125_000, NOW_MS + AHEAD_MS);
        assert!(
            windows
                .iter()
                .all(|&(from, to, is_split)| is_split == (dense(from, to) >= MOST_ANSWER_ROWS))
        );
        assert!(windows.len() < 60, "{}", windows.len());
    }

    #[test]
    fn a_millisecond_that_is_full_is_passed() {
        let crowd = |from: i64, to: i64| usize::from((from..=to).contains(&NOW_MS)) * 20_000;
        let windows = read(request(NOW_MS - 1_000, None), crowd);
        assert_whole(&windows, NOW_MS - 1_000, NOW_MS + AHEAD_MS);
        assert!(windows.contains(&(NOW_MS, NOW_MS, false)));
    }

    #[test]
    fn a_long_past_is_read_in_stretches_that_grow_where_little_is() {
        let days = request(NOW_MS - 7 * 24 * FIRST_MS, None);
        let windows = read(days.clone(), |_, _| 0);
        assert!(windows.len() < 8, "{windows:?}");
        assert_whole(&windows, days.from_ms, NOW_MS + AHEAD_MS);
        assert_eq!(windows[0].1 - windows[0].0 + 1, FIRST_MS);
        let until = request(NOW_MS - 7 * 24 * FIRST_MS, Some(NOW_MS - 24 * FIRST_MS));
        assert_whole(
            &read(until, |_, _| 5_000),
            NOW_MS - 7 * 24 * FIRST_MS,
            NOW_MS - 24 * FIRST_MS,
        );
    }

    #[test]
    fn what_lies_ahead_is_not_counted_as_read() {
        let window = ScanWindow::of(&request(NOW_MS - 999, None), NOW_MS);
        assert_eq!(window.length_ms(), 1_000);
    }
}
