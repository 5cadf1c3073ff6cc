//! JSON with places. What is no JSON was refused before by serde_json, whose errors name the line.

use std::iter::Peekable;
use std::str::CharIndices;

use super::{DataContent, DataNode, excess};
use crate::iac::source_file::SourceFile;
use crate::toml_file::FileError;

/// Reads a whole document.
///
/// # Errors
/// With the line where it stops being JSON, or where it gets too large or too deep.
pub(super) fn parse(file: &SourceFile) -> Result<DataNode, FileError> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&file.text) {
        let what = format!("this is not JSON: {error}");
        return Err(file.error_in_line(error.line().max(1), what));
    }
    let mut reader = JsonReader {
        file,
        rest: file.text.char_indices().peekable(),
        parts: 0,
    };
    reader.value(0)
}

/// Reads text that is known to be JSON.
struct JsonReader<'t> {
    file: &'t SourceFile,
    rest: Peekable<CharIndices<'t>>,
    parts: usize,
}

impl JsonReader<'_> {
    fn value(&mut self, depth: usize) -> Result<DataNode, FileError> {
        self.skip(|c| c.is_whitespace() || matches!(c, ',' | ':'));
        let start = self.at();
        self.parts += 1;
        if let Some(what) = excess(self.parts, depth) {
            return Err(self.file.error(start, what));
        }
        let content = match self.rest.peek() {
            Some((_, '{')) => self.map(depth)?,
            Some((_, '[')) => self.list(depth)?,
            Some((_, '"')) => self.string(start),
            _ => {
                self.skip(|c| !c.is_whitespace() && !matches!(c, ',' | ']' | '}'));
                let written = start..self.at();
                DataContent::Scalar(self.file.slice(&written).to_owned())
            }
        };
        Ok(DataNode::new(start..self.at(), content))
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

    fn map(&mut self, depth: usize) -> Result<DataContent, FileError> {
        self.rest.next();
        let mut entries = Vec::new();
        while !self.closes('}') {
            let key = self.value(depth + 1)?;
            entries.push((key, self.value(depth + 1)?));
        }
        Ok(DataContent::Map {
            entries,
            separator: ",",
        })
    }

    fn list(&mut self, depth: usize) -> Result<DataContent, FileError> {
        self.rest.next();
        let mut items = Vec::new();
        while !self.closes(']') {
            items.push(self.value(depth + 1)?);
        }
        Ok(DataContent::List(items))
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
        let written = start..self.at();
        let text = serde_json::from_str(self.file.slice(&written));
        DataContent::Scalar(text.unwrap_or_default())
    }

    fn skip(&mut self, which: impl Fn(char) -> bool) {
        while self.rest.next_if(|(_, c)| which(*c)).is_some() {}
    }

    fn at(&mut self) -> usize {
        let end = self.file.text.len();
        self.rest.peek().map_or(end, |(at, _)| *at)
    }
}
