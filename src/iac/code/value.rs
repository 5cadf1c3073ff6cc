//! Where the value of a named entry in a call stands.

use std::ops::Range;

use super::lookup::UnknownSpread;
use super::{CodeCall, CodeFile, CodeTokenKind, Language};
use crate::iac::edit::TextEdit;
use crate::iac::place::{PlaceFinding, no_size};

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
    /// A value that something behind it may overrule.
    Overruled {
        value: CodeValue,
        by: String,
    },
    /// It gives none; the edit puts one there.
    Absent {
        at: Range<usize>,
        edit: Option<TextEdit>,
        /// What is spread there and may give one.
        unless: Option<String>,
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
        let Some(open) = self.named_bracket(call) else {
            return self.without_object(call, name, number);
        };
        let entries = self.entries(open);
        // What stands later wins: a spread that cannot be looked into may give the property as well.
        let mut unknown = None;
        for entry in entries.iter().rev() {
            if entry.name.as_deref() == Some(name) {
                let value = self.value(&entry.value);
                return match unknown {
                    Some(by) => PropertyAnswer::Overruled { value, by },
                    None => PropertyAnswer::Value(value),
                };
            }
            if !entry.is_spread {
                continue;
            }
            match self.spread(&entry.value, name) {
                Ok(Some(value)) => return PropertyAnswer::Value(value),
                Ok(None) => {}
                Err(UnknownSpread) => {
                    unknown = Some(self.file.slice(&self.stretch(&entry.at)).to_owned());
                }
            }
        }
        self.without_entry((call, open), name, number, unknown)
    }

    /// A property that no entry gives; `unknown` is what may give it all the same.
    fn without_entry(
        &self,
        (call, open): (&CodeCall, usize),
        name: &str,
        number: u32,
        unknown: Option<String>,
    ) -> PropertyAnswer {
        let at = self.stretch(&(call.open..call.open + 1));
        if unknown.is_some() && self.language == Language::Python {
            let reason = format!("The arguments are spread from elsewhere, which may give {name}.");
            return PropertyAnswer::Value(CodeValue::Computed { at, reason });
        }
        PropertyAnswer::Absent {
            at,
            edit: self.with_entry(open, name, number),
            unless: unknown,
        }
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
                unless: None,
            };
        }
        let value = self.spread(last, name).ok().flatten().unwrap_or_else(|| {
            let what = self.file.slice(&self.stretch(last));
            CodeValue::Computed {
                at,
                reason: format!("The call takes its properties from '{what}'."),
            }
        });
        PropertyAnswer::Value(value)
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
        let head = words.iter().position(|word| is_or(word));
        let head = words.get(..head.unwrap_or(words.len()));
        self.part_or_property(head.unwrap_or_default(), at, fallback)
    }

    /// What stands before `?? 256`, without the `!` of TypeScript: a part of an object of this file, or of what the caller
    /// hands over.
    fn part_or_property(
        &self,
        head: &[&str],
        at: Range<usize>,
        fallback: Option<(Range<usize>, u32)>,
    ) -> CodeValue {
        let head = match head {
            [rest @ .., "!"] => rest,
            head => head,
        };
        let name = match head {
            ["this" | "self", "." | "?.", "props", "." | "?.", name] => name,
            [name] if fallback.is_some() => name,
            ["this" | "self", ..] => return self.computed(at),
            [owner, "." | "?.", name] => match self.object(owner).filter(|_| fallback.is_none()) {
                Some(open) => return self.part(open, name, owner, at),
                None => name,
            },
            _ => return self.computed(at),
        };
        let name = (*name).to_owned();
        CodeValue::Property { at, name, fallback }
    }

    fn computed(&self, at: Range<usize>) -> CodeValue {
        let reason = format!("The value is computed: '{}'.", self.file.slice(&at));
        CodeValue::Computed { at, reason }
    }

    pub(super) fn is_word(&self, token: usize) -> bool {
        let token = self.tokens.get(token);
        token.is_some_and(|token| token.kind == CodeTokenKind::Word)
    }

    pub(super) fn number(&self, tokens: &Range<usize>) -> Option<u32> {
        let is_number =
            tokens.len() == 1 && self.tokens.get(tokens.start)?.kind == CodeTokenKind::Number;
        let written = is_number.then(|| self.text(tokens.start).replace('_', ""))?;
        match written.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => written.parse().ok(),
        }
    }

    /// The number behind `??`, `||` or `or`.
    fn fallback(&self, tokens: &Range<usize>) -> Option<(Range<usize>, u32)> {
        let last = tokens.end.checked_sub(1)?;
        let before = self.text(last.checked_sub(1)?);
        let number = self.number(&(last..tokens.end))?;
        is_or(before).then(|| (self.stretch(&(last..tokens.end)), number))
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
        let open = tokens.clone().find(|at| self.text(*at) == "(")?;
        let call = self.call(open)?;
        if !READERS.contains(&call.name.as_str()) {
            return None;
        }
        Some(self.string(call.arguments.first()?)?.to_owned())
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
}

/// Whether a sign puts a value where there is none.
fn is_or(sign: &str) -> bool {
    matches!(sign, "??" | "|" | "or")
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
            Self::Overruled { value, by } => {
                let mut finding = value.finding(to);
                finding.disbelieve(&format!("But '{by}' stands behind it and may overrule it."));
                finding
            }
            Self::Absent {
                at,
                edit,
                unless: Some(by),
            } => {
                let mut finding = PlaceFinding::absent(at, edit);
                finding.doubt(&format!("It gives no memory size, unless '{by}' does."));
                finding
            }
            Self::Absent { at, edit, .. } => {
                let mut finding = PlaceFinding::absent(at, edit);
                finding.say(&no_size("memory size"));
                finding
            }
        }
    }
}
