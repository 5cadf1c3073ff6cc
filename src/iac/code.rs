//! TypeScript and Python as far as a value in a call is found and changed: strings, comments and brackets are told
//! apart, nothing is understood.

mod lookup;
mod scan;
mod value;

use std::ops::Range;
use std::path::Path;

use super::edit::TextEdit;
use super::source_file::{LARGEST_SOURCE, SourceFile};
use crate::toml_file::FileError;
pub(super) use scan::{CodeToken, CodeTokenKind, Language};
pub(super) use value::{CodeValue, PropertyAnswer};

/// A source file and its tokens.
#[derive(Debug, Clone)]
pub(super) struct CodeFile {
    pub(super) file: SourceFile,
    pub(super) language: Language,
    pub(super) tokens: Vec<CodeToken>,
    /// For each token that opens or closes a bracket, the other one.
    partners: Vec<usize>,
}

/// A call: `new lambda.Function(…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CodeCall {
    /// The name that is called, without what stands before its last dot.
    pub(super) name: String,
    /// The token that opens its arguments.
    pub(super) open: usize,
    pub(super) arguments: Vec<Range<usize>>,
}

/// An entry of an object, or a named argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CodeEntry {
    /// None for what is spread, and for arguments without a name.
    pub(super) name: Option<String>,
    /// Its tokens.
    pub(super) at: Range<usize>,
    /// The tokens of its value.
    pub(super) value: Range<usize>,
    pub(super) is_spread: bool,
}

impl CodeFile {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn read(path: &Path, root: &Path) -> Result<Self, FileError> {
        let file = SourceFile::read(path, root, LARGEST_SOURCE)?;
        let language = Language::of(path).unwrap_or(Language::TypeScript);
        let tokens = scan::tokens(&file.text, language);
        let partners = partners(&tokens);
        Ok(Self {
            file,
            language,
            tokens,
            partners,
        })
    }

    pub(super) fn text(&self, token: usize) -> &str {
        self.tokens
            .get(token)
            .map_or("", |token| self.file.slice(&token.at))
    }

    fn kind(&self, token: usize) -> Option<CodeTokenKind> {
        self.tokens.get(token).map(|token| token.kind)
    }

    /// The stretch of some tokens.
    pub(super) fn stretch(&self, tokens: &Range<usize>) -> Range<usize> {
        let last = tokens.end.saturating_sub(1);
        let start = self
            .tokens
            .get(tokens.start)
            .map_or(0, |token| token.at.start);
        start..self.tokens.get(last).map_or(start, |token| token.at.end)
    }

    /// The text of a string without template parts.
    pub(super) fn string(&self, tokens: &Range<usize>) -> Option<&str> {
        if tokens.len() != 1 || self.kind(tokens.start)? != CodeTokenKind::Text {
            return None;
        }
        let written = self.text(tokens.start);
        let is_plain =
            written.starts_with(['"', '\'']) || written.starts_with('`') && !written.contains("${");
        is_plain.then(|| written.trim_matches(['"', '\'', '`']))
    }

    /// All calls in order of their brackets.
    pub(super) fn calls(&self) -> Vec<CodeCall> {
        let opens = (1..self.tokens.len()).filter(|at| self.text(*at) == "(");
        opens.filter_map(|open| self.call(open)).collect()
    }

    fn call(&self, open: usize) -> Option<CodeCall> {
        let last = open.checked_sub(1)?;
        if self.kind(last)? != CodeTokenKind::Word {
            return None;
        }
        let name = self.text(last).to_owned();
        let arguments = self.items(open);
        Some(CodeCall {
            name,
            open,
            arguments,
        })
    }

    /// The first call whose bracket opens behind an offset.
    pub(super) fn call_from(&self, offset: usize) -> Option<CodeCall> {
        let opens = self.tokens.iter().enumerate();
        let behind = opens.filter(|(at, token)| token.at.start >= offset && self.text(*at) == "(");
        behind.map(|(at, _)| at).find_map(|open| self.call(open))
    }

    /// The stretches between the commas of a bracket.
    fn items(&self, open: usize) -> Vec<Range<usize>> {
        let close = self.partner(open);
        let (mut items, mut start, mut at) = (Vec::new(), open + 1, open + 1);
        while at < close {
            if self.text(at) == "," {
                items.push(start..at);
                start = at + 1;
            }
            at = match self.kind(at) {
                Some(CodeTokenKind::Open) => self.partner(at) + 1,
                _ => at + 1,
            };
        }
        items.push(start..close);
        items.retain(|item| !item.is_empty());
        items
    }

    fn partner(&self, token: usize) -> usize {
        self.partners.get(token).copied().unwrap_or(token)
    }

    /// The entries between a bracket and its partner.
    pub(super) fn entries(&self, open: usize) -> Vec<CodeEntry> {
        self.items(open)
            .into_iter()
            .map(|at| self.entry(at))
            .collect()
    }

    fn entry(&self, at: Range<usize>) -> CodeEntry {
        let (first, second) = (at.start, self.text(at.start + 1));
        let is_spread = matches!(self.text(first), "..." | "**");
        let is_argument =
            self.language == Language::Python && self.kind(first) != Some(CodeTokenKind::Text);
        let sign = if is_argument { "=" } else { ":" };
        let is_named = at.len() > 2 && second == sign;
        let is_short = at.len() == 1
            && self.kind(first) == Some(CodeTokenKind::Word)
            && self.language == Language::TypeScript;
        let name =
            (is_named || is_short).then(|| self.text(first).trim_matches(['"', '\'']).to_owned());
        let value = if is_named {
            first + 2..at.end
        } else {
            at.clone()
        };
        CodeEntry {
            name,
            at,
            value,
            is_spread,
        }
    }

    /// The bracket that holds a call's named values: its object in TypeScript, its own in Python. None where the call
    /// has no object.
    pub(super) fn named_bracket(&self, call: &CodeCall) -> Option<usize> {
        if self.language == Language::Python {
            return Some(call.open);
        }
        let objects = call.arguments.iter().rev();
        objects
            .map(|argument| argument.start)
            .find(|first| self.text(*first) == "{")
    }

    /// The edit that puts a named number into a bracket; it must come after what is spread there.
    pub(super) fn with_entry(&self, open: usize, name: &str, number: u32) -> Option<TextEdit> {
        let sign = if self.language == Language::Python {
            "="
        } else {
            ": "
        };
        let new = format!("{name}{sign}{number}");
        let entries = self.entries(open);
        let after = entries
            .iter()
            .rposition(|entry| entry.is_spread)
            .map_or(0, |at| at + 1);
        let mut named = entries.iter().skip(after);
        let next =
            named.find(|entry| self.language == Language::TypeScript || entry.name.is_some());
        if let Some(next) = next {
            let at = self.tokens.get(next.at.start)?.at.start;
            return TextEdit::before(&self.file.text, at, &new, ",");
        }
        let is_python = self.language == Language::Python;
        let (end, inserted) = match entries.last() {
            Some(last) => (self.stretch(&last.at).end, format!(", {new}")),
            None if is_python => (self.tokens.get(open)?.at.end, new),
            None => (self.tokens.get(open)?.at.end, format!(" {new} ")),
        };
        Some(TextEdit::replace(end..end, inserted))
    }
}

fn partners(tokens: &[CodeToken]) -> Vec<usize> {
    let mut partners: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            CodeTokenKind::Open => open.push(at),
            CodeTokenKind::Close => {
                if let Some(from) = open.pop() {
                    if let Some(partner) = partners.get_mut(from) {
                        *partner = at;
                    }
                    if let Some(partner) = partners.get_mut(at) {
                        *partner = from;
                    }
                }
            }
            _ => {}
        }
    }
    for from in open {
        if let Some(partner) = partners.get_mut(from) {
            *partner = tokens.len();
        }
    }
    partners
}

#[cfg(test)]
mod tests;
