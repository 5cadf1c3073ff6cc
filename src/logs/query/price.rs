//! What the bytes that a query reads cost.

use crate::text::size;

/// The price of a gigabyte that is read, in US dollars, where most prices are quoted for (US East, N. Virginia). Source:
/// the `CloudWatch` price list, "Logs Insights, data scanned".
pub const USD_PER_GB: f64 = 0.005;

/// Regions that are known to have this price.
const SAME_PRICE: [&str; 3] = ["us-east-1", "us-east-2", "us-west-2"];

/// What a query costs in a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScanPrice {
    /// In US dollars, at [`USD_PER_GB`].
    pub usd: f64,
    /// Whether the region is known to have that price.
    pub is_known: bool,
}

/// What queries read, and what that costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScanCost {
    /// The bytes that were read.
    pub bytes: u64,
    /// Their price.
    pub price: ScanPrice,
}

impl ScanCost {
    /// The cost of so many bytes in a region.
    #[must_use]
    pub fn of(bytes: u64, region: Option<&str>) -> Self {
        Self {
            bytes,
            price: ScanPrice::of(bytes, region),
        }
    }

    /// The cost of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_add(other.bytes),
            price: ScanPrice {
                usd: self.price.usd + other.price.usd,
                is_known: self.price.is_known && other.price.is_known,
            },
        }
    }

    /// What was read in words with its price, such as `8.3 GB read · 0.0415 USD`.
    #[must_use]
    pub fn words(self) -> String {
        format!("{} read · {}", size(self.bytes), self.price.amount())
    }
}

impl ScanPrice {
    /// The price of so many bytes; a gigabyte has 10^9.
    #[must_use]
    pub fn of(bytes: u64, region: Option<&str>) -> Self {
        Self {
            usd: bytes as f64 / 1e9 * USD_PER_GB,
            is_known: region.is_some_and(|region| SAME_PRICE.contains(&region)),
        }
    }

    /// The price in words, with what it was worked out with.
    #[must_use]
    pub fn words(self) -> String {
        let amount = self.amount();
        let doubt = if self.is_known {
            ""
        } else {
            "; this region may have another price"
        };
        format!("{amount} at {USD_PER_GB} USD a GB{doubt}")
    }

    fn amount(self) -> String {
        let usd = self.usd;
        match usd {
            0.0 => "0 USD".to_owned(),
            _ if usd < 0.000_1 => "less than 0.0001 USD".to_owned(),
            _ if usd < 1.0 => format!("{usd:.4} USD"),
            _ => format!("{usd:.2} USD"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_says_what_it_was_worked_out_with_and_where_that_may_not_hold() {
        let words = |bytes, region| ScanPrice::of(bytes, region).words();
        assert_eq!(
            words(8_300_000_000, Some("us-east-1")),
            "0.0415 USD at 0.005 USD a GB"
        );
        assert_eq!(
            words(2_000_000_000_000, Some("us-west-2")),
            "10.00 USD at 0.005 USD a GB"
        );
        let elsewhere =
            "less than 0.0001 USD at 0.005 USD a GB; this region may have another price";
        assert_eq!(words(1_000, Some("sa-east-1")), elsewhere);
        assert!(words(0, None).starts_with("0 USD at"));
    }
}
