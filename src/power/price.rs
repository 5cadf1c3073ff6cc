//! What invocations cost at list prices: exact money per invocation, without the rounding of the reference tool.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Sample;
use crate::lambda::{Architecture, MemoryMb};

/// The list prices that ship with the program.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Prices {
    /// The day the figures were entered, `YYYY-MM-DD`.
    pub as_of: String,
    /// Where they come from.
    pub source: String,
    usd: PriceList,
    cny: PriceList,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PriceList {
    per_million_requests: f64,
    per_gb_second: BTreeMap<Architecture, BTreeMap<String, f64>>,
}

impl Default for Prices {
    /// The default prices of the bundled file and nothing else: a bill is never zero for want of a price.
    fn default() -> Self {
        let list = |currency| PriceList {
            per_million_requests: match currency {
                Currency::Usd => 0.20,
                Currency::Cny => 1.36,
            },
            per_gb_second: BTreeMap::new(),
        };
        Self {
            as_of: "2026-11-21".to_owned(),
            source: "https://aws.amazon.com/lambda/pricing/".to_owned(),
            usd: list(Currency::Usd),
            cny: list(Currency::Cny),
        }
    }
}

/// Compute per gigabyte and second where no list has a price: that of most regions.
const fn usual(currency: Currency, architecture: Architecture) -> f64 {
    match (currency, architecture) {
        (Currency::Usd, Architecture::X86_64) => 0.000_016_666_7,
        (Currency::Usd, Architecture::Arm64) => 0.000_013_333_4,
        (Currency::Cny, Architecture::X86_64) => 0.000_113_477,
        (Currency::Cny, Architecture::Arm64) => 0.000_090_781_6,
    }
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

/// The prices of one architecture in one region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Compute, in `currency` per gigabyte and second.
    pub per_gb_second: f64,
    /// Requests, in `currency` per million.
    pub per_million_requests: f64,
    /// What the prices are in.
    pub currency: Currency,
}

static BUNDLED: LazyLock<Prices> = LazyLock::new(|| {
    // The text is part of the program and `the_bundled_prices_are_complete` reads it: the default is hardly met.
    toml::from_str(include_str!("../../assets/prices.toml")).unwrap_or_default()
});

impl Prices {
    /// The prices of `assets/prices.toml`.
    #[must_use]
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// The prices of an architecture in a region; regions not listed cost the default.
    #[must_use]
    pub fn rate(&self, region: &str, architecture: Architecture) -> Rate {
        let currency = Currency::of_region(region);
        let list = match currency {
            Currency::Usd => &self.usd,
            Currency::Cny => &self.cny,
        };
        let per_gb_second = list
            .per_gb_second
            .get(&architecture)
            .and_then(|regions| regions.get(region).or_else(|| regions.get("default")));
        Rate {
            per_gb_second: per_gb_second
                .copied()
                .unwrap_or_else(|| usual(currency, architecture)),
            per_million_requests: list.per_million_requests,
            currency,
        }
    }
}

impl Rate {
    /// The price of one invocation's compute, in `currency`: `billed_ms` milliseconds at `memory`.
    #[must_use]
    pub fn compute(&self, billed_ms: f64, memory: MemoryMb) -> f64 {
        // Milliseconds times megabytes first: exact for whole numbers, so that equal bills stay equal.
        billed_ms * f64::from(memory.megabytes()) * (self.per_gb_second / 1_024_000.0)
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

    /// Everything a measured invocation cost, billed restore included, in `currency`.
    #[must_use]
    pub fn sample(&self, sample: &Sample, memory: MemoryMb) -> f64 {
        self.invocation(sample.whole_billed_ms(), memory)
    }

    /// What a million invocations cost with their request fees, each with this much compute, in `currency`.
    #[must_use]
    pub fn per_million(&self, compute: f64) -> f64 {
        compute * 1e6 + self.per_million_requests
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

    #[test]
    fn the_bundled_prices_are_complete() {
        let text = include_str!("../../assets/prices.toml");
        assert_eq!(&toml::from_str::<Prices>(text).unwrap(), Prices::bundled());
        for region in ["eu-west-1", "cn-north-1"] {
            for architecture in [Architecture::X86_64, Architecture::Arm64] {
                let rate = Prices::bundled().rate(region, architecture);
                assert!(rate.per_gb_second > 0.0 && rate.per_million_requests > 0.0);
            }
        }
    }

    #[test]
    fn without_a_list_the_default_prices_are_charged() {
        for region in ["xx-new-1", "cn-new-1"] {
            for architecture in [Architecture::X86_64, Architecture::Arm64] {
                let bundled = Prices::bundled().rate(region, architecture);
                assert_eq!(Prices::default().rate(region, architecture), bundled);
            }
        }
    }

    #[test]
    fn regions_and_architectures_have_their_own_price() {
        let rate = |region, architecture| Prices::bundled().rate(region, architecture);
        let price = |region, architecture| rate(region, architecture).per_gb_second;
        assert_eq!(price("us-east-1", Architecture::X86_64), 0.000_016_666_7);
        assert_eq!(price("eu-central-1", Architecture::Arm64), 0.000_013_333_4);
        assert_eq!(price("ap-east-1", Architecture::X86_64), 0.000_022_92);
        assert_eq!(price("ap-east-1", Architecture::Arm64), 0.000_018_3);
        assert_eq!(price("me-central-1", Architecture::X86_64), 0.000_020_666_7);
        assert_eq!(price("eu-south-1", Architecture::Arm64), 0.000_015_613_8);
    }

    #[test]
    fn china_is_billed_in_yuan() {
        let rate = Prices::bundled().rate("cn-northwest-1", Architecture::X86_64);
        assert_eq!(rate.currency.code(), "CNY");
        assert_eq!(rate.per_gb_second, 0.000_113_477);
        assert_eq!(rate.per_million_requests, 1.36);
    }

    #[test]
    fn an_invocation_costs_compute_and_a_request() {
        let rate = Prices::bundled().rate("us-east-1", Architecture::X86_64);
        let second = rate.compute(1000.0, memory(1024));
        assert!((second - 0.000_016_666_7).abs() < 1e-18);
        let whole = rate.invocation(1000.0, memory(1024));
        assert!((whole - 0.000_016_866_7).abs() < 1e-18);
        assert!((rate.per_million(second) - 16.8667).abs() < 1e-9);
        assert!((rate.per_month(second, 2_592_000) - 0.000_016_866_7 * 2_592_000.0).abs() < 1e-9);
    }
}
