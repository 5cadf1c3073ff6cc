//! Tokens of TypeScript (and JavaScript) and Python.

use std::ops::Range;
use std::path::Path;

/// A language that is scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::iac) enum Language {
    /// TypeScript or JavaScript.
    TypeScript,
    Python,
}

impl Language {
    /// The language of a file, by its ending.
    pub(in crate::iac) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "ts" | "mts" | "cts" | "tsx" | "js" | "mjs" | "cjs" => Some(Self::TypeScript),
            "py" => Some(Self::Python),
            _ => None,
        }
    }

    /// The name of a function's memory size in the libraries of the language.
    pub(in crate::iac) const fn memory_property(self) -> &'static str {
        match self {
            Self::TypeScript => "memorySize",
            Self::Python => "memory_size",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::iac) enum CodeTokenKind {
    Word,
    Number,
    Text,
    Open,
    Close,
    Sign,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::iac) struct CodeToken {
    pub(in crate::iac) kind: CodeTokenKind,
    pub(in crate::iac) at: Range<usize>,
}

/// Signs of more than one character that are one token.
const LONG_SIGNS: &[&str] = &[
    "...", "===", "!==", "**", "??", "=>", "==", "!=", "<=", ">=", "?.",
];

/// The tokens of a text without blanks and comments.
pub(super) fn tokens(text: &str, language: Language) -> Vec<CodeToken> {
    let mut tokens: Vec<CodeToken> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        let may_be_regex = language == Language::TypeScript && may_be_regex(text, tokens.last());
        let (kind, length) = token(rest, first, language, may_be_regex);
        let length = length.max(first.len_utf8());
        if let Some(kind) = kind {
            tokens.push(CodeToken {
                kind,
                at: at..at + length,
            });
        }
        at += length;
    }
    tokens
}

/// The kind of the token that `rest` begins with, none for blanks and comments, and its length in bytes.
fn token(
    rest: &str,
    first: char,
    language: Language,
    may_be_regex: bool,
) -> (Option<CodeTokenKind>, usize) {
    let line = || rest.find('\n').unwrap_or(rest.len());
    let is_script = language == Language::TypeScript;
    match first {
        c if c.is_whitespace() => (None, c.len_utf8()),
        '#' if !is_script => (None, line()),
        '/' if is_script && rest.starts_with("//") => (None, line()),
        '/' if is_script && rest.starts_with("/*") => {
            (None, rest.find("*/").map_or(rest.len(), |at| at + 2))
        }
        '/' if may_be_regex => (Some(CodeTokenKind::Sign), regex_length(rest)),
        '`' if is_script => (Some(CodeTokenKind::Text), template_length(rest)),
        '"' | '\'' => (
            Some(CodeTokenKind::Text),
            string_length(rest, first, !is_script),
        ),
        '(' | '[' | '{' => (Some(CodeTokenKind::Open), 1),
        ')' | ']' | '}' => (Some(CodeTokenKind::Close), 1),
        c if c.is_ascii_digit() => {
            let is_of = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
            (Some(CodeTokenKind::Number), run_length(rest, is_of))
        }
        c if is_word(c) => word(rest, is_script),
        _ => {
            let long = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign));
            (
                Some(CodeTokenKind::Sign),
                long.map_or(first.len_utf8(), |sign| sign.len()),
            )
        }
    }
}

/// A word, or in Python a string with a prefix such as `f"…"`.
fn word(rest: &str, is_script: bool) -> (Option<CodeTokenKind>, usize) {
    let length = run_length(rest, |c| is_word(c) || c.is_ascii_digit());
    let after = rest.get(length..).unwrap_or_default();
    let is_prefix =
        !is_script && length <= 2 && rest.chars().take(length).all(|c| "rRbBfFuUtT".contains(c));
    match after.chars().next() {
        Some(quote @ ('"' | '\'')) if is_prefix => (
            Some(CodeTokenKind::Text),
            length + string_length(after, quote, true),
        ),
        _ => (Some(CodeTokenKind::Word), length),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

fn run_length(text: &str, is_of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_of(c)).unwrap_or(text.len())
}

/// A string ends at its quote, or at the end of its line; one in three quotes only at three.
fn string_length(text: &str, quote: char, may_be_triple: bool) -> usize {
    let triple = quote.to_string().repeat(3);
    let is_triple = may_be_triple && text.starts_with(&triple);
    let start = if is_triple { 3 } else { 1 };
    let mut chars = text.char_indices().skip(start);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '\n' if !is_triple => return at,
            c if c == quote && !is_triple => return at + 1,
            c if c == quote && text.get(at..).is_some_and(|rest| rest.starts_with(&triple)) => {
                return at + 3;
            }
            _ => {}
        }
    }
    text.len()
}

/// A template string; what stands in `${…}` may hold strings and braces of its own.
fn template_length(text: &str) -> usize {
    let mut at = 1;
    while let Some(rest) = text.get(at..)
        && let Some(c) = rest.chars().next()
    {
        match c {
            '`' => return at + 1,
            '\\' => at += 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            '$' if rest.starts_with("${") => {
                at += 2 + inside_length(rest.get(2..).unwrap_or_default());
            }
            c => at += c.len_utf8(),
        }
    }
    text.len()
}

/// The bytes up to and with the brace that closes a part of a template.
fn inside_length(text: &str) -> usize {
    let (mut at, mut depth) = (0, 1_usize);
    while let Some(rest) = text.get(at..)
        && let Some(c) = rest.chars().next()
    {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        // A template in a template is taken for a string: one inside of that one is not known.
        at += match c {
            '"' | '\'' => string_length(rest, c, false),
            '`' => rest
                .get(1..)
                .and_then(|rest| rest.find('`'))
                .map_or(rest.len(), |at| at + 2),
            c => c.len_utf8(),
        };
        if depth == 0 {
            break;
        }
    }
    at.min(text.len())
}

/// Whether a slash begins a regular expression: behind a value it divides.
fn may_be_regex(text: &str, last: Option<&CodeToken>) -> bool {
    let Some(last) = last else {
        return true;
    };
    match last.kind {
        CodeTokenKind::Number | CodeTokenKind::Text | CodeTokenKind::Close => false,
        CodeTokenKind::Word => matches!(
            text.get(last.at.clone()),
            Some("return" | "typeof" | "case" | "in")
        ),
        CodeTokenKind::Open | CodeTokenKind::Sign => true,
    }
}

fn regex_length(text: &str) -> usize {
    let mut is_class = false;
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' => is_class = true,
            ']' => is_class = false,
            '/' if !is_class => return at + 1,
            '\n' => return 1,
            _ => {}
        }
    }
    1
}
