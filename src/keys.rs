//! Keys, actions and the map between them.

mod action;
mod chord;
#[cfg(test)]
mod fixture;
pub mod help;
mod keymap;

pub use action::{Action, Scope};
pub use chord::{Chord, ChordError};
pub use keymap::Keymap;
