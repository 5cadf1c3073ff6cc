//! Keys, actions and the map between them.

mod action;
mod chord;

pub use action::{ACTIONS, Action, ActionInfo, Scope};
pub use chord::Chord;
