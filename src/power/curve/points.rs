//! Checks on points that come from outside.

use crate::lambda::MemoryMb;
use crate::power::Point;

/// Why points do not make a curve.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PointsError {
    /// There is none.
    #[error("there is not a single measured memory size; give a run that finished")]
    Empty,
    /// A size is there twice.
    #[error("memory size {0} MB is there twice; remove one of the two")]
    Twice(MemoryMb),
    /// A figure cannot be one.
    #[error(
        "the {what} at {memory} MB is '{value}'; it must be a finite number that is not negative"
    )]
    Figure {
        /// What it stands for: `duration`, `cost`.
        what: &'static str,
        /// Where.
        memory: MemoryMb,
        /// What is there.
        value: f64,
    },
}

/// Sorts points by memory and makes sure that they form a curve.
pub(crate) fn checked(mut points: Vec<Point>) -> Result<Vec<Point>, PointsError> {
    points.sort_by_key(|point| point.memory_mb);
    if points.is_empty() {
        return Err(PointsError::Empty);
    }
    for (point, next) in points.iter().zip(points.iter().skip(1)) {
        if point.memory_mb == next.memory_mb {
            return Err(PointsError::Twice(point.memory_mb));
        }
    }
    for point in &points {
        check_figure("duration", point.memory_mb, point.duration_ms)?;
        check_figure("cost", point.memory_mb, point.cost_usd)?;
    }
    Ok(points)
}

/// Makes sure that a duration or a cost can be one.
pub(crate) fn check_figure(
    what: &'static str,
    memory: MemoryMb,
    value: f64,
) -> Result<(), PointsError> {
    if value.is_finite() && value >= 0.0 {
        return Ok(());
    }
    Err(PointsError::Figure {
        what,
        memory,
        value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(memory: u32, duration: f64, cost: f64) -> Point {
        Point::new(MemoryMb::new(memory).unwrap(), duration, cost)
    }

    #[test]
    fn points_are_sorted_by_memory() {
        let sorted = checked(vec![point(512, 1.0, 1.0), point(128, 2.0, 2.0)]).unwrap();
        assert_eq!(sorted[0].memory_mb, MemoryMb::MIN);
    }

    #[test]
    fn what_is_no_curve_is_refused() {
        assert_eq!(checked(Vec::new()), Err(PointsError::Empty));
        let twice = checked(vec![point(128, 1.0, 1.0), point(128, 2.0, 2.0)]);
        assert_eq!(twice, Err(PointsError::Twice(MemoryMb::MIN)));
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            assert!(checked(vec![point(128, bad, 1.0)]).is_err());
            assert!(checked(vec![point(128, 1.0, bad)]).is_err());
        }
    }
}
