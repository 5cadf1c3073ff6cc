//! Quantiles of Student's t distribution for whole degrees of freedom.

use std::f64::consts::PI;

/// The t for which a variable with this many degrees of freedom (at least 1) lies within −t…t with the probability
/// `level` (0 to 1, both excluded).
///
/// Inverts the closed form of the distribution by bisection on the angle, which is bounded.
pub(super) fn two_sided_quantile(level: f64, degrees: usize) -> f64 {
    let (mut low, mut high) = (0.0, PI / 2.0);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if within(middle, degrees) < level {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high).tan() * (degrees as f64).sqrt()
}

/// The probability of −t…t, with t = √ν · tan `angle`: Abramowitz and Stegun, formulas 26.7.3 and 26.7.4.
fn within(angle: f64, degrees: usize) -> f64 {
    let (sine, cosine) = angle.sin_cos();
    let odd = degrees % 2 == 1;
    // The series runs over cos⁰, cos², … for even ν and over cos¹, cos³, … for odd ν.
    let mut term = if odd { cosine } else { 1.0 };
    let mut sum = 0.0;
    let mut power = usize::from(odd);
    while power + 2 <= degrees {
        sum += term;
        power += 2;
        term *= cosine * cosine * (power as f64 - 1.0) / power as f64;
    }
    if odd {
        2.0 / PI * (angle + sine * sum)
    } else {
        sine * sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_agree_with_the_printed_tables() {
        for (degrees, expected) in [
            (1, 12.706_205),
            (2, 4.302_653),
            (3, 3.182_446),
            (4, 2.776_445),
            (5, 2.570_582),
            (10, 2.228_139),
            (29, 2.045_230),
            (30, 2.042_272),
            (120, 1.979_930),
            (1000, 1.962_339),
        ] {
            let quantile = two_sided_quantile(0.95, degrees);
            assert!((quantile - expected).abs() < 2e-6, "{degrees}: {quantile}");
        }
    }
}
