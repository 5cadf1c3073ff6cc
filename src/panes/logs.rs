//! The logs pane: the group picker, the tail with its filters and searches, one event in detail, statistics.

mod clock;
mod opened;
mod pane;
mod pending;
mod picker;
mod prompts;
mod question;
mod reports;
pub mod screens;
mod sets;
mod size;
pub mod statistics;
pub mod tail;

pub use clock::TimeMode;
pub use opened::{OpenedEvent, OpenedRow};
pub use picker::{MOST, Picker, PickerRow};
pub use question::LogsPrompt;
pub use size::size;
pub use statistics::StatisticsTable;
pub use tail::Tail;

use crate::panes::Rect;
use jiff::Timestamp;

use crate::effect::{AppContext, Outbox, Severity};
use crate::logs::TailTarget;
use crate::panes::{Load, StatisticsAreas};
use pending::LogsPendingJob;

/// The state of the pane.
#[derive(Debug)]
pub struct LogsPane {
    /// What is in front.
    pub screen: LogsScreen,
    /// The groups to choose from.
    pub picker: Picker,
    tail: Option<Box<Tail>>,
    /// What the open prompt asks for.
    asked: Option<LogsPrompt>,
    pending: super::Pending<LogsPendingJob>,
}

/// What the pane shows.
#[derive(Debug)]
pub enum LogsScreen {
    /// The groups to choose from.
    Groups,
    /// The rows of the followed groups.
    Tail,
    /// One event.
    Event(Box<OpenedEvent>),
    /// The list of filters.
    Filters,
    /// Statistics of the followed groups.
    Statistics(Box<StatisticsTable>),
}

impl LogsPane {
    /// The tail, once groups were followed.
    #[must_use]
    pub fn tail(&self) -> Option<&Tail> {
        self.tail.as_deref()
    }

    fn tail_mut(&mut self) -> Option<&mut Tail> {
        self.tail.as_deref_mut()
    }

    /// The pane comes to the front: what it needs is loaded unless that was done.
    pub fn enter(&mut self, out: &mut Outbox<'_>) {
        if matches!(self.picker.load, Load::Unasked) && matches!(self.screen, LogsScreen::Groups) {
            self.load_sets(out);
            self.picker.reload(out);
        }
    }

    /// Works out what is shown from what changed, for the body the pane is drawn in.
    pub fn settle(&mut self, now: Timestamp, body: Rect) {
        self.picker.settle();
        if let Some(tail) = &mut self.tail {
            tail.settle(now, body);
        }
        match &mut self.screen {
            LogsScreen::Event(opened) => opened.settle(body.width),
            LogsScreen::Statistics(statistics) => {
                let figures = StatisticsAreas::of(body).figures;
                statistics.settle(figures.width.into(), figures.height.into());
            }
            _ => {}
        }
    }

    /// Whether what is shown changes with the time alone.
    #[must_use]
    pub fn shows_ages(&self) -> bool {
        let tail = self
            .tail()
            .filter(|_| matches!(self.screen, LogsScreen::Tail));
        tail.is_some_and(|tail| tail.look.time == TimeMode::Age)
    }

    /// Follows groups, from now on and with the newest events that are there.
    pub fn follow(&mut self, groups: Vec<String>, out: &mut Outbox<'_>) {
        if let Some(reason) = refusal(&groups, out.context) {
            return out.notice(Severity::Warning, reason);
        }
        if let LogsScreen::Statistics(statistics) = &self.screen {
            statistics.stop(out);
        }
        let is_followed = self
            .tail()
            .is_some_and(|tail| tail.job().target().groups == groups);
        if groups.is_empty() || is_followed {
            if self.tail.is_some() {
                self.screen = LogsScreen::Tail;
            }
            return;
        }
        let look = match &mut self.tail {
            Some(tail) => {
                tail.leave(out);
                tail.look
            }
            None => tail::TailViewOptions::default(),
        };
        let wanted = TailTarget {
            groups,
            ..TailTarget::default()
        };
        self.picker.mark_followed(&wanted.groups);
        self.tail = Some(Box::new(Tail::start(wanted, look, out)));
        self.screen = LogsScreen::Tail;
    }
}

/// Why groups cannot be followed.
fn refusal(groups: &[String], context: &AppContext) -> Option<String> {
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
