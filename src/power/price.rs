//! What invocations cost at list prices: exact money per invocation, without the rounding of the reference tool.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Sample, SampleKind};
use crate::lambda::{Architecture, MemoryMb};

/// The list prices that ship with the program.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Prices {
    /// The day the figures were entered, `YYYY-MM-DD`.
    pub as_of: String,
    /// What a bill may have beside these prices, a few words each.
    pub left_out: Vec<String>,
    /// The regions that are known to have prices which are not in the list.
    pub unknown: Vec<String>,
    sources: PriceSources,
    #[serde(rename = "prices")]
    rows: Vec<PriceRow>,
    /// What `/tmp` costs by region, per gigabyte and second.
    storage: BTreeMap<String, f64>,
    snapshots: BTreeMap<String, SnapshotRate>,
}

/// Where the prices in each currency come from.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE", deny_unknown_fields)]
struct PriceSources {
    usd: String,
    cny: String,
}

/// The prices that some regions share. An architecture without a price has none that is known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PriceRow {
    currency: Currency,
    regions: Vec<String>,
    per_million_requests: f64,
    #[serde(rename = "x86_64")]
    x86_64: Option<f64>,
    arm64: Option<f64>,
}

/// What money is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// US dollars, everywhere but in China.
    #[default]
    Usd,
    /// Chinese yuan, in the `cn-*` regions.
    Cny,
}

/// What the snapshots of one region cost, in its currency.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all(deserialize = "kebab-case"), deny_unknown_fields)]
pub struct SnapshotRate {
    /// While the version is there, per gigabyte of its memory and second.
    pub kept_per_gb_second: f64,
    /// For each environment that starts from one, per gigabyte of its memory.
    pub restored_per_gb: f64,
}

/// The prices of one architecture in one region, with what a function is charged for beside that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Compute, in `currency` per gigabyte and second.
    pub per_gb_second: f64,
    /// Requests, in `currency` per million.
    pub per_million_requests: f64,
    /// What the prices are in.
    pub currency: Currency,
    /// What the function's `/tmp` costs, as the megabytes of memory that cost as much; 0 where it is free, or of no known
    /// price.
    pub storage_mb: f64,
    /// What its snapshots cost, where they are charged and that is known.
    pub snapshots: Option<SnapshotRate>,
}

static BUNDLED: LazyLock<Prices> = LazyLock::new(|| {
    // The text is part of the program and `the_bundled_prices_are_read…` holds it: no price at all is hardly met.
    toml::from_str(include_str!("../../assets/prices.toml")).unwrap_or_default()
});

impl Prices {
    /// The prices of `assets/prices.toml`.
    #[must_use]
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// Where the prices in a currency come from.
    #[must_use]
    pub fn source(&self, currency: Currency) -> &str {
        match currency {
            Currency::Usd => &self.sources.usd,
            Currency::Cny => &self.sources.cny,
        }
    }

    /// Whether a region is in the list.
    #[must_use]
    pub fn lists(&self, region: &str) -> bool {
        self.row(region).is_some()
    }

    fn row(&self, region: &str) -> Option<&PriceRow> {
        let has = |row: &&PriceRow| row.regions.iter().any(|it| it == region);
        self.rows.iter().find(has)
    }

    /// What `/tmp` above what is free costs in a region, in its currency per gigabyte and second; `None` when that is not
    /// known.
    #[must_use]
    pub fn storage(&self, region: &str) -> Option<f64> {
        self.storage.get(region).copied()
    }

    /// What snapshots cost in a region; `None` when that is not known.
    #[must_use]
    pub fn snapshots(&self, region: &str) -> Option<SnapshotRate> {
        self.snapshots.get(region).copied()
    }

    /// The prices of an architecture in a region, for a function that is charged for nothing beside; `None` when they are
    /// not known.
    #[must_use]
    pub fn rate(&self, region: &str, architecture: Architecture) -> Option<Rate> {
        let row = self.row(region)?;
        let per_gb_second = match architecture {
            Architecture::X86_64 => row.x86_64,
            Architecture::Arm64 => row.arm64,
        };
        Some(Rate {
            per_gb_second: per_gb_second?,
            per_million_requests: row.per_million_requests,
            currency: row.currency,
            storage_mb: 0.0,
            snapshots: None,
        })
    }
}

impl Rate {
    /// The price of one invocation's compute, in `currency`: `billed_ms` milliseconds at `memory`, with `/tmp`.
    #[must_use]
    pub fn compute(&self, billed_ms: f64, memory: MemoryMb) -> f64 {
        // Milliseconds times megabytes first: exact for whole numbers, so that equal bills stay equal.
        self.memory_time(billed_ms * self.weight(memory))
    }

    /// What a millisecond costs at a memory size, in the price of one at 1 MB.
    #[must_use]
    pub fn weight(&self, memory: MemoryMb) -> f64 {
        f64::from(memory.megabytes()) + self.storage_mb
    }

    /// What one environment costs that starts from a snapshot, in `currency`; 0 where that is free or not known.
    #[must_use]
    pub fn restore(&self, memory: MemoryMb) -> f64 {
        let price = self.snapshots.map(|it| it.restored_per_gb);
        price.unwrap_or_default() * memory.gigabytes()
    }

    /// What keeping the snapshot of one version costs for so many seconds, in `currency`; 0 where that is free or not
    /// known.
    #[must_use]
    pub fn keeping(&self, memory: MemoryMb, seconds: f64) -> f64 {
        let price = self.snapshots.map(|it| it.kept_per_gb_second);
        price.unwrap_or_default() * memory.gigabytes() * seconds
    }

    /// The price of compute, in `currency`, by billed milliseconds times megabytes of memory.
    #[must_use]
    pub fn memory_time(&self, megabyte_ms: f64) -> f64 {
        megabyte_ms * (self.per_gb_second / 1_024_000.0)
    }

    /// The fee of one request, in `currency`.
    #[must_use]
    pub fn request(&self) -> f64 {
        self.per_million_requests / 1e6
    }

    /// Everything one invocation costs, in `currency`.
    #[must_use]
    pub fn invocation(&self, billed_ms: f64, memory: MemoryMb) -> f64 {
        self.compute(billed_ms, memory) + self.request()
    }

    /// Everything a measured invocation cost, its restore included, in `currency`.
    #[must_use]
    pub fn sample(&self, sample: &Sample, memory: MemoryMb) -> f64 {
        let is_restored = sample.kind == SampleKind::Restored;
        let restore = if is_restored {
            self.restore(memory)
        } else {
            0.0
        };
        self.invocation(sample.whole_billed_ms(), memory) + restore
    }

    /// What a month with this many invocations costs with their request fees, each with this much compute, in
    /// `currency`.
    #[must_use]
    pub fn per_month(&self, compute: f64, invocations: u64) -> f64 {
        (compute + self.request()) * invocations as f64
    }
}

impl Currency {
    /// The currency a region is billed in.
    #[must_use]
    pub fn of_region(region: &str) -> Self {
        if region.starts_with("cn-") {
            Self::Cny
        } else {
            Self::Usd
        }
    }

    /// The ISO 4217 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Cny => "CNY",
        }
    }

    /// The sign before an amount.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Usd => "$",
            Self::Cny => "¥",
        }
    }

    /// The text of an amount without the sign of this currency before it.
    #[must_use]
    pub fn unsigned(self, amount: &str) -> &str {
        amount.trim_start_matches(self.sign())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(megabytes: u32) -> MemoryMb {
        MemoryMb::new(megabytes).unwrap()
    }

    fn rate(region: &str, architecture: Architecture) -> Option<Rate> {
        Prices::bundled().rate(region, architecture)
    }

    #[test]
    fn the_bundled_prices_are_read_and_no_region_is_there_twice() {
        let text = include_str!("../../assets/prices.toml");
        let read: Prices = toml::from_str(text).unwrap();
        assert_eq!(&read, Prices::bundled());
        let mut regions: Vec<&String> = read.rows.iter().flat_map(|it| &it.regions).collect();
        let all = regions.len();
        regions.sort();
        regions.dedup();
        assert_eq!(regions.len(), all);
        for row in &read.rows {
            let of_region = |region: &String| Currency::of_region(region) == row.currency;
            assert!(row.regions.iter().all(of_region), "{row:?}");
        }
    }

    #[test]
    fn regions_and_architectures_have_their_own_price() {
        for (region, x86, arm, requests) in [
            ("us-east-1", 0.000_016_666_7, 0.000_013_333_4, 0.20),
            ("eu-central-1", 0.000_016_666_7, 0.000_013_333_4, 0.20),
            ("af-south-1", 0.000_022_1, 0.000_017_68, 0.27),
            ("ap-east-1", 0.000_022_92, 0.000_018_3, 0.28),
            ("eu-south-1", 0.000_019_517_2, 0.000_015_613_8, 0.23),
            ("me-south-1", 0.000_020_666_7, 0.000_016_533_4, 0.25),
            ("eu-central-2", 0.000_018_333_4, 0.000_014_666_7, 0.22),
            ("ap-southeast-5", 0.000_015, 0.000_012, 0.18),
        ] {
            let of = |architecture| {
                let rate = rate(region, architecture).unwrap();
                assert_eq!(rate.per_million_requests, requests, "{region}");
                rate.per_gb_second
            };
            assert_eq!(of(Architecture::X86_64), x86, "{region}");
            assert_eq!(of(Architecture::Arm64), arm, "{region}");
        }
    }

    #[test]
    fn what_is_not_in_the_table_has_no_price() {
        for region in ["xx-new-1", "cn-new-1", "", "default"] {
            assert_eq!(rate(region, Architecture::X86_64), None, "{region}");
        }
        for (region, x86) in [
            ("il-central-1", 0.000_017_5),
            ("me-central-1", 0.000_020_666_7),
            ("cn-north-1", 0.000_113_477),
        ] {
            let known = rate(region, Architecture::X86_64).unwrap();
            assert_eq!(known.per_gb_second, x86);
            assert_eq!(rate(region, Architecture::Arm64), None, "{region}");
        }
    }

    #[test]
    fn china_is_billed_in_yuan() {
        let rate = rate("cn-northwest-1", Architecture::X86_64).unwrap();
        assert_eq!(rate.currency.code(), "CNY");
        assert_eq!(rate.per_gb_second, 0.000_113_477);
        assert_eq!(rate.per_million_requests, 1.36);
    }

    #[test]
    fn an_invocation_costs_compute_and_a_request() {
        let rate = rate("us-east-1", Architecture::X86_64).unwrap();
        let second = rate.compute(1000.0, memory(1024));
        assert!((second - 0.000_016_666_7).abs() < 1e-18);
        let whole = rate.invocation(1000.0, memory(1024));
        assert!((whole - 0.000_016_866_7).abs() < 1e-18);
        assert!((whole * 1e6 - 16.8667).abs() < 1e-9);
        assert!((rate.per_month(second, 2_592_000) - 0.000_016_866_7 * 2_592_000.0).abs() < 1e-9);
    }
}
