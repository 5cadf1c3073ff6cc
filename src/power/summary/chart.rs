//! The document of a chart.

use serde::Serialize;

use crate::lambda::{Architecture, MemoryMb};
use crate::power::{
    BillingStep, Currency, Curve, CurvePattern, LimitsReport, MemoryPattern, PickLimits, Point,
    SizeLimits, Strategy, Weight, pick,
};

/// What `chart --json` and `runs show --json` print.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChartDocument {
    /// The name of the curve.
    pub name: String,
    /// Its instruction set.
    pub architecture: Architecture,
    /// Its region.
    pub region: String,
    /// What the costs are in.
    pub currency: Currency,
    /// The billing step of the costs: `as-measured`, `1` or `100`.
    pub billing_step_ms: BillingStep,
    /// The points, ascending by memory.
    pub points: Vec<Point>,
    /// The cheapest size in megabytes; null without points, like the other picks.
    pub cheapest: Option<MemoryMb>,
    /// The fastest size.
    pub fastest: Option<MemoryMb>,
    /// The balanced size.
    pub balanced: Option<MemoryMb>,
    /// The limits, and what they come to.
    #[serde(flatten)]
    pub within: LimitsDocument,
    /// What more memory buys; null with fewer than two points.
    pub pattern: Option<MemoryPattern>,
    /// The link that draws the curve.
    pub link: String,
}

/// The limits of a chart and what they come to, in [`ChartDocument`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LimitsDocument {
    /// The limits on the durations, such as `p90:200ms`; absent without any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<String>,
    /// Each size with samples against the limits; absent without any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within_limits: Vec<SizeLimits>,
    /// The cheapest size within the limits, if there are limits and such a size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cheapest_within_limit: Option<MemoryMb>,
}

/// The limits that a chart is drawn under.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChartLimits<'a> {
    /// The limits.
    pub limits: PickLimits,
    /// What the samples of its run say of them; `None` where only means are known.
    pub report: Option<&'a LimitsReport>,
}

impl ChartDocument {
    /// Describes a curve whose costs are at `step`.
    #[must_use]
    pub fn of(curve: &Curve, step: BillingStep, weight: Weight, under: ChartLimits<'_>) -> Self {
        let picks = curve.picks(weight);
        let limits = under.limits.on_durations();
        Self {
            name: curve.name.clone(),
            architecture: curve.architecture,
            region: curve.region.clone(),
            currency: curve.currency(),
            billing_step_ms: step,
            points: curve.points.clone(),
            cheapest: picks.map(|picks| picks.cheapest),
            fastest: picks.map(|picks| picks.fastest),
            balanced: picks.map(|picks| picks.balanced),
            within: LimitsDocument {
                limits: limits.map(|limit| limit.to_string()).collect(),
                within_limits: under.report.map_or_else(Vec::new, |it| it.sizes.clone()),
                cheapest_within_limit: under.cheapest(curve, weight),
            },
            pattern: CurvePattern::of(&curve.points).map(|it| it.pattern),
            link: curve.link(),
        }
    }
}

impl ChartLimits<'_> {
    /// Whether means alone cannot tell which sizes keep to the limits: one is on something else than the mean.
    #[must_use]
    pub fn needs_samples(&self) -> bool {
        self.report.is_none() && !self.limits.limits_ms.is_empty()
    }

    fn cheapest(&self, curve: &Curve, weight: Weight) -> Option<MemoryMb> {
        let _any = self.limits.on_durations().next()?;
        if self.needs_samples() {
            return None;
        }
        let admits = |point: &&Point| self.report.is_none_or(|it| it.admits(point.memory_mb));
        let points: Vec<Point> = curve.points.iter().filter(admits).copied().collect();
        let limits = PickLimits {
            max_duration_ms: self.limits.max_duration_ms,
            ..PickLimits::default()
        };
        pick(&points, Strategy::Cost, weight, limits)
    }
}
