//! How the loop ended.

use super::EndSignal;

/// Why the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The user asked for it.
    Quit,
    /// A signal asked for it.
    Signal(EndSignal),
    /// The terminal is gone.
    HungUp,
}

/// The end of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    /// Why it ended.
    pub reason: Reason,
    /// True when jobs that must finish before exit did not finish in time.
    pub unfinished: bool,
}

impl Exit {
    /// The process's exit code: 0 after quitting, 128 plus the signal's number after a signal (1 for a
    /// hang-up), 1 when work was left unfinished.
    #[must_use]
    pub fn code(self) -> u8 {
        match self.reason {
            _ if self.unfinished => 1,
            Reason::Quit => 0,
            Reason::Signal(signal) => 128 + signal.number(),
            Reason::HungUp => 128 + EndSignal::HangUp.number(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, Reason};
    use crate::runtime::EndSignal;

    #[test]
    fn exit_codes_follow_the_shell() {
        let code = |reason, unfinished| Exit { reason, unfinished }.code();
        assert_eq!(code(Reason::Quit, false), 0);
        assert_eq!(code(Reason::Signal(EndSignal::Interrupt), false), 130);
        assert_eq!(code(Reason::Signal(EndSignal::Terminate), false), 143);
        assert_eq!(code(Reason::HungUp, false), 129);
        assert_eq!(code(Reason::Quit, true), 1);
    }
}
