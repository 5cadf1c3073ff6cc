//! Runs as text: what is exported, and everything that can be imported.

use serde::Serialize;
use serde_json::Value;

use super::{Run, link};
use crate::text::json_document;

mod embedded;
mod import;
mod json;

pub use import::{EXPORT_VERSION, Import, ImportError, LinkChoice};

impl Import<'_> {
    /// Reads every run in a text: a link, a comparison link (two runs), an exported run, a list of these, an output of
    /// the reference tool, or what `tune`, `chart` and `runs show` print as JSON. Such JSON may stand in a JSON string or
    /// between other words, and a link in a page.
    ///
    /// An exported run is read back as it was, with its own id; every other run gets a new one.
    ///
    /// # Errors
    /// [`ImportError`] says what the text is and where it is damaged; [`ImportError::SeveralLinks`] asks for
    /// [`Self::link`].
    pub fn read(&mut self, text: &str) -> Result<Vec<Run>, ImportError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if let Some(number) = self.link {
            return self.numbered_link(text, number);
        }
        match text.chars().next() {
            None => Err(ImportError::Empty),
            Some('{' | '[') => self.json(text),
            Some(_) if may_be_link(text) => self.whole_link(text),
            Some(_) => self.embedded(text),
        }
    }

    /// A text that begins like JSON: JSON, a list of Markdown, or JSON with other words behind it.
    fn json(&mut self, text: &str) -> Result<Vec<Run>, ImportError> {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        let first = match values.next() {
            Some(Err(error)) if !text.contains("](") => return Err(ImportError::Json(error)),
            Some(Ok(value)) if values.next().is_none() => value,
            _ => return self.embedded(text),
        };
        match first {
            Value::Array(items) if items.is_empty() => Err(ImportError::Empty),
            Value::Array(items) => items.iter().map(|item| json::run(self, item)).collect(),
            value => Ok(vec![json::run(self, &value)?]),
        }
    }

    /// A text that looks like a link and nothing else.
    fn whole_link(&mut self, text: &str) -> Result<Vec<Run>, ImportError> {
        match link::curves(text) {
            Ok(curves) => Ok(self.linked(None, curves)),
            // There may be several, or words behind it.
            Err(error) if link::find(text).is_empty() => Err(error.into()),
            Err(_) => self.found(link::find(text)),
        }
    }
}

impl Run {
    /// The run as JSON text that [`Import`] reads back without a loss, samples and all.
    #[must_use]
    pub fn export(&self) -> String {
        #[derive(Serialize)]
        struct Exported<'a> {
            iacstone_run: u64,
            run: &'a Run,
        }
        let exported = Exported {
            iacstone_run: EXPORT_VERSION,
            run: self,
        };
        // Nothing in a run can fail to serialise: its maps have text keys.
        json_document(&exported).unwrap_or_default()
    }
}

/// Whether a text could be a link, whole or in part, that is worth a sentence about what is wrong with it.
fn may_be_link(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphabetic())) {
        return true;
    }
    // A copied link may be broken into lines, and all of it percent-encoded.
    let packed = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "#+/=;%-_".contains(c);
    let has_parts = text.contains(';') || text.contains("%3B") || text.contains("%3b");
    has_parts && text.chars().all(packed)
}

#[cfg(test)]
mod tests;
