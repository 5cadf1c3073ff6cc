//! The articles pane: the tree of feeds, the list, the search, and the article that is read.

mod find;
mod follow;
mod hints;
mod list;
mod marks;
mod open;
mod over;
mod page;
mod pane;
mod pending;
mod places;
mod prompts;
mod reading;
mod reports;
pub mod screens;
mod search;
mod shelf;
mod spot;
mod tree;

pub use find::{Find, Hit};
pub use hints::{Hints, LinkHint};
pub use list::List;
pub use over::{Choice, Over};
pub use prompts::ArticlesPrompt;
pub use reading::{EDGE, HEAD, MARGIN, ReadingView};
pub use search::ArticleSearch;
pub use shelf::Shelf;
pub use tree::Tree;

use crate::panes::Rect;
use jiff::{SignedDuration, Timestamp};

use crate::articles::{Article, FeedId};
use crate::effect::{AppContext, Backend, Fetch, Job, Outbox, ReaderJob};
use crate::task::TaskId;
use marks::MarkHistory;
use open::OpenReason;
use pending::ArticlesPendingJob;
use places::ReadingPositions;

/// The state of the pane.
#[derive(Debug, Default)]
pub struct ArticlesPane {
    /// Whether keys go to the tree or to the list.
    pub focus: Focus,
    /// The feeds, and which of them is in front.
    pub tree: Tree,
    /// The articles of what is in front.
    pub list: List,
    /// The search in place of the list, if there is one.
    pub search: Option<ArticleSearch>,
    /// The feed whose health is shown.
    pub health: Option<FeedId>,
    /// The fetch under way.
    pub fetching: Option<Fetching>,
    /// When it was last asked what is due.
    looked: Option<Timestamp>,
    reading: Option<ReadingView>,
    /// What was read before a link was followed, and where.
    trail: Vec<reading::ReadingPosition>,
    /// Where articles were left in this session.
    places: ReadingPositions,
    opening: Option<(TaskId, OpenReason)>,
    marks: MarkHistory,
    /// What the open prompt asks for.
    asked: Option<ArticlesPrompt>,
    pending: super::Pending<ArticlesPendingJob>,
}

/// How often it is asked which feeds are due while the pane is in front.
pub const LOOK_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Whether a session fetches what is due without being asked to.
#[must_use]
pub fn fetches_unasked(context: &AppContext) -> bool {
    !context.offline && context.source != Backend::Demo
}

/// What takes the keys while no article is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The feeds.
    Tree,
    /// The articles.
    #[default]
    List,
}

/// A fetch under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetching {
    task: TaskId,
    /// Feeds that were fetched so far, well or not.
    pub feeds: usize,
    /// Feeds that failed.
    failed: usize,
    /// Articles that are new.
    pub new: usize,
    /// Whether the user asked for it.
    asked: bool,
}

impl Fetching {
    /// Whether there is something to tell: the user asked for it, or something was due.
    #[must_use]
    pub const fn is_told(&self) -> bool {
        self.asked || self.feeds > 0
    }
}

impl ArticlesPane {
    /// The pane comes to the front: what is stored is loaded, and what is due is fetched behind it. In the demo nothing
    /// is fetched unasked.
    pub fn enter(&mut self, out: &mut Outbox<'_>) {
        if self.tree.load.is_unasked() {
            self.tree.reload(out);
            self.list.show(self.tree.shelf.clone(), out);
        }
        self.fetch_due(out);
    }

    /// Time goes on while the pane is in front: what became due is fetched.
    pub fn pass(&mut self, out: &mut Outbox<'_>) {
        let rests = |at| out.now.duration_since(at).abs() < LOOK_EVERY;
        if self.looked.is_some_and(|at| !rests(at)) {
            self.fetch_due(out);
        }
    }

    fn fetch_due(&mut self, out: &mut Outbox<'_>) {
        if fetches_unasked(out.context) {
            self.looked = Some(out.now);
            self.fetch(Fetch::Due, false, out);
        }
    }

    /// Fetches feeds, unless that is under way.
    fn fetch(&mut self, which: Fetch, asked: bool, out: &mut Outbox<'_>) {
        if self.fetching.is_none() {
            self.fetching = Some(Fetching {
                task: out.spawn(Job::Reader(ReaderJob::Fetch(which))),
                feeds: 0,
                failed: 0,
                new: 0,
                asked,
            });
        }
    }

    /// The article that is read.
    #[must_use]
    pub const fn reading(&self) -> Option<&ReadingView> {
        self.reading.as_ref()
    }

    /// The article keys are about: the one that is read, else the selected one.
    #[must_use]
    pub fn current(&self) -> Option<&Article> {
        match &self.reading {
            Some(reading) => Some(&reading.article),
            None => self.selected(),
        }
    }

    /// The selected article of the search or the list.
    #[must_use]
    pub fn selected(&self) -> Option<&Article> {
        match &self.search {
            Some(search) => search.selected(),
            None => self.list.selected(),
        }
    }

    /// Lays the article out again if the room for it changed.
    pub fn settle(&mut self, body: Rect, ascii: bool, out: &mut Outbox<'_>) {
        if let Some(reading) = &mut self.reading {
            reading.settle((body.width, body.height), ascii, out);
        }
    }
}
