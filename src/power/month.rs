//! What a month costs at a size: what is billed per invocation, the cold starts among them, and the request fees.

use super::statistics::mean;
use super::{Currency, Interval, Point, Run, Sample, SampleKind, SizeRun};
use crate::text::{fixed, significant};

/// The bill of a month at one size, in the currency of the run's region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthBill {
    /// What is expected.
    pub amount: f64,
    /// Its 95 % interval, as far as the billed time of warm invocations leaves it open.
    pub interval: Option<Interval>,
    /// The part of it that snapshots cost: restores by the share of cold starts, and one version kept all the time. 0 where
    /// they are free, or of no known price.
    pub snapshots: f64,
    /// The cold starts, or restores, of which is known how long they take; without any they are not in the amount. What a
    /// few of them leave open is not in the interval.
    pub starts: usize,
}

/// 30 days.
const MONTH_SECONDS: f64 = 30.0 * 24.0 * 3600.0;

impl MonthBill {
    /// The amount with its currency's sign.
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        format!("{}{}", currency.sign(), figure(self.amount))
    }

    /// The ends of its interval, `0.2083 to 0.2141`; `None` without one, and where they look the same.
    #[must_use]
    pub fn interval_words(&self) -> Option<String> {
        let ends = self.interval?;
        let (low, high) = (figure(ends.low), figure(ends.high));
        (low != high).then(|| format!("{low} to {high}"))
    }

    /// The part of snapshots with its currency's sign; `None` where there is none.
    #[must_use]
    pub fn snapshot_words(&self, currency: Currency) -> Option<String> {
        let is_charged = self.snapshots > 0.0;
        is_charged.then(|| format!("{}{}", currency.sign(), figure(self.snapshots)))
    }

    /// The bill for so many invocations at the size of a point, a share of which (0 to 1) are cold starts: their
    /// initialisation, or restore, is billed too. In a run that measures cold starts all are cold already.
    #[must_use]
    pub fn of(run: &Run, point: &Point, cold_share: f64, invocations: u64) -> Self {
        let rate = run.prices().rate;
        let measured = run.measured();
        let is_cold = measured.is_some_and(|measured| measured.plan.sampling.only_cold_starts);
        let sizes = measured.iter().flat_map(|measured| &measured.sizes);
        let mut sizes = sizes.filter(|size| size.memory_mb == point.memory_mb);
        let billed = sizes.next().map(billed_starts_ms).unwrap_or_default();
        let start_ms = mean(&billed);
        let share = if is_cold { 0.0 } else { cold_share };
        let starts = rate.compute(share * start_ms.unwrap_or_default(), point.memory_mb);
        let restored = if is_cold { 1.0 } else { cold_share } * invocations as f64;
        let snapshots =
            restored * rate.restore(point.memory_mb) + rate.keeping(point.memory_mb, MONTH_SECONDS);
        let month = |compute: f64| rate.per_month(compute + starts, invocations) + snapshots;
        Self {
            snapshots,
            amount: month(point.cost_usd),
            interval: point.cost_interval.map(|cost| Interval {
                low: month(cost.low),
                high: month(cost.high),
            }),
            starts: billed.len(),
        }
    }
}

/// An amount: cents from 1 up, three significant digits below.
fn figure(amount: f64) -> String {
    if amount.abs() >= 0.9995 {
        fixed(amount, 2)
    } else {
        significant(amount, 3)
    }
}

/// What each start adds to the bill of an invocation, in milliseconds: the cold and restored samples of a size.
fn billed_starts_ms(size: &SizeRun) -> Vec<f64> {
    let cold = size.samples.iter();
    let cold = cold.filter(|sample| sample.kind != SampleKind::Warm && sample.counts());
    let billed = |sample: &Sample| sample.billed_restore_ms.or(sample.init_ms);
    cold.filter_map(billed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture::{measured, run_of, sample, size};
    use crate::power::{BillingStep, Example, Surcharges, examples};

    fn bill(run: &Run, share: f64) -> MonthBill {
        let curve = run.curve(BillingStep::AsMeasured);
        MonthBill::of(run, &curve.points[0], share, 1_000_000)
    }

    #[test]
    fn a_month_is_what_is_billed_with_its_requests_and_its_interval() {
        let run = run_of(measured(vec![size(
            1024,
            &[99.5, 100.0, 100.0, 100.0, 100.5],
        )]));
        let month = bill(&run, 0.0);
        // Billed 100, 100, 100, 100 and 101 ms at 1 GB, and 0.20 for a million requests.
        let expected = 100_200.0 * 0.000_016_666_7 + 0.2;
        assert!((month.amount - expected).abs() < 1e-9, "{month:?}");
        let interval = month.interval.unwrap();
        assert!(interval.low < month.amount && month.amount < interval.high);
        assert_eq!(month.starts, 1);
    }

    #[test]
    fn the_initialisation_of_cold_starts_is_billed() {
        // The cold sample of the fixture has 100 ms of initialisation.
        let run = run_of(measured(vec![size(1024, &[100.0; 5])]));
        let more = bill(&run, 0.10).amount - bill(&run, 0.0).amount;
        assert!((more - 10_000.0 * 0.000_016_666_7).abs() < 1e-9, "{more}");
        let mut restored = sample(SampleKind::Restored, 300.0);
        (restored.restore_ms, restored.billed_restore_ms) = (Some(200.0), Some(50.0));
        let mut only_restored = size(1024, &[100.0; 5]);
        only_restored.samples[0] = restored;
        let run = run_of(measured(vec![only_restored]));
        let more = bill(&run, 0.10).amount - bill(&run, 0.0).amount;
        assert!((more - 5_000.0 * 0.000_016_666_7).abs() < 1e-9, "{more}");
    }

    #[test]
    fn snapshots_that_are_charged_are_in_a_month() {
        let mut measured = measured(vec![size(1024, &[100.0; 5])]);
        let free = bill(&run_of(measured.clone()), 0.10);
        measured.preflight.surcharges = Some(Surcharges {
            storage_mb: 512,
            snapshots: true,
        });
        let charged = bill(&run_of(measured), 0.10);
        let snapshots = 100_000.0 * 0.000_139_799_8 + 2_592_000.0 * 0.000_001_504_6;
        assert_eq!(free.snapshots, 0.0);
        assert!((charged.snapshots - snapshots).abs() < 1e-9, "{charged:?}");
        assert!((charged.amount - free.amount - snapshots).abs() < 1e-9);
    }

    #[test]
    fn what_is_not_known_of_starts_is_told() {
        let Example { run, .. } = examples::find("no-op").unwrap();
        assert_eq!(bill(run, 0.10).starts, 0);
        assert_eq!(
            bill(run, 0.10).amount.to_bits(),
            bill(run, 0.0).amount.to_bits()
        );
        let mut measured = measured(vec![size(1024, &[])]);
        measured.plan.sampling.only_cold_starts = true;
        let cold = run_of(measured);
        assert_eq!(bill(&cold, 0.5), bill(&cold, 0.0));
    }
}
