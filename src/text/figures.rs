//! Figures as people read them: rounded to significant digits, never written `-0`, never scientific between 10⁻¹² and 10⁹.

/// A duration in milliseconds with its unit, three significant digits: `4.46 ms`, `1.21 s`.
#[must_use]
pub fn duration_text(ms: f64) -> String {
    duration_digits(ms, 3)
}

/// A duration in milliseconds with four significant digits: `4.455 ms`, `34.36 s`.
#[must_use]
pub fn duration_exact(ms: f64) -> String {
    duration_digits(ms, 4)
}

fn duration_digits(ms: f64, digits: usize) -> String {
    let ms = if ms.abs() < 0.000_5 { 0.0 } else { ms };
    let figure = significant(ms, digits);
    if figure.parse::<f64>().is_ok_and(|ms| ms.abs() >= 1000.0) {
        format!("{} s", significant(ms / 1000.0, digits))
    } else {
        format!("{figure} ms")
    }
}

/// A number rounded to significant digits, zeros kept; scientific from 10⁹ up and below 10⁻¹².
#[must_use]
pub fn significant(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let after_point = digits.saturating_sub(1);
    let scientific = format!("{value:.after_point$e}");
    let exponent = scientific
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse::<i32>().ok())
        .unwrap_or(0);
    if !(-12..9).contains(&exponent) {
        return scientific;
    }
    let decimals = i32::try_from(after_point).unwrap_or(0) - exponent;
    fixed(value, usize::try_from(decimals).unwrap_or(0))
}

/// A number with a fixed count of decimals, without the sign of a zero.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|byte| matches!(byte, b'0' | b'.')) => rest.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit_that_suits_them() {
        for (ms, short, exact) in [
            (4.455, "4.46 ms", "4.455 ms"),
            (999.6, "1.00 s", "999.6 ms"),
            (34_359.8, "34.4 s", "34.36 s"),
            (-0.000_1, "0 ms", "0 ms"),
        ] {
            assert_eq!(
                (duration_text(ms), duration_exact(ms)),
                (short.to_owned(), exact.to_owned())
            );
        }
    }

    #[test]
    fn a_zero_has_no_sign_and_what_is_tiny_is_scientific() {
        assert_eq!(fixed(-0.001, 1), "0.0");
        assert_eq!(significant(1.5e-13, 3), "1.50e-13");
        assert_eq!(significant(f64::NAN, 3), "—");
    }
}
