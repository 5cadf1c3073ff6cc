//! What is wrong in a file, and where.

/// Something wrong in a file, with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct FileError {
    /// The file as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl FileError {
    /// An error in this line, counted from 1. Control characters that the file brought into the message
    /// are written as escapes, so that they cannot reach the terminal.
    #[must_use]
    pub fn at(file: &str, line: usize, message: impl Into<String>) -> Self {
        let mut shown = String::new();
        for character in message.into().chars() {
            if character.is_control() {
                shown.extend(character.escape_default());
            } else {
                shown.push(character);
            }
        }
        Self {
            file: file.to_owned(),
            line,
            message: shown,
        }
    }
}
