//! Fetching: the fetch under way, what it came to, and when it was last asked what is due.

use jiff::{SignedDuration, Timestamp};

use super::screens::list::FEED_HEALTH;
use crate::effect::{AppContext, Backend, Fetch, Job, Outbox, ReaderJob, Severity};
use crate::task::TaskId;

/// How often it is asked which feeds are due while the pane is in front.
pub(super) const LOOK_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Whether a session fetches what is due without being asked to.
#[must_use]
pub(super) fn fetches_unasked(context: &AppContext) -> bool {
    !context.offline && context.source != Backend::Demo
}

/// The fetches of feeds, one at a time.
#[derive(Debug, Default)]
pub(super) struct FeedFetches {
    under_way: Option<Fetching>,
    /// When it was last asked what is due.
    looked: Option<Timestamp>,
}

impl FeedFetches {
    /// The fetch under way.
    pub(super) const fn under_way(&self) -> Option<&Fetching> {
        self.under_way.as_ref()
    }

    /// Fetches what is due, where that is done unasked.
    pub(super) fn fetch_due(&mut self, out: &mut Outbox<'_>) {
        if fetches_unasked(out.context) {
            self.looked = Some(out.now);
            self.fetch(Fetch::Due, false, out);
        }
    }

    /// Time goes on: what became due is fetched.
    pub(super) fn pass(&mut self, out: &mut Outbox<'_>) {
        let rests = |at| out.now.duration_since(at).abs() < LOOK_EVERY;
        if self.looked.is_some_and(|at| !rests(at)) {
            self.fetch_due(out);
        }
    }

    /// Fetches what the user asked for, unless something is fetched already.
    pub(super) fn fetch_asked(&mut self, which: Fetch, out: &mut Outbox<'_>) {
        self.fetch(which, true, out);
    }

    fn fetch(&mut self, which: Fetch, asked: bool, out: &mut Outbox<'_>) {
        if self.under_way.is_none() {
            self.under_way = Some(Fetching {
                task: out.spawn(Job::Reader(ReaderJob::Fetch(which))),
                feeds: 0,
                failed: 0,
                new: 0,
                asked,
            });
        }
    }

    /// Whether this task fetches.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.under_way.is_some_and(|fetching| fetching.task == id)
    }

    /// A feed was fetched and brought so many new articles, or failed.
    pub(super) fn fetched(&mut self, new: Option<usize>) {
        if let Some(fetching) = &mut self.under_way {
            fetching.feeds += 1;
            fetching.new += new.unwrap_or_default();
            fetching.failed += usize::from(new.is_none());
        }
    }

    /// The fetch is over; gives what it came to.
    pub(super) const fn end(&mut self) -> Option<Fetching> {
        self.under_way.take()
    }
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

    /// Tells what it came to: what is new, and what failed if the user asked for it. What failed unasked is only marked
    /// in the tree.
    pub(super) fn tell(self, out: &mut Outbox<'_>) {
        let new = match self.new {
            0 => "There are no new articles".to_owned(),
            1 => "There is 1 new article".to_owned(),
            new => format!("There are {new} new articles"),
        };
        let failed = match self.failed {
            0 => None,
            _ if !self.asked => None,
            1 => Some("1 feed failed".to_owned()),
            failed => Some(format!("{failed} feeds failed")),
        };
        match failed {
            Some(failed) => {
                let key = out.context.keymap.way_to(FEED_HEALTH);
                let text = format!("{failed}, see ! in the list of feeds; {key} tells why. {new}.");
                out.notice(Severity::Warning, text);
            }
            None if self.new > 0 => out.notice(Severity::Success, format!("{new}.")),
            None if self.asked => out.notice(Severity::Info, format!("{new}.")),
            None => {}
        }
    }
}
