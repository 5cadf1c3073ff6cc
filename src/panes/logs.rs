//! The logs pane: the group picker, the tail with its filters and searches, one event in detail, statistics.

mod act;
mod errand;
mod offers;
mod picker;
mod prompts;
mod question;
mod reports;
mod sets;
mod wildcard;

pub use picker::{MOST, Picker, Row as PickerRow};
pub use question::Question;

use jiff::Timestamp;

use crate::app::{Context, Outbox, Severity};
use crate::keys::Scope;
use crate::panes::tuning::Load;
use errand::Errands;

/// The state of the pane.
#[derive(Debug)]
pub struct Logs {
    /// What is in front.
    pub screen: Screen,
    /// The groups to choose from.
    pub picker: Picker,
    errands: Errands,
}

/// What the pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The groups to choose from.
    Groups,
}

impl Logs {
    /// The state before anything was loaded.
    #[must_use]
    pub fn new(_context: &Context) -> Self {
        Self {
            screen: Screen::Groups,
            picker: Picker::default(),
            errands: Errands::default(),
        }
    }

    /// The pane comes to the front: what it needs is loaded unless that was done.
    pub fn enter(&mut self, out: &mut Outbox<'_>) {
        if matches!(self.picker.load, Load::Unasked) {
            self.load_sets(out);
            self.picker.reload(out);
        }
    }

    /// The scope whose keys work now.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        match self.screen {
            Screen::Groups => Scope::Groups,
        }
    }

    /// Works out what is shown from what changed, for a body of this many columns and rows.
    pub fn settle(&mut self, _now: Timestamp, _body: (u16, u16)) {
        self.picker.settle();
    }

    /// Follows groups, from now on and with the newest events that are there.
    pub fn follow(&mut self, groups: Vec<String>, out: &mut Outbox<'_>) {
        if groups.is_empty() {
            return;
        }
        if groups.len() > MOST {
            let words = format!(
                "{} groups are chosen; at most {MOST} are followed at once. Choose fewer, or a narrower wildcard.",
                groups.len()
            );
            return out.notice(Severity::Warning, words);
        }
    }
}
