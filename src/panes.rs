//! The panes: state and update, no drawing.

pub mod articles;
mod console;
mod filter;
mod geometry;
mod load;
pub mod logs;
mod naming;
mod paged_list;
mod payload;
mod pending;
mod screen;
pub mod stacks;
mod step;
mod stored_list;
pub mod tuning;

pub use articles::ArticlesPane;
pub use geometry::{
    QueryAreas, Rect, StatisticsAreas, TailAreas, article_text, code_areas, list_page,
    side_by_side, stacked,
};
pub use load::Load;
pub use logs::LogsPane;
pub use paged_list::PagedList;
use screen::Screen;
pub use screen::{Availability, Move};
pub use stacks::StacksPane;
pub use tuning::TuningPane;

use std::fmt::Debug;
use std::time::Duration;

use crate::effect::{AppContext, JobReport, Outbox, PromptAid};
use crate::keys::{Action, Chord, Scope};
use crate::task::TaskId;
use console::open_console;
use naming::check_name;
use pending::Pending;
use step::stepped;
use stored_list::{StoredItem, StoredList};

/// An action with a word or two for the footer.
pub type Offer = (Action, &'static str);

/// What stands between the tabs and the status line while it is in front, and works on behind.
pub trait Pane: Debug {
    /// The state before anything was loaded.
    fn new(context: &AppContext) -> Self
    where
        Self: Sized;

    /// Every action of its screens, in the order of the help.
    fn actions() -> Vec<Action>
    where
        Self: Sized;

    /// The scope whose keys work now.
    fn scope(&self) -> &'static Scope;

    /// The actions that do something as things are, those the footer names first.
    fn available(&self) -> Vec<(Action, Availability)>;

    /// What the footer says of them.
    fn offers(&self) -> Vec<Offer> {
        let words = |(action, stands)| match stands {
            Availability::Offered(_, word) => Some((action, word)),
            _ => None,
        };
        self.available().into_iter().filter_map(words).collect()
    }

    /// Does what the user asked for.
    fn act(&mut self, action: Action, out: &mut Outbox<'_>);

    /// Whether keys go to the pane before they can become actions.
    fn takes_keys(&self) -> bool {
        false
    }

    /// Takes a key before it becomes an action; says whether it did.
    fn key(&mut self, _chord: Chord, _out: &mut Outbox<'_>) -> bool {
        false
    }

    /// Whether it works with the account, so that it has to be known whose the credentials are.
    fn needs_account(&self) -> bool {
        true
    }

    /// Moves what an open prompt narrows by a number of rows.
    fn step(&mut self, rows: isize);

    /// The pane comes to the front.
    fn enter(&mut self, _out: &mut Outbox<'_>) {}

    /// Time goes on while the pane is in front.
    fn pass(&mut self, _out: &mut Outbox<'_>) {}

    /// How long what is shown stays true when nothing happens; `None` for as long as that lasts.
    fn beat(&self, context: &AppContext, is_in_front: bool) -> Option<Duration>;

    /// Works out what is shown from what changed, for the body the pane is drawn in; what takes long becomes a job.
    fn settle(&mut self, body: Rect, out: &mut Outbox<'_>);

    /// Whether the pane waits for what this task reports.
    fn awaits(&self, id: TaskId) -> bool;

    /// Takes the report of a task the pane waits for.
    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>);

    /// Follows a text while it is typed, for what the pane asked last.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands, or would not do what it seems to.
    fn prompt_edited(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String>;

    /// Takes a text the user is done with.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    fn prompt_submitted(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String>;

    /// Something else is to fill a prompt, which is closed: it holds this text.
    fn prompt_aid(&mut self, _aid: PromptAid, _text: String, _out: &mut Outbox<'_>) {}

    /// The prompt was given up.
    fn prompt_closed(&mut self, out: &mut Outbox<'_>);
}
