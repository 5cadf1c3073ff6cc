//! The JSON documents of a drawing.

use serde::Serialize;

use super::bill::Bill;
use crate::lambda::MemoryMb;
use crate::power::pricing::PricesDocument;
use crate::power::{Change, ChartDocument};

/// The document of a drawing: that of the first curve, with more when more was asked for.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct DrawingJson {
    #[serde(flatten)]
    pub(super) chart: ChartDocument,
    /// The prices its costs were worked out with; absent for costs as they came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prices: Option<PricesDocument>,
    #[serde(flatten)]
    pub(super) bill: Option<Bill>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) baseline: Option<Baseline>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) compared_with: Option<ChartDocument>,
}

/// Every size as a change against one.
#[derive(Debug, Serialize)]
pub(super) struct Baseline {
    pub(super) memory_mb: MemoryMb,
    pub(super) changes: Vec<SizeChange>,
}

/// How one size does against another, or one run against another at the same size.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct SizeChange {
    memory_mb: MemoryMb,
    /// Above 1 is faster.
    speed: f64,
    duration_percent: Option<f64>,
    cost_percent: Option<f64>,
}

impl SizeChange {
    /// How a size does.
    pub(in crate::cli) const fn of(memory_mb: MemoryMb, change: Change) -> Self {
        Self {
            memory_mb,
            speed: change.speed,
            duration_percent: change.duration_percent,
            cost_percent: change.cost_percent,
        }
    }
}
