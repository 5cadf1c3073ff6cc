//! The tuning pane: saved runs with their chart, the function picker, the plan form, and the live run.

mod code;
mod consent;
mod doubt;
mod entry;
mod event_chooser;
mod form;
mod functions;
mod library;
mod linked;
mod live;
mod pane;
mod planning;
mod prompts;
mod recovery;
mod resuming;
mod runs;
mod samples;
pub mod screens;
mod shown;
mod verdict;
mod view_options;

pub use code::{CodeLine, CodePick, CodeSheet, CodeTone, PatchDraft, PatchWrites};
pub use entry::{RunEntry, RunSection};
pub use event_chooser::EventChooser;
pub use form::{FieldGroup, FieldId, FormField, FormGroup, PlanForm, RepeatedRun};
pub use functions::Functions;
pub use library::Library;
pub use live::Live;
pub use prompts::TuningPrompt;
pub use recovery::function_name;
pub use runs::Runs;
pub use samples::SampleList;
pub use shown::{ChartedRun, ShownAnswer, ShownComparison, ShownRuns};
pub use view_options::{AxisOptions, MonthOptions, SizeCursor, ViewOptions};

use crate::effect::{BroughtPayload, Outbox, Prompt, Severity};
use crate::power::{Run, RunId};

/// The state of the pane.
#[derive(Debug)]
pub struct TuningPane {
    /// What is in front.
    pub screen: TuningScreen,
    /// The runs.
    pub runs: Runs,
    /// The functions of the account, as far as they were listed.
    pub functions: Functions,
    /// The run whose plan is made once more, until a run is started or the functions are left.
    pub repeated: Option<RepeatedRun>,
    /// The plan form that was left without a start.
    draft: Option<Box<PlanForm>>,
    /// The tasks that read a function to plan a run of it.
    described: super::Pending<()>,
    /// The payload for the plan that is opened next.
    brought: Option<BroughtPayload>,
    /// The changes that are being written.
    patches: PatchWrites,
    /// What led to the run in front, since the pane came to the front.
    led_by: Option<LedBy>,
    /// What the open prompt asks for.
    asked: Option<TuningPrompt>,
}

/// What led to a run, and is gone back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LedBy {
    /// A link in an article.
    Article,
    /// The figures of a function at its memory sizes.
    Statistics,
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
    /// The run in front as code.
    Code(Box<CodeSheet>),
    /// The samples of the run that was in front.
    Samples(Box<SampleList>),
}

impl TuningPane {
    /// Loads the saved runs.
    pub fn load(&mut self, out: &mut Outbox<'_>) {
        self.runs.library.reload(out);
    }

    /// The run under way, if any.
    #[must_use]
    pub const fn live(&self) -> Option<&Live> {
        self.runs.live()
    }

    /// Stops the run under way; it restores the function before it ends.
    pub fn cancel_live(&mut self, out: &mut Outbox<'_>) {
        self.runs.cancel_live(out);
    }

    /// Goes on with the live run, if it is this one and paused.
    pub fn go_on(&mut self, run: &RunId, out: &mut Outbox<'_>) {
        let live = self.live().filter(|live| live.paused.is_some());
        if live.is_some_and(|live| live.entry().run.id == *run) {
            self.runs.switch_pause(out);
        } else {
            out.notice(Severity::Info, "That run is no longer paused.");
        }
    }

    /// Undoes what a run left behind.
    pub fn recover(&mut self, run: &RunId, out: &mut Outbox<'_>) {
        self.runs.recover(run, out);
    }

    /// Shows the run of a visualization link. A run with the same figures that is saved, or came with the program, is
    /// shown as it is; another one is imported.
    pub fn show_link(&mut self, link: &str, out: &mut Outbox<'_>) {
        self.show(TuningScreen::Runs, out);
        self.led_by = Some(LedBy::Article);
        self.runs.show_link(link, out);
    }

    /// Keeps a run of means that was made of other figures, and shows it.
    pub fn show_figures(&mut self, run: Run, out: &mut Outbox<'_>) {
        self.show(TuningScreen::Runs, out);
        self.led_by = Some(LedBy::Statistics);
        self.runs.keep(run, out);
    }

    /// Brings a screen to the front; a plan form that was there is kept as it was left.
    fn show(&mut self, screen: TuningScreen, out: &mut Outbox<'_>) {
        if let TuningScreen::Plan(mut form) = std::mem::replace(&mut self.screen, screen) {
            form.put_away(out);
            self.draft = Some(form);
        }
    }

    /// Asks for a text.
    fn ask(&mut self, question: TuningPrompt, prompt: Prompt, out: &mut Outbox<'_>) {
        self.asked = Some(question);
        out.prompt(prompt);
    }
}
