//! The output of the reference tool: written for scripts that expect it, read from files that come from anywhere.

use serde::Serialize;
use serde_json::Value;

use super::{Curve, MeasuredRun, Point, Run, RunOrigin, Sample, SizeRun, SizeState, reference};
use crate::lambda::MemoryMb;

mod error;
mod read;

pub use error::OutputError;

/// The object the reference tool prints at the end.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceOutput {
    /// The picked memory size in megabytes.
    pub power: MemoryMb,
    /// The price of one invocation there, in USD (CNY in China), by the reference's formula.
    pub cost: f64,
    /// The mean duration there, in milliseconds.
    pub duration: f64,
    /// What the run itself costs.
    pub state_machine: StateMachine,
    /// Every size, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stats: Option<Vec<Stat>>,
}

/// What the run itself costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StateMachine {
    /// What the reference's state transitions would have cost; iacstone needs none.
    pub execution_cost: f64,
    /// What the invocations cost, by the reference's formula.
    pub lambda_cost: f64,
    /// The link that draws the run.
    pub visualization: String,
}

/// The figures of one size.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stat {
    /// The memory size in megabytes.
    pub value: MemoryMb,
    /// The price of one invocation.
    pub average_price: f64,
    /// The mean duration in milliseconds.
    pub average_duration: f64,
}

impl ReferenceOutput {
    /// What the reference tool would print for the warm samples of a measured run. `None` for runs from elsewhere and
    /// when [`MeasuredRun::pick`] picks nothing: the reference has no result of a run that failed but `{}`.
    #[must_use]
    pub fn of(run: &Run, include_stats: bool) -> Option<Self> {
        let RunOrigin::Measured(measured) = &run.origin else {
            return None;
        };
        let curve = reference_curve(measured, &run.name);
        let power = measured.pick(&curve)?;
        let picked = curve.point(power)?;
        Some(Self {
            power,
            cost: picked.cost_usd,
            duration: picked.duration_ms,
            state_machine: StateMachine::of(measured, &curve),
            stats: include_stats.then(|| curve.points.iter().map(Stat::from).collect()),
        })
    }

    /// The curve in a document of the reference tool: from its `stats`, else from its link, else the one size it picked.
    ///
    /// # Errors
    /// [`OutputError`] says what is missing or damaged.
    pub fn read_curve(document: &Value) -> Result<Curve, OutputError> {
        read::curve(document)
    }
}

impl From<&Point> for Stat {
    fn from(point: &Point) -> Self {
        Self {
            value: point.memory_mb,
            average_price: point.cost_usd,
            average_duration: point.duration_ms,
        }
    }
}

impl StateMachine {
    /// What the reference tool would say of a run with this curve.
    fn of(measured: &MeasuredRun, curve: &Curve) -> Self {
        let base = reference::base_per_ms(&measured.region, measured.architecture);
        let cost_of = |size: &SizeRun| {
            let billed: Vec<f64> = size.samples.iter().map(Sample::whole_billed_ms).collect();
            reference::total_cost(base, size.memory_mb, &billed)
        };
        let plan = &measured.plan;
        let cold = plan
            .sampling
            .only_cold_starts
            .then(|| plan.num.fixed())
            .flatten();
        Self {
            execution_cost: reference::transitions_cost(
                plan.sizes.len(),
                cold,
                reference::PRICE_PER_TRANSITION,
            ),
            lambda_cost: measured.sizes.iter().map(cost_of).sum(),
            visualization: curve.link(),
        }
    }
}

/// The curve of a run by the formulas of the reference tool.
fn reference_curve(measured: &MeasuredRun, name: &str) -> Curve {
    let base = reference::base_per_ms(&measured.region, measured.architecture);
    let average = |figures: &[f64]| reference::average(figures, measured.discard());
    let points = measured.sizes.iter().filter_map(|size| {
        let billed = measured.series(size).map(Sample::whole_billed_ms);
        let billed: Vec<f64> = billed.collect();
        let is_measured = matches!(size.state, SizeState::Ok | SizeState::Dropped);
        (is_measured && !billed.is_empty()).then(|| {
            Point::new(
                size.memory_mb,
                average(&measured.durations(size)),
                reference::price(base, size.memory_mb, average(&billed)),
            )
        })
    });
    Curve {
        name: name.to_owned(),
        architecture: measured.architecture,
        region: measured.region.clone(),
        points: points.collect(),
    }
}

#[cfg(test)]
mod tests;
