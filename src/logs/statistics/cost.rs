//! What the invocations of a log group cost, at list prices of on-demand compute and requests.

use super::ValueSeries;
use crate::lambda::Architecture;
use crate::power::statistics::MeanEstimate;
use crate::power::{Interval, Rate};

/// The length of a month, in milliseconds: 30 days.
const MONTH_MS: f64 = 30.0 * 24.0 * 3_600_000.0;

/// Billed time by memory size, over invocations that told both.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MemoryTime {
    /// Billed milliseconds times megabytes of memory, of all of them.
    pub megabyte_ms: f64,
    /// How many invocations.
    pub invocations: u64,
    /// The 95 % interval of the mean of one invocation; `None` with fewer than five, or when they are not known one by
    /// one.
    pub interval: Option<Interval>,
}

impl MemoryTime {
    /// Of the billed milliseconds times megabytes of each invocation.
    pub(super) fn of(times: &ValueSeries) -> Self {
        Self {
            megabyte_ms: times.sum().unwrap_or_default(),
            invocations: times.count(),
            interval: times.mean().map(|mean| mean.interval),
        }
    }
}

/// What prices the invocations of a function have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CostBasis {
    /// The prices.
    pub rate: Rate,
    /// The architecture they are of.
    pub architecture: Architecture,
    /// Whether the architecture is not known but assumed.
    pub is_assumed: bool,
}

/// What invocations cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InvocationCost {
    /// A million of them, in the currency of the basis.
    pub per_million: f64,
    /// The 95 % interval of a million, where that of one is known.
    pub interval: Option<Interval>,
    /// A month of 30 days with as many as in the range, in the currency of the basis; `None` where those of one memory size
    /// are counted, for nobody knows how long the function had it.
    pub per_month: Option<f64>,
    /// By which prices.
    pub basis: CostBasis,
}

impl InvocationCost {
    /// A million of them with its interval, where there is one.
    #[must_use]
    pub fn mean(&self) -> Option<MeanEstimate> {
        Some(MeanEstimate {
            mean: self.per_million,
            interval: self.interval?,
        })
    }
}

impl CostBasis {
    /// The cost of invocations that came within a range of so many milliseconds; `None` when none told what was billed
    /// and for which memory size.
    #[must_use]
    pub fn cost(
        &self,
        memory_time: MemoryTime,
        invocations: u64,
        range_ms: i64,
    ) -> Option<InvocationCost> {
        if memory_time.invocations == 0 {
            return None;
        }
        let megabyte_ms = memory_time.megabyte_ms / memory_time.invocations as f64;
        let cost = |megabyte_ms| self.rate.memory_time(megabyte_ms) + self.rate.request();
        let each = cost(megabyte_ms);
        let million = |megabyte_ms| cost(megabyte_ms) * 1e6;
        let a_month = invocations as f64 * MONTH_MS / range_ms.max(1) as f64;
        Some(InvocationCost {
            per_million: million(megabyte_ms),
            interval: memory_time.interval.map(|ends| Interval {
                low: million(ends.low),
                high: million(ends.high),
            }),
            per_month: Some(each * a_month),
            basis: *self,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::Prices;

    #[test]
    fn cost_is_compute_and_requests_at_the_rate_of_the_range() {
        let architecture = Architecture::X86_64;
        let rate = Prices::bundled().rate("us-east-1", architecture).unwrap();
        let basis = CostBasis {
            rate,
            architecture,
            is_assumed: true,
        };
        // A second at 1,024 MB each, two in an hour: 16.67 and 0.20 USD a million, 1,440 a month.
        let memory_time = MemoryTime {
            megabyte_ms: 2.0 * 1_024_000.0,
            invocations: 2,
            interval: None,
        };
        let cost = basis.cost(memory_time, 2, 3_600_000).unwrap();
        assert!((cost.per_million - 16.8667).abs() < 1e-9, "{cost:?}");
        assert!(
            (cost.per_month.unwrap() - 16.8667e-6 * 1_440.0).abs() < 1e-9,
            "{cost:?}"
        );
        assert_eq!(basis.cost(MemoryTime::default(), 5, 1), None);
    }
}
