//! Finds text in rows: a literal or a regular expression.
//!
//! Without a capital letter it takes capitals and small letters for the same. A whole block is searched at once; what
//! that finds across two rows is looked at again, row by row, so the answer is that of a search of each row alone.

mod flags;

use std::borrow::Cow;
use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

use super::block::RowBlock;

/// Bytes a compiled expression may take.
const COMPILED: usize = 4 << 20;

/// Why a pattern cannot be searched for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatcherError {
    /// The regular expression has a fault.
    #[error(
        "'{pattern}' is no regular expression: {reason}; search for it as plain text, or put \\ before its special characters"
    )]
    Syntax {
        /// What was typed.
        pattern: String,
        /// What the parser says, in one line.
        reason: String,
    },
    /// The regular expression would take too much memory.
    #[error("'{0}' is too large once its repetitions are written out; use smaller ones")]
    TooLarge(String),
}

/// What is searched for.
#[derive(Debug, Clone)]
pub struct Matcher {
    pattern: String,
    is_regex: bool,
    regex: Regex,
    /// Whether the text is to be searched in small letters.
    lowers: bool,
    /// Whether the expression can look at the edges of a text, and so cannot be searched for in a whole block.
    by_row: bool,
}

impl PartialEq for Matcher {
    fn eq(&self, other: &Self) -> bool {
        (&self.pattern, self.is_regex) == (&other.pattern, other.is_regex)
    }
}

impl Matcher {
    /// Searches for plain text.
    ///
    /// # Errors
    /// When the text is so long that it cannot be searched for.
    pub fn literal(text: &str) -> Result<Self, MatcherError> {
        let any_case = !text.chars().any(char::is_uppercase);
        let lowers = any_case && text.is_ascii();
        let regex = compile(text, &regex::escape(text), any_case && !lowers)?;
        Ok(Self {
            pattern: text.to_owned(),
            is_regex: false,
            regex,
            lowers,
            by_row: false,
        })
    }

    /// Searches for a regular expression in the syntax of the `regex` crate. `^` and `$` stand for the edges of a line.
    ///
    /// # Errors
    /// [`MatcherError`]: the sentence says what is wrong with it.
    pub fn regex(pattern: &str) -> Result<Self, MatcherError> {
        let any_case = !flags::names_capitals(pattern);
        Ok(Self {
            pattern: pattern.to_owned(),
            is_regex: true,
            regex: compile(pattern, pattern, any_case)?,
            lowers: false,
            by_row: flags::looks_at_edges(pattern),
        })
    }

    /// What was typed.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether it is a regular expression.
    #[must_use]
    pub const fn is_regex(&self) -> bool {
        self.is_regex
    }

    /// Where `text` matches, in bytes, from left to right; empty matches are left out.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let text = self.cased(text.as_bytes());
        let found = self.regex.find_iter(&text).map(|found| found.range());
        found.filter(|range| !range.is_empty()).collect()
    }

    /// Whether `text` matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(&self.cased(text.as_bytes()))
    }

    /// Whether [`Self::rows`] wants the text in small letters.
    pub(super) const fn lowers(&self) -> bool {
        self.lowers
    }

    fn cased<'a>(&self, text: &'a [u8]) -> Cow<'a, [u8]> {
        if self.lowers {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Tells `hit` the slots of a block that match, in order; only those `among` are searched. `text` is the block's
    /// text, in small letters if [`Self::lowers`] says so.
    pub(super) fn rows(
        &self,
        text: &[u8],
        block: &RowBlock,
        among: &Range<usize>,
        mut hit: impl FnMut(usize),
    ) {
        let last = among.end.saturating_sub(1);
        // The end of the text is an edge; what is before its beginning can be seen.
        let text = text.get(..block.range(last).end).unwrap_or_default();
        let is_match = |slot: usize| {
            let row = text.get(block.range(slot));
            row.is_some_and(|row| self.regex.is_match(row))
        };
        let mut slot = among.start;
        while slot < among.end && !self.by_row {
            let from = block.range(slot).start;
            let Some(found) = text
                .get(from..)
                .and_then(|_| self.regex.find_at(text, from))
            else {
                return;
            };
            slot = block.slot_at(found.start(), &(slot..among.end));
            if found.end() > block.range(slot).end {
                // It reaches into the next row, and may do so at every row: look at each alone.
                break;
            }
            hit(slot);
            slot += 1;
        }
        (slot..among.end)
            .filter(|slot| is_match(*slot))
            .for_each(hit);
    }
}

fn compile(typed: &str, pattern: &str, any_case: bool) -> Result<Regex, MatcherError> {
    let built = RegexBuilder::new(pattern)
        .case_insensitive(any_case)
        .multi_line(true)
        .size_limit(COMPILED)
        .build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => MatcherError::TooLarge(typed.to_owned()),
        fault => MatcherError::Syntax {
            pattern: typed.to_owned(),
            reason: last_line(&fault.to_string()),
        },
    })
}

/// The parser's sentence, without the drawing above it.
fn last_line(text: &str) -> String {
    let line = text
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or(text);
    line.trim().trim_start_matches("error: ").to_owned()
}
