//! Breaks text into lines.

use super::{truncate_with, width};

/// Breaks text at spaces into lines of at most `columns` columns; longer words are cut into pieces.
#[must_use]
pub fn wrap(words: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        let mut word = word.to_owned();
        if !line.is_empty() && width(&line) + 1 + width(&word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        while width(&word) > columns.max(1) {
            let head = truncate_with(&word, columns.max(1), "").into_owned();
            if head.is_empty() {
                break;
            }
            word = word.chars().skip(head.chars().count()).collect();
            lines.push(head);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert!(wrap("", 5).is_empty());
    }

    proptest! {
        #[test]
        fn a_wrapped_line_is_never_wider_than_its_column(words in "[a-zé漢 ]{0,60}", columns in 2usize..20) {
            for line in wrap(&words, columns) {
                prop_assert!(width(&line) <= columns, "{line:?}");
            }
        }
    }
}
