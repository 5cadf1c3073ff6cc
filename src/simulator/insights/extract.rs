//! `parse`: takes fields out of a text, by a glob with `*` for each field or by a regular expression with names.

use regex::{Regex, RegexBuilder};

use super::value::QueryValue;

/// The largest compiled expression, in bytes.
const MAX_COMPILED: usize = 1 << 20;

/// How the fields are found, and their names in order.
#[derive(Debug, Clone)]
pub(super) struct Extraction {
    pattern: Regex,
    /// The names of the regular expression's groups, by their numbers.
    names: Vec<(usize, String)>,
}

impl Extraction {
    /// By a glob: every `*` is a field, as short as what follows allows; the last one takes the rest.
    pub(super) fn by_glob(glob: &str, names: Vec<String>) -> Result<Self, String> {
        let pieces: Vec<String> = glob.split('*').map(regex::escape).collect();
        let fields = pieces.len() - 1;
        if fields != names.len() {
            return Err(format!(
                "the glob has {fields} wildcards and {} names; give one name for each",
                names.len()
            ));
        }
        let open_end = glob.ends_with('*');
        let mut text = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            text.push_str(piece);
            if at < fields {
                text.push_str(if open_end && at + 1 == fields {
                    "(.*)"
                } else {
                    "(.*?)"
                });
            }
        }
        Ok(Self {
            pattern: compile(&format!("(?s){text}"))?,
            names: names
                .into_iter()
                .enumerate()
                .map(|(at, name)| (at + 1, name))
                .collect(),
        })
    }

    /// By a regular expression: every group with a name is a field.
    pub(super) fn by_expression(text: &str) -> Result<Self, String> {
        let pattern = compile(text)?;
        let groups = pattern.capture_names().enumerate();
        let names: Vec<(usize, String)> = groups
            .filter_map(|(at, name)| Some((at, name?.to_owned())))
            .collect();
        if names.is_empty() {
            return Err("the expression names no field; write (?<name>…)".to_owned());
        }
        Ok(Self { pattern, names })
    }

    /// The fields found in a text; empty when it does not fit.
    pub(super) fn of<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (&'t str, QueryValue)> {
        let found = self.pattern.captures(text);
        self.names.iter().filter_map(move |(at, name)| {
            let part = found.as_ref()?.get(*at)?;
            Some((name.as_str(), QueryValue::read(part.as_str())))
        })
    }
}

/// Compiles a regular expression within bounds.
pub(super) fn compile(text: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(text).size_limit(MAX_COMPILED).build();
    built.map_err(|error| {
        let words = error.to_string();
        let last = words.lines().last().unwrap_or_default();
        format!(
            "invalid regular expression: {}",
            last.trim_start_matches("error: ")
        )
    })
}
