//! Counts as people read them.

use std::fmt::Display;

/// A whole number that is not negative, with its thousands set apart: `1,204`.
#[must_use]
pub fn thousands(count: impl Display) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A length of time in milliseconds as `00:00:07`, rounded up.
#[must_use]
pub fn clock_length(ms: i64) -> String {
    let seconds = (ms.max(0) + 999) / 1000;
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// A sentence about `count` things, after their number; none when there are none.
#[must_use]
pub fn counted<N: Display + PartialEq + From<u8>>(
    count: N,
    one: &str,
    many: &str,
) -> Option<String> {
    if count == N::from(0) {
        return None;
    }
    let words = if count == N::from(1) { one } else { many };
    Some(format!("{} {words}", thousands(count)))
}

#[cfg(test)]
mod tests {
    use super::{counted, thousands};

    #[test]
    fn one_is_no_plural_and_none_is_no_sentence() {
        let told = |count: u64| counted(count, "article was left out", "articles were left out");
        assert_eq!(told(0), None);
        assert_eq!(told(1).as_deref(), Some("1 article was left out"));
        assert_eq!(told(2).as_deref(), Some("2 articles were left out"));
        assert_eq!(told(1204).as_deref(), Some("1,204 articles were left out"));
    }

    #[test]
    fn thousands_are_set_apart() {
        let texts = [0, 7, 999, 1_000, 1_204, 1_234_567_u64].map(thousands);
        assert_eq!(texts, ["0", "7", "999", "1,000", "1,204", "1,234,567"]);
    }
}
