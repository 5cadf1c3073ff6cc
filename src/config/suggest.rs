//! Finds the word somebody meant.

pub use crate::text::nearest;

/// The end of a sentence about a word that is not known: the one meant, or all there are.
pub(super) fn advice(word: &str, known: &[&str]) -> String {
    if let Some(meant) = nearest(word, known) {
        return format!("did you mean '{meant}'?");
    }
    if known.is_empty() {
        return "nothing can be set there".to_owned();
    }
    let quoted: Vec<String> = known.iter().map(|name| format!("'{name}'")).collect();
    format!("use one of {}", quoted.join(", "))
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
        assert_eq!(advice("zzz", &["a", "b"]), "use one of 'a', 'b'");
        assert_eq!(advice("zzz", &[]), "nothing can be set there");
    }
}
