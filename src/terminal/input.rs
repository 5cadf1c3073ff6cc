//! Reads keys and pastes on a thread of its own, and notices when the terminal hangs up.
//!
//! Crossterm's reader spins at full speed once the terminal is gone, and may wait in the middle of a split key.
//! So it runs apart from the loop that draws, and only when the terminal has something: this thread sleeps in
//! `poll(2)`, which also returns on a hang-up, whether or not SIGHUP is ignored. Nobody joins the thread; it
//! ends with the process. While another program has the terminal, a gate keeps it from reading.

use std::io;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEvent};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use tokio::sync::mpsc;

use super::gate::{Gate, GateWatch};

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

/// Starts to read standard input, which must be a terminal: the gate before it, and the receiver, which is cancel-safe.
///
/// # Errors
/// When the thread cannot be started.
pub(super) fn read_input() -> io::Result<(Gate, mpsc::Receiver<TerminalInput>)> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let (gate, mut watch) = Gate::new()?;
    thread::Builder::new()
        .name("terminal-input".to_owned())
        .spawn(move || read_until_gone(&sender, &mut watch))?;
    Ok((gate, receiver))
}

/// Reads until the terminal hangs up or nobody listens.
fn read_until_gone(sender: &mpsc::Sender<TerminalInput>, watch: &mut GateWatch) {
    while wait_for_input(watch) && forward(sender).is_some() {}
    // An error means that the loop has ended before the terminal did.
    let _ended = sender.blocking_send(TerminalInput::HungUp);
}

/// Sleeps until there is input that may be read; false when the terminal is gone, or the loop has ended.
fn wait_for_input(watch: &mut GateWatch) -> bool {
    const GONE: PollFlags = PollFlags::HUP.union(PollFlags::ERR).union(PollFlags::NVAL);
    let stdin = rustix::stdio::stdin();
    loop {
        let wanted = if watch.is_shut() {
            PollFlags::empty()
        } else {
            PollFlags::IN
        };
        let mut both = [
            PollFd::new(&stdin, wanted),
            PollFd::new(watch.bell(), PollFlags::IN),
        ];
        match poll(&mut both, None) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => return false,
        }
        let [terminal, bell] = both.map(|descriptor| descriptor.revents());
        if bell.intersects(PollFlags::IN) {
            watch.hear();
        } else {
            return !terminal.intersects(GONE) && !bell.intersects(GONE);
        }
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
