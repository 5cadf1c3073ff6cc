//! YAML and JSON as a tree whose every part knows where it stands.

mod json;
mod yaml;

use std::ops::Range;

use super::edit::TextEdit;
use super::place::PlaceFinding;
use super::source_file::SourceFile;
use crate::toml_file::FileError;

/// The most parts of a document, those that anchors keep and aliases repeat counted each time.
const MOST_PARTS: usize = 200_000;
/// How deep parts may be nested.
const DEEPEST: usize = 100;

/// Why a document of so many parts, nested so deep, is not read; none where it is.
fn excess(parts: usize, depth: usize) -> Option<String> {
    (parts > MOST_PARTS || depth > DEEPEST).then(|| {
        format!(
            "this document has more than {MOST_PARTS} parts, or parts nested more than {DEEPEST} deep"
        )
    })
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DataNode {
    /// Its stretch of the text, with its quotes.
    pub(super) at: Range<usize>,
    /// A tag of the document's own, such as `Ref` for `!Ref`.
    pub(super) tag: Option<String>,
    pub(super) content: DataContent,
    /// Whether it stands elsewhere, under an anchor, and is only named here.
    pub(super) is_alias: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DataContent {
    Scalar(String),
    List(Vec<DataNode>),
    Map {
        entries: Vec<(DataNode, DataNode)>,
        /// What stands between entries: nothing in a block of YAML.
        separator: &'static str,
    },
}

/// A document and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DataFile {
    pub(super) file: SourceFile,
    pub(super) root: DataNode,
}

impl DataFile {
    /// Reads the first document of a text; JSON where the path ends so.
    ///
    /// # Errors
    /// With the line where it stops being JSON or YAML.
    pub(super) fn parse(file: SourceFile) -> Result<Self, FileError> {
        let ends = |with: &str| file.path.extension().is_some_and(|end| end == with);
        let is_json = ends("json") || ends("template") && file.text.trim_start().starts_with('{');
        let root = if is_json {
            json::parse(&file)?
        } else {
            yaml::parse(&file)?
        };
        Ok(Self { file, root })
    }

    /// The edit that gives a scalar a number, in the quotes that it has.
    pub(super) fn with_number(&self, node: &DataNode, number: u32) -> TextEdit {
        let written = self.file.slice(&node.at);
        let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quote = quote.map_or_else(String::new, String::from);
        TextEdit::replace(node.at.clone(), format!("{quote}{number}{quote}"))
    }

    /// The place of a number in the document, which is to become another one.
    pub(super) fn number_finding(&self, node: &DataNode, number: u32, to: u32) -> PlaceFinding {
        let edit = self.with_number(node, to);
        let mut finding = PlaceFinding::number(node.at.clone(), number, edit);
        if node.is_alias {
            finding.also.push("all that names this anchor".to_owned());
        }
        finding
    }

    /// The edit that puts an entry with a number first into a map; none into an empty one.
    pub(super) fn with_entry(&self, map: &DataNode, key: &str, number: u32) -> Option<TextEdit> {
        let DataContent::Map { entries, separator } = &map.content else {
            return None;
        };
        let (first, _) = entries.iter().find(|(key, _)| !key.is_merge())?;
        let is_quoted = self.file.slice(&first.at).starts_with('"');
        let key = if is_quoted {
            format!("\"{key}\"")
        } else {
            key.to_owned()
        };
        let new = format!("{key}: {number}");
        TextEdit::before(&self.file.text, first.at.start, &new, separator)
    }
}

impl DataNode {
    fn new(at: Range<usize>, content: DataContent) -> Self {
        Self {
            at,
            tag: None,
            content,
            is_alias: false,
        }
    }

    fn is_merge(&self) -> bool {
        self.text() == Some("<<")
    }

    /// The entries of a map.
    pub(super) fn entries(&self) -> &[(DataNode, DataNode)] {
        match &self.content {
            DataContent::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// The items of a list.
    pub(super) fn items(&self) -> &[DataNode] {
        match &self.content {
            DataContent::List(items) => items,
            _ => &[],
        }
    }

    /// The value of a key; of the map itself before those merged into it.
    pub(super) fn get(&self, key: &str) -> Option<&DataNode> {
        let entries = self.entries();
        let own = entries.iter().find(|(name, _)| name.text() == Some(key));
        own.map(|(_, value)| value).or_else(|| {
            let merged = entries.iter().filter(|(name, _)| name.is_merge());
            merged
                .flat_map(|(_, value)| std::iter::once(value).chain(value.items()))
                .find_map(|map| map.get(key))
        })
    }

    /// The value at the end of a way of keys.
    pub(super) fn find(&self, keys: &[&str]) -> Option<&DataNode> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The value at the end of a way of keys of maps and numbers of items.
    pub(super) fn at_keys(&self, keys: &[&str]) -> Option<&DataNode> {
        keys.iter().try_fold(self, |node, key| match &node.content {
            DataContent::List(items) => items.get(key.parse::<usize>().ok()?),
            _ => node.get(key),
        })
    }

    /// A scalar without its quotes.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            DataContent::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// A scalar without a tag, as a whole number.
    pub(super) fn number(&self) -> Option<u32> {
        self.plain()?.trim().parse().ok()
    }

    /// A scalar without a tag.
    pub(super) fn plain(&self) -> Option<&str> {
        self.text().filter(|_| self.tag.is_none())
    }

    /// What a reference names: `!Ref x` or `{"Ref": "x"}`.
    pub(super) fn reference(&self) -> Option<&str> {
        match &self.tag {
            Some(tag) if tag == "Ref" => self.text(),
            Some(_) => None,
            None => match self.entries() {
                [(key, value)] if key.text() == Some("Ref") => value.text(),
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests;
