//! The gate before the terminal's input: shut while another program has the terminal, so that its keys are its own.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// How long the reader may take to let go: it looks for one more key for so long.
const PATIENCE: Duration = Duration::from_millis(200);

/// The side that shuts and opens it.
#[derive(Debug)]
pub(super) struct Gate {
    shut: Arc<AtomicBool>,
    bell: PipeWriter,
    parked: Receiver<()>,
}

/// The side of the reader, which sleeps until there is input or the bell rings.
#[derive(Debug)]
pub(super) struct GateWatch {
    shut: Arc<AtomicBool>,
    bell: PipeReader,
    parked: SyncSender<()>,
}

impl Gate {
    /// An open gate.
    ///
    /// # Errors
    /// When no descriptor is left.
    pub(super) fn new() -> io::Result<(Self, GateWatch)> {
        let (heard, bell) = io::pipe()?;
        let (parking, parked) = sync_channel(1);
        let shut = Arc::new(AtomicBool::new(false));
        let watch = GateWatch {
            shut: Arc::clone(&shut),
            bell: heard,
            parked: parking,
        };
        let gate = Self { shut, bell, parked };
        Ok((gate, watch))
    }

    /// Shuts it, and waits until the reader has let go of the terminal; not for long, for it may be stuck.
    pub(super) fn shut(&mut self) {
        while self.parked.try_recv().is_ok() {}
        self.shut.store(true, Ordering::SeqCst);
        self.ring();
        let _late = self.parked.recv_timeout(PATIENCE);
    }

    /// Opens it again.
    pub(super) fn open(&mut self) {
        self.shut.store(false, Ordering::SeqCst);
        self.ring();
    }

    fn ring(&mut self) {
        let _gone = self.bell.write(&[0]);
    }
}

impl GateWatch {
    /// Whether it is shut; the other side is told that nothing is read then.
    pub(super) fn is_shut(&self) -> bool {
        let is_shut = self.shut.load(Ordering::SeqCst);
        if is_shut {
            let _told_before = self.parked.try_send(());
        }
        is_shut
    }

    /// What rings when the gate was shut or opened.
    pub(super) const fn bell(&self) -> &PipeReader {
        &self.bell
    }

    /// Takes note of a ring.
    pub(super) fn hear(&mut self) {
        let _gone = self.bell.read(&mut [0; 16]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_shut_when_the_reader_knows_it() {
        let (mut gate, mut watch) = Gate::new().unwrap();
        assert!(!watch.is_shut());
        let reader = std::thread::spawn(move || {
            watch.hear();
            let seen = watch.is_shut();
            watch.hear();
            (seen, watch.is_shut())
        });
        gate.shut();
        gate.open();
        assert_eq!(reader.join().unwrap(), (true, false));
    }
}
