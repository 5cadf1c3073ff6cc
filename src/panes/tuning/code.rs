//! The sheet of a run as code: where code gives the function its memory size, the change that gives it another one, and
//! how that is written in general.

mod lines;
mod patch;

use std::sync::Arc;

use super::{RunEntry, ShownRuns};
use crate::effect::{CodeJob, CodeReport, Job, JobReport, Outbox, Severity};
use crate::iac::{CodeForm, CodePlace, FunctionTarget, MemoryCode, Survey};
use crate::lambda::MemoryMb;
use crate::panes::{Load, Move, Rect, code_areas};
use crate::power::RunId;
use crate::task::TaskId;
pub use lines::{CodeLine, CodeTone};
pub use patch::{PatchDraft, PatchWrites};

/// What a size stands out by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePick {
    /// The run recommends it.
    Recommended,
    /// It has the lowest cost.
    Cheapest,
    /// It has the shortest duration.
    Fastest,
    /// It is the balance of both.
    Balanced,
    /// It is under the cursor of the chart.
    Cursor,
}

impl CodePick {
    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Cheapest => "cheapest",
            Self::Fastest => "fastest",
            Self::Balanced => "balanced",
            Self::Cursor => "cursor",
        }
    }
}

/// The state of the sheet.
#[derive(Debug)]
pub struct CodeSheet {
    /// The run.
    pub run: RunId,
    /// Its function, and the size that it is to have.
    target: FunctionTarget,
    /// The sizes to choose from.
    picks: Vec<(CodePick, MemoryMb)>,
    pick: CodePick,
    survey: Option<Arc<Survey>>,
    /// What was found for each size that was looked at.
    codes: Vec<(MemoryMb, Arc<MemoryCode>)>,
    load: Load,
    /// The form in front, once the user chose one.
    form: Option<CodeForm>,
    /// The place in front among those of the form.
    place: usize,
    /// The first line that is shown.
    from: usize,
    /// The lines, and the columns that they were made for.
    lines: Option<(u16, Vec<CodeLine>)>,
    /// The rows that there are for them.
    height: usize,
}

impl CodeSheet {
    /// The sheet of a run that is shown; `None` where no size of it stands out.
    #[must_use]
    pub(super) fn open(
        entry: &RunEntry,
        shown: &ShownRuns,
        cursor: Option<MemoryMb>,
    ) -> Option<Self> {
        let picks = shown.main.picks;
        let all = [
            (
                CodePick::Recommended,
                shown.answer.recommended.or(entry.listed.pick),
            ),
            (CodePick::Cheapest, picks.map(|picks| picks.cheapest)),
            (CodePick::Fastest, picks.map(|picks| picks.fastest)),
            (CodePick::Balanced, picks.map(|picks| picks.balanced)),
            (CodePick::Cursor, cursor),
        ];
        let known = all
            .into_iter()
            .filter_map(|(pick, size)| Some((pick, size?)));
        let picks: Vec<(CodePick, MemoryMb)> = known.collect();
        let &(pick, size) = picks.first()?;
        Some(Self {
            run: entry.run.id.clone(),
            target: FunctionTarget::of_run(&entry.run, size),
            picks,
            pick,
            survey: None,
            codes: Vec::new(),
            load: Load::default(),
            form: None,
            place: 0,
            from: 0,
            lines: None,
            height: 1,
        })
    }

    /// Has the files read, unless what they say of this size is known.
    pub(super) fn load(&mut self, out: &mut Outbox<'_>) {
        self.lines = None;
        if self.code().is_none() {
            self.stop(out);
            let job = CodeJob::Find(self.survey.clone(), self.target.clone());
            self.load = Load::Loading(out.spawn(Job::Code(job)));
        }
    }

    /// Has all files read again.
    pub(super) fn reload(&mut self, out: &mut Outbox<'_>) {
        self.survey = None;
        self.codes.clear();
        self.load(out);
    }

    /// Waits for no answer any more.
    pub(super) fn stop(&mut self, out: &mut Outbox<'_>) {
        if let Some(task) = self.load.task() {
            out.cancel(task);
            self.load = Load::Unasked;
        }
    }

    /// Whether this task reads the files.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.load.task() == Some(id)
    }

    /// Takes the report of that task.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        self.lines = None;
        match report {
            JobReport::Code(CodeReport::Found(survey, code, _)) => {
                self.survey = Some(survey);
                self.codes.push((self.target.to, code));
                self.load = Load::Loaded(out.now);
                self.place = self.place.min(self.places().count().saturating_sub(1));
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why.clone());
                self.load = Load::Failed(why);
            }
            JobReport::Done | JobReport::Cancelled => self.load = Load::Unasked,
            _ => {}
        }
    }

    /// Takes another of the run's sizes.
    pub(super) fn take(&mut self, pick: CodePick, out: &mut Outbox<'_>) {
        let Some(size) = self.size(pick) else {
            return out.notice(
                Severity::Info,
                format!("This run has no size for that: {}.", pick.name()),
            );
        };
        self.pick = pick;
        self.target.to = size;
        self.from = 0;
        self.load(out);
    }

    /// The size that stands out by this.
    #[must_use]
    pub fn size(&self, pick: CodePick) -> Option<MemoryMb> {
        let found = self.picks.iter().find(|(it, _)| *it == pick);
        found.map(|(_, size)| *size)
    }

    /// What the size in front stands out by.
    #[must_use]
    pub const fn pick(&self) -> CodePick {
        self.pick
    }

    /// The function, and the size that it is to have.
    #[must_use]
    pub const fn target(&self) -> &FunctionTarget {
        &self.target
    }

    /// What files say of the size in front, once they were read.
    #[must_use]
    fn code(&self) -> Option<&MemoryCode> {
        let found = self.codes.iter().find(|(size, _)| *size == self.target.to);
        found.map(|(_, code)| &**code)
    }

    /// The forms in the order of the tabs: those that this directory uses first, the surest before the others.
    #[must_use]
    pub fn forms(&self) -> Vec<CodeForm> {
        let places = self.code().map_or(&[][..], |code| &code.places);
        let mut forms: Vec<CodeForm> = Vec::new();
        let of_places = places.iter().filter_map(|place| {
            CodeForm::ALL
                .into_iter()
                .find(|form| form.has(place.tool, &place.file))
        });
        for form in of_places.chain(CodeForm::ALL) {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        forms
    }

    /// The form in front.
    #[must_use]
    pub fn form(&self) -> CodeForm {
        let first = || self.forms().first().copied();
        self.form.or_else(first).unwrap_or(CodeForm::AwsCli)
    }

    /// The places of the form in front, the surest first.
    fn places(&self) -> impl Iterator<Item = &CodePlace> {
        let form = self.form();
        let places = self.code().map_or(&[][..], |code| &code.places);
        let is_of_form = move |place: &&CodePlace| form.has(place.tool, &place.file);
        places.iter().filter(is_of_form)
    }

    /// The place in front.
    pub(super) fn place(&self) -> Option<&CodePlace> {
        self.places().nth(self.place)
    }

    /// Goes to the form so many tabs further; it stops at the ends.
    pub(super) fn turn(&mut self, tabs: isize) {
        let forms = self.forms();
        let here = forms.iter().position(|form| *form == self.form());
        let there = here.unwrap_or_default().saturating_add_signed(tabs);
        self.form = forms.get(there.min(forms.len() - 1)).copied();
        (self.place, self.from, self.lines) = (0, 0, None);
    }

    /// Moves: row by row through the places, and on through the text behind the last one; page by page through the text.
    pub(super) fn step(&mut self, step: Move) {
        let count = self.places().count();
        match step {
            Move::Rows(rows) if rows > 0 && self.place + 1 < count => self.go_to(self.place + 1),
            Move::Rows(rows) if rows < 0 && self.from == 0 && self.place > 0 => {
                self.go_to(self.place - 1);
            }
            step => {
                let rows = step.rows(self.height.saturating_sub(1).max(1));
                self.from = self.from.saturating_add_signed(rows).min(self.last());
            }
        }
    }

    fn go_to(&mut self, place: usize) {
        (self.place, self.from, self.lines) = (place, 0, None);
    }

    /// The first line of the last page.
    fn last(&self) -> usize {
        self.count().saturating_sub(self.height)
    }

    /// How many lines there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lines.as_ref().map_or(0, |(_, lines)| lines.len())
    }

    /// The lines from the first one shown on.
    #[must_use]
    pub fn lines(&self) -> (usize, &[CodeLine]) {
        let lines = self.lines.as_ref().map_or(&[][..], |(_, lines)| lines);
        (self.from, lines.get(self.from..).unwrap_or_default())
    }

    /// Makes the lines for this body, unless they are made.
    pub(super) fn settle(&mut self, body: Rect, out: &Outbox<'_>) {
        let (_, area) = code_areas(body);
        self.height = usize::from(area.height).max(1);
        let columns = area.width.saturating_sub(2);
        if self.lines.as_ref().map(|(made_for, _)| *made_for) != Some(columns) {
            let lines = lines::of(self, usize::from(columns), &out.context.keymap);
            self.lines = Some((columns, lines));
        }
        self.from = self.from.min(self.last());
    }
}
