//! Reads keys and pastes on a thread of its own, and notices when the terminal hangs up.
//!
//! Crossterm's reader spins at full speed once the terminal is gone, and may wait in the middle of a split key.
//! So it runs apart from the loop that draws, and only when the terminal has something: this thread sleeps in
//! `poll(2)`, which also returns on a hang-up, whether or not SIGHUP is ignored. Nobody joins the thread; it
//! ends with the process.

use std::io;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEvent};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use tokio::sync::mpsc;

/// How many inputs may wait for the loop before the thread leaves the rest in the terminal.
const QUEUE: usize = 256;

/// How long crossterm may look for one more event; it reads nothing with a time-out of zero.
const GLANCE: Duration = Duration::from_millis(20);

/// What comes from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalInput {
    /// A key.
    Key(KeyEvent),
    /// Pasted text.
    Paste(String),
    /// The terminal is gone; nothing follows.
    HungUp,
}

/// Starts to read standard input, which must be a terminal. The receiver is cancel-safe.
///
/// # Errors
/// When the thread cannot be started.
pub fn read_input() -> io::Result<mpsc::Receiver<TerminalInput>> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    thread::Builder::new()
        .name("terminal-input".to_owned())
        .spawn(move || read_until_gone(&sender))?;
    Ok(receiver)
}

/// Reads until the terminal hangs up or nobody listens.
fn read_until_gone(sender: &mpsc::Sender<TerminalInput>) {
    while wait_for_input() && forward(sender).is_some() {}
    // An error means that the loop has ended before the terminal did.
    let _ended = sender.blocking_send(TerminalInput::HungUp);
}

/// Sleeps until there is input; false when the terminal is gone.
fn wait_for_input() -> bool {
    let stdin = rustix::stdio::stdin();
    loop {
        let mut waited = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut waited, None) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => return false,
        }
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        return waited
            .iter()
            .all(|descriptor| !descriptor.revents().intersects(gone));
    }
}

/// Hands over everything there is to read; `None` when the terminal is gone or nobody listens.
fn forward(sender: &mpsc::Sender<TerminalInput>) -> Option<()> {
    while has_event().ok()? {
        let input = match event::read().ok()? {
            Event::Key(key) => TerminalInput::Key(key),
            Event::Paste(text) => TerminalInput::Paste(text),
            // The size is read anew on SIGWINCH; focus and mouse are not asked for.
            Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) => continue,
        };
        sender.blocking_send(input).ok()?;
    }
    Some(())
}

/// True when crossterm has one more event. It says no, even with events in its own queue, when this thread was
/// off the processor for the whole glance; these would then lie there until the next key. Hence the second look.
fn has_event() -> io::Result<bool> {
    Ok(event::poll(GLANCE)? || event::poll(GLANCE)?)
}
