//! The figures of a size apart for each of several payloads: what is light and what is heavy work.

use serde::Serialize;

use super::statistics::{self, Summary};
use super::{MeasuredRun, Payload, Sample, SizeRun};

/// What one of several payloads came to at one size. Figures are null when no sample counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PayloadFigures {
    /// Which payload of the plan, from 1.
    pub payload: u32,
    /// Its share of the invocations, relative to the sum of all; null where the plan was not kept whole.
    pub weight: Option<f64>,
    /// Samples the figures stand on.
    pub samples: usize,
    /// Their mean duration in milliseconds.
    pub duration_ms: Option<f64>,
    /// The 90th percentile of the durations in milliseconds.
    pub p90_ms: Option<f64>,
    /// Mean cost of one invocation, without the request fee.
    pub cost_usd: Option<f64>,
    /// Samples that failed with an error that is not allowed.
    pub errors: usize,
}

impl PayloadFigures {
    /// The figures of a size for each payload that was sent there, in the plan's order; none for a run of one payload, and
    /// for runs whose samples do not tell.
    #[must_use]
    pub fn of(measured: &MeasuredRun, size: &SizeRun) -> Vec<Self> {
        let sent = size.samples.iter().filter_map(|sample| sample.call.payload);
        let mut payloads: Vec<u32> = sent.collect();
        payloads.sort_unstable();
        payloads.dedup();
        let each = payloads.into_iter();
        each.map(|payload| Self::of_one(measured, size, payload))
            .collect()
    }

    fn of_one(measured: &MeasuredRun, size: &SizeRun, payload: u32) -> Self {
        let is_of_it = |sample: &&Sample| sample.call.payload == Some(payload);
        let series: Vec<&Sample> = measured.series(size).filter(is_of_it).collect();
        let durations: Vec<f64> = series.iter().map(|it| measured.duration_of(it)).collect();
        let billed: Vec<f64> = series.iter().map(|it| it.whole_billed_ms()).collect();
        let summary = Summary::of(&durations);
        let rate = measured.rate();
        let failed = size.samples.iter().filter(is_of_it);
        Self {
            payload,
            weight: weight(&measured.plan.payload, payload),
            samples: series.len(),
            duration_ms: summary.map(|summary| summary.mean),
            p90_ms: summary.map(|summary| summary.p90),
            cost_usd: statistics::mean(&billed).map(|billed| rate.compute(billed, size.memory_mb)),
            errors: failed.filter(|sample| !sample.counts()).count(),
        }
    }
}

fn weight(plan: &Payload, payload: u32) -> Option<f64> {
    let Payload::Weighted(items) = plan else {
        return None;
    };
    let at = usize::try_from(payload).ok()?.checked_sub(1)?;
    items.get(at).map(|item| item.weight)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::power::fixture;

    #[test]
    fn payloads_are_told_apart() {
        let mut measured = fixture::measured(vec![fixture::size(128, &[10.0, 100.0, 12.0, 110.0])]);
        let listed = json!([{"weight": 1, "payload": 1}, {"weight": 3, "payload": 2}]);
        measured.plan.payload = Payload::from_value(listed).unwrap();
        assert_eq!(PayloadFigures::of(&measured, &measured.sizes[0]), []);
        let samples = &mut measured.sizes[0].samples;
        // The first one is a cold start.
        for (sample, payload) in samples.iter_mut().zip([1, 1, 2, 1, 2]) {
            sample.call.payload = Some(payload);
        }
        samples[4].error = Some("Oops".to_owned());
        let figures = PayloadFigures::of(&measured, &measured.sizes[0]);
        let told = |figures: &PayloadFigures| {
            let weight = figures.weight.unwrap();
            (
                figures.payload,
                weight,
                figures.samples,
                figures.duration_ms.unwrap(),
                figures.errors,
            )
        };
        let told: Vec<_> = figures.iter().map(told).collect();
        assert_eq!(told, [(1, 1.0, 2, 11.0, 0), (2, 3.0, 1, 100.0, 1)]);
    }
}
