//! Numbers that have a range.

use std::ops::RangeInclusive;

use super::PlanError;

/// Refuses a number outside what is allowed; `what` it stands for and what is wrong with it go into the sentence.
pub(super) fn check(
    what: &'static str,
    value: f64,
    allowed: RangeInclusive<f64>,
    range: &'static str,
) -> Result<(), PlanError> {
    if allowed.contains(&value) {
        Ok(())
    } else {
        Err(PlanError::Range { what, value, range })
    }
}

/// A number above 0, if there is one.
pub(super) fn positive(what: &'static str, value: Option<f64>) -> Result<Option<f64>, PlanError> {
    if let Some(value) = value {
        let allowed = f64::MIN_POSITIVE..=f64::MAX;
        check(what, value, allowed, "not a number above 0")?;
    }
    Ok(value)
}

/// A number from 0 up, if there is one.
pub(super) fn not_negative(
    what: &'static str,
    value: Option<f64>,
) -> Result<Option<f64>, PlanError> {
    if let Some(value) = value {
        check(what, value, 0.0..=f64::MAX, "not a number from 0 up")?;
    }
    Ok(value)
}
