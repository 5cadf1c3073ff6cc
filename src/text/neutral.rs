//! Makes text from outside harmless: whatever comes in, no control character and no invisible one goes out.
//!
//! - Complete escape sequences (colours, titles, links, clipboard writes) are removed.
//! - Other control characters are shown the way a programmer writes them, in ASCII: `\x1b`, `\r`, `\x00`.
//! - A tab becomes four spaces, a line break one space (or stays, in [`neutralise_lines`]).
//! - Characters that reorder text (bidi overrides, embeddings, isolates) are shown: `\u{202e}`.
//! - Invisible characters (zero-width spaces and joiners, variation selectors, tags, soft hyphens) are
//!   dropped, so that what is drawn is as wide as it is counted to be: an emoji family becomes its members.
//! - Of a pile of combining marks the first few stay.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::sequence;

/// What a tab becomes.
const TAB: &str = "    ";

/// Combining marks kept on one character; more is never a script, only an attack on the screen.
const MARKS: usize = 8;

/// Makes `text` safe to draw on one line. The result holds no control character; doing it twice changes nothing.
#[must_use]
pub fn neutralise(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::Join)
}

/// As [`neutralise`], but keeps line breaks as `\n` (also for `\r\n`, U+0085, U+2028 and U+2029).
#[must_use]
pub fn neutralise_lines(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::Keep)
}

/// What happens to line breaks.
#[derive(Clone, Copy, PartialEq)]
enum Breaks {
    Join,
    Keep,
}

/// What becomes of one character.
enum CharFate {
    Keep,
    Mark,
    Drop,
    Break,
    Tab,
    Introducer,
    Show,
}

fn clean(text: &str, breaks: Breaks) -> Cow<'_, str> {
    if is_clean(text, breaks) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut marks = 0;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let taken = take(rest, character, breaks, &mut marks, &mut out);
        rest = rest.get(taken..).unwrap_or_default();
    }
    Cow::Owned(out)
}

/// Writes what becomes of the first character (or sequence) of `rest`; returns the bytes it took.
fn take(rest: &str, character: char, breaks: Breaks, marks: &mut usize, out: &mut String) -> usize {
    let size = character.len_utf8();
    let fate = fate(character);
    match fate {
        CharFate::Mark => *marks += 1,
        CharFate::Drop => {}
        _ => *marks = 0,
    }
    match fate {
        CharFate::Keep => out.push(character),
        CharFate::Mark if *marks <= MARKS => out.push(character),
        CharFate::Mark | CharFate::Drop => {}
        CharFate::Break if breaks == Breaks::Keep => out.push('\n'),
        CharFate::Break => out.push(' '),
        CharFate::Tab => out.push_str(TAB),
        CharFate::Show if rest.starts_with("\r\n") => {}
        CharFate::Show => show(character, out),
        CharFate::Introducer => match sequence::length(rest) {
            Some(length) => return length,
            None => show(character, out),
        },
    }
    size
}

/// True when nothing in `text` needs a change; the common case, found without an allocation.
fn is_clean(text: &str, breaks: Breaks) -> bool {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return true;
    }
    let mut marks = 0;
    text.chars().all(|character| match fate(character) {
        CharFate::Keep => {
            marks = 0;
            true
        }
        CharFate::Mark => {
            marks += 1;
            marks <= MARKS
        }
        CharFate::Break if character == '\n' => {
            marks = 0;
            breaks == Breaks::Keep
        }
        _ => false,
    })
}

fn fate(character: char) -> CharFate {
    match character {
        ' '..='~' => CharFate::Keep,
        '\t' => CharFate::Tab,
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => CharFate::Break,
        '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => CharFate::Introducer,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => CharFate::Show,
        _ if character.is_control() => CharFate::Show,
        _ if is_invisible(character) => CharFate::Drop,
        _ if character.width() == Some(0) => CharFate::Mark,
        _ => CharFate::Keep,
    }
}

/// Characters that draw nothing, or that change how wide their neighbours are drawn.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Writes a character the way it is written in source code.
fn show(character: char, out: &mut String) {
    let code = u32::from(character);
    let written = match character {
        '\r' => {
            out.push_str("\\r");
            Ok(())
        }
        _ if code < 0x100 => write!(out, "\\x{code:02x}"),
        _ => write!(out, "\\u{{{code:x}}}"),
    };
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::{neutralise, neutralise_lines};

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in [
            "",
            "plain",
            "naïve café",
            "日本語",
            "🚀 go",
            "e\u{301}",
            "│ ─ ⠿",
        ] {
            assert!(matches!(neutralise(text), Cow::Borrowed(same) if same == text));
        }
        assert!(matches!(neutralise_lines("a\nb"), Cow::Borrowed(_)));
    }

    #[test]
    fn sequences_are_removed_and_their_text_stays() {
        let cases = [
            ("\u{1b}[32mINFO\u{1b}[0m ok", "INFO ok"),
            ("\u{1b}]0;owned\u{7}title", "title"),
            (
                "\u{1b}]8;;https://evil\u{1b}\\link\u{1b}]8;;\u{1b}\\",
                "link",
            ),
            ("\u{1b}]52;c;cm0gLXJm\u{7}x", "x"),
            ("\u{1b}P+q544e\u{1b}\\x", "x"),
            ("\u{9b}2Jx", "x"),
            ("a\u{1b}[2Jb\u{1b}cc", "abc"),
        ];
        for (text, expected) in cases {
            assert_eq!(neutralise(text), expected);
        }
    }

    #[test]
    fn what_is_left_of_control_characters_is_shown() {
        let cases = [
            ("half \u{1b}[3", "half \\x1b[3"),
            ("\u{1b}]0;no end", "\\x1b]0;no end"),
            ("50%\r100%", "50%\\r100%"),
            ("ab\u{8}c\u{0}\u{7f}\u{84}", "ab\\x08c\\x00\\x7f\\x84"),
            ("admin\u{202e}txt.exe", "admin\\u{202e}txt.exe"),
            ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
        ];
        for (text, expected) in cases {
            assert_eq!(neutralise(text), expected);
        }
    }

    #[test]
    fn invisible_characters_are_dropped() {
        assert_eq!(neutralise("AK\u{200b}IA\u{feff}\u{200d}X"), "AKIAX");
        assert_eq!(neutralise("👩\u{200d}👧"), "👩👧");
        assert_eq!(neutralise("❤\u{fe0f}"), "❤");
    }

    #[test]
    fn breaks_and_tabs_take_the_room_of_spaces() {
        assert_eq!(neutralise("a\tb\r\nc\nd\u{2028}e"), "a    b c d e");
        assert_eq!(neutralise_lines("a\tb\r\nc\nd\u{85}e"), "a    b\nc\nd\ne");
    }

    #[test]
    fn a_pile_of_marks_is_cut() {
        let pile = format!("a{}b", "\u{301}".repeat(500));
        assert_eq!(neutralise(&pile).chars().count(), 2 + super::MARKS);
    }

    /// Text made mostly of what is dangerous.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\u{1b}".to_owned()),
            Just("[".to_owned()),
            Just("]".to_owned()),
            Just("\\".to_owned()),
            Just("\u{9b}".to_owned()),
            Just("\u{7}".to_owned()),
            Just("31m".to_owned()),
            Just("\r".to_owned()),
            Just("\n".to_owned()),
            Just("\u{202e}".to_owned()),
            Just("\u{200d}".to_owned()),
            Just("\u{301}".to_owned()),
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in hostile()) {
            prop_assert!(!neutralise(&text).chars().any(char::is_control));
            let lines = neutralise_lines(&text);
            prop_assert!(!lines.chars().any(|c| c.is_control() && c != '\n'));
        }

        #[test]
        fn twice_is_as_once(text in hostile()) {
            let once = neutralise(&text).into_owned();
            prop_assert_eq!(neutralise(&once), once.as_str());
            let lines = neutralise_lines(&text).into_owned();
            prop_assert_eq!(neutralise_lines(&lines), lines.as_str());
        }
    }
}
