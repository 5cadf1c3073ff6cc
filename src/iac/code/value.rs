//! Where the value of a named entry in a call stands.

use std::ops::Range;

use super::{CodeCall, CodeEntry, CodeFile, CodeTokenKind, Language};
use crate::iac::edit::TextEdit;
use crate::iac::place::{PlaceFinding, joined, no_size};

/// What a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::iac) enum CodeValue {
    /// A number that stands in this file.
    Number {
        at: Range<usize>,
        number: u32,
        reason: String,
        also: Vec<String>,
    },
    /// A property of what the caller hands over, and the number that stands in for it.
    Property {
        at: Range<usize>,
        name: String,
        fallback: Option<(Range<usize>, u32)>,
    },
    /// A value of the stack's configuration.
    Config {
        at: Range<usize>,
        key: String,
        fallback: Option<(Range<usize>, u32)>,
    },
    /// Anything else.
    Computed { at: Range<usize>, reason: String },
}

/// What a call says of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::iac) enum PropertyAnswer {
    Value(CodeValue),
    /// It gives none; the edit puts one there.
    Absent {
        at: Range<usize>,
        edit: Option<TextEdit>,
    },
}

impl CodeFile {
    /// What a call says of a property.
    pub(in crate::iac) fn property(
        &self,
        call: &CodeCall,
        name: &str,
        number: u32,
    ) -> PropertyAnswer {
        let at = self.stretch(&(call.open..call.open + 1));
        let Some(open) = self.named_bracket(call) else {
            return self.without_object(call, name, number);
        };
        let entries = self.entries(open);
        let own = entries
            .iter()
            .rposition(|entry| entry.name.as_deref() == Some(name));
        if let Some((own, entry)) = own.and_then(|own| Some((own, entries.get(own)?))) {
            let mut behind = entries.iter().skip(own + 1);
            let spread = behind.rfind(|entry| entry.is_spread);
            return PropertyAnswer::Value(match spread {
                None => self.value(&entry.value),
                Some(last) => self.overruled(entry, last, name),
            });
        }
        for spread in entries.iter().filter(|entry| entry.is_spread) {
            if let Some(value) = self.spread(&spread.value, name) {
                return PropertyAnswer::Value(value);
            }
        }
        let has_spread = entries.iter().any(|entry| entry.is_spread);
        if has_spread && self.language == Language::Python {
            let reason = format!("The arguments are spread from elsewhere, which may give {name}.");
            return PropertyAnswer::Value(CodeValue::Computed { at, reason });
        }
        PropertyAnswer::Absent {
            at,
            edit: self.with_entry(open, name, number),
        }
    }

    /// The value of an entry that something spread behind it overrules.
    fn overruled(&self, entry: &CodeEntry, spread: &CodeEntry, name: &str) -> CodeValue {
        self.spread(&spread.value, name).unwrap_or_else(|| {
            let at = self.stretch(&entry.at);
            let reason = format!("What is spread behind it may give {name}, too.");
            CodeValue::Computed { at, reason }
        })
    }

    /// Whether the size of a construct is changed after it was made: `addPropertyOverride('MemorySize', …)`, or an
    /// assignment to its property.
    pub(in crate::iac) fn overrides_memory(&self) -> bool {
        (1..self.tokens.len()).any(|at| match self.text(at) {
            "addPropertyOverride" | "add_property_override" => {
                self.string(&(at + 2..at + 3)) == Some("MemorySize")
            }
            "memorySize" | "memory_size" => self.text(at - 1) == "." && self.text(at + 1) == "=",
            _ => false,
        })
    }

    /// A call without an object gets one, unless a name or a spread stands where it would.
    fn without_object(&self, call: &CodeCall, name: &str, number: u32) -> PropertyAnswer {
        let at = self.stretch(&(call.open..call.open + 1));
        let Some(last) = call.arguments.last() else {
            let reason = "The call has no arguments to look into.".to_owned();
            return PropertyAnswer::Value(CodeValue::Computed { at, reason });
        };
        if self.string(last).is_some() {
            let end = self.stretch(last).end;
            let edit = TextEdit::replace(end..end, format!(", {{ {name}: {number} }}"));
            return PropertyAnswer::Absent {
                at,
                edit: Some(edit),
            };
        }
        let value = self.spread(last, name).unwrap_or_else(|| {
            let what = self.file.slice(&self.stretch(last));
            CodeValue::Computed {
                at,
                reason: format!("The call takes its properties from '{what}'."),
            }
        });
        PropertyAnswer::Value(value)
    }

    /// The property of an object that is spread, where its name is given one in this file.
    fn spread(&self, tokens: &Range<usize>, name: &str) -> Option<CodeValue> {
        let word = tokens.clone().find(|at| self.is_word(*at))?;
        let given = self.given(self.text(word))?;
        if self.text(given.start) != "{" {
            return None;
        }
        let entries = self.entries(given.start);
        let entry = entries
            .iter()
            .find(|entry| entry.name.as_deref() == Some(name))?;
        let mut value = self.value(&entry.value);
        if let CodeValue::Number { reason, also, .. } = &mut value {
            *reason = joined(&[
                &format!("It comes from '{}'.", self.text(word)),
                reason.as_str(),
            ]);
            also.extend(self.other_uses(word, given.start));
        }
        Some(value)
    }

    /// What a value is.
    pub(in crate::iac) fn value(&self, tokens: &Range<usize>) -> CodeValue {
        let at = self.stretch(tokens);
        if let Some(number) = self.number(tokens) {
            let (reason, also) = (String::new(), Vec::new());
            return CodeValue::Number {
                at,
                number,
                reason,
                also,
            };
        }
        let words: Vec<&str> = tokens.clone().map(|at| self.text(at)).collect();
        if let [word] = words.as_slice()
            && self.is_word(tokens.start)
        {
            return self.named(tokens.start, word);
        }
        let fallback = self.fallback(tokens);
        if let Some(key) = self.config_key(tokens) {
            return CodeValue::Config { at, key, fallback };
        }
        match words.as_slice() {
            ["this" | "self", ".", "props", "." | "?.", name, ..]
            | [
                "props" | "args" | "config" | "options" | "opts",
                "." | "?.",
                name,
                ..,
            ] => {
                let name = (*name).to_owned();
                CodeValue::Property { at, name, fallback }
            }
            _ => CodeValue::Computed {
                reason: format!("The value is computed: '{}'.", self.file.slice(&at)),
                at,
            },
        }
    }

    fn is_word(&self, token: usize) -> bool {
        let token = self.tokens.get(token);
        token.is_some_and(|token| token.kind == CodeTokenKind::Word)
    }

    fn number(&self, tokens: &Range<usize>) -> Option<u32> {
        let is_number =
            tokens.len() == 1 && self.tokens.get(tokens.start)?.kind == CodeTokenKind::Number;
        is_number.then(|| self.text(tokens.start).replace('_', "").parse().ok())?
    }

    /// The number behind `??`, `||` or `or`.
    fn fallback(&self, tokens: &Range<usize>) -> Option<(Range<usize>, u32)> {
        let last = tokens.end.checked_sub(1)?;
        let before = self.text(last.checked_sub(1)?);
        let number = self.number(&(last..tokens.end))?;
        matches!(before, "??" | "|" | "or").then(|| (self.stretch(&(last..tokens.end)), number))
    }

    /// The key of `config.getNumber("key")` and its like.
    fn config_key(&self, tokens: &Range<usize>) -> Option<String> {
        const READERS: &[&str] = &[
            "getNumber",
            "requireNumber",
            "get_int",
            "require_int",
            "get",
            "require",
            "get_float",
            "require_float",
        ];
        let opens = tokens.clone().filter(|at| self.text(*at) == "(");
        let mut calls = opens.filter_map(|open| self.call(open));
        let call = calls.find(|call| READERS.contains(&call.name.as_str()))?;
        Some(self.string(call.arguments.first()?)?.to_owned())
    }

    /// A string, or the one that a name is given once in this file.
    pub(in crate::iac) fn string_of(&self, tokens: &Range<usize>) -> Option<&str> {
        self.string(tokens).or_else(|| {
            let is_name = tokens.len() == 1 && self.is_word(tokens.start);
            let given = is_name.then(|| self.given(self.text(tokens.start)))??;
            self.string(&given)
        })
    }

    /// The value of a name that is given one in this file, or in a parameter list.
    fn named(&self, token: usize, word: &str) -> CodeValue {
        let at = self.stretch(&(token..token + 1));
        let computed = |reason: String| CodeValue::Computed {
            at: at.clone(),
            reason,
        };
        let Some(given) = self.given(word) else {
            let reason = format!("The value is '{word}', which is given elsewhere.");
            return computed(reason);
        };
        if let Some(number) = self.number(&given) {
            return CodeValue::Number {
                at: self.stretch(&given),
                number,
                reason: format!("It is the value of '{word}'."),
                also: self.other_uses(token, given.start),
            };
        }
        match self.value_once(&given) {
            Some(value) => value,
            None => computed(format!("The value of '{word}' is computed.")),
        }
    }

    /// As [`CodeFile::value`], but follows no further name.
    fn value_once(&self, tokens: &Range<usize>) -> Option<CodeValue> {
        (tokens.len() > 1).then(|| self.value(tokens))
    }

    /// The tokens behind `name = ` (with a type between them or not) where that is given once.
    fn given(&self, name: &str) -> Option<Range<usize>> {
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
    fn other_uses(&self, own: usize, given: usize) -> Vec<String> {
        let name = self.text(own);
        let declared = given.saturating_sub(4)..given;
        let same = (0..self.tokens.len()).filter(|at| {
            self.is_word(*at) && self.text(*at) == name && *at != own && !declared.contains(at)
        });
        let line = |at: usize| {
            self.file
                .line(self.tokens.get(at).map_or(0, |token| token.at.start))
        };
        let mut lines: Vec<usize> = same.map(line).collect();
        lines.dedup();
        lines
            .iter()
            .map(|line| format!("{}:{line}, which uses '{name}'", self.file.shown))
            .collect()
    }
}

impl CodeValue {
    /// The value as a place, where it is a number or has one to fall back to.
    pub(in crate::iac) fn finding(self, to: u32) -> PlaceFinding {
        let number = |at: Range<usize>, number: u32| {
            let edit = TextEdit::replace(at.clone(), to.to_string());
            PlaceFinding::number(at, number, edit)
        };
        let (at, what, fallback) = match self {
            Self::Number {
                at,
                number: from,
                reason,
                also,
            } => {
                let mut finding = number(at, from);
                finding.say(&reason);
                finding.also = also;
                return finding;
            }
            Self::Computed { at, reason } => return PlaceFinding::by_hand(at, reason),
            Self::Property { at, name, fallback } => {
                (at, format!("property '{name}' of the caller"), fallback)
            }
            Self::Config { at, key, fallback } => {
                (at, format!("'{key}' of the configuration"), fallback)
            }
        };
        let Some((at, from)) = fallback else {
            return PlaceFinding::by_hand(at, format!("The value is {what}."));
        };
        let mut finding = number(at, from);
        finding.doubt(&format!("It counts where there is no {what}."));
        finding
    }
}

impl PropertyAnswer {
    pub(in crate::iac) fn finding(self, to: u32) -> PlaceFinding {
        match self {
            Self::Value(value) => value.finding(to),
            Self::Absent { at, edit } => {
                let mut finding = PlaceFinding::absent(at, edit);
                finding.say(&no_size("memory size"));
                finding
            }
        }
    }
}
