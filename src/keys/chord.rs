//! One key press with its modifiers, as data.

use crossterm::event::{KeyCode, KeyModifiers};

/// A key with its modifiers, normalised: shift is part of the character for printable keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    /// The key.
    pub code: KeyCode,
    /// Control, Alt, and Shift for keys that are not characters.
    pub modifiers: KeyModifiers,
}
