//! The one `select!`, and the batch that is taken after it.
//!
//! Cancelling a wait loses nothing: each of its futures is a channel's `recv`, a timer, or readiness.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Instant;

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::sync::mpsc;

use crate::app::{Msg, Report, TaskId};
use crate::keys::Chord;
use crate::terminal::{Input, Terminal, TerminalError, read_input};

use super::leaving::{Leaving, Progress};
use super::pace::Pace;
use super::signals::{Caught, Signals};

/// The most messages in one batch, so that a flood of reports still lets frames through.
const BATCH: usize = 256;

/// The most messages with news in one batch: each may bring hundreds of log events to take in, and a key must not
/// wait for all of them.
const NEWS: usize = 4;

/// What the wait ended with.
#[derive(Debug, PartialEq)]
pub(super) enum Event {
    /// A signal arrived.
    Signal(Caught),
    /// Something came from the terminal.
    Input(Input),
    /// A job reported.
    Report(TaskId, Report),
    /// The terminal takes more output.
    Writable,
    /// A frame is due.
    Frame,
    /// The program wants to be told the time.
    Beat,
    /// The way out is free.
    Leaving(Progress),
    /// Nothing can report any more.
    InboxClosed,
}

/// Everything the loop waits for.
pub(super) struct Waiting {
    signals: Signals,
    input: mpsc::Receiver<Input>,
    input_open: bool,
    inbox: mpsc::Receiver<(TaskId, Report)>,
    inbox_open: bool,
    output: AsyncFd<OwnedFd>,
}

impl Waiting {
    /// Starts to listen.
    pub(super) fn new(
        terminal: &Terminal,
        inbox: mpsc::Receiver<(TaskId, Report)>,
    ) -> Result<Self, TerminalError> {
        Ok(Self {
            signals: Signals::listen().map_err(TerminalError::Input)?,
            input: read_input().map_err(TerminalError::Input)?,
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
        pace: &Pace,
        beat: Option<Instant>,
        leaving: Option<&mut Leaving>,
    ) -> Event {
        let due = pace.due(Instant::now());
        let event = tokio::select! {
            biased;
            caught = self.signals.next() => Event::Signal(caught),
            input = self.input.recv(), if self.input_open => {
                Event::Input(input.unwrap_or(Input::HungUp))
            }
            report = self.inbox.recv(), if self.inbox_open => {
                report.map_or(Event::InboxClosed, |(id, report)| Event::Report(id, report))
            }
            () = writable(&self.output), if pace.is_blocked() => Event::Writable,
            () = until(due), if due.is_some() => Event::Frame,
            () = until(beat), if beat.is_some() => Event::Beat,
            progress = Leaving::progress(leaving) => Event::Leaving(progress),
        };
        self.input_open &= event != Event::Input(Input::HungUp);
        self.inbox_open &= event != Event::InboxClosed;
        event
    }

    /// Everything from the terminal and the jobs that is queued behind an event, at most a batch. True when
    /// the terminal hung up.
    pub(super) fn queued(&mut self, messages: &mut Vec<Msg>) -> bool {
        while self.input_open && messages.len() < BATCH {
            match self.input.try_recv() {
                Ok(Input::HungUp) => {
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
pub(super) fn message(input: Input) -> Option<Msg> {
    match input {
        Input::Key(key) => Chord::from_event(key).map(Msg::Key),
        Input::Paste(text) => Some(Msg::Paste(text)),
        Input::HungUp => None,
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
