//! The panes: state and update, no drawing.

pub mod articles;
pub mod logs;
mod moving;
pub mod tuning;

pub use articles::ArticlesPane;
pub use logs::LogsPane;
pub use tuning::TuningPane;
