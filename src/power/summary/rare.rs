//! What only some runs have, in the document of a run.

use serde::Serialize;

use crate::power::MeasuredRun;

/// What only some runs have, in [`TuneSummary`](super::TuneSummary); each is absent where there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RareSummary {
    /// What the function answered first, of a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_answer: Option<String>,
    /// Durable executions that the run began; absent when it began none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub durable_executions: Option<u32>,
    /// What keeping the snapshots of the run's versions costs, about, beside `spent_usd`; absent where that is free or not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshots_usd: Option<f64>,
    /// How much of `wall_ms` the run was paused; absent when it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused_ms: Option<u64>,
}

impl RareSummary {
    pub(super) fn of(measured: &MeasuredRun) -> Self {
        let usage = &measured.usage;
        Self {
            first_answer: first_answer(measured),
            durable_executions: Some(usage.durable_executions).filter(|count| *count > 0),
            snapshots_usd: measured.snapshots_cost(),
            paused_ms: Some(usage.paused_ms).filter(|paused| *paused > 0),
        }
    }
}

fn first_answer(measured: &MeasuredRun) -> Option<String> {
    let answer = measured.preflight.first_answer.as_ref();
    let answer = answer.filter(|_| measured.plan.dry_run);
    answer.map(|answer| answer.text.clone())
}
