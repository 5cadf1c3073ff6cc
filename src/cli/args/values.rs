//! The values of flags: what each can be, and the words when it is not.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::Value;

use crate::config::number;
use crate::lambda::MemoryMb;
use crate::power::plan::{LEAST_NUM, MAX_NUM};
use crate::power::{
    BillingStep, Payload, RunOrder, SampleCount, SampleEvent, Strategy, Weight, events,
};

/// Where a payload comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum PayloadSource {
    /// This value.
    Json(Value),
    /// The JSON in this file.
    File(PathBuf),
    /// This sample event.
    Event(&'static SampleEvent),
}

impl FromStr for PayloadSource {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(name) = text.strip_prefix("event:") {
            return events::named(name).map(Self::Event);
        }
        match text.strip_prefix('@') {
            Some("") => Err("there is no file name after '@'".to_owned()),
            Some(path) => Ok(Self::File(PathBuf::from(path))),
            None => serde_json::from_str(text).map(Self::Json).map_err(|error| {
                let hint = Payload::quoting_hint(text);
                let hint = hint.map_or_else(String::new, |hint| format!("; {hint}"));
                format!(
                    "it is not JSON ({error}); give JSON such as '{{\"id\": 7}}', @FILE or event:NAME{hint}"
                )
            }),
        }
    }
}

/// A billing step by the word for it.
///
/// # Errors
/// A sentence when the word is another.
pub fn billing_step(text: &str) -> Result<BillingStep, String> {
    match text {
        "1" => Ok(BillingStep::OneMs),
        "100" => Ok(BillingStep::HundredMs),
        "as-measured" => Ok(BillingStep::AsMeasured),
        _ => Err("give 1, 100 or as-measured".to_owned()),
    }
}

pub(super) fn strategies() -> impl TypedValueParser<Value = Strategy> {
    let names = PossibleValuesParser::new(Strategy::ALL.map(Strategy::name));
    names.try_map(|name| {
        let found = Strategy::ALL.into_iter().find(|it| it.name() == name);
        found.ok_or_else(|| format!("'{name}' is not a strategy"))
    })
}

pub(super) fn orders() -> impl TypedValueParser<Value = RunOrder> {
    let names = PossibleValuesParser::new(RunOrder::ALL.map(RunOrder::name));
    names.try_map(|name| {
        let found = RunOrder::ALL.into_iter().find(|it| it.name() == name);
        found.ok_or_else(|| format!("'{name}' is not an order"))
    })
}

pub(super) fn memory(text: &str) -> Result<MemoryMb, String> {
    let megabytes: Option<u32> = text.parse().ok();
    let megabytes = megabytes.ok_or("give megabytes from 128 to 10240")?;
    MemoryMb::new(megabytes).map_err(|error| error.to_string())
}

/// `auto`, or a number of samples that is enough and not too many.
pub(super) fn sample_count(text: &str) -> Result<SampleCount, String> {
    let count: SampleCount = text.parse()?;
    match count {
        SampleCount::Fixed(num) if !(LEAST_NUM..=MAX_NUM).contains(&num) => Err(format!(
            "{num} is not in {LEAST_NUM}..={MAX_NUM}; give one in between, or auto"
        )),
        count => Ok(count),
    }
}

pub(super) fn weight(text: &str) -> Result<Weight, String> {
    let what = "give a number from 0 (speed only) to 1 (cost only)";
    number(text, what, |weight| (0.0..=1.0).contains(&weight)).map(Weight::clamped)
}

pub(super) fn discard(text: &str) -> Result<f64, String> {
    number(text, "give a share from 0 to 0.4", |share| {
        (0.0..=0.4).contains(&share)
    })
}

pub(super) fn not_negative(text: &str) -> Result<f64, String> {
    number(text, "give a number, 0 or more", |number| number >= 0.0)
}

/// A text that is not blank.
pub(super) fn words(text: &str) -> Result<String, String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err("give a text that is not empty".to_owned());
    }
    Ok(trimmed.to_owned())
}

/// A number of bytes with a decimal unit, as AWS bills them: `500MB`, `2 GB`, `0.5GB`.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    const WHAT: &str = "give a size such as 500MB or 2GB";
    const UNITS: [(&str, f64); 5] = [
        ("TB", 1e12),
        ("GB", 1e9),
        ("MB", 1e6),
        ("KB", 1e3),
        ("B", 1.0),
    ];
    let text = text.trim().to_uppercase();
    let mut units = UNITS.iter();
    let found = units.find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)));
    let (figure, factor) = found.ok_or(WHAT)?;
    let figure = number(figure.trim(), WHAT, |figure| figure > 0.0)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size above 0; `as` saturates"
    )]
    let bytes = (figure * factor).round() as u64;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_have_the_units_of_the_bill() {
        for (text, count) in [
            ("1GB", 1_000_000_000),
            ("0.5 gb", 500_000_000),
            ("250MB", 250_000_000),
            ("12kB", 12_000),
            ("7B", 7),
            ("2TB", 2_000_000_000_000),
        ] {
            assert_eq!(bytes(text), Ok(count), "{text}");
        }
        for text in ["", "GB", "1", "-1GB", "0GB", "1GiB", "many GB", "NaNGB"] {
            assert!(bytes(text).is_err(), "{text}");
        }
    }
}
