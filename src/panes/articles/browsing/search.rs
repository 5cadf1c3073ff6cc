//! The search: articles that hold what is being typed. Each change of the text overtakes the search before it.

use crate::articles::{Article, ArticleId, SearchHit, SearchQuery, SearchTerm};
use crate::effect::{Job, JobReport, Outbox, ReaderJob, ReaderReport, Severity};
use crate::task::TaskId;

/// A search and what it found.
#[derive(Debug, Default)]
pub struct ArticleSearch {
    /// What was typed.
    pub text: String,
    found: Vec<SearchHit>,
    at: usize,
    task: Option<TaskId>,
    /// What the articles shown were searched for; none before the first answer.
    answered: Option<String>,
    words: Vec<String>,
}

impl ArticleSearch {
    /// Searches for another text.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text; what was found before stays.
    pub fn ask(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        let query = SearchQuery::parse(text).map_err(|error| error.to_string());
        text.clone_into(&mut self.text);
        if let Some(task) = self.task.take() {
            out.cancel(task);
        }
        let query = query?;
        if query.is_empty() {
            self.found.clear();
            self.answered = None;
            self.words.clear();
            return Ok(());
        }
        self.words = words(&query);
        self.task = Some(out.spawn(Job::Reader(ReaderJob::Search(query))));
        Ok(())
    }

    /// Whether this task searches for the text as it stands.
    #[must_use]
    pub fn awaits(&self, id: TaskId) -> bool {
        self.task == Some(id)
    }

    /// Whether the text as it stands is searched for, or was.
    pub(super) fn is_asked(&self) -> bool {
        self.is_searching() || self.answered.as_ref() == Some(&self.text)
    }

    /// What a query like this one does not mean, though it may look so.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        SearchQuery::parse(&self.text).ok()?.remark()
    }

    /// Whether the answer is still to come.
    #[must_use]
    pub const fn is_searching(&self) -> bool {
        self.task.is_some()
    }

    /// Takes the report of the search.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Reader(ReaderReport::Found(found)) => self.fill(found),
            JobReport::Failed(why) => out.notice(Severity::Error, why),
            _ => {}
        }
        self.task = None;
    }

    fn fill(&mut self, found: Vec<SearchHit>) {
        // The same search anew, after a marking say, keeps its place.
        if self.answered.as_ref() != Some(&self.text) {
            self.at = 0;
        }
        self.at = self.at.min(found.len().saturating_sub(1));
        self.found = found;
        self.answered = Some(self.text.clone());
    }

    /// Whether something was searched for and answered.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.answered.is_some()
    }

    /// What was found, best first.
    #[must_use]
    pub fn found(&self) -> &[SearchHit] {
        &self.found
    }

    /// The row of the selected article.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.at
    }

    /// The selected article.
    #[must_use]
    pub fn selected(&self) -> Option<&Article> {
        self.found.get(self.at).map(|found| &found.article)
    }

    /// The next unread article below the selected one or the one that is read, else the first that is unread.
    pub(super) fn unread(&self, read: Option<&ArticleId>) -> Option<&Article> {
        let unread = |article: &&Article| !article.read && Some(&article.id) != read;
        let articles = || self.found.iter().map(|found| &found.article);
        let at = articles().position(|article| Some(&article.id) == read);
        let from = at.map_or(self.at, |at| at + 1);
        let below = articles().skip(from).find(unread);
        below.or_else(|| articles().find(unread))
    }

    /// Moves the selection by a number of rows; it stops at the ends.
    pub fn step(&mut self, rows: isize) {
        let last = self.found.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(rows).min(last);
    }

    /// Selects an article, if it is there.
    pub fn select(&mut self, id: &ArticleId) {
        let place = self.found.iter().position(|found| found.article.id == *id);
        self.at = place.unwrap_or(self.at);
    }

    /// The words to make visible in what was found.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Changes articles that are shown.
    pub(super) fn each_mut(&mut self) -> impl Iterator<Item = &mut Article> {
        self.found.iter_mut().map(|found| &mut found.article)
    }
}

fn words(query: &SearchQuery) -> Vec<String> {
    query
        .terms
        .iter()
        .filter_map(|term| match term {
            SearchTerm::Anywhere { words, .. } | SearchTerm::Title(words) => Some(words.clone()),
            SearchTerm::Author(_) => None,
        })
        .collect()
}
