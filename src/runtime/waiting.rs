//! The one `select!`, and the batch that is taken after it.
//!
//! Cancelling a wait loses nothing: each of its futures is a channel's `recv`, a timer, or readiness.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Instant;

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::sync::mpsc;

use crate::effect::{JobReport, Msg};
use crate::keys::Chord;
use crate::task::TaskId;
use crate::terminal::{Terminal, TerminalError, TerminalInput};

use super::leaving::{ExitProgress, Leaving};
use super::pace::FramePacer;
use super::signals::{Caught, Signals};

/// The most messages in one batch, so that a flood of reports still lets frames through.
const BATCH: usize = 256;

/// The most messages with news in one batch: each may bring hundreds of log events to take in, and a key must not
/// wait for all of them.
const NEWS: usize = 4;

/// What the wait ended with.
#[derive(Debug, PartialEq)]
pub(super) enum LoopEvent {
    /// A signal arrived.
    Signal(Caught),
    /// Something came from the terminal.
    Input(TerminalInput),
    /// A job reported.
    Report(TaskId, JobReport),
    /// The terminal takes more output.
    Writable,
    /// A frame is due.
    Frame,
    /// The program wants to be told the time.
    Beat,
    /// The way out is free.
    Leaving(ExitProgress),
    /// Nothing can report any more.
    InboxClosed,
}

/// Everything the loop waits for.
pub(super) struct Waiting {
    signals: Signals,
    input: mpsc::Receiver<TerminalInput>,
    input_open: bool,
    inbox: mpsc::Receiver<(TaskId, JobReport)>,
    inbox_open: bool,
    output: AsyncFd<OwnedFd>,
}

impl Waiting {
    /// Starts to listen.
    pub(super) fn new(
        terminal: &mut Terminal,
        inbox: mpsc::Receiver<(TaskId, JobReport)>,
    ) -> Result<Self, TerminalError> {
        Ok(Self {
            signals: Signals::listen().map_err(TerminalError::Input)?,
            input: terminal.read_input()?,
            input_open: true,
            inbox,
            inbox_open: true,
            output: watch(terminal.writable()?).map_err(TerminalError::Open)?,
        })
    }

    pub(super) fn signals(&mut self) -> &mut Signals {
        &mut self.signals
    }

    /// True when no report waits.
    pub(super) fn is_inbox_empty(&self) -> bool {
        self.inbox.is_empty()
    }

    /// Waits for whatever comes first. Cancel-safe.
    pub(super) async fn next(
        &mut self,
        pace: &FramePacer,
        beat: Option<Instant>,
        leaving: Option<&mut Leaving>,
    ) -> LoopEvent {
        let due = pace.due(Instant::now());
        let event = tokio::select! {
            biased;
            caught = self.signals.next() => LoopEvent::Signal(caught),
            input = self.input.recv(), if self.input_open => {
                LoopEvent::Input(input.unwrap_or(TerminalInput::HungUp))
            }
            report = self.inbox.recv(), if self.inbox_open => {
                report.map_or(LoopEvent::InboxClosed, |(id, report)| LoopEvent::Report(id, report))
            }
            () = writable(&self.output), if pace.is_blocked() => LoopEvent::Writable,
            () = until(due), if due.is_some() => LoopEvent::Frame,
            () = until(beat), if beat.is_some() => LoopEvent::Beat,
            progress = Leaving::progress(leaving) => LoopEvent::Leaving(progress),
        };
        self.input_open &= event != LoopEvent::Input(TerminalInput::HungUp);
        self.inbox_open &= event != LoopEvent::InboxClosed;
        event
    }

    /// Everything from the terminal and the jobs that is queued behind an event, at most a batch. True when
    /// the terminal hung up.
    pub(super) fn queued(&mut self, messages: &mut Vec<Msg>) -> bool {
        while self.input_open && messages.len() < BATCH {
            match self.input.try_recv() {
                Ok(TerminalInput::HungUp) => {
                    self.input_open = false;
                    return true;
                }
                Ok(input) => messages.extend(message(input)),
                Err(_) => break,
            }
        }
        let mut news = messages.iter().filter(|message| message.is_news()).count();
        while messages.len() < BATCH && news < NEWS {
            let Ok((id, report)) = self.inbox.try_recv() else {
                break;
            };
            let message = Msg::Task(id, report);
            news += usize::from(message.is_news());
            messages.push(message);
        }
        false
    }
}

/// The message an input makes; `None` for what is no key press.
pub(super) fn message(input: TerminalInput) -> Option<Msg> {
    match input {
        TerminalInput::Key(key) => Chord::from_event(key).map(Msg::Key),
        TerminalInput::Paste(text) => Some(Msg::Paste(text)),
        TerminalInput::HungUp => None,
    }
}

/// Registers a descriptor for "takes more output".
#[expect(
    deprecated,
    reason = "its successor is an unsafe function; what it asks of its caller, an OwnedFd always keeps"
)]
fn watch(output: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::with_interest(output, Interest::WRITABLE)
}

/// Waits until the terminal may take more. The readiness is used up before it is tried, so that a try that
/// is refused waits for the next one; on an error the try itself finds out.
async fn writable(output: &AsyncFd<OwnedFd>) {
    if let Ok(mut ready) = output.writable().await {
        ready.clear_ready();
    }
}

/// Sleeps until `due`.
async fn until(due: Option<Instant>) {
    if let Some(due) = due {
        tokio::time::sleep_until(due.into()).await;
    }
}
