//! The patterns of the messages that are loaded, group by group: templates with their counts.

use std::sync::Arc;

use crate::effect::{Job, JobReport, Outbox};
use crate::logs::FilterCondition;
use crate::logs::statistics::EventSummary;
use crate::logs::templates::Template;
use crate::panes::logs::Tail;
use crate::task::TaskId;

/// The patterns on the screen.
#[derive(Debug)]
pub struct PatternList {
    /// How folding stands.
    pub state: Folding,
    /// The time from which on patterns are compared with those before, in Unix milliseconds.
    pub compared_ms: Option<i64>,
    /// Whether filters hide rows from it.
    pub is_filtered: bool,
    /// The figures of each group, by name.
    groups: Vec<(Arc<str>, EventSummary)>,
    /// The group on the screen.
    group: usize,
    /// The pattern under the cursor.
    cursor: usize,
}

/// How folding stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Folding {
    /// Under way.
    Reading(TaskId),
    /// Done.
    Folded,
    /// Failed; the sentence says why.
    Failed(String),
}

impl PatternList {
    /// Folds the rows of a tail that pass its filters; those at or after a time in Unix milliseconds are compared with
    /// those before.
    pub(super) fn start(tail: &Tail, split_ms: Option<i64>, out: &mut Outbox<'_>) -> Self {
        let buffer = tail.rows().buffer();
        let task = out.spawn(Job::FoldMessages(buffer.snapshot(), split_ms));
        Self {
            state: Folding::Reading(task),
            compared_ms: split_ms,
            is_filtered: !buffer.filters().is_empty(),
            groups: Vec::new(),
            group: 0,
            cursor: 0,
        }
    }

    /// Whether the patterns of a job are waited for.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.state == Folding::Reading(id)
    }

    /// Stops folding.
    pub(super) fn stop(&self, out: &mut Outbox<'_>) {
        if let Folding::Reading(task) = self.state {
            out.cancel(task);
        }
    }

    /// Takes a report of the job. What is new comes first.
    pub(super) fn report(&mut self, report: JobReport) {
        match report {
            JobReport::Folded(mut groups) => {
                for (_, summary) in &mut groups {
                    if summary.span.split_ms.is_some() {
                        let templates = &mut summary.templates;
                        templates.sort_by_key(|template| !template.sights.is_new());
                    }
                }
                groups.sort_by(|(a, _), (b, _)| a.cmp(b));
                self.groups = groups;
                self.state = Folding::Folded;
            }
            JobReport::Failed(why) => self.state = Folding::Failed(why.sentence),
            JobReport::Cancelled => self.state = Folding::Failed("Broken off.".to_owned()),
            _ => {}
        }
    }

    /// The group on the screen with its figures; its place and how many groups there are.
    #[must_use]
    pub fn shown(&self) -> Option<(&str, &EventSummary, (usize, usize))> {
        let (name, summary) = self.groups.get(self.group)?;
        Some((name, summary, (self.group + 1, self.groups.len())))
    }

    /// The place of the pattern under the cursor.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// The pattern under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Option<&Template> {
        let (_, summary, _) = self.shown()?;
        summary.templates.get(self.cursor)
    }

    /// What a row must have to be of the pattern under the cursor.
    pub(super) fn condition(&self) -> Option<FilterCondition> {
        let (group, _) = self.groups.get(self.group)?;
        let test = self.chosen()?.test.clone();
        Some(FilterCondition::Template(Arc::clone(group), test))
    }

    /// Moves the cursor; it stops at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        let count = self
            .shown()
            .map_or(0, |(_, summary, _)| summary.templates.len());
        let last = count.saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }

    /// Whether there is a group so many places on.
    pub(super) fn has(&self, places: isize) -> bool {
        let group = self.group.checked_add_signed(places);
        group.is_some_and(|group| group < self.groups.len())
    }

    /// Goes to a group so many places on, if there is one.
    pub(super) fn turn(&mut self, places: isize) {
        if self.has(places) {
            self.group = self.group.saturating_add_signed(places);
            self.cursor = 0;
        }
    }
}
