//! Finds the word somebody meant.

/// The known word closest to a misspelt one, if any is close enough to have been meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = word.replace('_', "-").to_lowercase();
    known
        .iter()
        .map(|&candidate| (strsim::damerau_levenshtein(&plain, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= 1 + candidate.chars().count() / 4)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}
