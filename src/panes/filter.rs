//! The filter of a list: words that a row must all have.

use crate::effect::Prompt;
pub(super) use crate::text::FilterWords;

/// Asks for the words that what is listed must contain.
pub(super) fn filter_prompt() -> Prompt {
    Prompt::filter("Filter", "words; enter keeps, esc clears")
}

/// Whether a text contains every word of a filter, whatever the case.
#[must_use]
pub(super) fn matches_words(text: &str, filter: &str) -> bool {
    FilterWords::of(filter).are_in(&mut text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::matches_words;

    #[test]
    fn a_filter_wants_every_word_in_any_order_and_case() {
        assert!(matches_words("dynamodb-reads", "reads dyn"));
        assert!(matches_words("Anything", "") && matches_words("", " "));
        assert!(matches_words("DÉJÀ vu", "déjà VU"));
        assert!(!matches_words("dynamodb-reads", "reads s3"));
    }
}
