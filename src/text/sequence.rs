//! Finds the end of a terminal escape sequence, without ever acting on it.

/// The bytes of the sequence that `text` starts with, its introducer (ESC or C1) included; `None` when no
/// complete sequence starts here: it is cut off, or broken by a character that cannot be part of it.
pub(super) fn length(text: &str) -> Option<usize> {
    let mut characters = text.chars();
    let introducer = characters.next()?;
    let rest = characters.as_str();
    let end = match introducer {
        '\u{1b}' => after_escape(rest)?,
        '\u{9b}' => control(rest)?,
        '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => string(rest)?,
        _ => return None,
    };
    Some(introducer.len_utf8() + end)
}

/// Whether the complete sequence of `length` bytes that `text` starts with sets colours and weights of characters and does
/// nothing else: "select graphic rendition", with numbers alone.
pub(super) fn is_colour(text: &str, length: usize) -> bool {
    let sequence = text.get(..length).unwrap_or_default();
    let begun = ["\u{1b}[", "\u{9b}"]
        .iter()
        .find_map(|it| sequence.strip_prefix(it));
    let numbers = begun.and_then(|rest| rest.strip_suffix('m'));
    numbers.is_some_and(|numbers| {
        numbers
            .bytes()
            .all(|it| matches!(it, b'0'..=b'9' | b';' | b':'))
    })
}

/// Bytes of what follows ESC, up to the end of the sequence.
fn after_escape(text: &str) -> Option<usize> {
    let mut characters = text.chars();
    let kind = characters.next()?;
    let rest = characters.as_str();
    match kind {
        '[' => Some(1 + control(rest)?),
        'P' | 'X' | ']' | '^' | '_' => Some(1 + string(rest)?),
        ' '..='/' => Some(1 + intermediates(rest)?),
        '0'..='~' => Some(1),
        _ => None,
    }
}

/// A control sequence: parameters, intermediates, one final character.
fn control(text: &str) -> Option<usize> {
    let end = text.find(|c| !matches!(c, ' '..='?'))?;
    let is_final = matches!(text.get(end..)?.chars().next()?, '@'..='~');
    is_final.then_some(end + 1)
}

/// A control string (OSC, DCS, PM, APC, SOS): runs to BEL or ST and holds no other control character.
fn string(text: &str) -> Option<usize> {
    let end = text.find(char::is_control)?;
    let rest = text.get(end..)?;
    let terminators = ["\u{7}", "\u{1b}\\", "\u{9c}"];
    let found = terminators.iter().find(|t| rest.starts_with(**t))?;
    Some(end + found.len())
}

/// The rest of ESC with intermediates, such as the choice of a character set.
fn intermediates(text: &str) -> Option<usize> {
    let end = text.find(|c| !matches!(c, ' '..='/'))?;
    let is_final = matches!(text.get(end..)?.chars().next()?, '0'..='~');
    is_final.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn complete_sequences_are_measured_whole() {
        for sequence in [
            "\u{1b}[2J",
            "\u{1b}[38;2;1;2;3m",
            "\u{1b}[?2026h",
            "\u{1b}]0;title\u{7}",
            "\u{1b}]8;;https://example.org\u{1b}\\",
            "\u{1b}]52;c;QUJD\u{9c}",
            "\u{1b}P1$r0m\u{1b}\\",
            "\u{1b}(B",
            "\u{1b}c",
            "\u{9b}31m",
            "\u{9d}2;x\u{7}",
        ] {
            let followed = format!("{sequence}text");
            assert_eq!(length(&followed), Some(sequence.len()), "{sequence:?}");
        }
    }

    #[test]
    fn cut_or_broken_sequences_are_none() {
        for text in [
            "\u{1b}",
            "\u{1b}[",
            "\u{1b}[31",
            "\u{1b}[31\n",
            "\u{1b}]0;never ends",
            "\u{1b}]0;line\nbreak\u{7}",
            "\u{1b}\u{e9}",
            "\u{84}",
            "plain",
            "",
        ] {
            assert_eq!(length(text), None, "{text:?}");
        }
    }
}
