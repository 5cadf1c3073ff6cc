//! Unstructured patterns: words, phrases and regular expressions anywhere in the message.

use regex::Regex;

use super::PatternError;
use super::cursor::PatternCursor;
use super::expression;

/// Terms by what they ask for.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// All of these must be there.
    required: Vec<PatternTerm>,
    /// None of these may be there.
    excluded: Vec<PatternTerm>,
    /// One of these must be there, when there are no other terms; else they are ignored.
    optional: Vec<PatternTerm>,
}

/// One thing to look for.
#[derive(Debug, Clone)]
enum PatternTerm {
    Text(Box<str>),
    Expression(Regex),
}

impl Terms {
    /// Reads to the end of the pattern, at least one term.
    pub(super) fn parse(cursor: &mut PatternCursor<'_>) -> Result<Self, PatternError> {
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

impl PatternTerm {
    fn is_in(&self, message: &str) -> bool {
        match self {
            Self::Text(text) => message.contains(&**text),
            Self::Expression(expression) => expression.is_match(message),
        }
    }
}

fn term(cursor: &mut PatternCursor<'_>) -> Result<PatternTerm, PatternError> {
    let column = cursor.column();
    match cursor.peek() {
        Some('%') => return expression::parse(cursor).map(PatternTerm::Expression),
        Some('"') => {
            let phrase = cursor.quoted("")?;
            return Ok(PatternTerm::Text(phrase.into_boxed_str()));
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
    Ok(PatternTerm::Text(word.into()))
}
