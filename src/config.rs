//! What the user can set: files, environment and command line, joined into [`Settings`].
//!
//! iacstone reads its configuration and never writes it.

pub mod document;
mod error;
mod suggest;

pub use error::{ConfigError, FileError};
pub use suggest::nearest;
