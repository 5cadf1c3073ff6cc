//! The list: the articles of a shelf, loaded by the page as far as the user goes.

use super::{Shelf, ended};
use crate::articles::{Article, ArticleId};
use crate::effect::{Job, JobReport, Outbox, ReaderJob, ReaderReport};
use crate::panes::Load;
use crate::task::TaskId;

/// Articles that are loaded at once.
const PAGE: usize = 200;

/// The articles of a shelf, as far as they were loaded.
#[derive(Debug, Default)]
pub struct List {
    /// How loading is doing.
    pub load: Load,
    /// Whether only unread articles are listed.
    pub only_unread: bool,
    shelf: Shelf,
    articles: Vec<Article>,
    at: usize,
    coming: Coming,
    /// Whether there may be more behind the last one.
    more: bool,
}

/// What a load under way brings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Coming {
    /// Another list, from its top.
    #[default]
    Other,
    /// The same list anew; this article, or its place, stays in front.
    Same(Option<ArticleId>, usize),
    /// The next page.
    More,
}

impl List {
    /// Lists a shelf from its top. What is shown stays until it is loaded.
    pub fn show(&mut self, all_of: Shelf, out: &mut Outbox<'_>) {
        self.shelf = all_of;
        self.ask(Coming::Other, PAGE, out);
    }

    /// Lists the same articles again, as many as there are.
    pub fn reload(&mut self, out: &mut Outbox<'_>) {
        let coming = match &self.coming {
            Coming::Other if self.load.is_loading() => Coming::Other,
            _ => Coming::Same(self.selected().map(|article| article.id.clone()), self.at),
        };
        let limit = self.articles.len().next_multiple_of(PAGE).max(PAGE);
        self.ask(coming, limit, out);
    }

    /// Loads the next page when the selection comes near the end of what is there.
    pub fn load_more(&mut self, out: &mut Outbox<'_>) {
        let near = self.at + PAGE / 2 >= self.articles.len();
        if near && self.more && !self.load.is_loading() {
            self.ask(Coming::More, PAGE, out);
        }
    }

    fn ask(&mut self, coming: Coming, limit: usize, out: &mut Outbox<'_>) {
        if let Some(task) = self.load.task() {
            out.cancel(task);
        }
        let mut filter = match self.shelf.filter(self.only_unread) {
            Ok(filter) => filter,
            Err(broken) => {
                self.fill(Vec::new());
                self.load = Load::Failed(broken);
                return;
            }
        };
        if coming == Coming::More {
            // Not a number of articles: those that were read since may not be among the unread any more.
            filter.after = self.articles.last().map(|last| last.id.clone());
        }
        filter.limit = Some(limit);
        self.coming = coming;
        self.load = Load::Loading(out.spawn(Job::Reader(ReaderJob::List(filter))));
    }

    /// Whether this task loads the list.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.load.task() == Some(id)
    }

    /// Takes the report of the load.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        if let JobReport::Reader(ReaderReport::Listed(articles)) = report {
            self.load = Load::Loaded(out.now);
            self.fill(articles);
        } else {
            self.load = ended(report, out);
        }
    }

    fn fill(&mut self, page: Vec<Article>) {
        let whole_pages = page.len().is_multiple_of(PAGE) && !page.is_empty();
        self.more = whole_pages;
        match std::mem::take(&mut self.coming) {
            Coming::More => {
                // What moved between the two loads is not shown twice.
                let known: std::collections::HashSet<&ArticleId> =
                    self.articles.iter().map(|article| &article.id).collect();
                let new: Vec<Article> = page
                    .into_iter()
                    .filter(|article| !known.contains(&article.id))
                    .collect();
                self.articles.extend(new);
            }
            Coming::Other => {
                self.articles = page;
                self.at = 0;
            }
            Coming::Same(id, at) => {
                self.articles = page;
                let place = id.and_then(|id| self.position_of(&id));
                self.at = place
                    .unwrap_or(at)
                    .min(self.articles.len().saturating_sub(1));
            }
        }
    }

    /// The articles, top to bottom.
    #[must_use]
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// The row of the selected article.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.at
    }

    /// The selected article.
    #[must_use]
    pub fn selected(&self) -> Option<&Article> {
        self.articles.get(self.at)
    }

    /// The row of an article.
    #[must_use]
    pub fn position_of(&self, id: &ArticleId) -> Option<usize> {
        self.articles.iter().position(|article| article.id == *id)
    }

    /// Moves the selection by a number of rows; it stops at the ends.
    pub fn step(&mut self, rows: isize) {
        let last = self.articles.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(rows).min(last);
    }

    /// Selects an article, if it is there.
    pub fn select(&mut self, id: &ArticleId) {
        self.at = self.position_of(id).unwrap_or(self.at);
    }

    /// Changes articles that are shown.
    pub(super) fn each_mut(&mut self) -> impl Iterator<Item = &mut Article> {
        self.articles.iter_mut()
    }
}
