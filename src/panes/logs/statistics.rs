//! Statistics of several groups, side by side: of their invocations, or of their events where they have none.

mod lookback;
mod production;
mod split;

pub use lookback::Lookback;
pub use split::ColumnSplit;

use std::ops::RangeInclusive;

use crate::effect::{CountedPart, Job, JobReport, Outbox};
use crate::logs::Home;
use crate::logs::statistics::{GroupFigures, SheetCell, SpanChange, change, sheet};
use crate::panes::logs::tail::short_names;
use crate::task::TaskId;
use crate::text;

/// Groups that are counted at once: their quota of calls is shared with the tail.
const AT_ONCE: usize = 3;

/// The columns of the figures' names.
pub const NAMES: usize = 16;
/// The columns of a group with the space before it, at least and at most: as many as the longest name needs.
const GROUP: RangeInclusive<usize> = 15..=30;

/// The statistics on the screen.
#[derive(Debug)]
pub struct StatisticsTable {
    /// Whether it was opened from a run, and leads back to it.
    pub of_run: bool,
    /// The keys of the groups that are counted.
    pub(super) groups: Vec<String>,
    /// The groups, in the order they are followed; each as often as it is split.
    pub columns: Vec<GroupColumn>,
    /// How far back events are counted.
    pub span: Lookback,
    /// The first group on the screen.
    pub first: usize,
    /// The first line on the screen.
    pub top: usize,
    /// Lines the screen shows at once.
    pub height: usize,
    /// Groups the screen shows at once, at least one.
    pub room: usize,
    /// The columns of a group with the space before it.
    pub width: usize,
    /// What is counted apart.
    pub split: ColumnSplit,
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupColumn {
    /// As much of its name as tells it from the others, safe to draw.
    pub name: String,
    /// What is counted of it.
    part: CountedPart,
    /// How counting stands.
    pub state: Counting,
}

/// A line on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// What it tells.
    pub name: String,
    /// The figure of each group, in the order of the columns.
    pub cells: Vec<SheetCell>,
}

/// How counting stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Counting {
    /// Other groups come first.
    Waiting,
    /// Under way: events read so far, and up to when, in Unix milliseconds.
    Reading(TaskId, u64, Option<i64>),
    /// Done.
    Counted(GroupFigures),
    /// Failed; the sentence says why.
    Failed(String),
}

impl StatisticsTable {
    /// Counts the invocations of groups until now, and what is compared apart.
    pub(super) fn start(
        groups: Vec<String>,
        home: Option<&Home>,
        (span, split): (Lookback, ColumnSplit),
        out: &mut Outbox<'_>,
    ) -> Self {
        let range_ms = (span.begin_ms(out.now), out.now.as_millisecond());
        let names = short_names(&groups, home);
        let columns = groups.iter().zip(&names).flat_map(|(group, name)| {
            let parts = split.parts(group, range_ms).into_iter();
            parts.map(move |(what, part)| GroupColumn {
                name: format!("{what}{name}"),
                part,
                state: Counting::Waiting,
            })
        });
        let mut statistics = Self {
            columns: columns.collect(),
            of_run: false,
            groups: Vec::new(),
            span,
            first: 0,
            top: 0,
            height: 0,
            room: 1,
            width: *GROUP.start(),
            split,
        };
        statistics.groups = groups;
        statistics.go_on(out);
        statistics
    }

    /// How the second part of the first group on the screen does against the first, once both are counted; and the name of its
    /// column.
    #[must_use]
    pub fn change(&self) -> Option<(&str, SpanChange)> {
        let parts = self.split.columns();
        if parts < 2 {
            return None;
        }
        let at = self.first / parts * parts;
        let (first, second) = (self.columns.get(at)?, self.columns.get(at + 1)?);
        let change = change(first.figures()?, second.figures()?)?;
        Some((second.name.as_str(), change))
    }

    /// What is counted and has no invocation, as a sentence; nothing of a single column.
    #[must_use]
    pub fn without_traffic(&self) -> Option<String> {
        let is_idle = |figures: &GroupFigures| matches!(figures, GroupFigures::Invocations(it) if it.invocations == 0);
        let mut columns = self.columns.iter().enumerate();
        let (at, idle) = columns
            .rfind(|(_, column)| column.figures().is_some_and(is_idle))
            .filter(|_| self.columns.len() > 1)?;
        let only = idle.part.only.as_ref().map(ToString::to_string);
        let what = only.unwrap_or_else(|| idle.name.clone());
        Some(match self.split.claim() {
            Some(_) if at == 0 => format!("{what}: no invocation before the run."),
            Some(_) => format!("{what}: not enough traffic yet, 0 invocations since the run."),
            None => format!("{what}: no invocation in the {}.", self.span.name()),
        })
    }

    /// The stretch of time in words.
    #[must_use]
    pub fn span_words(&self) -> String {
        let name = self.span.name();
        match self.split.claim() {
            Some(_) => format!("{} before, and since", name.replacen("last", "the", 1)),
            None => name.to_owned(),
        }
    }

    /// Whether the figures of a job are waited for.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.columns.iter().any(|column| column.is_read_by(id))
    }

    /// How many events were read so far of the groups that are still counted; nothing when none is.
    #[must_use]
    pub fn read_so_far(&self) -> Option<u64> {
        let read = self.columns.iter().filter_map(|column| match column.state {
            Counting::Reading(_, events, _) => Some(events),
            _ => None,
        });
        read.fold(None, |sum, events| Some(sum.unwrap_or(0) + events))
    }

    /// Starts the next groups while fewer are under way than may be.
    fn go_on(&mut self, out: &mut Outbox<'_>) {
        let reads = |column: &&GroupColumn| matches!(column.state, Counting::Reading(..));
        let busy = self.columns.iter().filter(reads).count();
        let waiting = self
            .columns
            .iter_mut()
            .filter(|column| column.state == Counting::Waiting);
        for column in waiting.take(AT_ONCE.saturating_sub(busy)) {
            let task = out.spawn(Job::CountInvocations(column.part.clone()));
            column.state = Counting::Reading(task, 0, None);
        }
    }

    /// Stops counting.
    pub(super) fn stop(&self, out: &mut Outbox<'_>) {
        for column in &self.columns {
            if let Counting::Reading(task, ..) = column.state {
                out.cancel(task);
            }
        }
    }

    /// Takes a report of a job.
    pub(super) fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        let Some(column) = self.columns.iter_mut().find(|column| column.is_read_by(id)) else {
            return;
        };
        match report {
            JobReport::Counting { events, reached_ms } => {
                column.state = Counting::Reading(id, events, reached_ms);
            }
            JobReport::Counted(figures) => column.state = Counting::Counted(figures),
            JobReport::Failed(why) => column.state = Counting::Failed(why.sentence),
            JobReport::Cancelled => column.state = Counting::Failed("Broken off.".to_owned()),
            _ => {}
        }
        self.go_on(out);
    }

    /// Moves over the groups by a number of columns; they stop at the ends.
    pub(super) fn scroll(&mut self, columns: isize) {
        let last = self.columns.len().saturating_sub(self.room);
        self.first = self.first.saturating_add_signed(columns).min(last);
    }

    /// Whether groups stand right of the screen.
    #[must_use]
    pub const fn has_more(&self) -> bool {
        self.first + self.room < self.columns.len()
    }

    /// The lines, a figure of every group each; none when no group could be counted.
    #[must_use]
    pub fn lines(&self) -> Vec<FigureRow> {
        let columns = || self.columns.iter();
        let figures: Vec<_> = columns().map(GroupColumn::figures).collect();
        let (mut series, mut is_first) = ("", true);
        let is_any = columns().any(|column| !matches!(column.state, Counting::Failed(_)));
        let lines = sheet(&figures).into_iter().filter(|_| is_any).map(|line| {
            let name = match line.figure {
                "" => line.of.to_owned(),
                figure if line.of == series => format!("  {figure}"),
                figure => format!("{} {figure}", line.of),
            };
            series = line.of;
            let cells = line.cells.into_iter().zip(columns());
            let cells =
                cells.map(|(cell, column)| cell.unwrap_or_else(|| column.without(is_first)));
            let cells = cells.collect();
            is_first = false;
            FigureRow { name, cells }
        });
        lines.collect()
    }

    /// Moves over the lines; they stop at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        self.top = self.top.saturating_add_signed(rows);
        self.stop_at_last_line();
    }

    /// Fits so many columns of text and so many lines, with none left free that could be filled.
    pub(super) fn settle(&mut self, columns: usize, height: usize) {
        self.height = height;
        let names = self
            .columns
            .iter()
            .map(|column| text::width(&column.name) + 1);
        self.width = names.max().unwrap_or(0).clamp(*GROUP.start(), *GROUP.end());
        self.room = (columns.saturating_sub(NAMES + 1) / self.width).max(1);
        self.stop_at_last_line();
        self.scroll(0);
    }

    fn stop_at_last_line(&mut self) {
        let last = self.lines().len().saturating_sub(self.height);
        self.top = self.top.min(last);
    }
}

impl GroupColumn {
    fn is_read_by(&self, id: TaskId) -> bool {
        matches!(self.state, Counting::Reading(task, ..) if task == id)
    }

    const fn figures(&self) -> Option<&GroupFigures> {
        match &self.state {
            Counting::Counted(figures) => Some(figures),
            _ => None,
        }
    }

    /// What stands where there is no figure; why is said once, in the first line.
    fn without(&self, is_first: bool) -> SheetCell {
        SheetCell::Text(match self.state {
            Counting::Failed(_) if is_first => "failed".to_owned(),
            Counting::Counted(_) | Counting::Failed(_) => "-".to_owned(),
            Counting::Waiting | Counting::Reading(..) => "...".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::statistics::Statistics;

    fn table(states: Vec<Counting>) -> StatisticsTable {
        let (_, part) = ColumnSplit::None.parts("/aws/lambda/f", (0, 1)).remove(0);
        let column = |state| GroupColumn {
            name: "f".to_owned(),
            part: part.clone(),
            state,
        };
        StatisticsTable {
            of_run: false,
            groups: vec!["/aws/lambda/f".to_owned()],
            columns: states.into_iter().map(column).collect(),
            span: Lookback::Hour,
            first: 0,
            top: 0,
            height: 10,
            room: 1,
            width: *GROUP.start(),
            split: ColumnSplit::None,
        }
    }

    #[test]
    fn what_is_not_counted_yet_says_so_and_what_failed_too() {
        let table = table(vec![
            Counting::Waiting,
            Counting::Failed("No.".to_owned()),
            Counting::Reading(TaskId(1), 7, None),
        ]);
        assert_eq!(table.read_so_far(), Some(7));
        let lines = table.lines();
        for (at, line) in lines.iter().enumerate() {
            let failed = if at == 0 { "failed" } else { "-" };
            let words = ["...", failed, "..."].map(|it| SheetCell::Text(it.to_owned()));
            assert_eq!(line.cells, words);
        }
        assert!(lines.iter().any(|line| line.name == "duration n"));
    }

    #[test]
    fn the_figures_of_a_series_stand_under_its_name() {
        let figures = GroupFigures::Invocations(Box::new(Statistics::new().summary()));
        let lines = table(vec![Counting::Counted(figures)]).lines();
        let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        let at = names.iter().position(|name| *name == "duration n").unwrap();
        assert_eq!(names[at + 1..at + 3], ["  avg", "  p10"]);
        assert!(lines.iter().all(|line| line.name.len() <= NAMES));
    }
}
