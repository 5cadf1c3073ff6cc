//! Prices in words and in JSON: what is counted, by which list, and what is left out.

use serde::Serialize;

use super::Pricing;
use crate::lambda::Architecture;
use crate::power::surcharge::{FREE_STORAGE_MB, SHORTEST_KEEP_HOURS};
use crate::power::{Currency, Prices, Rate, SnapshotRate};

/// The prices in JSON that costs are counted at. What a saved run spent was counted at the list of its own day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PricesDocument {
    /// The day of the price list.
    pub as_of: &'static str,
    /// Where these prices come from.
    pub source: &'static str,
    /// Whether no price is known here, so that those of another region or architecture were taken.
    pub assumed: bool,
    /// Whose prices these are.
    pub architecture: Architecture,
    /// The region they belong to.
    pub region: String,
    /// What they are in.
    pub currency: Currency,
    /// Compute, per gigabyte and second.
    pub per_gb_second: f64,
    /// Requests, per million.
    pub per_million_requests: f64,
    /// What `/tmp` above 512 MB costs per gigabyte and second, where the function has that and it is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage_per_gb_second: Option<f64>,
    /// What its snapshots cost, where they are charged and counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshots: Option<SnapshotRate>,
    /// What a bill may have beside these prices, a few words each.
    pub left_out: Vec<String>,
}

impl Pricing {
    /// The prices in words, with the day and the source of the list, and whose they are.
    #[must_use]
    pub fn words(&self) -> String {
        let prices = Prices::bundled();
        let Rate {
            per_gb_second,
            per_million_requests,
            currency,
            ..
        } = self.rate;
        let code = currency.code();
        let list = format!(
            "{} {code} per GB-second and {per_million_requests:.2} {code} per million requests, the list prices of {} on \
             {} ({})",
            plain(per_gb_second),
            self.of,
            prices.as_of,
            prices.source(currency)
        );
        let words = match &self.instead_of {
            None => format!("Costs are at {list}."),
            Some(wanted) => {
                format!(
                    "No price is known for {wanted}, so all costs are an assumption, at {list}."
                )
            }
        };
        self.surcharge_words().fold(words, |all, more| all + &more)
    }

    /// What is counted beside memory and requests, a sentence each.
    fn surcharge_words(&self) -> impl Iterator<Item = String> {
        let code = self.rate.currency.code();
        let storage = self.storage_price().map(|price| {
            let price = plain(price);
            format!(" /tmp above {FREE_STORAGE_MB} MB is in them, at {price} {code} per GB-second.")
        });
        let snapshots = self.rate.snapshots.map(|price| {
            format!(
                " What was spent has {} {code} per GB of a restored snapshot; keeping one costs {} {code} per GB-second, for \
                 {SHORTEST_KEEP_HOURS} hours at least, and is told apart.",
                plain(price.restored_per_gb),
                plain(price.kept_per_gb_second)
            )
        });
        storage.into_iter().chain(snapshots)
    }

    /// What the function's `/tmp` costs, where some of it is charged and that is known.
    fn storage_price(&self) -> Option<f64> {
        let charged = self.surcharges.filter(|it| it.charged_mb() > 0);
        charged.and_then(|_| Prices::bundled().storage(&self.of.region))
    }

    /// What no cost has in it, a few words each.
    #[must_use]
    pub fn left_out(&self) -> Vec<String> {
        let region = &self.of.region;
        let mut all = Prices::bundled().left_out.clone();
        let Some(surcharges) = self.surcharges else {
            all.push(format!(
                "/tmp above {FREE_STORAGE_MB} MB and snapshots, if the function has them"
            ));
            return all;
        };
        if surcharges.charged_mb() > 0 && self.storage_price().is_none() {
            all.push(format!(
                "/tmp above {FREE_STORAGE_MB} MB, of which no price is known in {region}"
            ));
        }
        if surcharges.snapshots && self.rate.snapshots.is_none() {
            all.push(format!(
                "keeping and restoring snapshots, of which no price is known in {region}"
            ));
        }
        all
    }

    /// The same as a sentence.
    #[must_use]
    pub fn left_out_words(&self) -> String {
        format!("Left out: {}.", self.left_out().join("; "))
    }

    /// The same as data.
    #[must_use]
    pub fn document(&self) -> PricesDocument {
        let prices = Prices::bundled();
        PricesDocument {
            as_of: &prices.as_of,
            source: prices.source(self.rate.currency),
            assumed: self.instead_of.is_some(),
            architecture: self.of.architecture,
            region: self.of.region.clone(),
            currency: self.rate.currency,
            per_gb_second: self.rate.per_gb_second,
            per_million_requests: self.rate.per_million_requests,
            storage_per_gb_second: self.storage_price(),
            snapshots: self.rate.snapshots,
            left_out: self.left_out(),
        }
    }
}

/// A small price in plain digits.
fn plain(price: f64) -> String {
    let digits = format!("{price:.10}");
    digits.trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::Surcharges;

    fn pricing(region: &str, storage_mb: u32, snapshots: bool) -> Pricing {
        let surcharges = Surcharges {
            storage_mb,
            snapshots,
        };
        Pricing::of_figures(region, Architecture::X86_64, None).with(Some(surcharges))
    }

    #[test]
    fn what_is_charged_beside_memory_is_told_with_its_price() {
        let usual = pricing("us-east-1", 512, false);
        assert!(!usual.words().contains("/tmp"), "{}", usual.words());
        assert_eq!(usual.document().storage_per_gb_second, None);
        let large = pricing("eu-west-1", 2048, false);
        let words = " /tmp above 512 MB is in them, at 0.000000034 USD per GB-second.";
        assert!(large.words().ends_with(words), "{}", large.words());
        assert_eq!(large.document().storage_per_gb_second, Some(0.000_000_034));
        let kept = pricing("us-east-1", 512, true).words();
        assert!(
            kept.contains("0.0001397998 USD per GB of a restored snapshot"),
            "{kept}"
        );
        assert!(kept.contains("for 3 hours at least"), "{kept}");
    }

    #[test]
    fn what_has_no_known_price_is_left_out_and_said() {
        let of = |pricing: Pricing| pricing.left_out_words();
        let usual = of(pricing("us-east-1", 512, false));
        assert!(
            !usual.contains("/tmp") && !usual.contains("snapshot"),
            "{usual}"
        );
        let storage = of(pricing("il-central-1", 1024, false));
        let words = "/tmp above 512 MB, of which no price is known in il-central-1";
        assert!(storage.contains(words), "{storage}");
        let kept = of(pricing("eu-west-1", 512, true));
        let words = "restoring snapshots, of which no price is known in eu-west-1";
        assert!(kept.contains(words), "{kept}");
        let unknown = Pricing::of_figures("us-east-1", Architecture::X86_64, None);
        assert!(of(unknown).contains("if the function has them"));
    }
}
