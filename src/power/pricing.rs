//! Whose prices the money of a run is counted in: its region's, or, where none are known, others that are named.

use super::{Currency, Prices, Rate, Surcharges};
use crate::lambda::{Architecture, Function};

mod words;

pub use words::PricesDocument;

/// The prices that apply, and whose they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Pricing {
    /// The prices.
    pub rate: Rate,
    /// What they are the prices of.
    pub of: Priced,
    /// What they were taken for, because no price of that is known.
    pub instead_of: Option<Priced>,
    /// What the function is charged for beside memory and requests, where that is known.
    pub surcharges: Option<Surcharges>,
}

/// Something with a price of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The instruction set.
    pub architecture: Architecture,
    /// The region.
    pub region: String,
}

impl std::fmt::Display for Priced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {}", self.architecture, self.region)
    }
}

impl Pricing {
    /// The prices of a function's region and architecture, or, when none are known, those of the region `asked` for.
    ///
    /// # Errors
    /// A sentence when neither is known.
    pub fn of_function(function: &Function, asked: Option<&str>) -> Result<Self, String> {
        let wanted = Priced {
            architecture: function.code.architecture,
            region: function.region().to_owned(),
        };
        let is_listed = |region: &&str| Prices::bundled().lists(region);
        if let Some(region) = asked.filter(|region| !is_listed(region)) {
            return Err(format!(
                "The list of prices does not know the region '{region}' that prices-of names; name one such as '{}'.",
                usual_region(Currency::of_region(&wanted.region))
            ));
        }
        known(&wanted)
            .or_else(|| substitute(&wanted, asked?))
            .map(|pricing| pricing.with(Some(Surcharges::of(function))))
            .ok_or_else(|| unknown(&wanted, asked))
    }

    /// The same prices for a function that is charged for this beside memory and requests; `None` where nobody knows.
    #[must_use]
    pub fn with(self, surcharges: Option<Surcharges>) -> Self {
        let rate = surcharges.map_or(self.rate, |it| it.added_to(self.rate, &self.of.region));
        Self {
            rate,
            surcharges,
            ..self
        }
    }

    /// The prices for figures that were measured already. Without a price of their own, those that were `asked` for are
    /// taken, else the nearest that are known; [`Self::instead_of`] says so.
    #[must_use]
    pub fn of_figures(region: &str, architecture: Architecture, asked: Option<&str>) -> Self {
        let wanted = Priced {
            architecture,
            region: region.to_owned(),
        };
        let usual = usual_region(Currency::of_region(region));
        let others = [asked, Some(region), Some(usual)];
        let mut others = others.into_iter().flatten();
        known(&wanted)
            .or_else(|| others.find_map(|other| substitute(&wanted, other)))
            .unwrap_or_else(|| last_resort(wanted))
    }
}

fn known(wanted: &Priced) -> Option<Pricing> {
    let rate = Prices::bundled().rate(&wanted.region, wanted.architecture)?;
    Some(Pricing {
        rate,
        of: wanted.clone(),
        instead_of: None,
        surcharges: None,
    })
}

/// The prices of another region in place of the wanted ones: of the same architecture, else of `x86_64`. They must be in
/// the currency that the wanted region is billed in.
fn substitute(wanted: &Priced, region: &str) -> Option<Pricing> {
    let currency = Currency::of_region(&wanted.region);
    let architectures = [wanted.architecture, Architecture::X86_64].into_iter();
    let mut others = architectures.map(|architecture| Priced {
        architecture,
        region: region.to_owned(),
    });
    let found = others.find_map(|other| known(&other))?;
    (found.rate.currency == currency).then(|| Pricing {
        instead_of: Some(wanted.clone()),
        ..found
    })
}

/// The region whose prices are the most usual.
const fn usual_region(currency: Currency) -> &'static str {
    match currency {
        Currency::Usd => "us-east-1",
        Currency::Cny => "cn-north-1",
    }
}

/// Without any list, so that a bill is not zero for want of a price: `x86_64` in the usual region.
fn last_resort(wanted: Priced) -> Pricing {
    let currency = Currency::of_region(&wanted.region);
    let (per_gb_second, per_million_requests) = match currency {
        Currency::Usd => (0.000_016_666_7, 0.20),
        Currency::Cny => (0.000_113_477, 1.36),
    };
    Pricing {
        rate: Rate {
            per_gb_second,
            per_million_requests,
            currency,
            storage_mb: 0.0,
            snapshots: None,
        },
        of: Priced {
            architecture: Architecture::X86_64,
            region: usual_region(currency).to_owned(),
        },
        instead_of: Some(wanted),
        surcharges: None,
    }
}

fn unknown(wanted: &Priced, asked: Option<&str>) -> String {
    let prices = Prices::bundled();
    let currency = Currency::of_region(&wanted.region);
    let (as_of, source) = (&prices.as_of, prices.source(currency));
    let code = currency.code();
    let also = asked.map_or_else(String::new, |region| {
        format!(", and none in {code} for '{region}' either")
    });
    format!(
        "No price is known for {wanted} in the list of {as_of} ({source}){also}: nothing can be said about cost. To count costs at \
         another region's prices, which is an assumption, set prices-of in [tuning] of config.toml, or give it to 'iacstone tune': \
         --prices-of {}.",
        usual_region(currency)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::FunctionCode;
    use crate::power::fixture;

    fn function(region: &str, architecture: Architecture) -> Function {
        Function {
            arn: format!("arn:aws:lambda:{region}:123456789012:function:busy"),
            code: FunctionCode {
                architecture,
                ..FunctionCode::default()
            },
            ..fixture::function()
        }
    }

    #[test]
    fn a_price_that_is_not_known_is_not_taken_from_elsewhere_unasked() {
        for (region, architecture) in [
            ("me-central-1", Architecture::Arm64),
            ("il-central-1", Architecture::Arm64),
            ("mx-central-1", Architecture::X86_64),
            ("cn-north-1", Architecture::Arm64),
        ] {
            let refused = Pricing::of_function(&function(region, architecture), None).unwrap_err();
            let words = format!("No price is known for {architecture} in {region}");
            assert!(refused.starts_with(&words), "{refused}");
            assert!(refused.contains("--prices-of"), "{refused}");
        }
    }

    #[test]
    fn a_region_that_is_not_in_the_list_lends_no_prices_needed_or_not() {
        for region in ["us-east-1", "mx-central-1"] {
            let function = function(region, Architecture::Arm64);
            let refused = Pricing::of_function(&function, Some("zz-top")).unwrap_err();
            assert!(refused.contains("'zz-top'"), "{refused}");
        }
    }

    #[test]
    fn prices_that_were_asked_for_are_named_as_an_assumption() {
        let function = function("me-central-1", Architecture::Arm64);
        let of_own = Pricing::of_function(&function, Some("me-central-1")).unwrap();
        assert_eq!(of_own.of.to_string(), "x86_64 in me-central-1");
        let pricing = Pricing::of_function(&function, Some("me-south-1")).unwrap();
        assert_eq!(pricing.rate.per_gb_second, 0.000_016_533_4);
        let words = pricing.words();
        assert!(
            words.starts_with("No price is known for arm64 in me-central-1, so all costs are an assumption, at 0.0000165334 USD"),
            "{words}"
        );
        assert!(pricing.document().assumed);
    }

    #[test]
    fn what_was_asked_for_yields_to_a_known_price() {
        let function = function("eu-central-2", Architecture::X86_64);
        let pricing = Pricing::of_function(&function, Some("us-east-1")).unwrap();
        assert_eq!(pricing.instead_of, None);
        assert_eq!(
            pricing.words(),
            "Costs are at 0.0000183334 USD per GB-second and 0.22 USD per million requests, the list prices of x86_64 in \
             eu-central-2 on 2026-12-01 (https://aws.amazon.com/lambda/pricing/)."
        );
    }

    #[test]
    fn dollars_are_never_taken_for_yuan() {
        let function = function("cn-north-1", Architecture::Arm64);
        let refused = Pricing::of_function(&function, Some("us-east-1")).unwrap_err();
        assert!(
            refused.contains("none in CNY for 'us-east-1' either"),
            "{refused}"
        );
        let pricing = Pricing::of_function(&function, Some("cn-northwest-1")).unwrap();
        assert_eq!(pricing.of.to_string(), "x86_64 in cn-northwest-1");
    }

    #[test]
    fn prices_in_yuan_are_from_the_page_of_china() {
        let page = "https://www.amazonaws.cn/en/lambda/pricing/";
        let pricing = Pricing::of_figures("cn-north-1", Architecture::X86_64, None);
        let words = pricing.words();
        assert!(words.ends_with(&format!("({page}).")), "{words}");
        assert_eq!(pricing.document().source, page);
        let arm = function("cn-north-1", Architecture::Arm64);
        let refused = Pricing::of_function(&arm, None).unwrap_err();
        assert!(refused.contains(page), "{refused}");
    }

    #[test]
    fn figures_measured_before_are_priced_by_what_is_nearest_and_say_so() {
        let of = |region: &str, architecture| {
            let pricing = Pricing::of_figures(region, architecture, None);
            assert!(pricing.instead_of.is_some(), "{region}");
            pricing.of.to_string()
        };
        assert_eq!(
            of("me-central-1", Architecture::Arm64),
            "x86_64 in me-central-1"
        );
        assert_eq!(of("xx-new-1", Architecture::Arm64), "arm64 in us-east-1");
        assert_eq!(of("cn-new-1", Architecture::Arm64), "x86_64 in cn-north-1");
    }

    #[test]
    fn the_last_resort_is_in_the_list() {
        for region in ["xx-new-1", "cn-new-1"] {
            let resort = last_resort(Priced {
                architecture: Architecture::X86_64,
                region: region.to_owned(),
            });
            assert_eq!(known(&resort.of).unwrap().rate, resort.rate);
        }
    }
}
