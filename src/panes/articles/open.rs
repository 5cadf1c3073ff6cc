//! Which article is read, and how the next one comes: its text is loaded in the background, a newer request overtakes it.

use super::reading::ReadingPosition;
use super::{ArticlesPane, ReadingView};
use crate::articles::{Article, ArticleId, Mark, MarkScope};
use crate::effect::{Job, OpenedArticle, Outbox, ReaderJob, Severity};

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
    /// It was left there for another one.
    Back(ReadingPosition),
}

impl ArticlesPane {
    pub(super) fn open_selected(&mut self, out: &mut Outbox<'_>) {
        if let Some(id) = self.selected().map(|article| article.id.clone()) {
            self.load(ReaderJob::Open(id), OpenReason::Chosen, out);
        }
    }

    /// Loads an article; what was being loaded is not wanted any more.
    pub(super) fn load(&mut self, job: ReaderJob, opening: OpenReason, out: &mut Outbox<'_>) {
        self.load_no_more(out);
        self.opening = Some((out.spawn(Job::Reader(job)), opening));
    }

    fn load_no_more(&mut self, out: &mut Outbox<'_>) {
        if let Some((task, _)) = self.opening.take() {
            out.cancel(task);
        }
    }

    /// The next unread article: the selected one, else one below in the list, else the first of the list, else of any feed.
    pub(super) fn next_unread(&mut self, out: &mut Outbox<'_>) {
        let read = self.reading.as_ref().map(|reading| &reading.article.id);
        let from = match read {
            Some(id) => self.list.position_of(id).map_or(0, |at| at + 1),
            None => self.list.position(),
        };
        let unread = |article: &&Article| !article.read && Some(&article.id) != read;
        let found = self.list.articles().iter().skip(from).find(unread);
        let job = match found {
            Some(article) => ReaderJob::Open(article.id.clone()),
            None => ReaderJob::OpenUnread(self.tree.shelf.filter(true)),
        };
        self.load(job, OpenReason::Unread, out);
    }

    /// The article that many rows below the one that is read, or above, among what was found or in the list.
    pub(super) fn open_neighbour(&mut self, rows: isize, out: &mut Outbox<'_>) {
        let before = self.selected().map(|article| article.id.clone());
        self.select(rows);
        self.list.load_more(out);
        let after = self.selected().map(|article| article.id.clone());
        if self.reading.is_none() {
            return;
        }
        if before == after {
            let end = if rows > 0 { "last" } else { "first" };
            let list = match self.search {
                Some(_) => "that was found",
                None => "of the list",
            };
            let sentence = format!("This is the {end} article {list}.");
            return out.notice(Severity::Info, sentence);
        }
        self.open_selected(out);
    }

    /// The part of the series that comes next, or came before.
    pub(super) fn open_part(&mut self, next: bool, out: &mut Outbox<'_>) {
        let Some(reading) = &self.reading else { return };
        let part = if next {
            &reading.next
        } else {
            &reading.previous
        };
        if let Some(id) = part.as_ref().map(|article| article.id.clone()) {
            return self.load(ReaderJob::Open(id), OpenReason::Chosen, out);
        }
        let which = if next { "next" } else { "previous" };
        let text = format!("No {which} part of this article is stored.");
        out.notice(Severity::Info, text);
    }

    /// Shows an article that was loaded, and marks it read.
    pub(super) fn opened(
        &mut self,
        opened: OpenedArticle,
        opening: OpenReason,
        out: &mut Outbox<'_>,
    ) {
        let id = opened.article.id.clone();
        let unread = !opened.article.read;
        self.list.select(&id);
        if let Some(search) = &mut self.search {
            search.select(&id);
        }
        let words = self.words_for(&id);
        let left = self.put_away();
        let kept = self.places.find(&id, &words).cloned();
        let feeds = self.tree.feeds.as_slice();
        let reading = ReadingView::new(opened, feeds, words, &out.context.keymap);
        self.reading = Some(match opening {
            OpenReason::Back(place) => reading.at_place(place),
            OpenReason::Link(url) => {
                self.trail.extend(left);
                let surplus = self.trail.len().saturating_sub(TRAIL);
                self.trail.drain(..surplus);
                reading.at_fragment_of(&url)
            }
            OpenReason::Chosen | OpenReason::Unread => {
                self.trail.clear();
                match kept {
                    Some(place) => reading.at_place(place),
                    None => reading,
                }
            }
        });
        if unread {
            self.read_quietly(id, out);
        }
    }

    /// The words to make visible in an article: those of the search that found it.
    fn words_for(&self, id: &ArticleId) -> Vec<String> {
        let search = self.search.as_ref();
        let found =
            search.filter(|search| search.found().iter().any(|found| found.article.id == *id));
        found
            .map(|search| search.words().to_vec())
            .unwrap_or_default()
    }

    fn read_quietly(&mut self, id: ArticleId, out: &mut Outbox<'_>) {
        let mark = Mark::Read(true);
        self.show_marked(std::slice::from_ref(&id), mark);
        let job = ReaderJob::Mark(MarkScope::These(vec![id]), mark);
        let task = out.spawn(Job::Reader(job));
        self.pending
            .add(task, super::pending::ArticlesPendingJob::Silent);
    }

    /// Goes back to the article a link was followed from, else to the list. What was being loaded is not wanted any more.
    pub(super) fn leave_article(&mut self, out: &mut Outbox<'_>) {
        self.load_no_more(out);
        match self.trail.pop() {
            Some(place) => {
                let job = ReaderJob::Open(place.article.clone());
                self.load(job, OpenReason::Back(place), out);
            }
            None => {
                self.put_away();
            }
        }
    }

    /// Leaves the article that is read, and keeps where the reader was in it.
    pub(super) fn put_away(&mut self) -> Option<ReadingPosition> {
        let place = self.reading.take().map(|left| left.place())?;
        self.places.keep(place.clone());
        Some(place)
    }
}
