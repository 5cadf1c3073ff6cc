//! The logs pane: the group picker, the tail with its filters and searches, one event in detail, statistics,
//! patterns of messages.

mod clock;
mod console;
mod known_runs;
mod opened;
mod pane;
pub mod patterns;
mod payload;
mod picker;
mod prompts;
pub mod query;
mod reports;
mod saved_lists;
pub mod screens;
mod sessions;
pub mod statistics;
pub mod tail;
mod visit;

pub use clock::{TimeMode, shift_words};
pub use opened::{OpenedEvent, OpenedRow};
pub use picker::{MOST, Picker, PickerRow};
pub use prompts::LogsPrompt;
pub use query::LogQuery;
pub use saved_lists::SavedLists;
pub use statistics::StatisticsTable;
pub use tail::Tail;

use std::collections::BTreeSet;

use crate::effect::{AppContext, Outbox, Prompt, Severity};
use crate::logs::{TailTarget, function_of};
use crate::power::RunClaim;
use known_runs::KnownRuns;
use patterns::PatternList;
use statistics::{ColumnSplit, Lookback};
use visit::{LogVisit, VisitedFrom};

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
    /// What is known of tuning runs, to mark their rows.
    known_runs: KnownRuns,
    /// The tasks that write rows to a file.
    exports: super::Pending<()>,
    /// The Logs Insights query.
    pub query: LogQuery,
    /// What a look at other rows leads back to, while it lasts.
    visit: Option<LogVisit>,
    /// The patterns that one of them was filtered by from, until the reader goes on from there.
    left_patterns: Option<screens::patterns::LeftPatterns>,
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
    /// The patterns of the messages that are loaded.
    Patterns(Box<PatternList>),
    /// The Logs Insights query and its answer.
    Query,
    /// The queries that are remembered.
    Queries,
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

    /// Whether copies and exports hold secrets as they are.
    fn shows_secrets(&self) -> bool {
        self.tail().is_some_and(|tail| tail.look.secrets)
    }

    /// A text as it may leave the screen.
    fn outgoing(&self, text: &str) -> String {
        let look = self
            .tail()
            .map_or_else(tail::TailViewOptions::default, |tail| tail.look);
        look.outgoing(text)
    }

    /// Shows the rows of the followed groups, without any the groups to choose from.
    fn show_rows(&mut self) {
        self.screen = match self.tail {
            Some(_) => LogsScreen::Tail,
            None => LogsScreen::Groups,
        };
    }

    /// Follows groups, from now on and with the newest events that are there; asks first when that takes many sessions, or
    /// queries that cost money.
    pub fn follow(&mut self, mut wanted: TailTarget, out: &mut Outbox<'_>) {
        if let Some(reason) = refusal(&wanted.groups, out.context) {
            return out.notice(Severity::Warning, reason);
        }
        if self.picker.has_queried(&wanted.groups) {
            wanted.max_scan = Some(sessions::MOST_SCANNED);
        }
        match sessions::question(&wanted, out.context) {
            Some(question) if !self.is_followed(&wanted) => out.confirm(question),
            _ => self.follow_now(wanted, out),
        }
    }

    /// Follows these groups.
    pub fn follow_groups(&mut self, groups: Vec<String>, out: &mut Outbox<'_>) {
        let wanted = TailTarget {
            groups,
            ..TailTarget::default()
        };
        self.follow(wanted, out);
    }

    fn is_followed(&self, wanted: &TailTarget) -> bool {
        self.tail().is_some_and(|tail| {
            let target = tail.job().target();
            let same = |ones: &[String], others: &[String]| {
                ones.iter().collect::<BTreeSet<_>>() == others.iter().collect()
            };
            same(&target.groups, &wanted.groups)
                && same(&target.watched, &wanted.watched)
                && target.max_scan == wanted.max_scan
        })
    }

    /// Follows groups at once.
    pub fn follow_now(&mut self, wanted: TailTarget, out: &mut Outbox<'_>) {
        self.stop_counting(out);
        self.end_visit(out);
        self.left_patterns = None;
        if wanted.groups.is_empty() || self.is_followed(&wanted) {
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
        self.picker.mark_followed(Some(&wanted));
        let home = self.picker.home().cloned();
        self.tail = Some(Box::new(Tail::start(wanted, look, home, out)));
        self.saved.load_once(out);
        self.known_runs.load(out);
        self.screen = LogsScreen::Tail;
    }

    /// Stops what the screen in front counts.
    fn stop_counting(&self, out: &mut Outbox<'_>) {
        match &self.screen {
            LogsScreen::Statistics(statistics) => statistics.stop(out),
            LogsScreen::Patterns(list) => list.stop(out),
            _ => {}
        }
    }

    /// Counts the invocations of the groups on the screen, else of those that are followed, or their events, over a span of
    /// time. A time at which they are compared counts as long as it is within the span.
    fn count(&mut self, span: Lookback, split: ColumnSplit, out: &mut Outbox<'_>) {
        let (groups, of_run) = match (&self.screen, &self.tail) {
            (LogsScreen::Statistics(table), _) => {
                table.stop(out);
                (table.groups.clone(), table.of_run)
            }
            (_, Some(tail)) => (tail.job().target().groups.clone(), false),
            (_, None) => return,
        };
        let split = match split {
            ColumnSplit::Since(split_ms) if split_ms <= span.begin_ms(out.now) => ColumnSplit::None,
            split => split,
        };
        let mut table = StatisticsTable::start(groups, self.picker.home(), (span, split), out);
        table.of_run = of_run;
        self.screen = LogsScreen::Statistics(Box::new(table));
    }

    /// Counts what a function did, by its log group, at the sizes that a run claims something of: as long after the run as
    /// before it, as far as that can be.
    pub fn hold(&mut self, group: String, claim: RunClaim, out: &mut Outbox<'_>) {
        if let Some(reason) = refusal(std::slice::from_ref(&group), out.context) {
            return out.notice(Severity::Warning, reason);
        }
        if function_of(&group) != Some(claim.function.name()) {
            let text = "Functions may share this log group: all that write to it are counted.";
            out.notice(Severity::Warning, text);
        }
        self.stop_counting(out);
        let span = Lookback::around(claim.started, out.now);
        let split = ColumnSplit::Claim(Box::new(claim));
        let mut table = StatisticsTable::start(vec![group], self.picker.home(), (span, split), out);
        table.of_run = true;
        self.screen = LogsScreen::Statistics(Box::new(table));
    }

    /// Folds the messages that are loaded to patterns; those at or after a time in Unix milliseconds are compared with
    /// those before.
    fn show_patterns(&mut self, split_ms: Option<i64>, out: &mut Outbox<'_>) {
        let Some(tail) = &self.tail else { return };
        if let LogsScreen::Patterns(list) = &self.screen {
            list.stop(out);
        }
        self.left_patterns = None;
        let list = PatternList::start(tail, split_ms, out);
        self.screen = LogsScreen::Patterns(Box::new(list));
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
