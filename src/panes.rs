//! The panes: state and update, no drawing.

pub mod logs;
pub mod tuning;

pub use logs::Logs;
pub use tuning::Tuning;
