//! What a function is charged for beside memory and requests: `/tmp` above what is free, and snapshots.

use serde::{Deserialize, Serialize};

use super::{Prices, Rate};
use crate::lambda::{Function, MemoryMb, SnapStart};

/// `/tmp` up to this many megabytes is free.
pub(super) const FREE_STORAGE_MB: u32 = 512;
/// AWS bills the snapshot of a version for at least so many hours.
pub(super) const SHORTEST_KEEP_HOURS: u32 = 3;

/// What a function is charged for beside memory and requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surcharges {
    /// The size of its `/tmp` in megabytes.
    pub storage_mb: u32,
    /// Whether it has snapshots that are charged.
    pub snapshots: bool,
}

impl Surcharges {
    /// What a function is charged for. Java has its snapshots free; of a container image nobody knows, so that its are
    /// taken for charged.
    #[must_use]
    pub fn of(function: &Function) -> Self {
        let runtime = function.code.runtime.as_deref().unwrap_or_default();
        let has_snapshots = function.hosting.snap_start == SnapStart::PublishedVersions;
        Self {
            storage_mb: function.hosting.storage_mb.unwrap_or(FREE_STORAGE_MB),
            snapshots: has_snapshots && !runtime.starts_with("java"),
        }
    }

    /// The megabytes of `/tmp` that are charged.
    #[must_use]
    pub const fn charged_mb(self) -> u32 {
        self.storage_mb.saturating_sub(FREE_STORAGE_MB)
    }

    /// A rate with these in it, as far as they have a known price in a region.
    pub(super) fn added_to(self, rate: Rate, region: &str) -> Rate {
        let prices = Prices::bundled();
        let storage = prices.storage(region).unwrap_or_default();
        Rate {
            storage_mb: f64::from(self.charged_mb()) * storage / rate.per_gb_second,
            snapshots: prices.snapshots(region).filter(|_| self.snapshots),
            ..rate
        }
    }
}

impl Rate {
    /// What keeping the snapshot of one version costs that is deleted soon, in the rate's currency; 0 where that is free or
    /// not known.
    #[must_use]
    pub fn shortest_keeping(&self, memory: MemoryMb) -> f64 {
        self.keeping(memory, f64::from(SHORTEST_KEEP_HOURS) * 3600.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::Architecture;
    use crate::power::{Pricing, fixture};

    const LARGE: Surcharges = Surcharges {
        storage_mb: 10_240,
        snapshots: false,
    };
    const KEPT: Surcharges = Surcharges {
        storage_mb: 512,
        snapshots: true,
    };

    fn rate(region: &str, surcharges: Surcharges) -> Rate {
        let pricing = Pricing::of_figures(region, Architecture::X86_64, None);
        pricing.with(Some(surcharges)).rate
    }

    #[test]
    fn storage_above_what_is_free_costs_for_the_time_of_an_invocation() {
        let memory = fixture::memory(1024);
        let second = rate("us-east-1", LARGE).compute(1000.0, memory);
        let expected = 0.000_016_666_7 + 9.5 * 0.000_000_030_9;
        assert!((second - expected).abs() < 1e-18, "{second}");
        assert_eq!(rate("us-east-1", KEPT).storage_mb, 0.0);
        assert_eq!(rate("il-central-1", LARGE).storage_mb, 0.0);
    }

    #[test]
    fn snapshots_cost_while_they_are_kept_and_when_they_are_restored() {
        let memory = fixture::memory(2048);
        let rate = rate("us-east-1", KEPT);
        assert!((rate.restore(memory) - 2.0 * 0.000_139_799_8).abs() < 1e-15);
        let kept = rate.shortest_keeping(memory);
        assert!((kept - 2.0 * 10_800.0 * 0.000_001_504_6).abs() < 1e-12);
        assert_eq!(super::tests::rate("eu-west-1", KEPT).restore(memory), 0.0);
    }

    #[test]
    fn java_has_its_snapshots_free() {
        let mut function = fixture::function();
        assert_eq!(
            Surcharges::of(&function),
            Surcharges {
                storage_mb: 512,
                snapshots: false
            }
        );
        function.hosting.snap_start = SnapStart::PublishedVersions;
        for (runtime, is_charged) in [("java21", false), ("python3.13", true), ("dotnet8", true)] {
            function.code.runtime = Some(runtime.to_owned());
            assert_eq!(Surcharges::of(&function).snapshots, is_charged, "{runtime}");
        }
        function.code.runtime = None;
        assert!(Surcharges::of(&function).snapshots);
    }

    #[test]
    fn the_versions_of_a_run_have_snapshots_of_their_own() {
        let mut run = fixture::run();
        let measured = run.measured_mut().unwrap();
        assert_eq!(measured.snapshots_cost(), None);
        measured.preflight.surcharges = Some(KEPT);
        let cost = measured.snapshots_cost().unwrap();
        // One version each of 128, 256, 512 and 1024 MB.
        assert!(
            (cost - 1.875 * 10_800.0 * 0.000_001_504_6).abs() < 1e-12,
            "{cost}"
        );
        measured.sizes[0].resumed_after = vec![2];
        let more = measured.snapshots_cost().unwrap() - cost;
        assert!((more - 0.125 * 10_800.0 * 0.000_001_504_6).abs() < 1e-12);
    }
}
