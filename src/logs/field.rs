//! The way to a field inside a line of JSON, such as `record.metrics.durationMs` or `items[0].name`.

use std::borrow::Cow;
use std::fmt;

use super::json::{JsonValue, embedded, unescape};
use crate::text::reveal;

/// The way to a field: keys and, in arrays, places counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldPath(Vec<PathStep>);

/// One step on the way to a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum PathStep {
    /// To the member of an object with this key.
    Key(Box<str>),
    /// To the member of an array at this place, counted from 0.
    Place(usize),
}

impl FieldPath {
    /// Reads a way as it is written: keys parted by dots, places in brackets, a key with other characters as
    /// `["a.b"]`. `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (step, after) = step(rest, steps.is_empty())?;
            steps.push(step);
            rest = after;
        }
        Self::of(steps.into_iter())
    }

    /// The key of the member of the whole that the way leads into; `None` in an array.
    #[must_use]
    pub fn first_key(&self) -> Option<&str> {
        match self.0.first()? {
            PathStep::Key(key) => Some(key),
            PathStep::Place(_) => None,
        }
    }

    /// The value of the field in a line of JSON, as the detail view writes it: a string unescaped, without quotes and
    /// safe to draw. `None` when there is no such field.
    #[must_use]
    pub fn value_in<'a>(&self, line: &'a str) -> Option<Cow<'a, str>> {
        self.find(line).map(written)
    }

    /// The value of the field as it came, for copying: a string unescaped and without quotes.
    #[must_use]
    pub fn raw_value_in<'a>(&self, line: &'a str) -> Option<Cow<'a, str>> {
        self.find(line).map(|value| match value {
            JsonValue::String(text) => unescape(text),
            other => Cow::Borrowed(other.text()),
        })
    }

    /// The value of the field in the JSON that a line is or ends with.
    fn find<'a>(&self, line: &'a str) -> Option<JsonValue<'a>> {
        let (_, mut value) = embedded(line)?;
        for step in &self.0 {
            value = match (step, value) {
                (PathStep::Key(key), JsonValue::Object(_)) => {
                    let mut members = value.members();
                    members
                        .find(|member| member.key.is_some_and(|found| unescape(found) == **key))?
                }
                (PathStep::Place(place), JsonValue::Array(_)) => value.members().nth(*place)?,
                _ => return None,
            }
            .value;
        }
        Some(value)
    }

    /// The way of these steps; `None` without any.
    pub(super) fn of(steps: impl Iterator<Item = PathStep>) -> Option<Self> {
        let steps: Vec<PathStep> = steps.collect();
        (!steps.is_empty()).then_some(Self(steps))
    }
}

/// A value as it is shown, copied and compared.
pub(super) fn written(value: JsonValue<'_>) -> Cow<'_, str> {
    match value {
        JsonValue::String(text) => match unescape(text) {
            Cow::Borrowed(text) => reveal(text),
            Cow::Owned(text) => Cow::Owned(reveal(&text).into_owned()),
        },
        other => Cow::Borrowed(other.text()),
    }
}

/// The first step of a way, and what follows.
fn step(text: &str, is_first: bool) -> Option<(PathStep, &str)> {
    if let Some(quoted) = text.strip_prefix("[\"") {
        let (key, rest) = quoted.split_once("\"]")?;
        return Some((PathStep::Key(key.into()), rest));
    }
    if let Some(bracketed) = text.strip_prefix('[') {
        let (place, rest) = bracketed.split_once(']')?;
        return Some((PathStep::Place(place.parse().ok()?), rest));
    }
    let text = if is_first {
        text
    } else {
        text.strip_prefix('.')?
    };
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (key, rest) = text.split_at(end);
    (!key.is_empty()).then(|| (PathStep::Key(key.into()), rest))
}

impl fmt::Display for FieldPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Place(place) => write!(out, "[{place}]")?,
                PathStep::Key(key) if key.is_empty() || key.contains(['.', '[', '"', ']']) => {
                    write!(out, "[\"{key}\"]")?;
                }
                PathStep::Key(key) if number == 0 => out.write_str(key)?,
                PathStep::Key(key) => write!(out, ".{key}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::FieldPath;

    const LINE: &str = r#"{"a":{"b":[1,{"c":"x\ny"}]},"log.level":"ERROR","n":1.50,"z":null}"#;

    #[test]
    fn a_way_leads_to_its_value() {
        for (path, expected) in [
            ("a.b[0]", Some("1")),
            ("a.b[1].c", Some("x y")),
            ("[\"log.level\"]", Some("ERROR")),
            ("n", Some("1.50")),
            ("z", Some("null")),
            ("a.b[2]", None),
            ("a.c", None),
            ("n.m", None),
        ] {
            let path = FieldPath::parse(path).unwrap();
            assert_eq!(path.value_in(LINE).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn a_way_is_written_as_it_is_read() {
        for text in ["a.b[1].c", "[\"log.level\"].x", "[0][1]", "requestId"] {
            assert_eq!(FieldPath::parse(text).unwrap().to_string(), text);
        }
        for text in ["", ".a", "a..b", "a[x]", "a[1", "a."] {
            assert_eq!(FieldPath::parse(text), None, "{text:?}");
        }
    }
}
