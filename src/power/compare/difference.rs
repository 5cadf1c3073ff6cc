//! How later figures do against earlier ones, in words that tell no chance as a change.

use super::{Change, MeanChange};
use crate::lambda::MemoryMb;
use crate::power::{Curve, Point};

/// How later figures do against earlier ones, and what is known of that beside chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanDifference {
    /// The change between the means.
    pub means: Change,
    /// The later mean duration over the earlier one; `None` with fewer than five samples on a side.
    pub duration: Option<MeanChange>,
    /// The same of the cost; `None` too where the costs cannot be compared.
    pub cost: Option<MeanChange>,
}

impl MeanDifference {
    /// How a point does against a baseline, both of one curve.
    #[must_use]
    pub fn of_points(baseline: &Point, point: &Point) -> Self {
        let duration = MeanChange::between_known(baseline.duration(), point.duration());
        let cost = MeanChange::between_known(baseline.cost(), point.cost());
        Self {
            means: Change::between(baseline, point),
            duration,
            cost: cost.map(|change| change.no_surer_than(duration)),
        }
    }

    /// How a size does against the one that the function has, as a sentence; `None` where it is that, or one of them has no
    /// point.
    #[must_use]
    pub fn against_current(curve: &Curve, current: MemoryMb, size: MemoryMb) -> Option<String> {
        let (from, to) = curve.point(current).zip(curve.point(size))?;
        let change = Self::of_points(from, to);
        (current != size).then(|| format!("Against the current {current} MB: {change}."))
    }

    /// Whether the cost is lower, and not by chance as far as that is known.
    #[must_use]
    pub fn is_cheaper(&self) -> bool {
        let is_lower = self.means.cost_percent.is_some_and(|percent| percent < 0.0);
        is_lower && self.cost.is_none_or(|cost| cost.is_shown())
    }
}

impl std::fmt::Display for MeanDifference {
    /// Writes the change between the means; one that no interval shows is told as that.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let is_open = |known: Option<MeanChange>| known.is_some_and(|known| !known.is_shown());
        let means = &self.means;
        match (is_open(self.duration), is_open(self.cost)) {
            (true, true) => f.write_str("no difference shown"),
            (true, false) => write!(f, "no difference shown in time, {}", means.cost_words()),
            (false, true) => write!(f, "{}, none shown in cost", means.duration_words()),
            (false, false) => means.fmt(f),
        }
    }
}
