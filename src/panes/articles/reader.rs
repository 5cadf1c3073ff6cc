//! Which article is read, what was read before it, and how the next one comes: it is loaded in the background, and a
//! newer request overtakes the one under way.

mod places;

use super::ReadingView;
use super::reading::ReadingPosition;
use crate::effect::{Job, JobReport, Outbox, ReaderJob, Severity};
use crate::panes::Pending;
use crate::task::TaskId;
use places::ReadingPositions;

/// The most articles the way back leads through.
const TRAIL: usize = 30;

/// Why an article is being loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OpenReason {
    /// The user chose it.
    Chosen,
    /// It may be what this link leads to; the way back leads to the article the link is in.
    Link(String),
    /// It is the next unread one.
    Unread,
    /// It is the one that is read, with another text.
    OtherText,
    /// It was left there for another one.
    Back(ReadingPosition),
}

/// The article that is read, and the ways from it.
#[derive(Debug, Default)]
pub(super) struct ArticleReader {
    view: Option<ReadingView>,
    /// What was read before a link was followed, and where.
    trail: Vec<ReadingPosition>,
    /// Where articles were left in this session.
    places: ReadingPositions,
    opening: Option<(TaskId, OpenReason)>,
    /// The places that are being kept.
    keeping: Pending<()>,
}

impl ArticleReader {
    /// The article that is read.
    pub(super) const fn view(&self) -> Option<&ReadingView> {
        self.view.as_ref()
    }

    /// The article that is read, to be changed.
    pub(super) const fn view_mut(&mut self) -> Option<&mut ReadingView> {
        self.view.as_mut()
    }

    /// Whether the way back leads to another article.
    pub(super) const fn has_way_back(&self) -> bool {
        !self.trail.is_empty()
    }

    /// Loads an article; what was being loaded is not wanted any more.
    pub(super) fn load(&mut self, job: ReaderJob, reason: OpenReason, out: &mut Outbox<'_>) {
        self.load_no_more(out);
        self.opening = Some((out.spawn(Job::Reader(job)), reason));
    }

    fn load_no_more(&mut self, out: &mut Outbox<'_>) {
        if let Some((task, _)) = self.opening.take() {
            out.cancel(task);
        }
    }

    /// Whether this task loads an article.
    pub(super) fn is_opening(&self, id: TaskId) -> bool {
        self.opening.as_ref().is_some_and(|(task, _)| *task == id)
    }

    /// The load is over, well or not; gives why it was asked for.
    pub(super) fn end_opening(&mut self) -> Option<OpenReason> {
        self.opening.take().map(|(_, reason)| reason)
    }

    /// Whether this task lays out the article that is read.
    pub(super) fn is_laying_out(&self, id: TaskId) -> bool {
        self.view.as_ref().is_some_and(|view| view.awaits(id))
    }

    /// Shows an article that was loaded, where reading goes on for that reason.
    pub(super) fn show(&mut self, view: ReadingView, reason: OpenReason, out: &mut Outbox<'_>) {
        let left = self.put_away(out);
        self.view = Some(match reason {
            OpenReason::Back(place) => view.at_place(place),
            OpenReason::Link(url) => {
                if let Some(left) = left {
                    self.remember(left);
                }
                view.at_fragment_of(&url)
            }
            OpenReason::OtherText => view,
            OpenReason::Chosen | OpenReason::Unread => {
                self.trail.clear();
                let words = view.opened_for();
                let place = self.places.find(&view.article.id, words).cloned();
                let stored = || view.stored_place().filter(|_| words.is_empty());
                match place.or_else(stored) {
                    Some(place) => view.at_place(place),
                    None => view,
                }
            }
        });
    }

    /// The way back leads to this place, too.
    pub(super) fn remember(&mut self, left: ReadingPosition) {
        self.trail.push(left);
        let surplus = self.trail.len().saturating_sub(TRAIL);
        self.trail.drain(..surplus);
    }

    /// Goes back to the place a link was followed from, in this article or in another one, else to the list. What was being loaded is not wanted any more.
    pub(super) fn leave(&mut self, out: &mut Outbox<'_>) {
        self.load_no_more(out);
        let place = self.trail.pop();
        match (place, &mut self.view) {
            (Some(place), Some(view)) if view.article.id == place.article => {
                view.go_back_to(&place);
            }
            (Some(place), _) => {
                let job = ReaderJob::Open(place.article.clone());
                self.load(job, OpenReason::Back(place), out);
            }
            (None, _) => {
                self.put_away(out);
            }
        }
    }

    /// Has the store keep where the reader is, if it does not have that yet.
    pub(super) fn store_place(&mut self, out: &mut Outbox<'_>) {
        if let Some(view) = &mut self.view
            && let Some(at) = view.place_to_store()
        {
            let job = ReaderJob::KeepPlace(view.article.id.clone(), at);
            let task = out.spawn(Job::Reader(job));
            self.keeping.add(task, ());
        }
    }

    /// Whether this task keeps a place.
    pub(super) fn is_keeping(&self, id: TaskId) -> bool {
        self.keeping.has(id)
    }

    /// A place was kept, or not.
    pub(super) fn kept(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.keeping.end(id);
        if let JobReport::Failed(why) = report {
            out.notice(Severity::Error, why);
        }
    }

    /// Leaves the article that is read, and keeps where the reader was in it.
    pub(super) fn put_away(&mut self, out: &mut Outbox<'_>) -> Option<ReadingPosition> {
        self.store_place(out);
        let place = self.view.take().map(|left| left.place())?;
        self.places.keep(place.clone());
        Some(place)
    }
}
