//! What names stand for in one file: numbers, objects and their parts.

use std::ops::Range;

use super::{CodeFile, CodeTokenKind, CodeValue};
use crate::iac::place::joined;

/// What is spread is not given in this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnknownSpread;

impl CodeFile {
    /// The property of an object that is spread, where its name is given one in this file; no value where the
    /// object has no such property.
    ///
    /// # Errors
    /// When the name is given none here.
    pub(super) fn spread(
        &self,
        tokens: &Range<usize>,
        name: &str,
    ) -> Result<Option<CodeValue>, UnknownSpread> {
        let mut words = tokens.clone().filter(|at| self.is_word(*at));
        let word = words.next().filter(|_| words.next().is_none());
        let word = word.ok_or(UnknownSpread)?;
        let open = self.object(self.text(word)).ok_or(UnknownSpread)?;
        let entries = self.entries(open);
        if entries.iter().any(|entry| entry.is_spread) {
            return Err(UnknownSpread);
        }
        let mut named = entries.iter();
        let entry = named.find(|entry| entry.name.as_deref() == Some(name));
        let Some(entry) = entry else {
            return Ok(None);
        };
        let mut value = self.value(&entry.value);
        if let CodeValue::Number { reason, also, .. } = &mut value {
            *reason = joined(&[
                &format!("It comes from '{}'.", self.text(word)),
                reason.as_str(),
            ]);
            also.extend(self.other_uses(word, open));
        }
        Ok(Some(value))
    }

    /// The bracket of the object that a name is given in this file: `{…}`, in Python `dict(…)` as well.
    pub(super) fn object(&self, name: &str) -> Option<usize> {
        let given = self.given(name)?;
        match (self.text(given.start), self.text(given.start + 1)) {
            ("{", _) => Some(given.start),
            ("dict", "(") => Some(given.start + 1),
            _ => None,
        }
    }

    /// The value of a name that is given one in this file; else what it was.
    pub(in crate::iac) fn followed(&self, tokens: &Range<usize>) -> Range<usize> {
        let is_name = tokens.len() == 1 && self.is_word(tokens.start);
        let given = is_name.then(|| self.given(self.text(tokens.start)));
        given.flatten().unwrap_or_else(|| tokens.clone())
    }

    /// The line where a memory size is set besides the calls that make functions: an override of the template, or a
    /// property that is given a value.
    pub(in crate::iac) fn override_line(&self) -> Option<usize> {
        let names_it = |at: usize| {
            let name = self.text(at).trim_matches(['"', '\'', '`']);
            matches!(name, "MemorySize" | "Properties.MemorySize")
        };
        let is_override = |at: usize| match self.text(at) {
            "addPropertyOverride" | "add_property_override" | "addOverride" | "add_override" => {
                names_it(at + 2)
            }
            "memorySize" | "memory_size" if at > 1 && self.text(at + 1) == "=" => {
                let owner = self.text(at - 2);
                self.text(at - 1) == "." && !matches!(owner, "this" | "self" | "props" | "args")
            }
            _ => false,
        };
        let found = (0..self.tokens.len()).find(|at| is_override(*at))?;
        let start = self.tokens.get(found)?.at.start;
        Some(self.file.line(start))
    }

    /// A part of an object that stands in this file.
    pub(super) fn part(&self, open: usize, name: &str, owner: &str, at: Range<usize>) -> CodeValue {
        let entries = self.entries(open);
        let entry = entries
            .iter()
            .find(|entry| entry.name.as_deref() == Some(name));
        let number = entry.and_then(|entry| Some((entry, self.number(&entry.value)?)));
        let Some((entry, number)) = number else {
            let reason = format!("The value is '{name}' of '{owner}'.");
            return CodeValue::Computed { at, reason };
        };
        let also = self.uses_of_part(owner, name, &at);
        CodeValue::Number {
            at: self.stretch(&entry.value),
            number,
            reason: format!("It is '{name}' of '{owner}'."),
            also,
        }
    }

    /// The lines where a part of an object is used besides at one place.
    fn uses_of_part(&self, owner: &str, name: &str, own: &Range<usize>) -> Vec<String> {
        let is_use = |at: &usize| {
            let token = self.tokens.get(*at).map(|token| token.at.start);
            self.text(*at) == owner
                && matches!(self.text(at + 1), "." | "?.")
                && self.text(at + 2) == name
                && token != Some(own.start)
        };
        let uses = (0..self.tokens.len()).filter(is_use);
        let uses: Vec<usize> = uses.collect();
        self.use_lines(&uses, &format!("{owner}.{name}"))
    }

    /// The tokens behind `name = ` (with a type between them or not) where that is given once.
    pub(super) fn given(&self, name: &str) -> Option<Range<usize>> {
        let mut found = Vec::new();
        for at in 0..self.tokens.len() {
            if self.text(at) != name || at > 0 && matches!(self.text(at - 1), "." | "?.") {
                continue;
            }
            let equals = match self.text(at + 1) {
                "=" => at + 1,
                ":" if self.text(at + 3) == "=" => at + 3,
                _ => continue,
            };
            let is_argument = at > 0 && matches!(self.text(at - 1), "(" | ",");
            if !is_argument {
                found.push(equals + 1..self.expression_end(equals + 1));
            }
        }
        match found.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    /// The token behind an expression: at `;`, at a bracket that closes, at a line's end outside of brackets.
    fn expression_end(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(token) = self.tokens.get(at) {
            let breaks = at > start && {
                let before = self.tokens.get(at - 1).map_or(0, |token| token.at.end);
                self.file.slice(&(before..token.at.start)).contains('\n')
            };
            if breaks || token.kind == CodeTokenKind::Close || matches!(self.text(at), ";" | ",") {
                break;
            }
            at = match token.kind {
                CodeTokenKind::Open => self.partner(at) + 1,
                _ => at + 1,
            };
        }
        at.min(self.tokens.len())
    }

    /// The lines where a name is used besides at one token.
    pub(super) fn other_uses(&self, own: usize, given: usize) -> Vec<String> {
        let name = self.text(own);
        let declared = given.saturating_sub(4)..given;
        let same = (0..self.tokens.len()).filter(|at| {
            self.is_word(*at) && self.text(*at) == name && *at != own && !declared.contains(at)
        });
        self.use_lines(&same.collect::<Vec<_>>(), name)
    }

    fn use_lines(&self, tokens: &[usize], name: &str) -> Vec<String> {
        let line = |at: &usize| {
            let token = self.tokens.get(*at);
            self.file.line(token.map_or(0, |token| token.at.start))
        };
        let mut lines: Vec<usize> = tokens.iter().map(line).collect();
        lines.dedup();
        lines
            .iter()
            .map(|line| format!("{}:{line}, which uses '{name}'", self.file.shown))
            .collect()
    }
}
