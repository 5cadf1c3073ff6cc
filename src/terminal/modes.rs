//! The line discipline and the screen modes, set and given back as one; shared with the panic hook.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use super::output::{Drain, TerminalOutput};

/// Alternate screen, cleared; bracketed paste; cursor hidden.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[?2004h\x1b[?25l";

/// End of a synchronized update, plain colours, no bracketed paste, cursor shown, first screen.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// How long a terminal that takes no output may delay the way out.
const PATIENCE: Duration = Duration::from_millis(300);

/// The modes of one terminal.
#[derive(Debug)]
pub(super) struct Modes {
    outlet: TerminalOutput,
    /// The shell's line discipline while iacstone has its own.
    shell: Mutex<Option<Termios>>,
}

impl Modes {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            outlet: TerminalOutput::open()?,
            shell: Mutex::new(None),
        })
    }

    pub(super) fn outlet(&self) -> &TerminalOutput {
        &self.outlet
    }

    pub(super) fn writable(&self) -> io::Result<OwnedFd> {
        self.outlet.try_clone()
    }

    pub(super) fn is_entered(&self) -> bool {
        self.lock().is_some()
    }

    /// Sets raw mode and the screen modes. When already entered, sets them again: another program may have
    /// changed them; the shell's line discipline stays the one seen first.
    pub(super) fn enter(&self) -> io::Result<()> {
        let mut shell = self.lock();
        let now = tcgetattr(stdin())?;
        let mut raw = now.clone();
        raw.make_raw();
        tcsetattr(stdin(), OptionalActions::Now, &raw)?;
        shell.get_or_insert(now);
        self.outlet.write_within(ENTER, PATIENCE)
    }

    /// Gives everything back, once. A terminal that is gone or takes nothing is no reason to fail.
    pub(super) fn leave(&self) {
        let Some(termios) = self.lock().take() else {
            return;
        };
        let _gone = self.outlet.write_within(LEAVE, PATIENCE);
        let _gone = tcsetattr(stdin(), OptionalActions::Now, &termios);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Termios>> {
        self.shell.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes as much of `pending` as the terminal takes and forgets that part.
pub(super) fn drain(outlet: &TerminalOutput, pending: &mut Vec<u8>) -> io::Result<Drain> {
    let taken = outlet.write(pending)?;
    pending.drain(..taken);
    Ok(if pending.is_empty() {
        Drain::Done
    } else {
        Drain::Blocked
    })
}
