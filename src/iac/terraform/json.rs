//! Terraform in JSON, put into its own language, so that one reader reads both.

use std::ops::Range;

use crate::iac::data::{DataContent, DataFile, DataNode};
use crate::iac::source_file::SourceFile;
use crate::toml_file::FileError;

/// How many labels a block has, for the blocks that are read.
const BLOCKS: &[(&str, usize)] = &[
    ("resource", 2),
    ("data", 2),
    ("module", 1),
    ("variable", 1),
    ("output", 1),
    ("provider", 1),
    ("locals", 0),
    ("terraform", 0),
];
/// What is a block inside of those; all else there is as good as an attribute.
const INNER: &str = "lifecycle";

/// The text of a file in JSON in Terraform's own language.
///
/// # Errors
/// With the line where it is no JSON.
pub(super) fn in_own_language(file: SourceFile) -> Result<SourceFile, FileError> {
    let data = DataFile::parse(file)?;
    let mut writer = HclWriter {
        file: &data.file,
        text: String::new(),
        parts: Vec::new(),
    };
    for (name, labels) in BLOCKS {
        for root in one_or_many(&data.root) {
            let entries = root.entries().iter();
            for (key, value) in entries.filter(|(key, _)| key.text() == Some(*name)) {
                writer.blocks(&[key], value, *labels);
            }
        }
    }
    let HclWriter { text, parts, .. } = writer;
    Ok(data.file.made_into(text, parts))
}

/// A block may be an object, or a list of them.
fn one_or_many(node: &DataNode) -> impl Iterator<Item = &DataNode> {
    let is_list = matches!(node.content, DataContent::List(_));
    let one = (!is_list).then_some(node);
    one.into_iter().chain(node.items())
}

/// Writes Terraform's language, and notes where each part comes from.
struct HclWriter<'d> {
    file: &'d SourceFile,
    text: String,
    parts: Vec<(Range<usize>, Range<usize>)>,
}

impl HclWriter<'_> {
    /// Blocks whose words are these and so many labels more.
    fn blocks(&mut self, words: &[&DataNode], node: &DataNode, labels: usize) {
        for node in one_or_many(node) {
            let Some(labels) = labels.checked_sub(1) else {
                self.block(words, node);
                continue;
            };
            for (label, inner) in node.entries() {
                self.blocks(&[words, &[label]].concat(), inner, labels);
            }
        }
    }

    fn block(&mut self, words: &[&DataNode], body: &DataNode) {
        for (at, word) in words.iter().enumerate() {
            let text = word.text().unwrap_or_default();
            let written = if at == 0 {
                text.to_owned()
            } else {
                quoted(text)
            };
            self.part(&written, word.at.clone());
            self.text.push(' ');
        }
        self.text.push_str("{\n");
        for (key, value) in body.entries() {
            let name = key.text().filter(|name| is_name(name));
            match name {
                Some(INNER) => self.blocks(&[key], value, 0),
                Some(name) => self.attribute(name, key, value),
                None => {}
            }
        }
        self.text.push_str("}\n");
    }

    fn attribute(&mut self, name: &str, key: &DataNode, value: &DataNode) {
        self.part(name, key.at.clone());
        self.text.push_str(" = ");
        match value
            .text()
            .filter(|text| name == "provider" && is_reference(text))
        {
            Some(provider) => self.part(provider, value.at.clone()),
            None => self.value(value),
        }
        self.text.push('\n');
    }

    fn value(&mut self, node: &DataNode) {
        match &node.content {
            DataContent::List(items) => {
                self.text.push('[');
                for item in items {
                    self.value(item);
                    self.text.push_str(", ");
                }
                self.text.push(']');
            }
            DataContent::Map { entries, .. } => {
                self.text.push_str("{\n");
                for (key, value) in entries {
                    self.part(&quoted(key.text().unwrap_or_default()), key.at.clone());
                    self.text.push_str(" = ");
                    self.value(value);
                    self.text.push('\n');
                }
                self.text.push('}');
            }
            DataContent::Scalar(text) => self.scalar(text, node),
        }
    }

    /// A text is a template: one that is an expression alone is that expression.
    fn scalar(&mut self, text: &str, node: &DataNode) {
        let written = self.file.slice(&node.at);
        if !written.starts_with('"') {
            return self.part(written, node.at.clone());
        }
        let is_alone = interpolation_length(text) == Some(text.len());
        let inner = text.get(2..text.len().saturating_sub(1));
        let Some(inner) = inner.filter(|_| is_alone) else {
            return self.part(&quoted(text), node.at.clone());
        };
        let is_same = written.get(1..written.len() - 1) == Some(text);
        let start = node.at.start + "\"${".len();
        let own = if is_same {
            start..start + inner.len()
        } else {
            node.at.clone()
        };
        // A line break is taken for the end of an attribute outside of brackets.
        let (open, close) = if inner.contains('\n') {
            ("(", ")")
        } else {
            ("", "")
        };
        self.text.push_str(open);
        self.part(inner, own);
        self.text.push_str(close);
    }

    fn part(&mut self, text: &str, own: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push((start..self.text.len(), own));
    }
}

fn is_name(text: &str) -> bool {
    let is_first = |c: char| c.is_alphabetic() || c == '_';
    let is_next = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.starts_with(is_first) && text.chars().all(is_next)
}

/// Whether a text is names with dots between them.
fn is_reference(text: &str) -> bool {
    text.split('.').all(is_name)
}

/// A text as a template in quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_escaped = rest.starts_with("$${") || rest.starts_with("%%{");
        let length = match interpolation_length(rest) {
            _ if is_escaped => 3,
            Some(length) => length,
            None => c.len_utf8(),
        };
        let part = rest.get(..length).unwrap_or_default();
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => out.push_str(part),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out.push('"');
    out
}

/// The bytes of `${…}` or `%{…}` at the beginning of a text; none where there is none, or it does not end.
fn interpolation_length(text: &str) -> Option<usize> {
    if !text.starts_with("${") && !text.starts_with("%{") {
        return None;
    }
    let (mut depth, mut is_quoted) = (0_usize, false);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if is_quoted => drop(chars.next()),
            '"' => is_quoted = !is_quoted,
            '{' if !is_quoted => depth += 1,
            '}' if !is_quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 && at > 0 && !is_quoted && c == '}' {
            return Some(at + 1);
        }
    }
    None
}
