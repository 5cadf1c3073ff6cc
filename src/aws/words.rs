//! AWS's own words, as they enter the program: harmless on a terminal, and not more than anyone reads.

use crate::text::neutralise;

/// Characters of one message that are kept; AWS's longest are some hundreds. A proxy in between may send any number.
const MOST: usize = 2000;

/// Characters of an error code or the name of an action that are kept.
const MOST_OF_NAME: usize = 120;

/// The words of a message without control characters; where they are cut, it says how much there was.
pub(super) fn words(said: &str) -> String {
    let (kept, left) = opening(said, MOST);
    let kept = neutralise(kept);
    match left {
        0 => kept.into_owned(),
        _ => format!("{kept}… ({left} more characters were left out)"),
    }
}

/// A name without control characters, cut with a mark.
pub(super) fn name(said: &str) -> String {
    beginning(said, MOST_OF_NAME)
}

/// The first characters without control characters, with a mark where more follow.
pub(super) fn beginning(said: &str, most: usize) -> String {
    let (kept, left) = opening(said, most);
    let mark = if left > 0 { "…" } else { "" };
    format!("{}{mark}", neutralise(kept))
}

/// The first characters, and how many follow them.
fn opening(text: &str, most: usize) -> (&str, usize) {
    let end = text.char_indices().nth(most);
    let (kept, rest) = end.map_or((text, ""), |(at, _)| text.split_at(at));
    (kept, rest.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_read_are_kept_whole() {
        assert_eq!(words("Rate exceeded."), "Rate exceeded.");
        assert_eq!(words("\u{1b}[31mred\u{7}"), "red\\x07");
        let long = "x".repeat(MOST);
        assert_eq!(words(&long), long);
    }

    #[test]
    fn a_message_without_end_is_cut_and_says_so() {
        let said = words(&"é".repeat(400_000));
        assert!(said.starts_with("ééé"));
        assert!(said.ends_with("é… (398000 more characters were left out)"));
        assert!(said.chars().count() < MOST + 60);
    }

    #[test]
    fn a_name_without_end_is_cut_with_a_mark() {
        assert_eq!(name("ThrottlingException"), "ThrottlingException");
        assert_eq!(
            name(&"x".repeat(1_000_000)).chars().count(),
            MOST_OF_NAME + 1
        );
    }
}
