//! Finds the word somebody meant.

use std::fmt::Write as _;

/// The known word closest to a misspelt one, if any is close enough to have been meant. Upper and lower case are alike,
/// and so are `_` and `-`.
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = plain(word);
    known
        .iter()
        .map(|&candidate| {
            let distance = strsim::damerau_levenshtein(&word, &plain(candidate));
            (distance, candidate)
        })
        .filter(|&(distance, candidate)| distance <= 1 + candidate.chars().count() / 4)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> String {
    word.replace('_', "-").to_lowercase()
}

/// The end of a sentence about a word that is not known: the one meant, else the first `most` there are. None when
/// there are none.
#[must_use]
pub fn advice(word: &str, known: &[&str], most: usize) -> Option<String> {
    if known.is_empty() {
        return None;
    }
    if let Some(meant) = nearest(word, known) {
        return Some(format!("did you mean '{meant}'?"));
    }
    let quoted = known.iter().take(most).map(|name| format!("'{name}'"));
    let mut advice = format!("use one of {}", quoted.collect::<Vec<_>>().join(", "));
    if known.len() > most {
        write!(advice, " and {} more", known.len() - most).ok();
    }
    Some(advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_slips_are_understood_and_other_words_are_not() {
        let known = ["quit", "region", "billing-step"];
        assert_eq!(nearest("qiut", &known), Some("quit"));
        assert_eq!(nearest("regoin", &known), Some("region"));
        assert_eq!(nearest("Billing_Step", &known), Some("billing-step"));
        assert_eq!(nearest("zzz", &known), None);
    }

    #[test]
    fn case_and_underscores_of_the_known_words_do_not_keep_them_apart() {
        assert_eq!(nearest("PRD", &["DEV", "PROD"]), Some("PROD"));
        assert_eq!(nearest("prod-eu", &["PROD_EU"]), Some("PROD_EU"));
        assert_eq!(nearest("prod_eu", &["prod-us", "prod-eu"]), Some("prod-eu"));
    }

    #[test]
    fn advice_names_the_word_meant_or_the_first_there_are() {
        let told = |word, most| advice(word, &["alpha", "beta", "gamma"], most).unwrap();
        assert_eq!(told("bata", 2), "did you mean 'beta'?");
        assert_eq!(told("zzz", 3), "use one of 'alpha', 'beta', 'gamma'");
        assert_eq!(told("zzz", 2), "use one of 'alpha', 'beta' and 1 more");
        assert_eq!(advice("zzz", &[], 3), None);
    }
}
