//! Completes the word before the cursor of a prompt that knows words.

use crate::logs::query::completions;

/// Words that are told at once, at most.
const TOLD: usize = 12;

/// What becomes of the word before the cursor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Completion {
    /// Characters before the cursor that give way.
    pub(super) begun: usize,
    /// What stands in their place: as much as the words that fit have in common.
    pub(super) word: String,
    /// The words that fit, when there are several.
    pub(super) offers: Option<String>,
}

/// Completes the word that a text ends with; `None` when no word begins with its letters.
pub(super) fn complete(before: &str, words: &[String]) -> Option<Completion> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (begun, fitting) = completions(before, &words);
    let first = fitting.first()?;
    let alike = |word: &&str| {
        let pairs = first.chars().zip(word.chars());
        let alike = pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b));
        alike.count()
    };
    let shared = fitting.iter().map(alike).min().unwrap_or_default();
    Some(Completion {
        begun: begun.chars().count(),
        word: first.chars().take(shared).collect(),
        offers: (fitting.len() > 1).then(|| told(&fitting)),
    })
}

fn told(fitting: &[&str]) -> String {
    let words: Vec<&str> = fitting.iter().take(TOLD).map(|word| word.trim()).collect();
    let more = match fitting.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", words.join("  "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_becomes_what_all_that_fit_have_in_common() {
        let words = ["count(", "count_distinct(", "coalesce("].map(str::to_owned);
        let completed = |before: &str| {
            let completion = complete(before, &words)?;
            Some((completion.begun, completion.word, completion.offers))
        };
        let offers = Some("count(  count_distinct(".to_owned());
        assert_eq!(
            completed("stats cou"),
            Some((3, "count".to_owned(), offers))
        );
        let whole = Some((5, "coalesce(".to_owned(), None));
        assert_eq!(completed("stats COALE"), whole);
        assert_eq!(completed("stats "), None);
        assert_eq!(completed("x"), None);
    }
}
