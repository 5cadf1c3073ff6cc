//! Durations by memory size, read from the bundled runs of the articles.

use serde::Deserialize;

/// Measured durations at rising memory sizes.
#[derive(Debug, Clone, PartialEq)]
pub struct DurationCurve {
    points: Vec<DurationPoint>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
struct DurationPoint {
    memory_mb: u32,
    duration_ms: f64,
}

#[derive(Deserialize)]
struct CurveExample {
    points: Vec<DurationPoint>,
}

impl DurationCurve {
    /// Reads the points of a bundled example.
    ///
    /// # Errors
    /// The JSON error when the text is not an example.
    pub fn from_example(json: &str) -> Result<Self, serde_json::Error> {
        let CurveExample { mut points } = serde_json::from_str(json)?;
        points.sort_by_key(|point| point.memory_mb);
        Ok(Self { points })
    }

    /// The duration in milliseconds at a size in megabytes: linear in log-log space between measured
    /// sizes; beyond them as at the nearest one, since nothing was measured there.
    #[must_use]
    pub fn at(&self, memory_mb: u32) -> f64 {
        let after = self.points.partition_point(|p| p.memory_mb <= memory_mb);
        let right = self.points.get(after);
        let left = after.checked_sub(1).and_then(|i| self.points.get(i));
        match (left, right) {
            (Some(left), Some(right)) => between(*left, *right, memory_mb),
            (Some(only), None) | (None, Some(only)) => only.duration_ms,
            (None, None) => 0.0,
        }
    }
}

fn between(left: DurationPoint, right: DurationPoint, memory_mb: u32) -> f64 {
    let x = |megabytes: u32| f64::from(megabytes).ln();
    let share = (x(memory_mb) - x(left.memory_mb)) / (x(right.memory_mb) - x(left.memory_mb));
    let (low, high) = (left.duration_ms.ln(), right.duration_ms.ln());
    (high - low).mul_add(share, low).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve() -> DurationCurve {
        DurationCurve::from_example(
            r#"{"points":[{"memory_mb":512,"duration_ms":25.0},{"memory_mb":128,"duration_ms":100.0}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn measured_sizes_come_back_unchanged() {
        assert!((curve().at(128) - 100.0).abs() < 1e-9);
        assert!((curve().at(512) - 25.0).abs() < 1e-9);
    }

    #[test]
    fn between_sizes_the_curve_is_straight_in_log_log_space() {
        assert!((curve().at(256) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn beyond_the_measured_sizes_the_curve_is_flat() {
        assert!((curve().at(10_240) - 25.0).abs() < 1e-9);
    }
}
