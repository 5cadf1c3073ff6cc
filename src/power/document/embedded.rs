//! Runs in a text that is more than a run: JSON in quotes, what a script printed around its result, a page with links.

use serde_json::Value;

use super::import::{Import, ImportError, LinkChoice};
use super::json;
use crate::power::link::{self, FoundLink};
use crate::power::{Curve, OutputError, Run};

/// JSON may be quoted so many times over: tools of tools do it twice.
const QUOTED: usize = 4;

impl Import<'_> {
    /// The runs in the documents of a text, else those of its link.
    pub(super) fn embedded(&mut self, text: &str) -> Result<Vec<Run>, ImportError> {
        let (mut runs, mut refused) = (Vec::new(), None);
        for document in documents(text) {
            match json::run(self, &document) {
                Ok(run) => runs.push(run),
                // A page has JSON of other sorts.
                Err(ImportError::Output(OutputError::NoResult)) => {}
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        if !runs.is_empty() {
            return Ok(runs);
        }
        match link::find(text) {
            links if !links.is_empty() => self.found(links),
            _ => Err(refused.unwrap_or(ImportError::Foreign)),
        }
    }

    /// The runs of the only one of these links.
    pub(super) fn found(&mut self, mut links: Vec<FoundLink>) -> Result<Vec<Run>, ImportError> {
        match links.pop() {
            Some(only) if links.is_empty() => Ok(self.linked(only.label.as_deref(), only.curves)),
            last => {
                links.extend(last);
                Err(ImportError::SeveralLinks(LinkChoice(links)))
            }
        }
    }

    /// The runs of the link of this number, from 1.
    pub(super) fn numbered_link(
        &mut self,
        text: &str,
        number: usize,
    ) -> Result<Vec<Run>, ImportError> {
        let links = link::find(text);
        let count = links.len();
        let asked = number.checked_sub(1);
        let found = asked.and_then(|at| links.into_iter().nth(at));
        let found = found.ok_or(ImportError::NoSuchLink {
            asked: number,
            count,
        })?;
        Ok(self.linked(found.label.as_deref(), found.curves))
    }

    /// A run for each curve of a link. Those of a comparison have names; the other one has what the text calls it, else the
    /// name of the text.
    pub(super) fn linked(&mut self, label: Option<&str>, curves: Vec<Curve>) -> Vec<Run> {
        let alone = curves.len() == 1;
        let runs = curves.into_iter().map(|curve| {
            let name = if alone {
                label.unwrap_or(self.from).to_owned()
            } else {
                curve.name.clone()
            };
            self.run(name, curve)
        });
        runs.collect()
    }
}

/// The JSON objects in a text, in order, those in a list or in quotes included. What is part of one is not looked at again.
fn documents(text: &str) -> Vec<Value> {
    let mut documents = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '"']) {
        let from = rest.get(at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(from).into_iter::<Value>();
        let value = values.next().and_then(Result::ok).and_then(unquoted);
        let end = if value.is_some() {
            values.byte_offset()
        } else {
            1
        };
        documents.extend(value);
        rest = from.get(end..).unwrap_or_default();
    }
    documents
}

/// The object that a value is, or that stands in its quotes.
pub(super) fn unquoted(mut value: Value) -> Option<Value> {
    for _ in 0..QUOTED {
        match value {
            Value::Object(_) => return Some(value),
            Value::String(text) => value = serde_json::from_str(text.trim()).ok()?,
            _ => return None,
        }
    }
    None
}
