//! The tuning pane: saved runs with their chart, the function picker, the plan form, and the live run.

mod cut_off;
mod entry;
mod form;
mod functions;
mod library;
mod linked;
mod live;
mod logs;
mod pane;
mod pending;
mod prompts;
mod reports;
pub mod screens;
mod shown;
mod start;
mod verdict;
mod view_options;

pub use cut_off::function_name;
pub use entry::{RunEntry, RunSection};
pub use form::{FieldId, FormField, PlanForm};
pub use functions::Functions;
pub use library::Library;
pub use live::Live;
pub use prompts::TuningPrompt;
pub use shown::{ChartedRun, ShownRuns};
pub use view_options::ViewOptions;

use crate::effect::Outbox;
use pending::TuningPendingJob;

/// The state of the pane.
#[derive(Debug)]
pub struct TuningPane {
    /// What is in front.
    pub screen: TuningScreen,
    /// The runs.
    pub library: Library,
    /// The functions of the account, as far as they were listed.
    pub functions: Functions,
    /// How curves are looked at.
    pub look: ViewOptions,
    shown: Option<ShownRuns>,
    /// The plan form that was left without a start.
    draft: Option<Box<PlanForm>>,
    live: Option<Live>,
    /// What the open prompt asks for.
    asked: Option<TuningPrompt>,
    pending: super::Pending<TuningPendingJob>,
    stale: bool,
}

/// What the pane shows.
#[derive(Debug)]
pub enum TuningScreen {
    /// The runs and the chart.
    Runs,
    /// The functions to choose from.
    Functions,
    /// The plan of a run.
    Plan(Box<PlanForm>),
}

impl TuningPane {
    /// Loads the saved runs.
    pub fn load(&mut self, out: &mut Outbox<'_>) {
        self.library.reload(out);
    }

    /// The run under way, if any.
    #[must_use]
    pub const fn live(&self) -> Option<&Live> {
        self.live.as_ref()
    }

    /// The curves on the chart, worked out when data or look changed.
    #[must_use]
    pub const fn shown(&self) -> Option<&ShownRuns> {
        self.shown.as_ref()
    }

    /// Moves the selection of the screen in front by a number of rows.
    fn step_selection(&mut self, rows: isize) {
        self.stale = true;
        match &mut self.screen {
            TuningScreen::Runs => self.step_runs(rows),
            TuningScreen::Functions => self.functions.step(rows),
            TuningScreen::Plan(form) => form.step(rows),
        }
    }

    fn step_runs(&mut self, rows: isize) {
        let selected = self.selected().map(|entry| &entry.run.id);
        let here = self
            .entries()
            .position(|entry| Some(&entry.run.id) == selected)
            .unwrap_or_default();
        let last = self.entries().count().saturating_sub(1);
        let there = here.saturating_add_signed(rows).min(last);
        let id = self.entries().nth(there).map(|entry| entry.run.id.clone());
        self.library.selected = id;
    }

    fn mark_stale(&mut self) {
        self.stale = true;
    }

    /// Works out the curves again if what they are made from changed.
    pub fn settle(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.shown = self
            .selected()
            .map(|entry| ShownRuns::of(entry, self.compared(), &self.look));
        if let Some(shown) = &self.shown {
            self.look.settle(&shown.main);
        }
    }

    /// The entries in list order: the live run, the saved ones newest first, the examples.
    pub fn entries(&self) -> impl Iterator<Item = &RunEntry> {
        let live = self.live.as_ref().map(Live::entry);
        let hidden = live.map(|entry| entry.run.id.clone());
        live.into_iter().chain(
            self.library
                .visible()
                .filter(move |entry| Some(&entry.run.id) != hidden.as_ref()),
        )
    }

    /// The entry in front.
    #[must_use]
    pub fn selected(&self) -> Option<&RunEntry> {
        let wanted = self.library.selected.as_ref();
        self.entries()
            .find(|entry| Some(&entry.run.id) == wanted)
            .or_else(|| self.entries().next())
    }

    /// The entry marked for comparison.
    #[must_use]
    pub fn compared(&self) -> Option<&RunEntry> {
        let wanted = self.look.compared.as_ref()?;
        self.library
            .all()
            .chain(self.live.as_ref().map(Live::entry))
            .find(|entry| entry.run.id == *wanted)
    }
}
