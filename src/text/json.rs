//! JSON for terminals and scripts alike: every character that is not drawn where it stands is an escape.

use std::fmt::Write as _;

use serde::Serialize;

use super::invisible::{is_invisible, is_reordering};

/// A value as JSON on one line, without a line break at its end.
///
/// # Errors
/// When the value is none that JSON has.
pub fn json_line(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(value).map(escaped)
}

/// A value as a JSON document with indented lines and a line break at its end.
///
/// # Errors
/// When the value is none that JSON has.
pub fn json_document(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(value).map(|text| escaped(text) + "\n")
}

/// Escapes what JSON allows in a string and a terminal obeys or hides: DEL and C1 controls, line separators, characters
/// that reorder text, invisible ones. Outside of strings there is none of them.
fn escaped(json: String) -> String {
    if json.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if !is_hidden(character) {
            out.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let written = write!(out, "\\u{unit:04x}");
            debug_assert!(written.is_ok(), "writing to a string cannot fail");
        }
    }
    out
}

fn is_hidden(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
        || is_reordering(character)
        || is_invisible(character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_hidden, json_document, json_line};

    #[test]
    fn what_is_hidden_is_an_escape_and_the_rest_stays() {
        let cases = [
            ("caf\u{e9} 日本 🚀", "\"café 日本 🚀\""),
            ("\u{1b}[2J\u{9b}x\u{7f}", r#""\u001b[2J\u009bx\u007f""#),
            (
                "a\u{202e}b\u{200b}\u{feff}\u{2028}",
                r#""a\u202eb\u200b\ufeff\u2028""#,
            ),
            ("\u{e0041}\u{ad}", r#""\udb40\udc41\u00ad""#),
        ];
        for (text, expected) in cases {
            assert_eq!(json_line(&text).unwrap(), expected);
            assert_eq!(json_document(&text).unwrap(), format!("{expected}\n"));
        }
    }

    proptest! {
        #[test]
        fn it_is_read_back_as_it_was_and_hides_nothing(text in any::<String>()) {
            let line = json_line(&text).unwrap();
            prop_assert!(!line.chars().any(|c| c.is_control() || is_hidden(c)));
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }
    }
}
