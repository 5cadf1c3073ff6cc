//! Values as people read them: durations and money. What changed against a baseline is told by `power`.
//!
//! Figures are rounded to three or four significant digits, never written `-0`, and never scientific below 10⁹.

use crate::power::{Currency, Interval};
pub use crate::text::{duration_exact, duration_text};
use crate::text::{fixed, significant, thousands};

/// One side of an interval is so many times the other where both are told.
const LOPSIDED: f64 = 1.2;

/// A duration in milliseconds with its 95 % interval, in one unit: `34.36 ± 0.12 s`, `712.2 -32.5/+70.8 ms` where it is
/// lopsided.
#[must_use]
pub fn duration_with_interval(ms: f64, interval: Option<Interval>) -> String {
    let text = duration_exact(ms);
    match (interval_text(ms, interval), text.split_once(' ')) {
        (Some(half), Some((figure, unit))) => format!("{figure} {half} {unit}"),
        _ => text,
    }
}

/// How far the interval reaches to both sides of a duration in milliseconds, in the unit and with the decimals that
/// [`duration_exact`] gives the duration, the unit left out: `± 0.12`, or `-32.5/+70.8` where the
/// sides differ by more than a fifth; else the larger one counts.
#[must_use]
pub fn interval_text(ms: f64, interval: Option<Interval>) -> Option<String> {
    let (below, above) = sides(ms, interval?)?;
    let text = duration_exact(ms);
    let (figure, unit) = text.split_once(' ')?;
    let scale = if unit == "s" { 1000.0 } else { 1.0 };
    let written = |side: f64| like(side / scale, figure);
    Some(if below.max(above) <= LOPSIDED * below.min(above) {
        format!("± {}", written(below.max(above)))
    } else {
        format!("-{}/+{}", written(below), written(above))
    })
}

/// Money per invocation, four significant digits: `$0.0000675`.
#[must_use]
pub fn usd_text(amount: f64, currency: Currency) -> String {
    let figure = significant(amount, 4);
    let short = if figure.contains('.') && !figure.contains('e') {
        figure.trim_end_matches('0').trim_end_matches('.')
    } else {
        &figure
    };
    format!("{}{short}", currency.sign())
}

/// Money per million invocations, from money per invocation: `$67.50 /M`, `$0.208 /M`.
#[must_use]
pub fn per_million_text(amount: f64, currency: Currency) -> String {
    format!("{}{} /M", currency.sign(), per_million_figure(amount))
}

/// The figure alone of [`per_million_text`]: cents from 1 up, three significant digits below, whole from 10,000.
#[must_use]
pub fn per_million_figure(amount: f64) -> String {
    let million = amount * 1e6;
    match million.abs() {
        size if !size.is_finite() => "—".to_owned(),
        size if size >= 1e9 => significant(million, 4),
        size if size >= 9_999.5 && million > 0.0 => thousands(fixed(million, 0)),
        size if size >= 9_999.5 => fixed(million, 0),
        size if size >= 0.9995 => fixed(million, 2),
        _ => significant(million, 3),
    }
}

/// The label of a tick: fixed decimals, scientific when that would be long.
pub(super) fn tick(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if text.len() > 7 {
        format!("{value:.1e}")
    } else {
        text
    }
}

/// How far an interval reaches below and above a mean; `None` when an end is not finite.
fn sides(mean: f64, interval: Interval) -> Option<(f64, f64)> {
    let sides = (
        (mean - interval.low).max(0.0),
        (interval.high - mean).max(0.0),
    );
    (sides.0.is_finite() && sides.1.is_finite()).then_some(sides)
}

/// A number with as many decimals as `figure` has; `<0.01` instead of a zero that is none.
fn like(value: f64, figure: &str) -> String {
    let decimals = figure.split_once('.').map_or(0, |(_, tail)| tail.len());
    let text = fixed(value, decimals);
    if value > 0.0 && text.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        let smallest = fixed(10f64.powi(-i32::try_from(decimals).unwrap_or(0)), decimals);
        return format!("<{smallest}");
    }
    text
}

#[cfg(test)]
mod tests;
