//! The histogram above the rows: how many there are when, and how grave the gravest is.

use crate::logs::{Counts, Level, View};

/// The histogram, a bar per column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistogramStrip {
    /// The bars from left to right: their height in eighths, and the gravest level.
    pub bars: Vec<(u8, Level)>,
    /// Where the cursor is, as a column.
    pub cursor: Option<usize>,
    /// How many rows each bar stands for, by level.
    counts: Vec<Counts>,
    /// Where the first bar begins, and how long each is, in milliseconds.
    from_ms: i64,
    step_ms: i64,
}

/// Milliseconds of a bar at least; longer ones are this times a power of two, as the histogram's own are.
const FINEST_MS: i64 = 1_000;

/// Milliseconds of a bar at most, a thousand times two to the power of 36 (about 2,200 years): rows on both sides of 1970
/// take two bars however long those are, and a screen may have room for one.
const COARSEST_MS: i64 = FINEST_MS << 36;

impl HistogramStrip {
    /// The histogram of rows in so many columns at most; the cursor stands at a time in Unix milliseconds.
    ///
    /// Bars stand for fixed stretches of time: while rows come only the last one changes, until there is one too many
    /// and each is joined with its neighbour.
    pub(super) fn of(rows: &View<'_>, cursor_ms: Option<i64>, columns: u16) -> Self {
        let Some((first, to)) = rows.histogram().span_ms() else {
            return Self::default();
        };
        let bars = |step: i64| (to - first.div_euclid(step) * step + step - 1) / step;
        let mut step = FINEST_MS;
        while bars(step) > columns.max(1).into() && step < COARSEST_MS {
            step *= 2;
        }
        let from = first.div_euclid(step) * step;
        let count = u16::try_from(bars(step)).unwrap_or(columns);
        let until = from + i64::from(count) * step;
        let counts = rows.histogram().strip(from, until, count);
        let most = counts.iter().map(Counts::total).max().unwrap_or(0);
        let bars = counts.iter().map(|count| {
            let eighths = (u64::from(count.total()) * 8).div_ceil(u64::from(most.max(1)));
            (u8::try_from(eighths).unwrap_or(8), count.gravest())
        });
        let place = |at: i64| usize::try_from((at - from).div_euclid(step)).ok();
        Self {
            bars: bars.collect(),
            cursor: cursor_ms.and_then(place),
            counts,
            from_ms: from,
            step_ms: step,
        }
    }

    /// Where a bar begins and ends, in Unix milliseconds.
    #[must_use]
    pub fn span_ms(&self, column: usize) -> (i64, i64) {
        let column = i64::try_from(column).unwrap_or(i64::MAX);
        let from = self
            .from_ms
            .saturating_add(column.saturating_mul(self.step_ms));
        (from, from.saturating_add(self.step_ms))
    }

    /// How many rows a bar stands for, by level.
    #[must_use]
    pub fn counts(&self, column: usize) -> Counts {
        self.counts.get(column).copied().unwrap_or_default()
    }

    /// Where the bar so many columns right of the cursor begins, in Unix milliseconds; left of it for a negative number.
    pub(super) fn beside_ms(&self, columns: isize) -> Option<i64> {
        let last = self.bars.len().checked_sub(1)?;
        let column = self.cursor.unwrap_or(last).saturating_add_signed(columns);
        Some(self.span_ms(column.min(last)).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::{Buffer, EventOrigin, LogEvent};

    fn histogram_strip(seconds: impl Iterator<Item = i64>) -> HistogramStrip {
        let mut buffer = Buffer::default();
        let events = seconds.map(|second| LogEvent {
            group: "g".into(),
            stream: "s".into(),
            time_ms: 1_700_000_003_000 + second * 1_000,
            ingested_ms: 0,
            message: "x".to_owned(),
            id: None,
            origin: EventOrigin::Live,
        });
        buffer.append(events.collect());
        HistogramStrip::of(&buffer.visible(), Some(1_700_000_003_000), 40)
    }

    #[test]
    fn a_new_second_leaves_the_bars_before_it_as_they_are() {
        let busy = |second: &i64| second % 7 < 4;
        for seconds in 1..400_i64 {
            let (before, after) = (
                histogram_strip((0..seconds).filter(busy)),
                histogram_strip((0..=seconds).filter(busy)),
            );
            assert!(after.bars.len() <= 40 && after.cursor == Some(0));
            if after.bars.len() >= before.bars.len() && seconds < 40 {
                let settled = before.bars.len() - 1;
                assert_eq!(before.bars[..settled], after.bars[..settled]);
            }
        }
    }

    #[test]
    fn rows_of_both_sides_of_1970_have_a_strip_of_any_width() {
        let mut buffer = Buffer::default();
        let event = |time_ms| LogEvent {
            group: "g".into(),
            stream: "s".into(),
            time_ms,
            ingested_ms: 0,
            message: "x".to_owned(),
            id: None,
            origin: EventOrigin::Live,
        };
        buffer.append(vec![event(-1_000_000), event(1_700_000_000_000)]);
        for columns in 0..4 {
            let histogram_strip = HistogramStrip::of(&buffer.visible(), None, columns);
            let most = usize::from(columns.max(2));
            assert!(histogram_strip.bars.len() <= most, "{columns} columns");
        }
    }

    #[test]
    fn steady_traffic_makes_level_bars() {
        for seconds in 40..200 {
            let heights = histogram_strip(0..seconds).bars;
            let inner = &heights[1..heights.len() - 1];
            assert!(inner.iter().all(|(height, _)| *height == 8), "{heights:?}");
        }
    }
}
