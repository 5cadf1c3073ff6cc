//! What a measured run invoked and paid, in the document of a drawing.

use serde::Serialize;

use crate::lambda::MemoryMb;
use crate::power::{MeasuredRun, PayloadFigures};

/// What a measured run invoked and paid.
#[derive(Debug, Serialize)]
pub(super) struct Bill {
    invocations: usize,
    errors: usize,
    errors_usd: f64,
    spent_usd: f64,
    /// Each of several payloads apart at each size; absent where there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payloads: Vec<SizePayloads>,
}

/// The payloads of a size.
#[derive(Debug, Serialize)]
struct SizePayloads {
    memory_mb: MemoryMb,
    payloads: Vec<PayloadFigures>,
}

impl Bill {
    pub(super) fn of(measured: &MeasuredRun) -> Self {
        let payloads = measured.sizes.iter().map(|size| SizePayloads {
            memory_mb: size.memory_mb,
            payloads: PayloadFigures::of(measured, size),
        });
        Self {
            invocations: measured.invocations(),
            errors: measured.failures(),
            errors_usd: measured.failures_cost(),
            spent_usd: measured.usage.spent_usd,
            payloads: payloads.filter(|size| !size.payloads.is_empty()).collect(),
        }
    }
}
