//! The filter of a list: words that a row must all have.

use crate::effect::Prompt;

/// Asks for the words that what is listed must contain.
pub(super) fn filter_prompt() -> Prompt {
    Prompt::filter("Filter", "words; enter keeps, esc clears")
}

/// Whether a text contains every word of a filter, whatever the case.
#[must_use]
pub(super) fn matches_words(text: &str, filter: &str) -> bool {
    FilterWords::of(filter).are_in(&mut text.to_owned())
}

/// The words of a filter, to be looked for in many texts.
#[derive(Debug)]
pub(super) struct FilterWords(Vec<String>);

impl FilterWords {
    /// Takes a filter apart.
    pub(super) fn of(filter: &str) -> Self {
        let small = filter.to_lowercase();
        Self(small.split_whitespace().map(str::to_owned).collect())
    }

    /// Whether a text contains every one of them, whatever the case. The text may be put into small letters for that.
    pub(super) fn are_in(&self, text: &mut String) -> bool {
        if self.0.is_empty() {
            return true;
        }
        if text.is_ascii() {
            text.make_ascii_lowercase();
        } else {
            *text = text.to_lowercase();
        }
        self.0.iter().all(|word| text.contains(word.as_str()))
    }
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
