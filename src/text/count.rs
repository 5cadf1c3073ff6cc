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

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_set_apart() {
        let texts = [0, 7, 999, 1_000, 1_204, 1_234_567_u64].map(thousands);
        assert_eq!(texts, ["0", "7", "999", "1,000", "1,204", "1,234,567"]);
    }
}
