//! The logs pane: the group picker, the tail with its filters and searches, one event in detail, statistics.

mod act;
mod clock;
mod errand;
mod offers;
mod opened;
mod picker;
mod prompts;
mod question;
mod reports;
mod sets;
pub mod sheet;
mod size;
pub mod tail;

pub use clock::TimeMode;
pub use opened::{Opened, OpenedRow};
pub use picker::{MOST, Picker, Row as PickerRow};
pub use question::Question;
pub use sheet::Sheet;
pub use size::size;
pub use tail::Tail;

use jiff::Timestamp;

use crate::app::{Context, Outbox, Severity};
use crate::keys::Scope;
use crate::logs::Wanted;
use crate::panes::tuning::Load;
use errand::Errands;

/// Rows of the statistics' screen that are no figures: their title, the names of the groups, the footing.
const SHEET_CHROME: u16 = 3;

/// The state of the pane.
#[derive(Debug)]
pub struct Logs {
    /// What is in front.
    pub screen: Screen,
    /// The groups to choose from.
    pub picker: Picker,
    tail: Option<Box<Tail>>,
    errands: Errands,
}

/// What the pane shows.
#[derive(Debug)]
pub enum Screen {
    /// The groups to choose from.
    Groups,
    /// The rows of the followed groups.
    Tail,
    /// One event.
    Event(Box<Opened>),
    /// The list of filters.
    Filters,
    /// Statistics of the followed groups.
    Statistics(Box<Sheet>),
}

impl Logs {
    /// The state before anything was loaded.
    #[must_use]
    pub fn new() -> Self {
        Self {
            screen: Screen::Groups,
            picker: Picker::default(),
            tail: None,
            errands: Errands::default(),
        }
    }

    /// The tail, once groups were followed.
    #[must_use]
    pub fn tail(&self) -> Option<&Tail> {
        self.tail.as_deref()
    }

    /// The pane comes to the front: what it needs is loaded unless that was done.
    pub fn enter(&mut self, out: &mut Outbox<'_>) {
        if matches!(self.picker.load, Load::Unasked) && matches!(self.screen, Screen::Groups) {
            self.load_sets(out);
            self.picker.reload(out);
        }
    }

    /// The scope whose keys work now.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        match self.screen {
            Screen::Groups => Scope::Groups,
            Screen::Tail => Scope::Logs,
            Screen::Event(_) => Scope::Event,
            Screen::Filters => Scope::Filters,
            Screen::Statistics(_) => Scope::Statistics,
        }
    }

    /// Works out what is shown from what changed, for a body of this many columns and rows.
    pub fn settle(&mut self, now: Timestamp, body: (u16, u16)) {
        self.picker.settle();
        if let Some(tail) = &mut self.tail {
            tail.settle(now, body);
        }
        match &mut self.screen {
            Screen::Event(opened) => opened.settle(body.0),
            Screen::Statistics(sheet) => {
                sheet.settle(body.0.into(), body.1.saturating_sub(SHEET_CHROME).into());
            }
            _ => {}
        }
    }

    /// Whether what is shown changes with the time alone.
    #[must_use]
    pub fn shows_ages(&self) -> bool {
        let tail = self.tail().filter(|_| matches!(self.screen, Screen::Tail));
        tail.is_some_and(|tail| tail.look.time == TimeMode::Age)
    }

    /// Follows groups, from now on and with the newest events that are there.
    pub fn follow(&mut self, groups: Vec<String>, out: &mut Outbox<'_>) {
        if let Some(reason) = refusal(&groups, out.context) {
            return out.notice(Severity::Warning, reason);
        }
        if let Screen::Statistics(sheet) = &self.screen {
            sheet.stop(out);
        }
        let is_followed = self.tail().is_some_and(|tail| tail.wanted.groups == groups);
        if groups.is_empty() || is_followed {
            if self.tail.is_some() {
                self.screen = Screen::Tail;
            }
            return;
        }
        let look = match &mut self.tail {
            Some(tail) => {
                tail.leave(out);
                tail.look
            }
            None => tail::Look::default(),
        };
        let wanted = Wanted {
            groups,
            ..Wanted::default()
        };
        self.picker.mark_followed(&wanted.groups);
        self.tail = Some(Box::new(Tail::start(wanted, look, out)));
        self.screen = Screen::Tail;
    }
}

impl Default for Logs {
    fn default() -> Self {
        Self::new()
    }
}

/// Why groups cannot be followed.
fn refusal(groups: &[String], context: &Context) -> Option<String> {
    if context.offline {
        return Some(
            "This session is offline; start iacstone without --offline to follow logs.".to_owned(),
        );
    }
    (groups.len() > MOST).then(|| {
        format!(
            "{} groups are chosen; at most {MOST} are followed at once. Choose fewer, or a narrower wildcard.",
            groups.len()
        )
    })
}
