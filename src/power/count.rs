//! What a run invoked, what of it failed and what it cost, counted from its samples; and how a run that broke off is
//! closed.

use std::ops::Add;

use super::rounds::FIRST_ROUNDS;
use super::{MeasuredRun, Rate, RunState, Sample, SizeRun, SizeState};
use crate::lambda::MemoryMb;

/// The fewest samples that tell anything: what the reference tool asks for.
const TELLING: usize = 5;

/// Why a size has no more samples in a run that was cut off.
const CUT_OFF: &str = "the run was cut off";

impl MeasuredRun {
    /// The invocations of the function that were answered: the probe of `$LATEST`, and every sample of every size.
    #[must_use]
    pub fn invocations(&self) -> usize {
        self.invoked().count()
    }

    /// How many of them failed with an error the plan does not allow.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.failed().count()
    }

    /// The failed invocations in words, `10 of 133 invocations failed`; `None` when none did.
    #[must_use]
    pub fn failures_in_words(&self) -> Option<String> {
        let failures = self.failures();
        (failures > 0).then(|| format!("{failures} of {} invocations failed", self.invocations()))
    }

    /// What the failed invocations cost, requests included, in the currency of the run's region.
    #[must_use]
    pub fn failures_cost(&self) -> f64 {
        let rate = self.rate();
        let cost = |(memory, sample)| rate.sample(sample, memory);
        // A sum of nothing would be -0.
        self.failed().map(cost).fold(0.0, f64::add)
    }

    /// What the function said at a failed invocation: the last one of the largest size that has one.
    #[must_use]
    pub fn last_failure(&self) -> Option<&str> {
        let (_, last) = self.failed().last()?;
        last.error.as_deref()
    }

    /// What the invocations cost by their samples, in the currency of `rate`.
    #[must_use]
    pub fn paid(&self, rate: &Rate) -> f64 {
        let paid = |(memory, sample)| rate.sample(sample, memory);
        self.invoked().map(paid).sum()
    }

    /// Ends every size that is still being measured, for this reason; what it has is kept.
    pub fn close(&mut self, reason: &str) {
        let wanted = self
            .plan
            .num
            .fixed()
            .map_or(FIRST_ROUNDS, |num| num as usize);
        let counted: Vec<usize> = self
            .sizes
            .iter()
            .map(|it| self.series(it).count())
            .collect();
        for (size, counted) in self.sizes.iter_mut().zip(counted) {
            if size.state == SizeState::Pending {
                size.state = SizeState::cut_short(counted, wanted, reason);
            }
        }
    }

    /// Closes a run that ended without a word, unless it was closed before.
    pub(super) fn cut_off(&mut self) {
        if self.state != RunState::Running {
            return;
        }
        let paid = self.paid(&self.rate());
        self.usage.spent_usd = self.usage.spent_usd.max(paid);
        self.close(CUT_OFF);
        self.state = RunState::CutOff;
    }

    /// What keeping the snapshots of the run's own versions costs, in the currency of its region, about: each for the
    /// shortest time that is billed. `None` where that is free or not known.
    #[must_use]
    pub fn snapshots_cost(&self) -> Option<f64> {
        let rate = self.rate();
        rate.snapshots?;
        let each = |size: &SizeRun| {
            let versions = self.versions(size) as f64;
            versions * rate.shortest_keeping(size.memory_mb)
        };
        Some(self.sizes.iter().map(each).sum())
    }

    /// How many versions a size took: one each time the run was begun or gone on with, or one for each cold start.
    fn versions(&self, size: &SizeRun) -> usize {
        if self.plan.sampling.only_cold_starts && !self.plan.dry_run {
            return size.samples.len();
        }
        usize::from(!size.samples.is_empty()) + size.resumed_after.len()
    }

    fn failed(&self) -> impl Iterator<Item = (MemoryMb, &Sample)> {
        self.invoked().filter(|(_, sample)| !sample.counts())
    }

    fn invoked(&self) -> impl Iterator<Item = (MemoryMb, &Sample)> {
        let probes = self.preflight.probes.iter();
        let samples = self.sizes.iter().flat_map(|size| {
            let samples = size.samples.iter();
            samples.map(|sample| (size.memory_mb, sample))
        });
        probes
            .map(|probe| (probe.memory_mb, &probe.sample))
            .chain(samples)
    }
}

impl SizeRun {
    /// The samples that failed with an error the plan does not allow.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.samples.iter().filter(|it| !it.counts()).count()
    }

    /// What these cost, requests included, in the currency of `rate`.
    #[must_use]
    pub fn failures_cost(&self, rate: &Rate) -> f64 {
        let failed = self.samples.iter().filter(|it| !it.counts());
        let cost = failed.map(|sample| rate.sample(sample, self.memory_mb));
        cost.fold(0.0, f64::add)
    }
}

impl SizeState {
    /// Whether this many samples of those wanted tell something.
    #[must_use]
    pub fn tells(counted: usize, wanted: usize) -> bool {
        counted >= wanted.min(TELLING)
    }

    /// The state of a size that ends, for this reason, with `counted` of `wanted` samples: measured when that is enough
    /// to tell something, else skipped.
    #[must_use]
    pub fn cut_short(counted: usize, wanted: usize, reason: &str) -> Self {
        if Self::tells(counted, wanted) {
            Self::Ok
        } else {
            Self::Skipped(format!("{reason} after {counted} of {wanted} samples"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture::{measured, memory, run_of, sample, size};
    use crate::power::{BillingStep, Probe, SampleKind};

    fn failing(duration_ms: f64, words: &str) -> Sample {
        Sample {
            error: Some(words.to_owned()),
            ..sample(SampleKind::Warm, duration_ms)
        }
    }

    #[test]
    fn the_probe_and_the_failures_are_invocations_that_cost_money() {
        let mut measured = measured(vec![size(256, &[10.0; 5])]);
        measured.sizes[0].samples.push(failing(30.0, "Oops"));
        let rate = measured.rate();
        let before = measured.paid(&rate);
        measured.preflight.probes.push(Probe {
            memory_mb: memory(1024),
            sample: failing(100.0, "Not yet"),
        });
        assert_eq!((measured.invocations(), measured.failures()), (8, 2));
        let words = measured.failures_in_words();
        assert_eq!(words.as_deref(), Some("2 of 8 invocations failed"));
        assert_eq!(measured.last_failure(), Some("Oops"));
        let failed = [(30.0, 256), (100.0, 1024)];
        let cost = failed.map(|(ms, mb)| rate.invocation(ms, memory(mb)));
        assert!((measured.failures_cost() - cost[0] - cost[1]).abs() < 1e-15);
        assert!((measured.sizes[0].failures_cost(&rate) - cost[0]).abs() < 1e-15);
        let probe = rate.invocation(100.0, memory(1024));
        assert!((measured.paid(&rate) - before - probe).abs() < 1e-15);
    }

    #[test]
    fn an_allowed_error_is_no_failure() {
        let mut measured = measured(vec![size(256, &[10.0; 5])]);
        let allowed = Sample {
            error_allowed: true,
            ..failing(30.0, "Expected")
        };
        measured.sizes[0].samples.push(allowed);
        assert_eq!((measured.invocations(), measured.failures()), (7, 0));
        assert_eq!(measured.failures_in_words(), None);
    }

    #[test]
    fn a_run_that_was_cut_off_keeps_what_it_measured_and_paid() {
        let mut sizes = vec![size(128, &[20.0; 5]), size(256, &[10.0; 2])];
        for size in &mut sizes {
            size.state = SizeState::Pending;
        }
        let mut run = run_of(measured(sizes));
        let of_run = run.measured_mut().unwrap();
        (of_run.state, of_run.usage.spent_usd) = (RunState::Running, 0.0);
        run.cut_off();
        let measured = run.measured().unwrap();
        assert_eq!(measured.state, RunState::CutOff);
        assert_eq!(measured.usage.spent_usd, measured.paid(&measured.rate()));
        assert_eq!(measured.sizes[0].state, SizeState::Ok);
        let why = "the run was cut off after 2 of 20 samples".to_owned();
        assert_eq!(measured.sizes[1].state, SizeState::Skipped(why));
        let curve = run.curve(BillingStep::AsMeasured);
        assert_eq!(curve.points.len(), 1);
        assert_eq!(run.recommended(), None);
    }

    #[test]
    fn a_run_that_ended_is_not_cut_off() {
        let mut run = crate::power::fixture::run();
        let before = run.clone();
        run.cut_off();
        assert_eq!(run, before);
    }
}
