//! Measures and cuts text in terminal columns, grapheme by grapheme, exactly as ratatui counts them.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the part that was cut off.
pub const ELLIPSIS: &str = "…";

/// What stands for the part that was cut off on terminals without Unicode.
pub const ELLIPSIS_ASCII: &str = "~";

/// The columns `text` takes on the screen.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Cuts `text` to at most `columns` columns; what was cut is replaced by [`ELLIPSIS`].
#[must_use]
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    truncate_with(text, columns, ELLIPSIS)
}

/// Cuts `text` to at most `columns` columns; what was cut is replaced by `mark`, if that itself fits.
/// Never cuts inside a grapheme.
#[must_use]
pub fn truncate_with<'a>(text: &'a str, columns: usize, mark: &str) -> Cow<'a, str> {
    // What is behind the cut is not looked at.
    if byte_at(text, columns) == text.len() {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(width(mark)) else {
        return Cow::Borrowed("");
    };
    let end = byte_at(text, room);
    let mut cut = text.get(..end).unwrap_or_default().to_owned();
    cut.push_str(mark);
    Cow::Owned(cut)
}

/// The byte at which the first `columns` columns of `text` end, never inside a grapheme; its length when it is narrower.
#[must_use]
pub fn byte_at(text: &str, columns: usize) -> usize {
    let mut used = 0;
    text.grapheme_indices(true)
        .find(|(_, grapheme)| {
            used += grapheme.width();
            used > columns
        })
        .map_or(text.len(), |(at, _)| at)
}

/// `text` in exactly `columns` columns: cut with [`ELLIPSIS`] or filled with spaces on the right.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let text = truncate(text, columns);
    let filler = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(filler))
}

/// `text` in exactly `columns` columns: cut with [`ELLIPSIS`] or filled with spaces on the left, as for numbers.
#[must_use]
pub fn pad_left(text: &str, columns: usize) -> String {
    let text = truncate(text, columns);
    let filler = columns.saturating_sub(width(&text));
    format!("{}{text}", " ".repeat(filler))
}

/// True for text in which every byte is one column.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{ELLIPSIS_ASCII, byte_at, pad, pad_left, truncate, truncate_with, width};

    #[test]
    fn columns_are_counted_as_the_screen_counts_them() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("🚀"), 2);
    }

    #[test]
    fn long_text_is_cut_with_a_mark() {
        assert_eq!(truncate("dynamodb-reads", 8), "dynamod…");
        assert_eq!(
            truncate_with("dynamodb-reads", 8, ELLIPSIS_ASCII),
            "dynamod~"
        );
        assert_eq!(truncate_with("dynamodb-reads", 8, "..."), "dynam...");
        assert_eq!(truncate("short", 5), "short");
        assert_eq!(truncate("short", 0), "");
        assert_eq!(truncate_with("short", 2, "..."), "");
    }

    #[test]
    fn wide_characters_are_never_halved() {
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(pad("日本語", 4), "日… ");
    }

    #[test]
    fn columns_lead_to_bytes() {
        assert_eq!((byte_at("abc", 2), byte_at("abc", 9)), (2, 3));
        assert_eq!((byte_at("日本", 3), byte_at("日本", 4)), (3, 6));
    }

    #[test]
    fn padding_fills_either_side() {
        assert_eq!(pad("ab", 4), "ab  ");
        assert_eq!(pad_left("12.5", 6), "  12.5");
    }

    proptest! {
        #[test]
        fn never_wider_than_asked(text in "\\PC{0,40}", columns in 0_usize..30) {
            prop_assert!(width(&truncate(&text, columns)) <= columns);
            prop_assert!(width(&truncate_with(&text, columns, "...")) <= columns);
        }

        #[test]
        fn cutting_twice_is_as_cutting_once(text in "\\PC{0,40}", columns in 0_usize..30) {
            let once = truncate(&text, columns).into_owned();
            prop_assert_eq!(truncate(&once, columns), once.as_str());
        }

        #[test]
        fn what_is_left_are_whole_graphemes_of_the_text(
            text in "[a-z日本🚀é\u{301}]{0,20}", columns in 1_usize..15
        ) {
            let cut = truncate(&text, columns);
            let kept = cut.strip_suffix('…').unwrap_or(&cut);
            let whole: Vec<&str> = text.graphemes(true).collect();
            let left: Vec<&str> = kept.graphemes(true).collect();
            prop_assert_eq!(left.as_slice(), &whole[..left.len()]);
        }

        #[test]
        fn padded_text_is_exactly_as_wide_as_asked(text in "[a-z日本🚀é]{0,20}", columns in 0_usize..30) {
            prop_assert_eq!(width(&pad(&text, columns)), columns);
            prop_assert_eq!(width(&pad_left(&text, columns)), columns);
        }
    }
}
