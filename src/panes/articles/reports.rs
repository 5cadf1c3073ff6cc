//! What the pane does with the reports of its jobs.

use super::marks::MarkEnd;
use super::pending::ArticlesPendingJob;
use super::reader::OpenReason;
use super::{ArticlesPane, ReadingView, follow};
use crate::articles::{FeedId, Mark};
use crate::effect::{JobReport, OpenedArticle, Outbox, ReaderReport, Severity};
use crate::task::TaskId;

impl ArticlesPane {
    /// Takes what came of loading an article.
    pub(super) fn opening_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        let Some(reason) = self.reader.end_opening() else {
            return;
        };
        match (report, reason) {
            (JobReport::Reader(ReaderReport::Opened(opened)), reason) => {
                self.show_opened(*opened, reason, out);
            }
            (JobReport::Reader(ReaderReport::Nothing), OpenReason::Link(url)) => {
                follow::browse(&url, out);
            }
            (JobReport::Reader(ReaderReport::Nothing), OpenReason::Chosen) => {
                let text = "The bundled notes are followed no longer; `iacstone feeds add notes:` brings them back.";
                out.notice(Severity::Info, text);
            }
            (JobReport::Reader(ReaderReport::Nothing), _) => {
                out.notice(Severity::Info, "Nothing is unread, in no feed.");
            }
            (JobReport::Failed(why), _) => out.notice(Severity::Error, why),
            _ => {}
        }
    }

    /// Shows an article that was loaded, and marks it read.
    fn show_opened(&mut self, opened: OpenedArticle, reason: OpenReason, out: &mut Outbox<'_>) {
        let id = opened.article.id.clone();
        let is_unread = !opened.article.read;
        self.browsing.select(&id);
        let words = self.browsing.words_for(&id);
        let feeds = self.browsing.tree().feeds.as_slice();
        let view = ReadingView::new(opened, feeds, words, &out.context.keymap);
        self.reader.show(view, reason, out);
        if is_unread {
            self.show_marked(std::slice::from_ref(&id), Mark::Read(true));
            self.marks.mark_opened(id, out);
        }
    }

    /// Takes how a fetch goes on.
    pub(super) fn fetch_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        if let JobReport::Reader(ReaderReport::Fetched(new)) = report {
            self.fetches.fetched(new);
            return self.browsing.reload_counts(out);
        }
        let Some(fetching) = self.fetches.end() else {
            return;
        };
        match report {
            JobReport::Failed(why) => out.notice(Severity::Error, why),
            JobReport::Done => fetching.tell(out),
            _ => {}
        }
        if fetching.is_told() {
            self.browsing.reload(out);
        }
    }

    /// Takes what came of a marking.
    pub(super) fn mark_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match self.marks.report(id, report, out) {
            Some(MarkEnd::Marked(ids, mark)) => {
                self.show_marked(&ids, mark);
                self.browsing.marked(mark, out);
            }
            Some(MarkEnd::Kept) => self.browsing.reload_counts(out),
            Some(MarkEnd::Refused) => self.browsing.reload(out),
            None => {}
        }
    }

    /// Takes the report of a job that leaves the pane as it is.
    pub(super) fn pending_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        let Some(job) = self.pending.end(id) else {
            return;
        };
        match (job, report) {
            (_, JobReport::Failed(why)) => out.notice(Severity::Error, why),
            (ArticlesPendingJob::Follow, JobReport::Reader(ReaderReport::Followed(feed, new))) => {
                self.followed(feed, new, out);
            }
            (ArticlesPendingJob::Save, JobReport::Exported(path)) => {
                out.notice(Severity::Success, format!("Wrote {path}."));
            }
            (ArticlesPendingJob::Searches, _) => self.browsing.reload_counts(out),
            (ArticlesPendingJob::Unfollow, _) => self.browsing.reload(out),
            _ => {}
        }
    }

    /// A feed is followed and was fetched: it is shown, unless the user went on to read or to search.
    fn followed(&mut self, feed: FeedId, new: bool, out: &mut Outbox<'_>) {
        if !new {
            out.notice(Severity::Info, "This feed was followed already.");
        }
        if self.reading().is_none() && self.browsing.search().is_none() {
            if new {
                out.notice(Severity::Success, "The feed is followed and fetched.");
            }
            return self.browsing.show_feed(feed, out);
        }
        if new {
            let text = "The feed is followed and fetched; it is the last in the list of feeds.";
            out.notice(Severity::Success, text);
        }
        self.browsing.reload_counts(out);
    }
}
