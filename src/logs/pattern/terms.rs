//! Unstructured patterns: words, phrases and regular expressions anywhere in the message.

use regex::Regex;

use super::PatternError;
use super::cursor::Cursor;
use super::expression;

/// Terms by what they ask for.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// All of these must be there.
    required: Vec<Term>,
    /// None of these may be there.
    excluded: Vec<Term>,
    /// One of these must be there, when there are no other terms; else they are ignored.
    optional: Vec<Term>,
}

/// One thing to look for.
#[derive(Debug, Clone)]
enum Term {
    Text(Box<str>),
    Expression(Regex),
}

impl Terms {
    /// Reads to the end of the pattern, at least one term.
    pub(super) fn parse(cursor: &mut Cursor<'_>) -> Result<Self, PatternError> {
        let mut terms = Self::default();
        while let Some(first) = cursor.peek() {
            let list = match first {
                '?' => &mut terms.optional,
                '-' => &mut terms.excluded,
                _ => &mut terms.required,
            };
            if matches!(first, '?' | '-') {
                cursor.next();
            }
            list.push(term(cursor)?);
            cursor.skip_spaces();
        }
        Ok(terms)
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        if self.only_optional() {
            return self.optional.iter().any(|term| term.is_in(message));
        }
        self.required.iter().all(|term| term.is_in(message))
            && !self.excluded.iter().any(|term| term.is_in(message))
    }

    pub(super) const fn ignores_optional(&self) -> bool {
        !self.optional.is_empty() && !self.only_optional()
    }

    const fn only_optional(&self) -> bool {
        self.required.is_empty() && self.excluded.is_empty()
    }
}

impl Term {
    fn is_in(&self, message: &str) -> bool {
        match self {
            Self::Text(text) => message.contains(&**text),
            Self::Expression(expression) => expression.is_match(message),
        }
    }
}

fn term(cursor: &mut Cursor<'_>) -> Result<Term, PatternError> {
    let column = cursor.column();
    match cursor.peek() {
        Some('%') => return expression::parse(cursor).map(Term::Expression),
        Some('"') => {
            let phrase = cursor.quoted("")?;
            return Ok(Term::Text(phrase.into_boxed_str()));
        }
        _ => {}
    }
    let word = cursor.take_while(|next, _| !next.is_whitespace() && next != '"');
    if word.is_empty() {
        return Err(PatternError::new(
            column,
            "a term is missing here; write one after the '?' or '-'",
        ));
    }
    let plain = |character: char| character.is_alphanumeric() || character == '_';
    if !word.chars().all(plain) {
        return Err(PatternError::new(
            column,
            format!(
                "the term '{word}' holds more than letters, digits and '_'; put it in double quotes"
            ),
        ));
    }
    Ok(Term::Text(word.into()))
}
