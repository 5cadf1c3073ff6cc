//! What a measured run found, invoked and paid, in the document of a drawing.

use serde::Serialize;

use crate::lambda::MemoryMb;
use crate::power::summary::{AnswerSummary, SizeOutcome};
use crate::power::{BillingStep, Finding, PayloadFigures, Run};

/// What a measured run found, invoked and paid.
#[derive(Debug, Serialize)]
pub(super) struct Bill {
    /// The size the function has outside the run.
    current_memory: MemoryMb,
    /// The answer by the run's own limits, as `tune` tells it.
    answer: AnswerSummary,
    /// What became of each size.
    states: Vec<SizeStanding>,
    invocations: usize,
    errors: usize,
    errors_usd: f64,
    spent_usd: f64,
    /// Each of several payloads apart at each size; absent where there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payloads: Vec<SizePayloads>,
}

/// What became of a size.
#[derive(Debug, Serialize)]
struct SizeStanding {
    memory_mb: MemoryMb,
    state: SizeOutcome,
    /// Why it is infeasible, or was skipped or dropped.
    reason: Option<String>,
}

/// The payloads of a size.
#[derive(Debug, Serialize)]
struct SizePayloads {
    memory_mb: MemoryMb,
    payloads: Vec<PayloadFigures>,
}

impl Bill {
    /// `None` for runs from elsewhere.
    pub(super) fn of(run: &Run) -> Option<Self> {
        let measured = run.measured()?;
        let payloads = measured.sizes.iter().map(|size| SizePayloads {
            memory_mb: size.memory_mb,
            payloads: PayloadFigures::of(measured, size),
        });
        let curve = run.curve(BillingStep::AsMeasured);
        let states = measured.sizes.iter().map(|size| {
            let (state, reason) = SizeOutcome::of(&size.state);
            SizeStanding {
                memory_mb: size.memory_mb,
                state,
                reason,
            }
        });
        Some(Self {
            current_memory: measured.current_memory,
            answer: AnswerSummary::of(measured, &curve, Finding::of(measured).as_ref()),
            states: states.collect(),
            invocations: measured.invocations(),
            errors: measured.failures(),
            errors_usd: measured.failures_cost(),
            spent_usd: measured.usage.spent_usd,
            payloads: payloads.filter(|size| !size.payloads.is_empty()).collect(),
        })
    }
}
