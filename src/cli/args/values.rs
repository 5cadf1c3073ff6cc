//! The values of flags: what each can be, and the words when it is not.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::Value;

use crate::config::number;
use crate::lambda::MemoryMb;
use crate::power::{BillingStep, Strategy, Weight};

/// Where a payload comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum PayloadSource {
    /// This value.
    Json(Value),
    /// The JSON in this file.
    File(PathBuf),
}

impl FromStr for PayloadSource {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.strip_prefix('@') {
            Some("") => Err("there is no file name after '@'".to_owned()),
            Some(path) => Ok(Self::File(PathBuf::from(path))),
            None => serde_json::from_str(text).map(Self::Json).map_err(|error| {
                format!("it is not JSON ({error}); give JSON such as '{{\"id\": 7}}', or @FILE")
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

pub(super) fn memory(text: &str) -> Result<MemoryMb, String> {
    let megabytes: Option<u32> = text.parse().ok();
    let megabytes = megabytes.ok_or("give megabytes from 128 to 10240")?;
    MemoryMb::new(megabytes).map_err(|error| error.to_string())
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
