//! Scripts that are written without blanks between words, as the index sees them: each character of theirs is a word of its
//! own, and what is searched for is a row of them. So a word is found wherever it stands.

use std::borrow::Cow;

/// Whether a character is of a script without blanks between words: Han, kana, bopomofo.
pub(super) const fn is_unparted(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The text with blanks around every character of such a script.
pub(in crate::store) fn parted(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unparted) {
        return Cow::Borrowed(text);
    }
    let mut parted = String::with_capacity(text.len() * 2);
    let mut was_unparted = false;
    for c in text.chars() {
        let is_unparted = is_unparted(c);
        if is_unparted || was_unparted {
            parted.push(' ');
        }
        parted.push(c);
        was_unparted = is_unparted;
    }
    Cow::Owned(parted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_characters_of_such_scripts_are_parted() {
        assert_eq!(parted("AWSの夜 x"), "AWS の 夜  x");
        assert!(matches!(parted("naïve Привет 한국어 🚀"), Cow::Borrowed(_)));
    }
}
