//! Where the logarithms of a size's durations lie, and how much each sample moves that.

/// Durations below this count as this, in milliseconds.
const LEAST_MS: f64 = 1e-3;

/// The trimmed mean of the logarithms of durations and what the untrimmed mean adds to it, with the influence of each
/// sample on both (Tukey and McLaughlin 1963).
pub(super) struct LogLocation {
    /// The trimmed mean of ln ms.
    pub trimmed: f64,
    /// The logarithm of the mean over `trimmed`: how much the slow samples make of it.
    pub skew: f64,
    /// The variance of `skew`.
    pub skew_variance: f64,
    /// The influence of each sample on `trimmed`, in the order of the samples.
    pub on_trimmed: Vec<f64>,
    /// The same on `skew`.
    pub on_skew: Vec<f64>,
    /// The degrees of freedom of `trimmed`.
    pub degrees: f64,
}

impl LogLocation {
    /// Of durations in milliseconds, at least four.
    pub(super) fn of(durations: &[f64]) -> Self {
        let logs: Vec<f64> = durations.iter().map(|ms| ms.max(LEAST_MS).ln()).collect();
        let mut sorted = logs.clone();
        sorted.sort_by(f64::total_cmp);
        let count = logs.len();
        // A fifth on each side.
        let cut = (count / 5).max(1);
        let kept = sorted.get(cut..count - cut).unwrap_or(&sorted);
        let trimmed = average(kept);
        let on_trimmed = influence_on_trimmed(&logs, kept);
        let mean = average(durations).max(LEAST_MS);
        let on_skew: Vec<f64> = durations
            .iter()
            .zip(&on_trimmed)
            .map(|(ms, on_trimmed)| ms / mean - 1.0 - on_trimmed)
            .collect();
        let count = count as f64;
        Self {
            trimmed,
            skew: mean.ln() - trimmed,
            skew_variance: squares(&on_skew) / (count * (count - 1.0)),
            on_trimmed,
            on_skew,
            degrees: kept.len() as f64 - 1.0,
        }
    }
}

/// The influence of each sample on the mean of those `kept`, scaled so that its squares give the variance.
fn influence_on_trimmed(logs: &[f64], kept: &[f64]) -> Vec<f64> {
    let (Some(&low), Some(&high)) = (kept.first(), kept.last()) else {
        return vec![0.0; logs.len()];
    };
    if low >= high {
        // Rounding must not look like a drift.
        return vec![0.0; logs.len()];
    }
    let pulled: Vec<f64> = logs.iter().map(|log| log.clamp(low, high)).collect();
    let centre = average(&pulled);
    let (count, left) = (logs.len() as f64, kept.len() as f64);
    let scale = count / left * ((count - 1.0) / count * left / (left - 1.0)).sqrt();
    pulled.iter().map(|log| (log - centre) * scale).collect()
}

/// The mean; 0 of nothing.
pub(super) fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The sum of the squares.
pub(super) fn squares(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_location_comes_out() {
        let location = LogLocation::of(&[10.0, 11.0, 12.0, 13.0, 14.0, 90.0]);
        assert!((location.trimmed - 2.521_702).abs() < 1e-6);
        let expected = [
            -0.194_056, -0.194_056, -0.056_479, 0.070_080, 0.187_255, 0.187_255,
        ];
        for (found, expected) in location.on_trimmed.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{found}");
        }
        let error = (squares(&location.on_trimmed) / 30.0).sqrt();
        assert!((error - 0.071_541).abs() < 1e-6);
    }
}
