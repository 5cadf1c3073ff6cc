//! Filter patterns: what the user guide documents, what is refused, and hostile input.

mod json;
mod properties;
mod refusals;
mod spaces;
mod words;

use super::FilterPattern;

/// Whether `pattern`, which must be right, lets `message` through.
fn lets(pattern: &str, message: &str) -> bool {
    FilterPattern::parse(pattern)
        .unwrap_or_else(|error| panic!("{pattern}: {error}"))
        .matches(message)
}

/// Checks one pattern against messages it lets through and messages it does not.
fn check(pattern: &str, through: &[&str], not: &[&str]) {
    for message in through {
        assert!(lets(pattern, message), "{pattern} lets through {message}");
    }
    for message in not {
        assert!(!lets(pattern, message), "{pattern} keeps out {message}");
    }
}
