//! The input file of the reference tool: the same keys, but a misspelt or impossible one is an error with its line.

use serde_json::{Map, Value};

use super::{PlanDraft, PlanError};

mod fields;
mod lines;

pub(super) use fields::whole_number;

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

/// Why an input file is refused. The caller puts the file's name in front.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum InputError {
    /// It is not JSON.
    #[error("not JSON: {0}; check commas, quotes and brackets there")]
    Json(String),
    /// It is JSON of another kind.
    #[error(
        "the input must be one JSON object such as {{\"lambdaARN\": \"my-function\", \"num\": 20}}"
    )]
    NotAnObject,
    /// A key that does not exist.
    #[error("line {line}: unknown field '{field}'; {hint}")]
    UnknownField {
        /// Where, from 1.
        line: usize,
        /// The key.
        field: String,
        /// What was probably meant.
        hint: String,
    },
    /// A key is there twice.
    #[error("line {line}: field '{field}' is there twice; remove one of the two")]
    Twice {
        /// Where the second is, from 1.
        line: usize,
        /// The key.
        field: String,
    },
    /// A value of another kind.
    #[error("line {line}: field '{field}' is {found}; it must be {expected}")]
    Kind {
        /// Where, from 1.
        line: usize,
        /// The key.
        field: String,
        /// What is there.
        found: String,
        /// What should be.
        expected: &'static str,
    },
    /// A value that cannot be.
    #[error("line {line}: field '{field}': {reason}")]
    Value {
        /// Where, from 1.
        line: usize,
        /// The key.
        field: String,
        /// Why not.
        reason: PlanError,
    },
    /// Payloads in S3 are not fetched.
    #[error(
        "line {line}: field 'payloadS3' is not supported, as iacstone has no S3 client; download the object and give it as '--payload @FILE'"
    )]
    PayloadS3 {
        /// Where, from 1.
        line: usize,
    },
}

impl ReferenceInput {
    /// Reads the text of an input file.
    ///
    /// # Errors
    /// [`InputError`] says what is wrong in which line.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim_start_matches('\u{feff}');
        let value: Value =
            serde_json::from_str(text).map_err(|error| InputError::Json(error.to_string()))?;
        let Value::Object(fields) = value else {
            return Err(InputError::NotAnObject);
        };
        let keys = lines::of_keys(text);
        for (at, (field, line)) in keys.iter().enumerate() {
            if keys.iter().take(at).any(|(earlier, _)| earlier == field) {
                return Err(InputError::Twice {
                    line: *line,
                    field: field.clone(),
                });
            }
        }
        Self::from_fields(fields, &keys)
    }

    fn from_fields(
        fields: Map<String, Value>,
        keys: &[(String, usize)],
    ) -> Result<Self, InputError> {
        let mut reader = fields::FieldReader::default();
        for (field, value) in fields {
            let known = keys.iter().find(|(key, _)| *key == field);
            let line = known.map_or(1, |&(_, line)| line);
            reader
                .read(&field, value)
                .map_err(|refused| refused.at(line, field))?;
        }
        Ok(reader.finish())
    }
}

#[cfg(test)]
mod tests;
