//! The histogram above the rows: how many there are when, and how grave the gravest is.

use crate::logs::{Counts, Level, View};

/// The histogram, a bar per column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strip {
    /// The bars from left to right: their height in eighths, and the gravest level.
    pub bars: Vec<(u8, Level)>,
    /// Where the cursor is, as a column.
    pub cursor: Option<usize>,
}

impl Strip {
    /// The histogram of rows in so many columns; the cursor stands at a time in Unix milliseconds.
    pub(super) fn of(rows: &View<'_>, cursor_ms: Option<i64>, columns: u16) -> Self {
        let Some((first, to)) = rows.histogram().span_ms() else {
            return Self::default();
        };
        // A column is a second at least, so that no second is drawn between two empty ones.
        let from = first.min(to - i64::from(columns) * 1_000);
        let counts = rows.histogram().strip(from, to, columns);
        let most = counts.iter().map(Counts::total).max().unwrap_or(0);
        let bars = counts.iter().map(|count| {
            let eighths = (u64::from(count.total()) * 8).div_ceil(u64::from(most.max(1)));
            (u8::try_from(eighths).unwrap_or(8), count.gravest())
        });
        let place = |at: i64| {
            let (at, span) = (i128::from(at - from), i128::from(to - from).max(1));
            let column = usize::try_from(at * i128::from(columns) / span).ok()?;
            (column < usize::from(columns)).then_some(column)
        };
        Self {
            bars: bars.collect(),
            cursor: cursor_ms.and_then(place),
        }
    }
}
