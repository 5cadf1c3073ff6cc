//! Marks: read, unread, starred; what the user marked can be undone.

use std::collections::HashSet;

use super::ArticlesPane;
use super::pending::ArticlesPendingJob;
use crate::articles::{Article, ArticleId, Mark, MarkScope};
use crate::effect::{Job, Outbox, ReaderJob, Severity};
use crate::panes::articles::screens::everywhere::UNDO_MARK;

/// The most markings that can be undone.
const KEPT: usize = 50;

/// What was marked, latest last.
#[derive(Debug, Default)]
pub(super) struct MarkHistory(Vec<(Vec<ArticleId>, Mark)>);

impl MarkHistory {
    fn keep(&mut self, ids: Vec<ArticleId>, mark: Mark) {
        if self.0.len() == KEPT {
            self.0.remove(0);
        }
        self.0.push((ids, mark));
    }
}

impl ArticlesPane {
    pub(super) fn toggle_read(&mut self, out: &mut Outbox<'_>) {
        if let Some((id, on)) = self
            .current()
            .map(|article| (article.id.clone(), article.read))
        {
            self.mark(MarkScope::These(vec![id]), Mark::Read(!on), out);
        }
    }

    pub(super) fn toggle_star(&mut self, out: &mut Outbox<'_>) {
        if let Some((id, on)) = self
            .current()
            .map(|article| (article.id.clone(), article.starred))
        {
            self.mark(MarkScope::These(vec![id]), Mark::Starred(!on), out);
        }
    }

    /// Marks the current article and all above it read: those that stand there, not those a list made now would have.
    pub(super) fn mark_above(&mut self, out: &mut Outbox<'_>) {
        let Some(id) = self.current().map(|article| article.id.clone()) else {
            return;
        };
        let listed: Vec<&Article> = match &self.search {
            Some(search) => search.found().iter().map(|found| &found.article).collect(),
            None => self.list.articles().iter().collect(),
        };
        let Some(at) = listed.iter().position(|article| article.id == id) else {
            return out.notice(Severity::Info, "This article is not in the list.");
        };
        let above = listed.into_iter().take(at + 1);
        let unread = above.filter(|article| !article.read);
        let ids: Vec<ArticleId> = unread.map(|article| article.id.clone()).collect();
        if ids.is_empty() {
            return out.notice(Severity::Info, "They were all read already.");
        }
        self.mark(MarkScope::These(ids), Mark::Read(true), out);
    }

    /// Marks all articles of the list read, those that were not loaded too.
    pub(super) fn mark_all(&mut self, out: &mut Outbox<'_>) {
        let scope = match &self.search {
            Some(search) => {
                let all = search.found().iter();
                MarkScope::These(all.map(|found| found.article.id.clone()).collect())
            }
            None => MarkScope::All(self.tree.shelf.filter(self.list.only_unread)),
        };
        self.mark(scope, Mark::Read(true), out);
    }

    fn mark(&mut self, scope: MarkScope, mark: Mark, out: &mut Outbox<'_>) {
        if let MarkScope::These(ids) = &scope {
            self.show_marked(ids, mark);
        }
        let task = out.spawn(Job::Reader(ReaderJob::Mark(scope, mark)));
        self.pending.add(task, ArticlesPendingJob::Mark(mark));
    }

    pub(super) fn undo_mark(&mut self, out: &mut Outbox<'_>) {
        let Some((ids, mark)) = self.marks.0.pop() else {
            return out.notice(Severity::Info, "Nothing was marked in this session.");
        };
        let undone = mark.undone();
        self.show_marked(&ids, undone);
        let job = ReaderJob::Mark(MarkScope::These(ids.clone()), undone);
        let task = out.spawn(Job::Reader(job));
        self.pending.add(task, ArticlesPendingJob::Undo(ids, mark));
    }

    /// The store undid a marking.
    pub(super) fn undone(&mut self, count: usize, mark: Mark, out: &mut Outbox<'_>) {
        let text = format!("{}.", sentence(count, mark.undone()));
        out.notice(Severity::Info, text);
        self.tree.reload(out);
    }

    /// The store refused to undo a marking: it can be tried again.
    pub(super) fn not_undone(&mut self, ids: Vec<ArticleId>, mark: Mark) {
        self.marks.keep(ids, mark);
    }

    /// Whether a marking can be undone.
    pub(super) const fn can_undo_mark(&self) -> bool {
        !self.marks.0.is_empty()
    }

    /// The store marked these because the user asked for it.
    pub(super) fn marked(&mut self, ids: Vec<ArticleId>, mark: Mark, out: &mut Outbox<'_>) {
        self.show_marked(&ids, mark);
        if ids.is_empty() {
            let text = format!("They were all {} already.", word(mark));
            return out.notice(Severity::Info, text);
        }
        if ids.len() > 1 {
            let undo = out.context.keymap.hint(UNDO_MARK);
            let text = format!("{}; {undo} undoes it.", sentence(ids.len(), mark));
            out.notice(Severity::Success, text);
        }
        self.marks.keep(ids, mark);
    }

    /// Shows a mark at once, before the store has it.
    pub(super) fn show_marked(&mut self, ids: &[ArticleId], mark: Mark) {
        let ids: HashSet<&ArticleId> = ids.iter().collect();
        let searched = self
            .search
            .iter_mut()
            .flat_map(super::ArticleSearch::each_mut);
        let shown = self
            .list
            .each_mut()
            .chain(searched)
            .chain(self.reading.iter_mut().map(|reading| &mut reading.article));
        for article in shown.filter(|article| ids.contains(&article.id)) {
            put(article, mark);
        }
    }
}

const fn put(article: &mut Article, mark: Mark) {
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
