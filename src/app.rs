//! The program: its state, the list of panes, the pure update (messages in, effects out; no I/O, no clock, no channel),
//! and the frame around the pane in front.

mod account;
mod actions;
#[cfg(test)]
pub(crate) mod fixture;
mod handed_on;
mod palette;
mod panes;
mod program;
mod route;
#[cfg(test)]
mod tests;
mod update;
mod view;
mod visits;

pub use account::AccountLookup;
pub use actions::keymap;
pub use palette::{Palette, PaletteEntry};
pub use panes::{PaneId, Panes};
pub use program::Program;
pub use view::{SMALLEST, view};

use crate::panes::Rect;
use handed_on::HandedOn;
use jiff::Timestamp;

use crate::effect::{AppContext, Confirm, Notices, Prompt, TaskIds};
use crate::panes::Pane;

/// Everything the program knows while it runs.
#[derive(Debug)]
pub struct App {
    /// The facts of the session.
    pub context: AppContext,
    /// The pane in front.
    pub pane: PaneId,
    /// The panes.
    pub panes: Panes,
    /// Whose credentials these are.
    pub account: AccountLookup,
    /// The notices that wait to be read.
    pub notices: Notices,
    /// The open text prompt, if any; it takes every key.
    pub prompt: Option<Prompt>,
    /// What lies over the pane, if anything.
    pub overlay: Option<Overlay>,
    /// The time of the last message.
    pub now: Timestamp,
    /// The room there is on the terminal.
    pub terminal: TerminalArea,
    /// Whether the program leaves, at once or as soon as the live run has cleaned up: nothing is begun any more but what
    /// writes the user's data.
    pub leaving: bool,
    tasks: TaskIds,
    handed_on: HandedOn,
}

/// The room there is on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalArea {
    /// The whole of it.
    pub whole: Rect,
    /// That of the pane in front, as things were settled last.
    body: Rect,
}

impl Default for TerminalArea {
    fn default() -> Self {
        Self {
            whole: Rect::new(0, 0, 80, 24),
            body: Rect::default(),
        }
    }
}

/// What can lie over a pane.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The keys, from this line on.
    Help(usize),
    /// A question.
    Confirm(Confirm),
    /// The actions that can be done here.
    Palette(Box<Palette>),
}

impl App {
    /// The pane in front.
    #[must_use]
    pub fn front(&self) -> &dyn Pane {
        self.panes.get(self.pane)
    }

    /// The state before the first message.
    #[must_use]
    pub fn new(context: AppContext) -> Self {
        Self {
            pane: PaneId::named(context.start_pane.name()),
            panes: Panes::new(&context),
            account: AccountLookup::default(),
            notices: Notices::default(),
            prompt: None,
            overlay: None,
            now: context.started,
            terminal: TerminalArea::default(),
            leaving: false,
            tasks: TaskIds::default(),
            handed_on: HandedOn::default(),
            context,
        }
    }
}
