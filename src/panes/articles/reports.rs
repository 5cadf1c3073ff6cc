//! What the pane does with the reports of its jobs.

use super::open::OpenReason;
use super::pending::ArticlesPendingJob;
use super::{ArticlesPane, Fetching, Shelf};
use crate::articles::{FeedId, Mark};
use crate::effect::{JobReport, Outbox, Problem, ReaderJob, ReaderReport, Severity};
use crate::panes::Load;
use crate::panes::articles::screens::list::FEED_HEALTH;
use crate::task::TaskId;

impl ArticlesPane {
    /// Whether the pane waits for what this task reports.
    #[must_use]
    pub(super) fn awaits_report(&self, id: TaskId) -> bool {
        self.tree.load.task() == Some(id)
            || self.list.load.task() == Some(id)
            || self.is_searching(id)
            || self.is_opening(id)
            || self.is_fetching(id)
            || self.is_laying_out(id)
            || self.pending.find(id).is_some()
    }

    fn is_searching(&self, id: TaskId) -> bool {
        self.search.as_ref().is_some_and(|search| search.awaits(id))
    }

    fn is_opening(&self, id: TaskId) -> bool {
        self.opening.as_ref().is_some_and(|(task, _)| *task == id)
    }

    fn is_laying_out(&self, id: TaskId) -> bool {
        let reading = self.reading.as_ref();
        reading.is_some_and(|reading| reading.awaits(id))
    }

    fn is_fetching(&self, id: TaskId) -> bool {
        self.fetching.is_some_and(|fetching| fetching.task == id)
    }

    /// Takes the report of a job the pane waits for.
    pub(super) fn take_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if self.tree.load.task() == Some(id) {
            self.tree_report(report, out);
        } else if self.list.load.task() == Some(id) {
            self.list_report(report, out);
        } else if self.is_searching(id) {
            self.search_report(report, out);
        } else if self.is_opening(id) {
            self.opening_report(report, out);
        } else if self.is_laying_out(id) {
            self.layout_report(report, out);
        } else if self.is_fetching(id) {
            self.fetch_report(report, out);
        } else {
            self.pending_report(id, report, out);
        }
    }

    fn tree_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        let before = self.tree.shelf.clone();
        if let JobReport::Reader(ReaderReport::Feeds(feeds, starred)) = report {
            self.tree.fill(feeds, starred);
            self.tree.load = Load::Loaded(out.now);
        } else {
            self.tree.load = ended(report, out);
        }
        if self.tree.shelf != before {
            self.list.show(self.tree.shelf.clone(), out);
        }
    }

    fn list_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        if let JobReport::Reader(ReaderReport::Listed(articles)) = report {
            self.list.load = Load::Loaded(out.now);
            self.list.fill(articles);
        } else {
            self.list.load = ended(report, out);
        }
    }

    fn search_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        let Some(search) = &mut self.search else {
            return;
        };
        match report {
            JobReport::Reader(ReaderReport::Found(found)) => search.fill(found),
            JobReport::Failed(why) => out.notice(Severity::Error, why),
            _ => {}
        }
        search.end();
    }

    fn opening_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        let Some((_, opening)) = self.opening.take() else {
            return;
        };
        match (report, opening) {
            (JobReport::Reader(ReaderReport::Opened(opened)), opening) => {
                self.opened(*opened, opening, out);
            }
            (JobReport::Reader(ReaderReport::Nothing), OpenReason::Link(url)) => {
                self.browse(&url, out);
            }
            (JobReport::Reader(ReaderReport::Nothing), _) => {
                out.notice(Severity::Info, "Nothing is unread, in no feed.");
            }
            (JobReport::Failed(why), _) => out.notice(Severity::Error, why),
            _ => {}
        }
    }

    fn layout_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match (&mut self.reading, report) {
            (Some(reading), JobReport::Reader(ReaderReport::LaidOut(page))) => {
                reading.laid_out(*page);
            }
            (Some(reading), report) => {
                reading.not_laid_out();
                if let JobReport::Failed(why) = report {
                    out.notice(Severity::Error, why);
                }
            }
            (None, _) => {}
        }
    }

    fn fetch_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        if let (Some(fetching), JobReport::Reader(ReaderReport::Fetched(new))) =
            (&mut self.fetching, &report)
        {
            fetching.feeds += 1;
            fetching.new += new.unwrap_or_default();
            fetching.failed += usize::from(new.is_none());
            return self.tree.reload(out);
        }
        let Some(fetching) = self.fetching.take() else {
            return;
        };
        match report {
            JobReport::Failed(why) => out.notice(Severity::Error, why),
            JobReport::Done => tell_fetched(fetching, out),
            _ => {}
        }
        if fetching.is_told() {
            self.reload(out);
        }
    }

    fn pending_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Reader(ReaderReport::Browsing) => {
                let browser = out.context.browser.as_ref();
                let name = browser
                    .map_or("the browser", |browser| browser.name())
                    .to_owned();
                out.notice(Severity::Info, format!("Opened in {name}."));
            }
            report => {
                if let Some(pending_job) = self.pending.end(id) {
                    self.errand_ended(pending_job, report, out);
                }
            }
        }
    }

    fn errand_ended(
        &mut self,
        pending_job: ArticlesPendingJob,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) {
        match (pending_job, report) {
            (ArticlesPendingJob::Mark(mark), JobReport::Reader(ReaderReport::Marked(ids))) => {
                self.marked(ids, mark, out);
                self.tree.reload(out);
                if matches!(mark, Mark::Starred(false)) && self.tree.shelf == Shelf::Starred {
                    self.list.reload(out);
                }
            }
            (ArticlesPendingJob::Silent, JobReport::Reader(ReaderReport::Marked(_))) => {
                self.tree.reload(out);
            }
            (ArticlesPendingJob::Undo(ids, mark), JobReport::Reader(ReaderReport::Marked(_))) => {
                self.undone(ids.len(), mark, out);
            }
            (ArticlesPendingJob::Undo(ids, mark), JobReport::Failed(why)) => {
                self.not_undone(ids, mark);
                self.refused(why, out);
            }
            (ArticlesPendingJob::Follow, JobReport::Reader(ReaderReport::Followed(feed, new))) => {
                self.followed(feed, new, out);
            }
            (ArticlesPendingJob::Save, JobReport::Exported(path)) => {
                out.notice(Severity::Success, format!("Wrote {path}."));
            }
            (ArticlesPendingJob::Mark(_) | ArticlesPendingJob::Silent, JobReport::Failed(why)) => {
                self.refused(why, out);
            }
            (_, JobReport::Failed(why)) => out.notice(Severity::Error, why),
            (ArticlesPendingJob::Unfollow, _) => self.reload(out),
            _ => {}
        }
    }

    /// The store refused a mark: what was shown as marked is not.
    fn refused(&mut self, why: Problem, out: &mut Outbox<'_>) {
        out.notice(Severity::Error, why);
        self.reload(out);
    }

    /// A feed is followed and was fetched: it is shown, unless the user went on to read or to search.
    fn followed(&mut self, feed: FeedId, new: bool, out: &mut Outbox<'_>) {
        if !new {
            out.notice(Severity::Info, "This feed was followed already.");
        }
        if self.reading.is_some() || self.search.is_some() {
            if new {
                let text = "The feed is followed and fetched; it is the last in the list of feeds.";
                out.notice(Severity::Success, text);
            }
            return self.tree.reload(out);
        }
        self.tree.shelf = Shelf::Feed(feed);
        self.tree.reload(out);
        self.list.show(self.tree.shelf.clone(), out);
    }

    /// Loads feeds, list and search again: something changed in the store.
    pub(super) fn reload(&mut self, out: &mut Outbox<'_>) {
        self.tree.reload(out);
        self.list.reload(out);
        if let Some(search) = &mut self.search
            && !search.is_searching()
        {
            let text = search.text.clone();
            // The same text was a query before.
            let _still_a_query = search.ask(&text, out);
        }
    }

    /// Follows a feed no longer.
    pub fn unfollow(&mut self, feed: FeedId, out: &mut Outbox<'_>) {
        self.health = None;
        let task = out.spawn(crate::effect::Job::Reader(ReaderJob::Unfollow(feed)));
        self.pending.add(task, ArticlesPendingJob::Unfollow);
    }
}

/// The state of a load that brought nothing.
fn ended(report: JobReport, out: &mut Outbox<'_>) -> Load {
    match report {
        JobReport::Failed(why) => {
            out.notice(Severity::Error, why.clone());
            Load::Failed(why)
        }
        _ => Load::Unasked,
    }
}

/// Tells what a fetch came to: what is new, and what failed if the user asked for it. What failed unasked is only marked
/// in the tree.
fn tell_fetched(fetching: Fetching, out: &mut Outbox<'_>) {
    let new = match fetching.new {
        0 => "There are no new articles".to_owned(),
        1 => "There is 1 new article".to_owned(),
        new => format!("There are {new} new articles"),
    };
    let failed = match fetching.failed {
        0 => None,
        _ if !fetching.asked => None,
        1 => Some("1 feed failed".to_owned()),
        failed => Some(format!("{failed} feeds failed")),
    };
    match failed {
        Some(failed) => {
            let key = out.context.keymap.hint(FEED_HEALTH);
            let text = format!("{failed}, see ! in the list of feeds; {key} tells why. {new}.");
            out.notice(Severity::Warning, text);
        }
        None if fetching.new > 0 => out.notice(Severity::Success, format!("{new}.")),
        None if fetching.asked => out.notice(Severity::Info, format!("{new}.")),
        None => {}
    }
}
