//! Visualization links: curves packed into the fragment of a URL, as AWS Lambda Power Tuning prints them.
//!
//! Three base64 parts separated by semicolons: 16-bit memory sizes, 32-bit durations, 32-bit costs, all little-endian.
//! Eight parts compare two curves and name them. [`codec`] packs and unpacks numbers of any meaning; here they become
//! curves. [`find`] looks for links in other texts.

use super::{Currency, Curve, Point, PointsError, curve};
use crate::lambda::{Architecture, MemoryError, MemoryMb};

pub mod codec;
mod search;

pub use codec::{CodecError, LinkContent, LinkSeries, PAGE};
pub use search::{FoundLink, find};

/// The region a curve is taken to come from when the link counts in CNY.
const REGION_OF_CNY: &str = "cn-north-1";
const REGION_OF_USD: &str = "us-east-1";

/// Why a link does not hold curves, or cannot.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LinkError {
    /// It cannot be unpacked.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// A power is no memory size.
    #[error("the link holds the power '{0}'; powers are memory sizes of 128 to 32768 MB")]
    Power(i16),
    /// The numbers form no curve.
    #[error("the link holds no curve: {0}")]
    Points(#[from] PointsError),
    /// A link has one currency, and the two curves have two.
    #[error(
        "one of the runs counts in {}, the other in {}, and a link draws both in one currency; make a link of each",
        .0.code(),
        .1.code()
    )]
    Currencies(Currency, Currency),
}

impl Curve {
    /// The link that draws this curve, figures rounded to 32 bits.
    #[must_use]
    pub fn link(&self) -> String {
        codec::encode(&LinkContent::One {
            series: LinkSeries::from(self),
            currency: self.currency(),
        })
    }

    /// The link that compares this curve with another, both named.
    ///
    /// # Errors
    /// [`LinkError::Currencies`] when their costs are in two currencies.
    pub fn comparison_link(&self, other: &Self) -> Result<String, LinkError> {
        let (currency, second) = (self.currency(), other.currency());
        if !self.costs_compare_with(other) {
            return Err(LinkError::Currencies(currency, second));
        }
        Ok(codec::encode(&LinkContent::Two {
            first: LinkSeries::from(self),
            second: LinkSeries::from(other),
            names: (self.name.clone(), other.name.clone()),
            currency,
        }))
    }
}

/// Reads the one or two curves of a link: a whole URL, or what follows its `#`.
///
/// A curve of a plain link has the name `link`. The architecture is not part of a link and taken to be `x86_64`.
///
/// # Errors
/// [`LinkError`] when the link is damaged or holds what is no curve.
pub fn curves(text: &str) -> Result<Vec<Curve>, LinkError> {
    match codec::decode(text)? {
        LinkContent::One { series, currency } => Ok(vec![series.curve("link", currency)?]),
        LinkContent::Two {
            first,
            second,
            names,
            currency,
        } => Ok(vec![
            first.curve(&names.0, currency)?,
            second.curve(&names.1, currency)?,
        ]),
    }
}

impl LinkSeries {
    fn curve(&self, name: &str, currency: Currency) -> Result<Curve, LinkError> {
        let mut points = Vec::with_capacity(self.powers.len());
        for ((&power, &time), &cost) in self.powers.iter().zip(&self.times).zip(&self.costs) {
            let memory = memory(power).ok_or(LinkError::Power(power))?;
            points.push(Point::new(memory, shortest(time), shortest(cost)));
        }
        let region = match currency {
            Currency::Usd => REGION_OF_USD,
            Currency::Cny => REGION_OF_CNY,
        };
        Ok(Curve {
            name: name.to_owned(),
            architecture: Architecture::default(),
            region: region.to_owned(),
            points: curve::checked(points)?,
        })
    }
}

impl From<&Curve> for LinkSeries {
    fn from(curve: &Curve) -> Self {
        Self {
            // The largest size is one more than the format can hold.
            powers: curve
                .points
                .iter()
                .map(|point| i16::try_from(point.memory_mb.megabytes()).unwrap_or(i16::MAX))
                .collect(),
            times: curve.points.iter().map(|p| narrow(p.duration_ms)).collect(),
            costs: curve.points.iter().map(|p| narrow(p.cost_usd)).collect(),
        }
    }
}

fn memory(power: i16) -> Option<MemoryMb> {
    let size: Result<MemoryMb, MemoryError> =
        u32::try_from(power).ok().map(MemoryMb::of_any_function)?;
    size.ok()
}

/// The shortest decimal number that has this 32-bit value: `7.56e-7`, not `7.559999881777912e-7`.
fn shortest(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the format has 32 bits; a figure beyond them is drawn as the largest it can hold"
)]
fn narrow(value: f64) -> f32 {
    (value as f32).clamp(0.0, f32::MAX)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;
    use crate::power::{BillingStep, examples};

    fn pack(powers: &[i16], times: &[f32], costs: &[f32]) -> String {
        let words = |values: &[f32]| -> Vec<u8> {
            values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect()
        };
        let powers: Vec<u8> = powers
            .iter()
            .flat_map(|power| power.to_le_bytes())
            .collect();
        [powers, words(times), words(costs)]
            .map(|bytes| STANDARD.encode(bytes))
            .join(";")
    }

    #[test]
    fn every_example_survives_its_link() {
        for example in examples::all() {
            let curve = example.run.curve(BillingStep::AsMeasured);
            let link = curve.link();
            assert!(
                link.starts_with("https://lambda-power-tuning.show/#"),
                "{link}"
            );
            let [read] = &curves(&link).unwrap()[..] else {
                panic!("one curve expected");
            };
            assert_eq!(read.points, curve.points, "{}", example.name);
        }
    }

    #[test]
    fn two_curves_survive_a_comparison_with_their_names() {
        let mut first = examples::find("s3-download")
            .unwrap()
            .run
            .curve(BillingStep::AsMeasured);
        first.name = "before; 100 % & more".to_owned();
        let second = examples::find("no-op")
            .unwrap()
            .run
            .curve(BillingStep::AsMeasured);
        assert_eq!(
            curves(&first.comparison_link(&second).unwrap()).unwrap(),
            [first, second]
        );
    }

    #[test]
    fn a_curve_in_yuan_stays_in_yuan() {
        let mut curve = examples::find("no-op")
            .unwrap()
            .run
            .curve(BillingStep::OneMs);
        curve.region = "cn-northwest-1".to_owned();
        let link = curve.link();
        assert!(link.starts_with("https://lambda-power-tuning.show/?currency=CNY#"));
        assert_eq!(curves(&link).unwrap()[0].currency(), Currency::Cny);
    }

    #[test]
    fn two_currencies_make_no_comparison() {
        let dollars = examples::all()[0].run.curve(BillingStep::AsMeasured);
        let yuan = Curve {
            region: "cn-north-1".to_owned(),
            ..dollars.clone()
        };
        let error = dollars.comparison_link(&yuan).unwrap_err().to_string();
        assert!(error.contains("in USD, the other in CNY"), "{error}");
        assert!(yuan.comparison_link(&yuan).is_ok());
    }

    #[test]
    fn powers_that_are_no_sizes_are_refused() {
        for power in [1, 127, 0, -128] {
            let error = curves(&pack(&[power], &[1.0], &[1.0])).unwrap_err();
            assert_eq!(error, LinkError::Power(power));
            assert!(error.to_string().contains("128 to 32768"));
        }
    }

    #[test]
    fn sizes_of_managed_instances_are_drawn_and_survive() {
        let link = pack(
            &[2048, 16_384, i16::MAX],
            &[900.0, 200.0, 100.0],
            &[1e-5; 3],
        );
        let [read] = &curves(&link).unwrap()[..] else {
            panic!("one curve expected");
        };
        let sizes: Vec<u32> = read
            .points
            .iter()
            .map(|p| p.memory_mb.megabytes())
            .collect();
        assert_eq!(sizes, [2048, 16_384, 32_767]);
        assert_eq!(curves(&read.link()).unwrap()[0].points, read.points);
    }

    #[test]
    fn a_size_that_is_there_twice_is_refused() {
        let error = curves(&pack(&[128, 128], &[1.0, 2.0], &[1.0, 2.0])).unwrap_err();
        assert!(
            error.to_string().contains("128 MB is there twice"),
            "{error}"
        );
    }

    #[test]
    fn sizes_in_any_order_are_sorted() {
        let read = curves(&pack(&[512, 128], &[1.0, 2.0], &[3.0, 4.0])).unwrap();
        let sizes: Vec<u32> = read[0]
            .points
            .iter()
            .map(|p| p.memory_mb.megabytes())
            .collect();
        assert_eq!(sizes, [128, 512]);
        assert_eq!(read[0].points[0].duration_ms, 2.0);
    }
}
