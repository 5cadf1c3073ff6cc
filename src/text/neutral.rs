//! Makes text from outside harmless: whatever comes in, no control character goes out, and nothing is drawn wider or
//! narrower than it is counted to be.
//!
//! - A tab becomes four spaces, a line break one space (or stays, in [`neutralise_lines`] and [`reveal_lines`]).
//! - Control characters, and characters that reorder text (bidi overrides, embeddings, isolates), are shown the way a
//!   programmer writes them, in ASCII: `\x1b`, `\r`, `\x00`, `\u{202e}`.
//! - Of a pile of combining marks the first few stay.
//!
//! Prose ([`neutralise`]) loses what it draws nothing with: complete escape sequences, and invisible characters
//! (zero-width spaces and joiners, variation selectors, tags, soft hyphens); an emoji family becomes its members.
//!
//! Running text ([`prose`]) is prose in which joiners and selectors stay where they are part of an emoji or of a word.
//!
//! Evidence ([`reveal`]), such as the text of a log, hides nothing: what is invisible is shown too, `\u{200b}`, and of
//! the escape sequences only colours are taken out. Joiners and selectors stay where they are part of an emoji or of a
//! word of a script that needs them.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::invisible::{belongs, is_invisible, is_reordering};
use super::sequence;

/// What a tab becomes.
const TAB: &str = "    ";

/// Combining marks kept on one character; more is never a script, only an attack on the screen.
const MARKS: usize = 8;

/// Makes prose safe to draw on one line. The result holds no control character; doing it twice changes nothing.
#[must_use]
pub fn neutralise(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::Join, Hidden::Drop)
}

/// As [`neutralise`], but keeps line breaks as `\n` (also for `\r\n`, U+0085, U+2028 and U+2029).
#[must_use]
pub fn neutralise_lines(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::Keep, Hidden::Drop)
}

/// As [`neutralise`], but keeps what draws nothing and belongs to an emoji or to a word of a script that needs it.
#[must_use]
pub fn prose(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::Join, Hidden::Part)
}

/// Makes text safe to draw on one line and shows what is hidden in it, colours excepted. The result holds no control
/// character; doing it twice changes nothing.
#[must_use]
pub fn reveal(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::Join, Hidden::Show)
}

/// As [`reveal`], but keeps line breaks as `\n` (also for `\r\n`, U+0085, U+2028 and U+2029).
#[must_use]
pub fn reveal_lines(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::Keep, Hidden::Show)
}

/// What happens to line breaks.
#[derive(Clone, Copy, PartialEq)]
enum Breaks {
    Join,
    Keep,
}

/// What happens to escape sequences and invisible characters.
#[derive(Clone, Copy, PartialEq)]
enum Hidden {
    Drop,
    /// What is part of an emoji or a word stays.
    Part,
    Show,
}

/// What becomes of one character.
#[derive(Clone, Copy)]
enum CharFate {
    Keep,
    Mark,
    Drop,
    Break,
    Tab,
    Introducer,
    Show,
}

fn clean(text: &str, breaks: Breaks, hidden: Hidden) -> Cow<'_, str> {
    if is_clean(text, breaks, hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let (mut marks, mut before, mut at) = (0, None, 0);
    while let Some(rest) = text.get(at..)
        && let Some(character) = rest.chars().next()
    {
        let fate = fate(rest, character, before, hidden);
        match fate {
            CharFate::Mark => marks += 1,
            CharFate::Drop => {}
            _ => marks = 0,
        }
        before = matches!(fate, CharFate::Keep | CharFate::Mark).then_some(character);
        at += match fate {
            CharFate::Mark if marks > MARKS => character.len_utf8(),
            fate => write_out(rest, character, fate, (breaks, hidden), &mut out),
        };
    }
    Cow::Owned(out)
}

/// Writes what becomes of the first character (or sequence) of `rest`; returns the bytes it took.
fn write_out(
    rest: &str,
    character: char,
    fate: CharFate,
    (breaks, hidden): (Breaks, Hidden),
    out: &mut String,
) -> usize {
    match fate {
        CharFate::Keep | CharFate::Mark => out.push(character),
        CharFate::Drop => {}
        CharFate::Break if breaks == Breaks::Keep => out.push('\n'),
        CharFate::Break => out.push(' '),
        CharFate::Tab => out.push_str(TAB),
        CharFate::Show if rest.starts_with("\r\n") => {}
        CharFate::Show => show(character, out),
        CharFate::Introducer => match sequence::length(rest) {
            Some(length) if hidden != Hidden::Show || sequence::is_colour(rest, length) => {
                return length;
            }
            _ => show(character, out),
        },
    }
    character.len_utf8()
}

/// True when nothing in `text` needs a change; the common case, found without an allocation.
fn is_clean(text: &str, breaks: Breaks, hidden: Hidden) -> bool {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return true;
    }
    let (mut marks, mut before) = (0, None);
    text.char_indices().all(|(at, character)| {
        let rest = text.get(at..).unwrap_or_default();
        let fate = fate(rest, character, before.replace(character), hidden);
        marks = match fate {
            CharFate::Mark => marks + 1,
            _ => 0,
        };
        match fate {
            CharFate::Keep => true,
            CharFate::Mark => marks <= MARKS,
            CharFate::Break => character == '\n' && breaks == Breaks::Keep,
            _ => false,
        }
    })
}

/// What becomes of the character `rest` begins with; `before` is the one before it, when that stays.
fn fate(rest: &str, character: char, before: Option<char>, hidden: Hidden) -> CharFate {
    match character {
        ' '..='~' => CharFate::Keep,
        '\t' => CharFate::Tab,
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => CharFate::Break,
        '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => CharFate::Introducer,
        _ if character.is_control() => CharFate::Show,
        _ if is_reordering(character) => CharFate::Show,
        _ if !is_invisible(character) => match character.width() {
            Some(0) => CharFate::Mark,
            _ => CharFate::Keep,
        },
        _ if hidden == Hidden::Drop => CharFate::Drop,
        _ if belongs(before, rest) => CharFate::Mark,
        _ if hidden == Hidden::Part => CharFate::Drop,
        _ => CharFate::Show,
    }
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

    use super::{neutralise, neutralise_lines, prose, reveal, reveal_lines};

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
    fn evidence_loses_its_colours_and_nothing_else() {
        let cases = [
            ("\u{1b}[32mINFO\u{1b}[0m ok", "INFO ok"),
            ("\u{1b}[38;2;1:2;3mx\u{9b}m", "x"),
            ("\u{1b}]0;owned\u{7}title", "\\x1b]0;owned\\x07title"),
            (
                "\u{1b}]8;;https://evil\u{1b}\\link",
                "\\x1b]8;;https://evil\\x1b\\link",
            ),
            ("a\u{1b}[2Jb\u{1b}cc\u{9b}2K", "a\\x1b[2Jb\\x1bcc\\x9b2K"),
            ("\u{1b}[>4mx\u{1b}[1 m", "\\x1b[>4mx\\x1b[1 m"),
            ("half \u{1b}[3", "half \\x1b[3"),
            (
                "AK\u{200b}IA\u{feff}X\u{2060}",
                "AK\\u{200b}IA\\u{feff}X\\u{2060}",
            ),
            ("admin\u{202e}txt\u{200f}", "admin\\u{202e}txt\\u{200f}"),
            ("hy\u{ad}phen\u{e0041}", "hy\\xadphen\\u{e0041}"),
            (
                "pass\u{200d}word\u{200c} a\u{fe0f}",
                "pass\\u{200d}word\\u{200c} a\\u{fe0f}",
            ),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}\\u{fe0f}"),
            ("\u{200d}👧", "\\u{200d}👧"),
            ("a\tb\r\nc\u{2028}d", "a    b c d"),
        ];
        for (text, expected) in cases {
            assert_eq!(reveal(text), expected, "{text:?}");
        }
        assert_eq!(reveal_lines("a\u{200b}\r\nb"), "a\\u{200b}\nb");
    }

    #[test]
    fn joiners_stay_where_they_are_part_of_an_emoji_or_a_word() {
        for text in [
            "👨\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}\u{200d}🔥",
            "👩🏽\u{200d}🚀 go",
            "1\u{fe0f}\u{20e3}",
            "می\u{200c}خواهم",
            "क\u{94d}\u{200d}ष",
            "ශ\u{dca}\u{200d}රී",
        ] {
            assert!(
                matches!(reveal(text), Cow::Borrowed(same) if same == text),
                "{text:?}"
            );
            assert_eq!(prose(text), text);
        }
        assert_eq!(prose("AK\u{200b}IA\u{feff}\u{200d}X\u{1b}[2J"), "AKIAX");
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
            Just("\u{200b}".to_owned()),
            Just("\u{200d}".to_owned()),
            Just("👧".to_owned()),
            Just("\u{fe0f}".to_owned()),
            Just("\u{301}".to_owned()),
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in hostile()) {
            prop_assert!(!neutralise(&text).chars().any(char::is_control));
            prop_assert!(!prose(&text).chars().any(char::is_control));
            let lines = neutralise_lines(&text);
            prop_assert!(!lines.chars().any(|c| c.is_control() && c != '\n'));
            let revealed = reveal(&text);
            let hidden = |c: char| c.is_control() || ['\u{200b}', '\u{202e}', '\u{feff}'].contains(&c);
            prop_assert!(!revealed.contains(hidden), "{:?}", revealed);
        }

        #[test]
        fn twice_is_as_once(text in hostile()) {
            let once = neutralise(&text).into_owned();
            prop_assert_eq!(neutralise(&once), once.as_str());
            let lines = neutralise_lines(&text).into_owned();
            prop_assert_eq!(neutralise_lines(&lines), lines.as_str());
            let revealed = reveal(&text).into_owned();
            prop_assert_eq!(reveal(&revealed), revealed.as_str());
        }
    }
}
