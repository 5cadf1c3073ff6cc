//! The fields of the input, one by one.

use std::time::Duration;

use serde_json::Value;

use super::error::InputError;
use crate::lambda::{FunctionRef, MemoryMb};
use crate::power::plan::PARALLEL_ENVIRONMENTS;
use crate::power::{Apply, Payload, PlanDraft, PlanError, SizeList, number};

/// Every field of the reference's input.
const FIELDS: [&str; 19] = [
    "lambdaARN",
    "num",
    "powerValues",
    "payload",
    "payloadS3",
    "parallelInvocation",
    "strategy",
    "balancedWeight",
    "autoOptimize",
    "autoOptimizeAlias",
    "dryRun",
    "preProcessorARN",
    "postProcessorARN",
    "discardTopBottom",
    "sleepBetweenRunsMs",
    "disablePayloadLogs",
    "includeOutputResults",
    "onlyColdStarts",
    "allowedExceptions",
];

/// An input file, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReferenceInput {
    /// The plan as far as the file fills it in.
    pub draft: PlanDraft,
    /// Whether the output shall have `stats` (`includeOutputResults`).
    pub include_stats: bool,
    /// Sentences for the user about values that were taken differently.
    pub notes: Vec<String>,
}

/// Fills an input field by field.
#[derive(Default)]
pub(super) struct FieldReader {
    input: ReferenceInput,
    auto_optimize: Option<bool>,
    alias: Option<String>,
}

/// Why a field is refused, before its line is known.
pub(super) enum Refused {
    Unknown,
    PayloadS3,
    Kind {
        found: String,
        expected: &'static str,
    },
    Value(PlanError),
}

impl<E: Into<PlanError>> From<E> for Refused {
    fn from(reason: E) -> Self {
        Self::Value(reason.into())
    }
}

impl Refused {
    pub(super) fn at(self, line: usize, field: String) -> InputError {
        match self {
            Self::Unknown => InputError::UnknownField {
                line,
                hint: hint(&field),
                field,
            },
            Self::PayloadS3 => InputError::PayloadS3 { line },
            Self::Kind { found, expected } => InputError::Kind {
                line,
                field,
                found,
                expected,
            },
            Self::Value(reason) => InputError::Value {
                line,
                field,
                reason,
            },
        }
    }
}

impl FieldReader {
    /// Takes one field; `null` counts as absent, except as a payload, where it means the same.
    pub(super) fn read(&mut self, field: &str, value: Value) -> Result<(), Refused> {
        if !FIELDS.contains(&field) {
            return Err(Refused::Unknown);
        }
        if value.is_null() {
            return Ok(());
        }
        let draft = &mut self.input.draft;
        match field {
            "lambdaARN" => draft.function = Some(function(&value)?),
            "num" => draft.num = Some(whole(&value)?.into()),
            "powerValues" => draft.sizes = Some(sizes(&value)?),
            "payload" => draft.payload = Some(Payload::from_value(value)?),
            "payloadS3" => return Err(Refused::PayloadS3),
            "parallelInvocation" => self.parallel(flag(&value)?),
            "strategy" => draft.pick.strategy = Some(text(&value)?.parse()?),
            "balancedWeight" => self.weight(number(&value)?),
            "autoOptimize" => self.auto_optimize = Some(flag(&value)?),
            "autoOptimizeAlias" => self.alias = Some(text(&value)?.to_owned()),
            "dryRun" => draft.dry_run = Some(flag(&value)?),
            "preProcessorARN" => draft.sampling.pre_processor = Some(function(&value)?),
            "postProcessorARN" => draft.sampling.post_processor = Some(function(&value)?),
            "discardTopBottom" => self.discard(number(&value)?),
            "sleepBetweenRunsMs" => draft.sampling.sleep_between = Some(milliseconds(&value)?),
            "disablePayloadLogs" => draft.log_payloads = Some(!flag(&value)?),
            "includeOutputResults" => self.input.include_stats = flag(&value)?,
            "onlyColdStarts" => draft.sampling.only_cold_starts = Some(flag(&value)?),
            "allowedExceptions" => draft.sampling.allowed_exceptions = Some(texts(&value)?),
            _ => return Err(Refused::Unknown),
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> ReferenceInput {
        self.input.draft.apply = match (self.auto_optimize, self.alias) {
            (None, None) => None,
            (Some(true), Some(alias)) => Some(Apply::Alias(alias)),
            (Some(true), None) => Some(Apply::Latest),
            (Some(false), None) => Some(Apply::No),
            (_, Some(alias)) => {
                self.input.notes.push(format!(
                    "'autoOptimizeAlias' names '{alias}', but nothing is applied without 'autoOptimize': true."
                ));
                Some(Apply::No)
            }
        };
        self.input
    }

    fn parallel(&mut self, parallel: bool) {
        self.input.draft.sampling.environments =
            Some(if parallel { PARALLEL_ENVIRONMENTS } else { 1 });
        if parallel {
            self.input.notes.push(format!(
                "'parallelInvocation' keeps {PARALLEL_ENVIRONMENTS} environments per size busy, one invocation at a time in each, so that samples stay warm."
            ));
        }
    }

    fn weight(&mut self, weight: f64) {
        self.input.draft.pick.balanced_weight = Some(self.clamped("balancedWeight", weight, 1.0));
    }

    fn discard(&mut self, share: f64) {
        self.input.draft.sampling.discard = Some(self.clamped("discardTopBottom", share, 0.4));
    }

    /// The reference clamps in silence; here it is said.
    fn clamped(&mut self, field: &str, value: f64, most: f64) -> f64 {
        let clamped = value.clamp(0.0, most);
        if !(0.0..=most).contains(&value) {
            self.input.notes.push(format!(
                "'{field}' is {value}, outside 0 to {most}, and was taken as {clamped}."
            ));
        }
        clamped
    }
}

fn hint(field: &str) -> String {
    let close = |known: &&str| strsim::jaro_winkler(&known.to_lowercase(), &field.to_lowercase());
    let nearest = FIELDS
        .iter()
        .max_by(|one, other| close(one).total_cmp(&close(other)))
        .filter(|known| close(known) > 0.8);
    nearest.map_or_else(
        || format!("the fields are {}", FIELDS.join(", ")),
        |known| format!("did you mean '{known}'?"),
    )
}

fn kind(value: &Value, expected: &'static str) -> Refused {
    let found = match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("'{value}'"),
        Value::String(text) => {
            let shown: String = text.chars().take(40).collect();
            format!("the text '{shown}'")
        }
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    Refused::Kind { found, expected }
}

fn text(value: &Value) -> Result<&str, Refused> {
    value.as_str().ok_or_else(|| kind(value, "a text"))
}

fn texts(value: &Value) -> Result<Vec<String>, Refused> {
    let expected = "a list of texts";
    let items = value.as_array().ok_or_else(|| kind(value, expected))?;
    items
        .iter()
        .map(|item| text(item).map(str::to_owned))
        .collect()
}

fn flag(value: &Value) -> Result<bool, Refused> {
    value
        .as_bool()
        .ok_or_else(|| kind(value, "true or false, without quotes"))
}

fn number(value: &Value) -> Result<f64, Refused> {
    number::number(value).ok_or_else(|| kind(value, "a number"))
}

fn whole(value: &Value) -> Result<u32, Refused> {
    number::whole_number(value).ok_or_else(|| kind(value, "a whole number"))
}

fn function(value: &Value) -> Result<FunctionRef, Refused> {
    Ok(FunctionRef::parse(text(value)?)?)
}

fn milliseconds(value: &Value) -> Result<Duration, Refused> {
    Ok(Duration::from_millis(whole(value)?.into()))
}

/// A text as flags have it, or a list of numbers. The items of a list may be such texts too.
fn sizes(value: &Value) -> Result<SizeList, Refused> {
    if let Value::String(text) = value {
        return Ok(text.parse()?);
    }
    let expected = "a list of whole numbers such as [128, 256], or \"ALL\"";
    let items = value.as_array().ok_or_else(|| kind(value, expected))?;
    items.iter().map(sizes_in_list).collect()
}

fn sizes_in_list(item: &Value) -> Result<SizeList, Refused> {
    if let Value::String(text) = item {
        return Ok(text.parse()?);
    }
    let size = MemoryMb::new(whole(item)?)?;
    Ok(SizeList::from(vec![size]))
}
