//! Keys, actions and the map between them.

mod chord;

pub use chord::Chord;
