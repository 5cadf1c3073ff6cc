//! What is known of the projects here: from their files, and from the commands that were run.

use std::sync::Arc;

use jiff::Timestamp;

use crate::effect::{CodeJob, CodeReport, Job, JobReport, Outbox, Severity};
use crate::iac::{
    Project, Stack, StackAnswer, StackCommand, StackIntent, StackKey, StackRead, StackResource,
    Survey,
};
use crate::panes::Load;
use crate::task::TaskId;

/// The projects, as they were surveyed last.
#[derive(Debug, Default)]
pub struct KnownStacks {
    survey: Option<(Survey, Timestamp)>,
    load: Load,
    /// What commands answered, and when, in seconds since 1970.
    answers: Vec<(StackRead, StackAnswer, u64)>,
}

/// A row of the list: a stack with its project, or a project of which no stack is known.
#[derive(Debug, Clone, Copy)]
pub struct StackRow<'k> {
    /// The project.
    pub project: &'k Project,
    /// The stack.
    pub stack: Option<&'k Stack>,
}

impl<'k> StackRow<'k> {
    /// What tells it from other rows.
    #[must_use]
    pub fn key(&self) -> StackKey {
        self.project.key(self.stack)
    }

    /// The resources of the stack.
    #[must_use]
    pub fn resources(&self) -> &'k [StackResource] {
        self.stack.map_or(&[], |stack| &stack.resources)
    }

    /// What to type for the stack.
    #[must_use]
    pub fn commands(&self) -> Vec<StackCommand> {
        self.stack
            .map_or_else(Vec::new, |stack| self.project.commands(stack))
    }

    /// It as a sentence names it.
    #[must_use]
    pub fn title(&self) -> String {
        match self.stack {
            Some(stack) => self.project.placed_title(stack),
            None => self.key().title(),
        }
    }
}

impl KnownStacks {
    /// Looks for the projects unless that was done.
    pub(super) fn load_once(&mut self, out: &mut Outbox<'_>) {
        if self.load.is_unasked() {
            self.reload(out);
        }
    }

    /// Looks for the projects again, unless that is under way.
    pub(super) fn reload(&mut self, out: &mut Outbox<'_>) {
        if !self.load.is_loading() {
            self.load = Load::Loading(out.spawn(Job::Code(CodeJob::Survey)));
        }
    }

    /// Whether this task looks for them.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.load.task() == Some(id)
    }

    /// Takes the report of that task.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        let now = out.now;
        match report {
            JobReport::Code(CodeReport::Surveyed(survey)) => {
                self.survey = Some((Arc::unwrap_or_clone(survey), now));
                self.load = Load::Loaded(now);
                for (read, answer, at) in std::mem::take(&mut self.answers) {
                    self.take_at(read, answer, at);
                }
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why.clone());
                self.load = Load::Failed(why);
            }
            JobReport::Done | JobReport::Cancelled => self.load = Load::Unasked,
            _ => {}
        }
    }

    /// Takes what a command answered.
    pub(super) fn take(&mut self, read: StackRead, answer: StackAnswer, now: Timestamp) {
        self.answers.retain(|(known, ..)| known.text != read.text);
        let at = u64::try_from(now.as_second()).unwrap_or_default();
        self.take_at(read, answer, at);
    }

    fn take_at(&mut self, read: StackRead, answer: StackAnswer, at: u64) {
        let stack = self.survey.as_mut().and_then(|(survey, _)| {
            let mut projects = survey.projects.iter_mut();
            projects.find_map(|project| project.stack_mut(&read.key))
        });
        if let Some(stack) = stack {
            stack.take(&answer, &read.text, at);
            self.answers.push((read, answer, at));
        }
    }

    /// What was found, once it was looked for.
    #[must_use]
    pub fn survey(&self) -> Option<&Survey> {
        self.survey.as_ref().map(|(survey, _)| survey)
    }

    /// When that was.
    #[must_use]
    pub fn surveyed(&self) -> Option<Timestamp> {
        self.survey.as_ref().map(|(_, at)| *at)
    }

    /// How looking for them is doing.
    #[must_use]
    pub const fn load(&self) -> &Load {
        &self.load
    }

    /// The stacks of all projects, and the projects without one.
    pub fn rows(&self) -> impl Iterator<Item = StackRow<'_>> {
        let projects = self.survey().into_iter().flat_map(|it| &it.projects);
        projects.flat_map(|project| {
            let alone = project.stacks.is_empty().then_some(None);
            let stacks = project.stacks.iter().map(Some);
            alone
                .into_iter()
                .chain(stacks)
                .map(move |stack| StackRow { project, stack })
        })
    }

    /// What keeps the file of a stack, or of a project without one, from being read, as a sentence.
    #[must_use]
    pub fn problem(&self, row: StackRow<'_>) -> Option<String> {
        self.survey()?.problem_of(row.project, row.stack)
    }

    /// The command of an intent that may be run for a row.
    pub(super) fn read(&self, row: StackRow<'_>, intent: StackIntent) -> Option<StackRead> {
        row.project.read(row.stack?, intent, &self.survey()?.root)
    }
}
