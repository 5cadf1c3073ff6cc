//! JSON with places. What is no JSON was refused before by serde_json, whose errors name the line.

use std::iter::Peekable;
use std::str::CharIndices;

use super::{DataContent, DataNode};
use crate::iac::source_file::SourceFile;
use crate::toml_file::FileError;

/// Reads a whole document.
///
/// # Errors
/// With the line where it stops being JSON.
pub(super) fn parse(file: &SourceFile) -> Result<DataNode, FileError> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&file.text) {
        let what = format!("this is not JSON: {error}");
        return Err(file.error_in_line(error.line().max(1), what));
    }
    let mut reader = JsonReader {
        text: &file.text,
        rest: file.text.char_indices().peekable(),
    };
    Ok(reader.value())
}

/// Reads text that is known to be JSON, nested no deeper than serde_json lets it be.
struct JsonReader<'t> {
    text: &'t str,
    rest: Peekable<CharIndices<'t>>,
}

impl JsonReader<'_> {
    fn value(&mut self) -> DataNode {
        self.skip(|c| c.is_whitespace() || matches!(c, ',' | ':'));
        let start = self.at();
        let content = match self.rest.peek() {
            Some((_, '{')) => self.map(),
            Some((_, '[')) => self.list(),
            Some((_, '"')) => self.string(start),
            _ => {
                self.skip(|c| !c.is_whitespace() && !matches!(c, ',' | ']' | '}'));
                DataContent::Scalar(
                    self.text
                        .get(start..self.at())
                        .unwrap_or_default()
                        .to_owned(),
                )
            }
        };
        DataNode::new(start..self.at(), content)
    }

    /// Whether a closing character comes next; it is taken.
    fn closes(&mut self, with: char) -> bool {
        self.skip(|c| c.is_whitespace() || c == ',');
        match self.rest.peek() {
            Some((_, c)) if *c == with => {
                self.rest.next();
                true
            }
            None => true,
            Some(_) => false,
        }
    }

    fn map(&mut self) -> DataContent {
        self.rest.next();
        let mut entries = Vec::new();
        while !self.closes('}') {
            let key = self.value();
            entries.push((key, self.value()));
        }
        DataContent::Map {
            entries,
            separator: ",",
        }
    }

    fn list(&mut self) -> DataContent {
        self.rest.next();
        let mut items = Vec::new();
        while !self.closes(']') {
            items.push(self.value());
        }
        DataContent::List(items)
    }

    fn string(&mut self, start: usize) -> DataContent {
        self.rest.next();
        while let Some((_, c)) = self.rest.next() {
            match c {
                '\\' => drop(self.rest.next()),
                '"' => break,
                _ => {}
            }
        }
        let written = self.text.get(start..self.at()).unwrap_or_default();
        DataContent::Scalar(serde_json::from_str(written).unwrap_or_default())
    }

    fn skip(&mut self, which: impl Fn(char) -> bool) {
        while self.rest.next_if(|(_, c)| which(*c)).is_some() {}
    }

    fn at(&mut self) -> usize {
        self.rest.peek().map_or(self.text.len(), |(at, _)| *at)
    }
}
