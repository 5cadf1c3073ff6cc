//! The figures of an answer as bars: one a row, and over time where the rows are stretches of time.

use super::{AnswerTable, ValueKind};

/// The heights of a bar.
const EIGHTHS: f64 = 8.0;

/// A bar for each row: how large its figure is beside the largest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnswerBars {
    /// The column of the figures.
    pub column: usize,
    most: f64,
}

impl AnswerBars {
    /// The bars of the column that is meant: this one when it holds figures, else the first that counts, else the first
    /// with figures. An answer whose rows are events has none.
    #[must_use]
    pub fn of(table: &AnswerTable, chosen: usize) -> Option<Self> {
        let column = figures(table, chosen)?;
        let numbers = (0..table.count()).filter_map(|row| table.number(row, column));
        let most = numbers.fold(0.0, f64::max);
        (most > 0.0).then_some(Self { column, most })
    }

    /// How many columns of the screen the bar of a row takes, of so many at most; at least one when there is anything.
    #[must_use]
    pub fn length(&self, table: &AnswerTable, row: usize, columns: usize) -> usize {
        let share = table.number(row, self.column).unwrap_or_default() / self.most;
        if share <= 0.0 {
            return 0;
        }
        whole(share * columns as f64).clamp(1, columns)
    }
}

/// The figures over time, in bars from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeBars {
    /// The column of the figures.
    pub column: usize,
    /// The heights, in eighths of the largest figure. Where several stretches share a bar it is that of the largest.
    pub heights: Vec<u8>,
    /// The largest figure.
    pub most: f64,
    /// When the first stretch begins, in Unix milliseconds.
    pub from_ms: i64,
    /// When the last stretch ends, in Unix milliseconds.
    pub to_ms: i64,
}

impl TimeBars {
    /// The figures that [`AnswerBars`] shows, in so many bars at most. There are none when the rows are no stretches of
    /// time, are a single one, or when several rows of one stretch have figures that cannot be added.
    #[must_use]
    pub fn of(table: &AnswerTable, chosen: usize, columns: usize) -> Option<Self> {
        let (column, times) = (figures(table, chosen)?, stretches(table)?);
        let points = (0..table.count()).filter_map(|row| {
            let figure = table.number(row, column).unwrap_or_default();
            Some((table.time_ms(row, times)?, figure))
        });
        let mut points: Vec<(i64, f64)> = points.collect();
        points.sort_by_key(|(time, _)| *time);
        let count = points.len();
        points.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0.0 };
            is_same
        });
        if points.len() < count && !adds_up(table, column) {
            return None;
        }
        Self::of_points(column, &points, columns)
    }

    fn of_points(column: usize, points: &[(i64, f64)], columns: usize) -> Option<Self> {
        let (from_ms, last_ms) = (points.first()?.0, points.last()?.0);
        let steps = points.iter().zip(points.iter().skip(1));
        let step = steps.map(|(one, next)| next.0 - one.0).min()?;
        let to_ms = last_ms.checked_add(step)?;
        let stretches = to_ms.checked_sub(from_ms)? / step;
        let bars = usize::try_from(stretches).ok()?.min(columns);
        let most = points.iter().map(|(_, figure)| *figure).fold(0.0, f64::max);
        if most <= 0.0 || bars == 0 {
            return None;
        }
        let mut heights = vec![0; bars];
        for (time, figure) in points {
            let place = i128::from((time - from_ms) / step) * bars as i128 / i128::from(stretches);
            let bar = usize::try_from(place)
                .ok()
                .and_then(|at| heights.get_mut(at));
            if let Some(height) = bar {
                *height = eighths(figure / most).max(*height);
            }
        }
        Some(Self {
            column,
            heights,
            most,
            from_ms,
            to_ms,
        })
    }
}

/// The column whose figures are shown.
fn figures(table: &AnswerTable, chosen: usize) -> Option<usize> {
    if table.pointer(0).is_some() {
        return None;
    }
    let columns = || table.columns().iter().enumerate();
    let numbers = || columns().filter(|(_, it)| it.kind == ValueKind::Number);
    let here = numbers().find(|(at, _)| *at == chosen);
    let counts = || numbers().find(|(_, it)| it.name.starts_with("count"));
    let column = here.or_else(counts).or_else(|| numbers().next())?;
    Some(column.0)
}

/// The column that tells which stretch of time a row is about: one of `bin()`, or the only one with times, when these
/// are whole seconds.
fn stretches(table: &AnswerTable) -> Option<usize> {
    let columns = || table.columns().iter().enumerate();
    let mut times = columns().filter(|(_, it)| it.kind == ValueKind::Time);
    let (first, others) = (times.next()?, times.next());
    let is_bin = |name: &str| name.to_lowercase().starts_with("bin(");
    if let Some((at, _)) = columns().find(|(_, it)| it.kind == ValueKind::Time && is_bin(&it.name))
    {
        return Some(at);
    }
    let mut all = (0..table.count()).filter_map(|row| table.time_ms(row, first.0));
    (others.is_none() && all.all(|time| time % 1_000 == 0)).then_some(first.0)
}

/// Whether the figures of several rows of one stretch may be added.
fn adds_up(table: &AnswerTable, column: usize) -> bool {
    let name = table.columns().get(column).map(|it| it.name.to_lowercase());
    name.is_some_and(|name| name.starts_with("count(") || name.starts_with("sum("))
}

/// A share of one in eighths; at least one when there is anything.
fn eighths(share: f64) -> u8 {
    let height = whole((share * EIGHTHS).ceil());
    u8::try_from(height).unwrap_or(8)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a screen; `as` saturates"
)]
fn whole(number: f64) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::table;
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_figure_beside_the_largest() {
        let table = table(&[
            "level=ERROR count(*)=5",
            "level=INFO count(*)=1000",
            "level=x count(*)=0",
        ]);
        let bars = AnswerBars::of(&table, 0).unwrap();
        assert_eq!(bars.column, 1);
        let lengths = [0, 1, 2].map(|row| bars.length(&table, row, 20));
        assert_eq!(lengths, [1, 20, 0]);
    }

    #[test]
    fn the_chosen_column_of_figures_is_drawn_else_the_one_that_counts() {
        let table = table(&["avg(x)=3 count(*)=5", "avg(x)=6 count(*)=5"]);
        assert_eq!(AnswerBars::of(&table, 0).unwrap().column, 0);
        assert_eq!(AnswerBars::of(&table, 9).unwrap().column, 1);
    }

    #[test]
    fn rows_that_are_events_have_no_bars() {
        let table = table(&["@duration=3 @ptr=p"]);
        assert_eq!(AnswerBars::of(&table, 0), None);
        assert_eq!(TimeBars::of(&table, 0, 10), None);
    }

    #[test]
    fn stretches_without_a_row_are_bars_of_nothing() {
        let table = table(&[
            "bin(5m)=2026-01-31_08:10:00.000 count(*)=8",
            "bin(5m)=2026-01-31_08:00:00.000 count(*)=1",
            "bin(5m)=2026-01-31_08:05:00.000 count(*)=4",
            "bin(5m)=2026-01-31_08:20:00.000 count(*)=2",
        ]);
        let bars = TimeBars::of(&table, 0, 40).unwrap();
        assert_eq!(bars.heights, [1, 4, 8, 0, 2]);
        assert_eq!((bars.to_ms - bars.from_ms, bars.most), (1_500_000, 8.0));
        assert_eq!(TimeBars::of(&table, 0, 2).unwrap().heights, [8, 2]);
        assert_eq!(TimeBars::of(&table, 0, 0), None);
    }

    #[test]
    fn counts_of_one_stretch_are_added_and_averages_are_not() {
        let rows = |figure: &str| {
            let row = |minute: u8, host: &str| {
                format!("t=2026-01-31_08:0{minute}:00.000 host={host} {figure}=2")
            };
            let rows = [row(0, "a"), row(0, "b"), row(1, "a")];
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            TimeBars::of(&table(&rows), 9, 40)
        };
        assert_eq!(rows("count(*)").unwrap().heights, [8, 4]);
        assert_eq!(rows("avg(x)"), None);
    }

    #[test]
    fn a_time_of_an_event_is_no_stretch() {
        let table = table(&[
            "latest(@timestamp)=2026-01-31_08:10:00.123 n=1",
            "latest(@timestamp)=2026-01-31_08:12:00.456 n=1",
        ]);
        assert_eq!(TimeBars::of(&table, 1, 40), None);
    }
}
