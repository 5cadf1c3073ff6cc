//! The yes-or-no question before something that cannot be undone or costs money.

use crossterm::event::{KeyCode, KeyModifiers};

use crate::articles::FeedId;
use crate::iac::StackRead;
use crate::keys::Chord;
use crate::logs::TailTarget;
use crate::power::{Plan, Resumption, RunId};

/// A question with what a yes means.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// The question.
    pub question: String,
    /// What the user should know before the answer.
    pub details: Vec<String>,
    /// What a yes does.
    pub answer: ConfirmAction,
}

/// What a yes does.
#[derive(Debug, Clone, PartialEq)]
pub enum ConfirmAction {
    /// Start this run.
    Start(Box<Plan>),
    /// Go on with this run.
    Resume(Box<Resumption>),
    /// Go on with this run, which is paused.
    GoOn(RunId),
    /// Undo what this run left behind.
    Recover(RunId),
    /// Follow these log groups.
    Follow(Box<TailTarget>),
    /// Follow this feed no longer.
    Unfollow(FeedId),
    /// Run this command, which reads a stack.
    ReadStack(Box<StackRead>),
    /// Cancel the live run, wait until the function is restored, then leave.
    CancelAndQuit,
}

/// What a key says to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Do it.
    Yes,
    /// Leave it.
    No,
    /// The key says nothing.
    Undecided,
}

impl Confirm {
    /// Reads a key: `y` is yes; `n`, `q`, Esc or Ctrl-C is no. Enter, which one presses without reading, says nothing.
    #[must_use]
    pub fn verdict(chord: Chord) -> Verdict {
        match chord.code {
            KeyCode::Char('c') if chord.modifiers.contains(KeyModifiers::CONTROL) => Verdict::No,
            KeyCode::Char('y' | 'Y') => Verdict::Yes,
            KeyCode::Char('n' | 'N' | 'q') | KeyCode::Esc => Verdict::No,
            _ => Verdict::Undecided,
        }
    }
}
