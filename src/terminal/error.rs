//! What can go wrong with the terminal.

use std::io;

/// The terminal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard input or output is redirected; the program should end with exit code 2.
    #[error(
        "standard {0} is not a terminal, so the screen cannot be shown; run iacstone in a terminal, or use \
         a command that needs none (`iacstone --help` lists them)"
    )]
    NotATerminal(&'static str),
    /// The terminal could not be opened.
    #[error("the terminal cannot be opened: {0}; is it still there, and does it belong to you?")]
    Open(#[source] io::Error),
    /// The line discipline could not be changed.
    #[error("the terminal does not take its settings: {0}; run iacstone in the foreground")]
    Mode(#[source] io::Error),
    /// Writing failed.
    #[error("the terminal does not take output: {0}")]
    Draw(#[source] io::Error),
    /// A copy could not be written to a file.
    #[error(
        "the copy cannot be written to '{path}': {source}; free some space or check the rights"
    )]
    Copy {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Signals or input could not be waited for.
    #[error("the terminal's input cannot be read: {0}")]
    Input(#[source] io::Error),
}

impl TerminalError {
    /// The exit code for this error: 2 when iacstone was called the wrong way, else 1.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NotATerminal(_) => 2,
            _ => 1,
        }
    }
}
