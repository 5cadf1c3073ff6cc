//! Numbers as they are typed.

/// A finite number that `accepts` takes.
///
/// # Errors
/// `what`, a sentence that says what would be right.
pub fn number(text: &str, what: &str, accepts: impl Fn(f64) -> bool) -> Result<f64, String> {
    let parsed: Option<f64> = text.parse().ok();
    parsed
        .filter(|&number| number.is_finite() && accepts(number))
        .ok_or_else(|| what.to_owned())
}

/// A number above 0.
///
/// # Errors
/// A sentence when it is none.
pub fn positive(text: &str) -> Result<f64, String> {
    number(text, "give a number above 0", |number| number > 0.0)
}
