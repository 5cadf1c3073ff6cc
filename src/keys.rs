//! Keys, actions and the map between them.

mod action;
mod chord;
pub mod help;
mod keymap;

pub use action::{ACTIONS, Action, ActionInfo, Scope};
pub use chord::{Chord, ChordError};
pub use keymap::Keymap;
