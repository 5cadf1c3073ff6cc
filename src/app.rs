//! The application state and its pure update.

mod message;

pub use message::{Copied, Effect, Job, Msg, PaneId, Report, Severity, TaskId, TaskKind};
