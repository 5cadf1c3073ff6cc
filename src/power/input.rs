//! The input file of the reference tool: the same keys, but a misspelt or impossible one is an error with its line.

use serde_json::{Map, Value};

mod error;
mod fields;
mod lines;

pub use error::InputError;
pub use fields::ReferenceInput;

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
