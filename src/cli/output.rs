//! Standard output for data, standard error for everything else. A closed pipe ends the program quietly.

mod lines;

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::time::Duration;

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::{CommandExit, CommandFailure};
use crate::text;

/// How long a line that was begun may take to be finished once the command is to end: its reader is slow.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a command writes.
pub(super) struct Output {
    data: Box<dyn Write + Send>,
    notes: Box<dyn Write>,
    live: bool,
    pending: bool,
}

impl Output {
    /// The process's own streams.
    #[must_use]
    pub(super) fn of_process() -> Self {
        let live = io::stderr().is_terminal();
        Self {
            data: Box::new(io::stdout()),
            notes: Box::new(io::stderr()),
            live,
            pending: false,
        }
    }

    /// Writes data as it is, and flushes it.
    ///
    /// # Errors
    /// When standard output takes no more; a closed pipe is a silent failure.
    pub(super) fn data(&mut self, data: &str) -> Result<(), CommandFailure> {
        self.clear();
        written(whole(&mut *self.data, data))
    }

    /// Writes lines while other work goes on: a reader may take its time. Once `stop` is cancelled no line is begun, and
    /// one that was begun is finished.
    ///
    /// # Errors
    /// Those of [`Self::data`].
    pub(super) async fn lines(
        &mut self,
        data: String,
        stop: &CancellationToken,
    ) -> Result<(), CommandFailure> {
        self.clear();
        let mut writer = std::mem::replace(&mut self.data, Box::new(io::sink()));
        let over = stop.clone();
        let mut writing = tokio::task::spawn_blocking(move || {
            let result = lines::write_lines(&mut *writer, &data, || over.is_cancelled());
            (writer, result)
        });
        let written_in_time = stop.run_until_cancelled(&mut writing).await;
        let ended = match written_in_time {
            Some(ended) => ended,
            None => match tokio::time::timeout(PATIENCE, writing).await {
                Ok(ended) => ended,
                Err(_elapsed) => return Ok(()),
            },
        };
        let (writer, result) = ended.map_err(CommandFailure::work)?;
        self.data = writer;
        written(result)
    }

    /// Waits until nobody reads standard output any more.
    ///
    /// # Errors
    /// Always, as a silent failure: that is what a closed pipe is.
    pub(super) async fn closed() -> Result<(), CommandFailure> {
        let waiting = tokio::task::spawn_blocking(lines::wait_until_closed);
        waiting.await.map_err(CommandFailure::work)?;
        Err(CommandFailure::quiet())
    }

    /// Writes a value as one JSON document.
    ///
    /// # Errors
    /// Those of [`Self::data`].
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), CommandFailure> {
        self.data(&json_document(value)?)
    }

    /// Writes a sentence to standard error. What cannot be written there is nobody's loss.
    pub(super) fn note(&mut self, sentence: impl Display) {
        self.clear();
        let sentence = sentence.to_string();
        writeln!(self.notes, "{}", text::neutralise_lines(&sentence)).ok();
    }

    /// Shows how far the work is: one line that replaces itself on a terminal, else a line of its own if `worth_a_line`.
    pub(super) fn progress(&mut self, line: &str, worth_a_line: bool) {
        let line = text::neutralise(line);
        if self.live {
            let line = text::truncate(&line, 79);
            write!(self.notes, "\r\x1b[K{line}").ok();
            self.notes.flush().ok();
            self.pending = true;
        } else if worth_a_line {
            writeln!(self.notes, "{line}").ok();
        }
    }

    /// Asks a question on standard error and waits for a line; whether it is `y` or `yes`.
    ///
    /// # Errors
    /// When standard input cannot be read.
    pub(super) async fn confirms(&mut self, question: &str) -> Result<bool, CommandFailure> {
        let line = self.asks(question).await?;
        Ok(matches!(line.to_lowercase().as_str(), "y" | "yes"))
    }

    /// Asks a question on standard error and waits for a line, without the blanks around it.
    ///
    /// # Errors
    /// When standard input cannot be read.
    pub(super) async fn asks(&mut self, question: &str) -> Result<String, CommandFailure> {
        self.clear();
        write!(self.notes, "{}", text::neutralise(question)).ok();
        self.notes.flush().ok();
        let line = tokio::task::spawn_blocking(|| {
            let mut line = String::new();
            io::stdin().read_line(&mut line).map(|_bytes| line)
        });
        let line = line.await.map_err(CommandFailure::work)?;
        let line = line
            .map_err(|error| CommandFailure::work(format!("no answer could be read: {error}")))?;
        Ok(line.trim().to_owned())
    }

    /// Says why the program ends; gives the code to end with.
    pub(super) fn explain(&mut self, failure: &CommandFailure) -> CommandExit {
        if !failure.is_quiet() {
            self.note(format!("iacstone: {}", failure.sentence));
        }
        failure.answer
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.pending) {
            write!(self.notes, "\r\x1b[K").ok();
        }
    }
}

impl Drop for Output {
    /// A line that replaces itself is not left to the shell.
    fn drop(&mut self) {
        self.clear();
        self.notes.flush().ok();
    }
}

/// A value as a JSON document, for standard output or a file.
///
/// # Errors
/// When it is none that JSON has.
pub(super) fn json_document(value: &impl Serialize) -> Result<String, CommandFailure> {
    let no_json = |error| CommandFailure::work(format!("the result is no JSON: {error}"));
    text::json_document(value).map_err(no_json)
}

fn whole(writer: &mut dyn Write, data: &str) -> io::Result<()> {
    writer.write_all(data.as_bytes())?;
    writer.flush()
}

fn written(result: io::Result<()>) -> Result<(), CommandFailure> {
    result.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => CommandFailure::quiet(),
        _ => CommandFailure::work(format!("standard output takes no more: {error}")),
    })
}
