//! The filter of a list: words that a row must all have.

use crate::effect::Prompt;

/// Asks for the words that what is listed must contain.
pub(super) fn filter_prompt() -> Prompt {
    Prompt::filter("Filter", "words; enter keeps, esc clears")
}

/// Whether a text contains every word of a filter, whatever the case.
#[must_use]
pub(super) fn matches_words(text: &str, filter: &str) -> bool {
    if filter.trim().is_empty() {
        return true;
    }
    let text = text.to_lowercase();
    filter
        .to_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::matches_words;

    #[test]
    fn a_filter_wants_every_word_in_any_order_and_case() {
        assert!(matches_words("dynamodb-reads", "reads dyn"));
        assert!(matches_words("Anything", ""));
        assert!(!matches_words("dynamodb-reads", "reads s3"));
    }
}
