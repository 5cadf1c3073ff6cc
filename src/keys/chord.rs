//! One key press with its modifiers, as data.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key with its modifiers, normalised: shift is part of the character for printable keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    /// The key.
    pub code: KeyCode,
    /// Control, Alt, and Shift for keys that are not characters.
    pub modifiers: KeyModifiers,
}

/// Why a text does not name a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChordError {
    /// There is no such key.
    #[error(
        "'{0}' is not a key; write a character as typed, or a name such as 'enter' or 'ctrl-r'"
    )]
    Unknown(String),
    /// Which character shift gives depends on the keyboard.
    #[error("'{0}' depends on the keyboard; write the character that shift gives")]
    Shifted(String),
    /// The terminal sends the same bytes for another key.
    #[error("terminals send '{1}' for '{0}'; write '{1}'")]
    Indistinct(String, &'static str),
}

/// The keys that are not characters: the name shown, the code.
const NAMED: &[(&str, KeyCode)] = &[
    ("space", KeyCode::Char(' ')),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
];

/// Other names people know some of these keys by.
const ALIASES: &[(&str, KeyCode)] = &[
    ("return", KeyCode::Enter),
    ("escape", KeyCode::Esc),
    ("backtab", KeyCode::BackTab),
    ("del", KeyCode::Delete),
    ("ins", KeyCode::Insert),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
];

const MODIFIERS: &[(&str, KeyModifiers)] = &[
    ("ctrl-", KeyModifiers::CONTROL),
    ("alt-", KeyModifiers::ALT),
    ("shift-", KeyModifiers::SHIFT),
];

impl Chord {
    /// The chord of a terminal event; `None` for key releases, bare modifiers, keys without a name, and
    /// keys held with Super, Hyper or Meta, which belong to the window manager.
    #[must_use]
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        let known = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        if event.kind == KeyEventKind::Release || !known.contains(event.modifiers) {
            return None;
        }
        let nameable = match event.code {
            KeyCode::Char(character) => !character.is_control(),
            KeyCode::F(_) | KeyCode::BackTab => true,
            code => NAMED.iter().any(|(_, named)| *named == code),
        };
        nameable.then(|| Self::normalised(event.code, event.modifiers))
    }

    /// The character that was typed, if no Control or Alt was held.
    #[must_use]
    pub const fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if self.modifiers.is_empty() => Some(character),
            _ => None,
        }
    }

    /// Escape and the key, for a key with Alt: a terminal sends the same bytes for both.
    #[must_use]
    pub fn split(self) -> Option<[Self; 2]> {
        let escape = Self::normalised(KeyCode::Esc, KeyModifiers::NONE);
        let rest = self.modifiers.difference(KeyModifiers::ALT);
        let has_alt = self.modifiers.contains(KeyModifiers::ALT);
        has_alt.then(|| [escape, Self::normalised(self.code, rest)])
    }

    /// The chord as a terminal event, for text areas that want one.
    #[must_use]
    pub fn to_event(self) -> KeyEvent {
        let shift = match self.code {
            KeyCode::BackTab => KeyModifiers::SHIFT,
            _ => KeyModifiers::NONE,
        };
        KeyEvent::new(self.code, self.modifiers | shift)
    }

    /// Makes one form of the several in which terminals report the same press.
    fn normalised(code: KeyCode, mut modifiers: KeyModifiers) -> Self {
        let shift = modifiers.contains(KeyModifiers::SHIFT);
        let control = modifiers.contains(KeyModifiers::CONTROL);
        let code = match code {
            KeyCode::Tab if shift => KeyCode::BackTab,
            KeyCode::Char(letter) if control => KeyCode::Char(letter.to_ascii_lowercase()),
            KeyCode::Char(letter) if shift => KeyCode::Char(letter.to_ascii_uppercase()),
            code => code,
        };
        if matches!(code, KeyCode::Char(_) | KeyCode::BackTab) {
            modifiers.remove(KeyModifiers::SHIFT);
        }
        Self { code, modifiers }
    }
}

impl std::fmt::Display for Chord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let held = |&&(_, modifier): &&(_, KeyModifiers)| self.modifiers.contains(modifier);
        for (prefix, _) in MODIFIERS.iter().filter(held) {
            f.write_str(prefix)?;
        }
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::BackTab => f.write_str("shift-tab"),
            code => write!(f, "{}", code_text(code)),
        }
    }
}

fn code_text(code: KeyCode) -> String {
    match code {
        KeyCode::Char(character) => character.to_string(),
        KeyCode::F(number) => format!("f{number}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

impl std::str::FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        let (modifiers, key) = split_modifiers(text);
        let code = parse_code(key).ok_or_else(|| ChordError::Unknown(text.to_owned()))?;
        let shift = modifiers.contains(KeyModifiers::SHIFT);
        match code {
            KeyCode::Char(character) if shift && !character.is_ascii_alphabetic() => {
                Err(ChordError::Shifted(text.to_owned()))
            }
            KeyCode::Char(character) if modifiers.contains(KeyModifiers::CONTROL) => {
                match same_bytes(character) {
                    Some(name) => Err(ChordError::Indistinct(text.to_owned(), name)),
                    None => Ok(Self::normalised(code, modifiers)),
                }
            }
            _ => Ok(Self::normalised(code, modifiers)),
        }
    }
}

/// Takes the modifiers off the front; what is left is the key, which may be `-` itself.
fn split_modifiers(text: &str) -> (KeyModifiers, &str) {
    let mut held = KeyModifiers::NONE;
    let mut key = text;
    while let Some((rest, modifier)) = MODIFIERS.iter().find_map(|&(prefix, modifier)| {
        let rest = key.strip_prefix(prefix).filter(|rest| !rest.is_empty())?;
        Some((rest, modifier))
    }) {
        held |= modifier;
        key = rest;
    }
    (held, key)
}

fn parse_code(key: &str) -> Option<KeyCode> {
    let mut characters = key.chars();
    if let (Some(character), None) = (characters.next(), characters.next()) {
        let printable = !character.is_control() && !character.is_whitespace();
        return printable.then_some(KeyCode::Char(character));
    }
    let named = NAMED.iter().chain(ALIASES).find(|(name, _)| *name == key);
    named.map(|(_, code)| *code).or_else(|| function_key(key))
}

fn function_key(key: &str) -> Option<KeyCode> {
    let number: u8 = key.strip_prefix('f')?.parse().ok()?;
    ((1..=24).contains(&number) && *key == format!("f{number}")).then_some(KeyCode::F(number))
}

/// The key whose bytes a terminal sends when Control is held with this character.
const fn same_bytes(character: char) -> Option<&'static str> {
    match character {
        'i' | 'I' => Some("tab"),
        'm' | 'M' => Some("enter"),
        '[' => Some("esc"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chord(text: &str) -> Chord {
        text.parse().unwrap()
    }

    fn event(code: KeyCode, modifiers: KeyModifiers) -> Option<Chord> {
        Chord::from_event(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn names_are_read_and_written_the_same() {
        for text in [
            "j",
            "G",
            "/",
            "-",
            "ctrl--",
            "ctrl-r",
            "alt-x",
            "ctrl-alt-x",
            "shift-tab",
            "space",
            "ctrl-space",
            "esc",
            "enter",
            "pgdn",
            "f5",
            "f24",
            "shift-f5",
            "ctrl-shift-up",
            "é",
        ] {
            assert_eq!(chord(text).to_string(), text);
        }
    }

    #[test]
    fn one_press_has_one_form_whatever_the_terminal_says() {
        assert_eq!(chord("shift-g"), chord("G"));
        assert_eq!(chord("ctrl-R"), chord("ctrl-r"));
        assert_eq!(
            event(KeyCode::Char('G'), KeyModifiers::SHIFT),
            Some(chord("G"))
        );
        assert_eq!(
            event(KeyCode::Char('g'), KeyModifiers::SHIFT),
            Some(chord("G"))
        );
        assert_eq!(
            event(KeyCode::Char('?'), KeyModifiers::SHIFT),
            Some(chord("?"))
        );
        assert_eq!(
            event(KeyCode::BackTab, KeyModifiers::SHIFT),
            Some(chord("shift-tab"))
        );
        assert_eq!(
            event(KeyCode::Tab, KeyModifiers::SHIFT),
            Some(chord("shift-tab"))
        );
    }

    #[test]
    fn releases_bare_modifiers_and_the_window_managers_keys_are_no_chords() {
        let mut release = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        release.kind = KeyEventKind::Release;
        assert_eq!(Chord::from_event(release), None);
        assert_eq!(event(KeyCode::CapsLock, KeyModifiers::NONE), None);
        assert_eq!(event(KeyCode::Char('q'), KeyModifiers::SUPER), None);
    }

    #[test]
    fn what_is_no_key_is_refused_with_what_to_write() {
        for (text, words) in [
            ("", "is not a key"),
            ("ctrl-", "is not a key"),
            ("hyper-x", "is not a key"),
            ("f25", "is not a key"),
            ("f05", "is not a key"),
            (" ", "is not a key"),
            ("shift-1", "write the character"),
            ("ctrl-i", "write 'tab'"),
            ("ctrl-m", "write 'enter'"),
            ("ctrl-[", "write 'esc'"),
        ] {
            let error = text.parse::<Chord>().unwrap_err().to_string();
            assert!(error.contains(words), "{text:?}: {error}");
        }
    }

    proptest! {
        #[test]
        fn every_chord_survives_display_parse_and_event(text in "(ctrl-|alt-)?([a-hj-ln-zA-HJ-LN-Z/?]|f[1-9]|up|space)") {
            let chord: Chord = text.parse().unwrap();
            prop_assert_eq!(chord.to_string().parse::<Chord>().unwrap(), chord);
            prop_assert_eq!(Chord::from_event(chord.to_event()), Some(chord));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,12}") {
            if let Ok(chord) = text.parse::<Chord>() {
                prop_assert_eq!(chord.to_string().parse::<Chord>(), Ok(chord));
            }
        }
    }
}
