//! Reads a pattern character by character and knows the column.

use super::PatternError;

/// A place in a pattern. Also counts the regular expressions and wildcards read so far, as the service limits them.
#[derive(Debug, Clone)]
pub(super) struct PatternCursor<'a> {
    rest: &'a str,
    column: usize,
    expressions: usize,
    wildcards: usize,
}

impl<'a> PatternCursor<'a> {
    pub(super) const fn new(pattern: &'a str) -> Self {
        Self {
            rest: pattern,
            column: 1,
            expressions: 0,
            wildcards: 0,
        }
    }

    /// The column of the next character, counted from 1.
    pub(super) const fn column(&self) -> usize {
        self.column
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        self.column += 1;
        Some(character)
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    /// Takes `text` when it comes next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(text) else {
            return false;
        };
        self.rest = rest;
        self.column += text.chars().count();
        true
    }

    /// Takes `word`, in either case, when it comes next and no letter or digit follows.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let Some((head, tail)) = self.rest.split_at_checked(word.len()) else {
            return false;
        };
        if !head.eq_ignore_ascii_case(word) || tail.starts_with(|next: char| next.is_alphanumeric())
        {
            return false;
        }
        self.rest = tail;
        self.column += word.chars().count();
        true
    }

    /// Takes characters while `wanted` says so; it sees the rest of the pattern, beginning with the character.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char, &str) -> bool) -> &'a str {
        let start = self.rest;
        while self.peek().is_some_and(|next| wanted(next, self.rest)) {
            self.next();
        }
        let taken = start.len() - self.rest.len();
        start.get(..taken).unwrap_or_default()
    }

    pub(super) fn skip_spaces(&mut self) {
        self.take_while(|next, _| next.is_whitespace());
    }

    /// Takes a string in double quotes, where `\"` and `\\` stand for the second character. Characters of `keep`
    /// keep the backslash before them, for who reads the string further.
    pub(super) fn quoted(&mut self, keep: &str) -> Result<String, PatternError> {
        let start = self.column;
        self.next();
        let mut text = String::new();
        while let Some(next) = self.next() {
            match (next, self.peek()) {
                ('"', _) => return Ok(text),
                ('\\', Some(escaped @ ('"' | '\\'))) if !keep.contains(escaped) => {
                    text.push(escaped);
                    self.next();
                }
                ('\\', Some(escaped)) if keep.contains(escaped) => {
                    text.extend(['\\', escaped]);
                    self.next();
                }
                _ => text.push(next),
            }
        }
        Err(PatternError::new(
            start,
            "the quote that opens here is never closed; add '\"' at its end",
        ))
    }

    /// Counts one more regular expression.
    pub(super) const fn count_expression(&mut self) -> usize {
        self.expressions += 1;
        self.expressions
    }

    /// Counts one more wildcard in a property selector.
    pub(super) const fn count_wildcard(&mut self) -> usize {
        self.wildcards += 1;
        self.wildcards
    }

    pub(super) fn fail<T>(&self, problem: impl Into<String>) -> Result<T, PatternError> {
        Err(PatternError::new(self.column, problem))
    }
}
