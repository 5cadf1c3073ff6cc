//! How a command ends: its exit code, and what the user reads when it failed.

use std::fmt::Display;
use std::process::ExitCode;

/// How a command ended. The numbers are a contract with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandExit {
    /// It did what it was asked to: 0.
    Done,
    /// It failed: 1.
    Failed,
    /// The command line or the configuration is wrong: 2.
    Usage,
    /// The result is there, but not whole: 3.
    Partial,
    /// A check failed: 4.
    Dearer,
    /// The user broke it off, and it cleaned up: 130.
    Interrupted,
    /// The interface ended with this code.
    Code(u8),
}

impl From<CommandExit> for ExitCode {
    fn from(answer: CommandExit) -> Self {
        Self::from(match answer {
            CommandExit::Done => 0,
            CommandExit::Failed => 1,
            CommandExit::Usage => 2,
            CommandExit::Partial => 3,
            CommandExit::Dearer => 4,
            CommandExit::Interrupted => 130,
            CommandExit::Code(code) => code,
        })
    }
}

/// Why a command could not do what it was asked to, as a sentence, and the code to end with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct CommandFailure {
    /// What failed, where, what to do.
    pub sentence: String,
    /// The exit code.
    pub answer: CommandExit,
}

impl CommandFailure {
    /// Something failed while the command was at work: exit code 1.
    pub fn work(error: impl Display) -> Self {
        Self {
            sentence: error.to_string(),
            answer: CommandExit::Failed,
        }
    }

    /// Nobody reads on: the command ends without a word.
    pub(super) const fn quiet() -> Self {
        Self {
            sentence: String::new(),
            answer: CommandExit::Done,
        }
    }

    /// Whether there is nothing to say about it.
    pub(super) const fn is_quiet(&self) -> bool {
        self.sentence.is_empty()
    }

    /// The user asked for something that cannot be: exit code 2.
    pub fn usage(error: impl Display) -> Self {
        Self {
            sentence: error.to_string(),
            answer: CommandExit::Usage,
        }
    }
}
