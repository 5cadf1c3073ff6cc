//! The logs pane: the group picker, the tail with its filters and searches, one event in detail, statistics.

mod clock;
mod opened;
mod pane;
mod picker;
mod prompts;
mod reports;
mod saved_lists;
pub mod screens;
mod size;
pub mod statistics;
pub mod tail;

pub use clock::TimeMode;
pub use opened::{OpenedEvent, OpenedRow};
pub use picker::{MOST, Picker, PickerRow};
pub use prompts::LogsPrompt;
pub use saved_lists::SavedLists;
pub use size::size;
pub use statistics::StatisticsTable;
pub use tail::Tail;

use crate::effect::{AppContext, Outbox, Prompt, Severity};
use crate::logs::TailTarget;
use statistics::Lookback;

/// The state of the pane.
#[derive(Debug)]
pub struct LogsPane {
    /// What is in front.
    pub screen: LogsScreen,
    /// The groups to choose from.
    pub picker: Picker,
    tail: Option<Box<Tail>>,
    /// Saved filters and hidden fields.
    saved: SavedLists,
    /// What the open prompt asks for.
    asked: Option<LogsPrompt>,
    /// The tasks that write rows to a file.
    exports: super::Pending<()>,
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

    /// Saved filters and hidden fields.
    #[must_use]
    pub const fn saved(&self) -> &SavedLists {
        &self.saved
    }

    fn tail_mut(&mut self) -> Option<&mut Tail> {
        self.tail.as_deref_mut()
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
        self.saved.load_once(out);
        self.screen = LogsScreen::Tail;
    }

    /// Counts the invocations of the followed groups, over the next span of time or the same.
    fn count(&mut self, next: bool, out: &mut Outbox<'_>) {
        let Some(tail) = &self.tail else { return };
        let span = match &self.screen {
            LogsScreen::Statistics(table) => {
                table.stop(out);
                if next { table.span.next() } else { table.span }
            }
            _ => Lookback::default(),
        };
        let table = StatisticsTable::start(&tail.job().target().groups, span, out);
        self.screen = LogsScreen::Statistics(Box::new(table));
    }

    /// Asks for a text.
    fn ask(&mut self, question: LogsPrompt, prompt: Prompt, out: &mut Outbox<'_>) {
        self.asked = Some(question);
        out.prompt(prompt);
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
