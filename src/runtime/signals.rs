//! The signals the loop listens to.
//!
//! SIGTSTP is not among them: in raw mode Ctrl-Z is a key, and a stop sent from outside keeps its meaning; what
//! matters then is SIGCONT, after which the terminal is taken over anew.

use std::io;

use rustix::process::Signal as Number;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// A signal that asks the process to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndSignal {
    /// SIGHUP.
    HangUp,
    /// SIGINT from another process; on the keyboard Ctrl-C is a key.
    Interrupt,
    /// SIGQUIT from another process.
    Quit,
    /// SIGTERM.
    Terminate,
}

impl EndSignal {
    /// The signal's number.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::HangUp => 1,
            Self::Interrupt => 2,
            Self::Quit => 3,
            Self::Terminate => 15,
        }
    }
}

/// A signal that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caught {
    /// The process is to end.
    End(EndSignal),
    /// The terminal has another size.
    Resized,
    /// The process goes on after a stop.
    Continued,
}

/// The signals that ask the process to end, being listened to.
#[derive(Debug)]
pub struct EndSignals {
    hang_up: Signal,
    interrupt: Signal,
    quit: Signal,
    terminate: Signal,
}

impl EndSignals {
    /// Listens from now on: none of them ends the process by itself any more.
    ///
    /// # Errors
    /// When the system refuses. Call it inside a tokio runtime.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next of them. Cancel-safe.
    pub async fn next(&mut self) -> EndSignal {
        tokio::select! {
            biased;
            _ = self.terminate.recv() => EndSignal::Terminate,
            _ = self.hang_up.recv() => EndSignal::HangUp,
            _ = self.interrupt.recv() => EndSignal::Interrupt,
            _ = self.quit.recv() => EndSignal::Quit,
        }
    }
}

/// The signals being listened to.
pub(super) struct Signals {
    end: EndSignals,
    resized: Signal,
    continued: Signal,
}

impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            end: EndSignals::listen()?,
            resized: signal(SignalKind::window_change())?,
            continued: signal(SignalKind::from_raw(Number::CONT.as_raw()))?,
        })
    }

    /// Waits for the next signal. Cancel-safe.
    pub(super) async fn next(&mut self) -> Caught {
        tokio::select! {
            biased;
            signal = self.end.next() => Caught::End(signal),
            _ = self.continued.recv() => Caught::Continued,
            _ = self.resized.recv() => Caught::Resized,
        }
    }

    /// Waits until the process goes on after a stop. Cancel-safe.
    pub(super) async fn continued(&mut self) {
        self.continued.recv().await;
    }
}
