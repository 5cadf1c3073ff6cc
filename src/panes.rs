//! The panes: state and update, no drawing.

pub mod articles;
pub mod logs;
mod moving;
pub mod tuning;

pub use articles::Articles;
pub use logs::Logs;
pub use tuning::Tuning;
