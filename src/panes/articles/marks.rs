//! Marks: read, unread, starred; what the user marked can be undone.

use super::screens::everywhere::UNDO_MARK;
use crate::articles::{Article, ArticleId, Mark, MarkScope};
use crate::effect::{Job, JobReport, Outbox, ReaderJob, ReaderReport, Severity};
use crate::panes::Pending;
use crate::task::TaskId;

/// The most markings that can be undone.
const KEPT: usize = 50;

/// What is being marked in the store, and what was.
#[derive(Debug, Default)]
pub(super) struct ArticleMarks {
    /// What the user marked, latest last.
    done: Vec<(Vec<ArticleId>, Mark)>,
    under_way: Pending<Marking>,
}

/// A marking under way.
#[derive(Debug, Clone, PartialEq)]
enum Marking {
    /// The user asked for it; it can be undone.
    Asked(Mark),
    /// An article that was opened becomes a read one.
    Opened,
    /// A marking of these articles is being undone.
    Undo(Vec<ArticleId>, Mark),
}

/// What the end of a marking means for what is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum MarkEnd {
    /// The store marked these articles because the user asked for it.
    Marked(Vec<ArticleId>, Mark),
    /// The store has what is shown already; only how many there are of each kind changed.
    Kept,
    /// The store refused: what was shown as marked is not.
    Refused,
}

impl ArticleMarks {
    /// Marks articles because the user asked for it.
    pub(super) fn mark(&mut self, scope: MarkScope, mark: Mark, out: &mut Outbox<'_>) {
        self.begin(scope, mark, Marking::Asked(mark), out);
    }

    /// Marks an article read because it was opened.
    pub(super) fn mark_opened(&mut self, id: ArticleId, out: &mut Outbox<'_>) {
        let scope = MarkScope::These(vec![id]);
        self.begin(scope, Mark::Read(true), Marking::Opened, out);
    }

    /// Undoes the last marking; gives the articles and the mark they have then, or says that there is none.
    pub(super) fn undo(&mut self, out: &mut Outbox<'_>) -> Option<(Vec<ArticleId>, Mark)> {
        let Some((ids, mark)) = self.done.pop() else {
            out.notice(Severity::Info, "Nothing was marked in this session.");
            return None;
        };
        let undone = mark.undone();
        let scope = MarkScope::These(ids.clone());
        self.begin(scope, undone, Marking::Undo(ids.clone(), mark), out);
        Some((ids, undone))
    }

    fn begin(&mut self, scope: MarkScope, mark: Mark, marking: Marking, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::Reader(ReaderJob::Mark(scope, mark)));
        self.under_way.add(task, marking);
    }

    /// Whether a marking can be undone.
    pub(super) const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether this task marks.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.under_way.has(id)
    }

    /// Takes the report of a task that marks; gives what it means for what is shown, if anything.
    pub(super) fn report(
        &mut self,
        id: TaskId,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) -> Option<MarkEnd> {
        let marking = self.under_way.end(id)?;
        match (marking, report) {
            (marking, JobReport::Failed(why)) => {
                if let Marking::Undo(ids, mark) = marking {
                    // It can be tried again.
                    self.keep(ids, mark);
                }
                out.notice(Severity::Error, why);
                Some(MarkEnd::Refused)
            }
            (Marking::Asked(mark), JobReport::Reader(ReaderReport::Marked(ids))) => {
                self.marked(ids.clone(), mark, out);
                Some(MarkEnd::Marked(ids, mark))
            }
            (Marking::Opened, JobReport::Reader(ReaderReport::Marked(_))) => Some(MarkEnd::Kept),
            (Marking::Undo(ids, mark), JobReport::Reader(ReaderReport::Marked(_))) => {
                let text = format!("{}.", sentence(ids.len(), mark.undone()));
                out.notice(Severity::Info, text);
                Some(MarkEnd::Kept)
            }
            _ => None,
        }
    }

    /// The store marked these because the user asked for it.
    fn marked(&mut self, ids: Vec<ArticleId>, mark: Mark, out: &mut Outbox<'_>) {
        if ids.is_empty() {
            let text = format!("They were all {} already.", word(mark));
            return out.notice(Severity::Info, text);
        }
        if ids.len() > 1 {
            let undo = out.context.keymap.way_to(UNDO_MARK);
            let text = format!("{}; {undo} undoes it.", sentence(ids.len(), mark));
            out.notice(Severity::Success, text);
        }
        self.keep(ids, mark);
    }

    fn keep(&mut self, ids: Vec<ArticleId>, mark: Mark) {
        if self.done.len() == KEPT {
            self.done.remove(0);
        }
        self.done.push((ids, mark));
    }
}

/// Puts a mark on an article that is shown.
pub(super) const fn put(article: &mut Article, mark: Mark) {
    match mark {
        Mark::Read(on) => article.read = on,
        Mark::Starred(on) => article.starred = on,
    }
}

const fn word(mark: Mark) -> &'static str {
    match mark {
        Mark::Read(true) => "read",
        Mark::Read(false) => "unread",
        Mark::Starred(true) => "starred",
        Mark::Starred(false) => "not starred",
    }
}

fn sentence(count: usize, mark: Mark) -> String {
    let what = word(mark);
    let noun = if count == 1 {
        "article is"
    } else {
        "articles are"
    };
    format!("{count} {noun} {what} now")
}
