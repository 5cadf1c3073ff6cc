//! The filter of a list: words that a row must all have.

/// The words of a filter, to be looked for in many texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterWords(Vec<String>);

impl FilterWords {
    /// Takes a filter apart.
    #[must_use]
    pub fn of(filter: &str) -> Self {
        let small = filter.to_lowercase();
        Self(small.split_whitespace().map(str::to_owned).collect())
    }

    /// Whether a text contains every one of them, whatever the case. The text may be put into small letters for that.
    pub fn are_in(&self, text: &mut String) -> bool {
        if self.0.is_empty() {
            return true;
        }
        if text.is_ascii() {
            text.make_ascii_lowercase();
        } else {
            *text = text.to_lowercase();
        }
        self.are_in_small(text)
    }

    /// The same for a text that is in small letters already.
    #[must_use]
    pub fn are_in_small(&self, text: &str) -> bool {
        self.0.iter().all(|word| text.contains(word.as_str()))
    }
}
