//! Bytes to the terminal, without waiting for a slow one.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::stdio::stdout;

/// Whether the terminal took everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drain {
    /// All is sent.
    Done,
    /// The terminal is slower than iacstone; the rest waits.
    Blocked,
}

/// The way to the terminal: a description of its own, so that "do not wait" holds for iacstone only and not
/// for the shell that shares standard output. Where it cannot be opened (after `su`), standard output itself,
/// which waits.
#[derive(Debug)]
pub(super) struct TerminalOutput {
    file: File,
}

impl TerminalOutput {
    pub(super) fn open() -> io::Result<Self> {
        let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let own = rustix::termios::ttyname(stdout(), Vec::new())
            .and_then(|name| rustix::fs::open(name, flags, Mode::empty()));
        let descriptor = match own {
            Ok(descriptor) => descriptor,
            Err(_) => stdout().try_clone_to_owned()?,
        };
        Ok(Self {
            file: File::from(descriptor),
        })
    }

    pub(super) fn try_clone(&self) -> io::Result<OwnedFd> {
        self.file.as_fd().try_clone_to_owned()
    }

    /// Writes what the terminal takes at once; returns the number of bytes.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut sent = 0;
        while let Some(rest) = bytes.get(sent..).filter(|rest| !rest.is_empty()) {
            match (&self.file).write(rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => sent += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(sent)
    }

    /// Writes all of `bytes`, waiting for the terminal at most for `patience`.
    pub(super) fn write_within(&self, bytes: &[u8], patience: Duration) -> io::Result<()> {
        let end = Instant::now() + patience;
        let mut rest = bytes;
        loop {
            let sent = self.write(rest)?;
            rest = rest.get(sent..).unwrap_or_default();
            let left = end.saturating_duration_since(Instant::now());
            if rest.is_empty() {
                return Ok(());
            }
            if left.is_zero() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            let left = Timespec::try_from(left).map_err(io::Error::other)?;
            let mut waited = [PollFd::new(&self.file, PollFlags::OUT)];
            match poll(&mut waited, Some(&left)) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}
