//! A TOML file whose every entry knows its line, so that errors can name it.

mod error;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::text::advice;
pub use error::FileError;

/// A parsed file.
#[derive(Debug)]
pub struct TomlDocument<'t> {
    source: SourceText<'t>,
    root: Spanned<DeTable<'t>>,
}

/// The name and text of a file, for turning byte offsets into lines.
#[derive(Debug, Clone, Copy)]
struct SourceText<'t> {
    name: &'t str,
    text: &'t str,
}

/// One table of the file.
#[derive(Debug)]
pub struct Section<'d> {
    source: SourceText<'d>,
    /// Empty for the top level.
    title: String,
    table: &'d DeTable<'d>,
}

/// One `key = value` of a table.
#[derive(Debug)]
pub struct KeyValue<'d> {
    source: SourceText<'d>,
    section: String,
    name: &'d str,
    key_at: Range<usize>,
    value: &'d Spanned<DeValue<'d>>,
}

/// A string of a list.
#[derive(Debug, Clone, Copy)]
pub struct StringItem<'d> {
    file: &'d str,
    /// The string.
    pub text: &'d str,
    /// Its line, from 1.
    pub line: usize,
}

impl<'t> TomlDocument<'t> {
    /// Parses a file's text; `name` stands for the file in errors.
    ///
    /// # Errors
    /// [`FileError`] with the line where the text stops being TOML.
    pub fn parse(name: &'t str, text: &'t str) -> Result<Self, FileError> {
        let source = SourceText { name, text };
        match DeTable::parse(text) {
            Ok(root) => Ok(Self { source, root }),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let words: Vec<&str> = error.message().split_whitespace().collect();
                let message = format!("this is not TOML: {}", words.join(" "));
                Err(source.error(at, message))
            }
        }
    }

    /// The top level.
    #[must_use]
    pub fn root(&self) -> Section<'_> {
        Section {
            source: self.source,
            title: String::new(),
            table: self.root.get_ref(),
        }
    }
}

impl SourceText<'_> {
    /// The line of a byte offset, from 1.
    fn line(self, at: usize) -> usize {
        let before = self.text.bytes().take(at);
        1 + before.filter(|byte| *byte == b'\n').count()
    }

    fn error(self, at: usize, message: impl Into<String>) -> FileError {
        FileError::at(self.name, self.line(at), message)
    }
}

impl<'d> Section<'d> {
    /// Its entries in the order of the file.
    #[must_use]
    pub fn entries(&self) -> Vec<KeyValue<'d>> {
        let entry = |(key, value): (&'d Spanned<_>, _)| KeyValue {
            source: self.source,
            section: self.title.clone(),
            name: AsRef::<str>::as_ref(key.get_ref()),
            key_at: key.span(),
            value,
        };
        let mut entries: Vec<KeyValue<'d>> = self.table.iter().map(entry).collect();
        entries.sort_by_key(|entry| entry.key_at.start);
        entries
    }
}

impl<'d> KeyValue<'d> {
    /// The key.
    #[must_use]
    pub const fn name(&self) -> &'d str {
        self.name
    }

    /// The line of the key, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.source.line(self.key_at.start)
    }

    /// An error in this entry's line.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> FileError {
        self.source.error(self.key_at.start, message)
    }

    /// The error of an entry nobody knows: `kind` says what it should have been, `known` what there is.
    #[must_use]
    pub fn unknown(&self, kind: &str, known: &[&str]) -> FileError {
        let place = match self.section.as_str() {
            "" => String::new(),
            title => format!(" in [{title}]"),
        };
        let advice = advice(self.name, known, usize::MAX);
        let advice = advice.unwrap_or_else(|| "nothing can be set there".to_owned());
        self.error(format!("unknown {kind} '{}'{place}; {advice}", self.name))
    }

    /// The value as a table.
    ///
    /// # Errors
    /// [`FileError`] when it is none.
    pub fn section(&self) -> Result<Section<'d>, FileError> {
        let table = self.value.get_ref().as_table();
        let table = table.ok_or_else(|| self.expected(&format!("a table [{}]", self.name)))?;
        let title = match self.section.as_str() {
            "" => self.name.to_owned(),
            outer => format!("{outer}.{}", self.name),
        };
        Ok(Section {
            source: self.source,
            title,
            table,
        })
    }

    /// Whether the value is a table.
    #[must_use]
    pub fn is_section(&self) -> bool {
        self.value.get_ref().is_table()
    }

    /// The value as true or false.
    ///
    /// # Errors
    /// [`FileError`] when it is neither.
    pub fn boolean(&self) -> Result<bool, FileError> {
        let value = self.value.get_ref().as_bool();
        value.ok_or_else(|| self.expected("true or false"))
    }

    /// The value as a string, if it is one.
    #[must_use]
    pub fn as_string(&self) -> Option<&'d str> {
        self.value.get_ref().as_str()
    }

    /// The value as a string that is not empty; `what` says what it should be.
    ///
    /// # Errors
    /// [`FileError`] when it is empty or no string.
    pub fn string(&self, what: &str) -> Result<&'d str, FileError> {
        let text = self.as_string().filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| self.expected(what))
    }

    /// The value as a whole number that `accepts` takes; `what` says which ones it does.
    ///
    /// # Errors
    /// [`FileError`] when it is another or no whole number.
    pub fn integer(&self, what: &str, accepts: impl Fn(u64) -> bool) -> Result<u64, FileError> {
        self.value
            .get_ref()
            .as_integer()
            .and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|&number| accepts(number))
            .ok_or_else(|| self.expected(what))
    }

    /// The value as a number, whole or not, that `accepts` takes; `what` says which ones it does.
    ///
    /// # Errors
    /// [`FileError`] when it is another, not finite, or no number.
    pub fn number(&self, what: &str, accepts: impl Fn(f64) -> bool) -> Result<f64, FileError> {
        let parsed: Option<f64> = match self.value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        parsed
            .filter(|&number| number.is_finite() && accepts(number))
            .ok_or_else(|| self.expected(what))
    }

    /// The value as a list of whole numbers that `accepts` takes, not empty.
    ///
    /// # Errors
    /// [`FileError`] when it is anything else; `what` says what it should be.
    pub fn integers(
        &self,
        what: &str,
        accepts: impl Fn(u64) -> bool,
    ) -> Result<Vec<u64>, FileError> {
        let items = self.value.get_ref().as_array();
        let items = items.filter(|items| !items.is_empty());
        let read = |item: &Spanned<DeValue<'_>>| {
            let number = item.get_ref().as_integer()?;
            let number = u64::from_str_radix(number.as_str(), number.radix()).ok()?;
            accepts(number).then_some(number)
        };
        items
            .ok_or_else(|| self.expected(what))?
            .iter()
            .map(|item| {
                let shown = self.shown(item.span());
                read(item).ok_or_else(|| {
                    let message = format!("'{}' cannot hold {shown}; give {what}", self.name);
                    self.source.error(item.span().start, message)
                })
            })
            .collect()
    }

    /// The value as a list of strings, which may be empty.
    ///
    /// # Errors
    /// [`FileError`] when it is no list, or holds something else.
    pub fn strings(&self) -> Result<Vec<StringItem<'d>>, FileError> {
        let what = "a list of strings such as [\"a\", \"b\"]";
        let items = self.value.get_ref().as_array();
        let items = items.ok_or_else(|| self.expected(what))?;
        items
            .iter()
            .map(|item| {
                let text = item.get_ref().as_str();
                text.map(|text| StringItem {
                    file: self.source.name,
                    text,
                    line: self.source.line(item.span().start),
                })
                .ok_or_else(|| self.expected(what))
            })
            .collect()
    }

    /// The error of a value of the wrong kind or out of range.
    #[must_use]
    pub fn expected(&self, what: &str) -> FileError {
        let shown = self.shown(self.value.span());
        self.error(format!("'{}' cannot be {shown}; give {what}", self.name))
    }

    /// The text of a value as the user wrote it, cut when long.
    fn shown(&self, at: Range<usize>) -> String {
        const LONGEST: usize = 40;
        let written = self.source.text.get(at).unwrap_or_default();
        let line = written.lines().next().unwrap_or_default();
        if line.chars().count() <= LONGEST && line.len() == written.len() {
            return line.to_owned();
        }
        let head: String = line.chars().take(LONGEST).collect();
        format!("{head}...")
    }
}

impl StringItem<'_> {
    /// The error of a string that was refused for a reason.
    #[must_use]
    pub fn refused(&self, reason: &impl std::fmt::Display) -> FileError {
        FileError::at(self.file, self.line, reason.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_knows_its_line() {
        let text = "b = 1\n\n[zoo]\nx = [\n  \"one\",\n  \"two\",\n]\n[ape]\n";
        let document = TomlDocument::parse("f.toml", text).unwrap();
        let entries = document.root().entries();
        let lines: Vec<_> = entries.iter().map(|e| (e.name(), e.line())).collect();
        assert_eq!(lines, [("b", 1), ("zoo", 3), ("ape", 8)]);
        let zoo = entries[1].section().unwrap().entries();
        let items = zoo[0].strings().unwrap();
        assert_eq!((items[1].text, items[1].line), ("two", 6));
    }

    #[test]
    fn errors_say_where_what_and_what_to_do() {
        let document = TomlDocument::parse("f.toml", "a = 1\nn = inf\nh = 0x1f\n").unwrap();
        let entries = document.root().entries();
        let error = entries[0].boolean().unwrap_err().to_string();
        assert_eq!(error, "f.toml:1: 'a' cannot be 1; give true or false");
        let error = entries[1].number("a number", |_| true).unwrap_err();
        assert_eq!(
            error.to_string(),
            "f.toml:2: 'n' cannot be inf; give a number"
        );
        assert_eq!(entries[2].integer("", |_| true), Ok(31));
        let error = TomlDocument::parse("f.toml", "a = 1\nb =\n").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("f.toml:2: this is not TOML: "),
            "{error}"
        );
    }
}
