//! The panes: state and update, no drawing.

pub mod tuning;

pub use tuning::Tuning;
