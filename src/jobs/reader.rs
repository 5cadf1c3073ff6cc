//! Work of the reader: lists, articles, marks, fetches.

use std::sync::Arc;
use std::time::Duration;

use super::blocking::blocking;
use super::fetching::Feeds;
use super::files::{at_home, write_beside};
use super::problem::failed;
use super::{browser, fetching, links, notes, runs};
use crate::articles::{
    Article, ArticleFilter, ArticleId, Document, LayoutOptions, Mark, MarkScope, SearchQuery,
    SeriesPart,
};
use crate::effect::{JobReport, OpenedArticle, Problem, ReaderJob, ReaderReport};
use crate::store::{Store, StoreError};
use crate::task::{JobContext, JobEnding, Rules, TaskKind};

/// The most articles a search shows.
const FOUND: usize = 200;

/// The rules a job of the reader runs under.
pub(super) const fn rules(job: &ReaderJob, store_limit: Duration, feeds_limit: Duration) -> Rules {
    let (kind, time_limit, ending) = match job {
        ReaderJob::LoadFeeds
        | ReaderJob::List(_)
        | ReaderJob::Search(_)
        | ReaderJob::Open(_)
        | ReaderJob::LayOut(..)
        | ReaderJob::OpenLink(_)
        | ReaderJob::OpenOwnText(_)
        | ReaderJob::OpenNote(_)
        | ReaderJob::OpenUnread(_) => (TaskKind::Store, Some(store_limit), JobEnding::Abort),
        ReaderJob::Furnish
        | ReaderJob::Mark(..)
        | ReaderJob::KeepPlace(..)
        | ReaderJob::SaveSearch(_)
        | ReaderJob::RemoveSearch(_)
        | ReaderJob::Unfollow(_)
        | ReaderJob::Save(..) => (TaskKind::Store, Some(store_limit), JobEnding::Complete),
        ReaderJob::Fetch(_) | ReaderJob::Follow(_) | ReaderJob::OpenFullText(_) => {
            (TaskKind::Feeds, Some(feeds_limit), JobEnding::Abort)
        }
        ReaderJob::Browse(_) => (TaskKind::Browser, None, JobEnding::Abort),
    };
    Rules::of(kind, time_limit, ending)
}

/// Does a job of the reader.
pub(super) async fn perform(
    store: &Store,
    feeds: &Feeds,
    job: ReaderJob,
    context: &JobContext<JobReport>,
) -> JobReport {
    let done = match job {
        ReaderJob::Furnish => furnish(store, feeds, context).await,
        ReaderJob::LoadFeeds => load_feeds(store, context).await,
        ReaderJob::List(filter) => list(store, &filter).await,
        ReaderJob::Search(query) => search(store, &query).await,
        ReaderJob::Open(id) => open(store, &id).await,
        ReaderJob::OpenFullText(id) => fetching::open_full_text(feeds, store, &id).await,
        ReaderJob::OpenOwnText(id) => open_own_text(store, &id).await,
        ReaderJob::OpenLink(link) => open_link(store, &link).await,
        ReaderJob::OpenNote(name) => open_note(store, name).await,
        ReaderJob::OpenUnread(filter) => open_unread(store, filter).await,
        ReaderJob::LayOut(document, width, options) => lay_out(document, width, options).await,
        ReaderJob::Mark(scope, mark) => mark_all(store, scope, mark).await,
        ReaderJob::KeepPlace(id, at) => {
            return runs::ended(store.articles().keep_place(&id, at).await);
        }
        ReaderJob::SaveSearch(search) => {
            return runs::ended(store.articles().save_search(&search).await);
        }
        ReaderJob::RemoveSearch(name) => {
            return runs::ended(store.articles().remove_search(&name).await);
        }
        ReaderJob::Unfollow(feed) => return fetching::unfollow(feeds, store, feed).await,
        ReaderJob::Save(id, path) => return save(store, &id, path).await,
        ReaderJob::Browse(command) => return browser::browse(&command, context).await,
        ReaderJob::Fetch(which) => {
            return fetching::fetch(feeds, store, which, context).await;
        }
        ReaderJob::Follow(source) => {
            return fetching::follow(feeds, store, &at_home(&source)).await;
        }
    };
    done.map_or_else(failed, JobReport::Reader)
}

async fn furnish(
    store: &Store,
    feeds: &Feeds,
    context: &JobContext<JobReport>,
) -> Result<ReaderReport, Problem> {
    crate::feeds::move_passwords(store, feeds.passwords()).await?;
    notes::furnish(store, feeds.are_of_demo()).await?;
    load_feeds(store, context).await
}

async fn load_feeds(
    store: &Store,
    context: &JobContext<JobReport>,
) -> Result<ReaderReport, Problem> {
    let searches = store.articles().searches().await?;
    let searches = ReaderReport::Searches(searches);
    context.report(JobReport::Reader(searches)).await;
    let starred = ArticleFilter {
        starred: Some(true),
        ..ArticleFilter::default()
    };
    let feeds = store.feeds().all().await?;
    let starred = store.articles().list(&starred).await?.len();
    Ok(ReaderReport::Feeds(feeds, starred))
}

async fn list(store: &Store, filter: &ArticleFilter) -> Result<ReaderReport, Problem> {
    Ok(ReaderReport::Listed(store.articles().list(filter).await?))
}

async fn mark_all(store: &Store, scope: MarkScope, mark: Mark) -> Result<ReaderReport, Problem> {
    Ok(ReaderReport::Marked(
        store.articles().mark(scope, mark).await?,
    ))
}

async fn search(store: &Store, query: &SearchQuery) -> Result<ReaderReport, Problem> {
    Ok(ReaderReport::Found(
        store.articles().search(query, FOUND).await?,
    ))
}

/// The article with its text and what is beside it.
pub(super) async fn open(store: &Store, id: &ArticleId) -> Result<ReaderReport, Problem> {
    let (article, text) = store.articles().with_text(id).await?;
    let (previous, next) = neighbours(store, &article).await?;
    let place = store.articles().place(id).await?;
    let document = blocking(move || Arc::new(Document::read(&text))).await?;
    Ok(ReaderReport::Opened(Box::new(OpenedArticle {
        article,
        document,
        previous,
        next,
        place,
    })))
}

/// The article with the text that its feed gives.
async fn open_own_text(store: &Store, id: &ArticleId) -> Result<ReaderReport, Problem> {
    store.articles().drop_full_text(id).await?;
    open(store, id).await
}

async fn lay_out(
    document: Arc<Document>,
    width: usize,
    options: LayoutOptions,
) -> Result<ReaderReport, Problem> {
    let page = blocking(move || document.lay_out(width, &options)).await?;
    Ok(ReaderReport::LaidOut(Box::new(page)))
}

/// The parts before and after an article of a series, from the same feed.
async fn neighbours(
    store: &Store,
    article: &Article,
) -> Result<(Option<Article>, Option<Article>), StoreError> {
    let Some(part) = SeriesPart::of(&article.title) else {
        return Ok((None, None));
    };
    let of_feed = ArticleFilter {
        feed: Some(article.feed),
        ..ArticleFilter::default()
    };
    let articles = store.articles().list(&of_feed).await?;
    let at = |places| {
        let mut others = articles.iter();
        others
            .find(|other| SeriesPart::of(&other.title).is_some_and(|it| part.leads_to(&it, places)))
            .cloned()
    };
    Ok((at(-1), at(1)))
}

/// The stored article behind a link, however exactly the link is written.
async fn open_link(store: &Store, link: &str) -> Result<ReaderReport, Problem> {
    for form in links::forms(link) {
        match store.articles().find(&form).await {
            Ok(article) => return open(store, &article.id).await,
            Err(StoreError::NoSuchArticle(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(ReaderReport::Nothing)
}

async fn open_note(store: &Store, name: &str) -> Result<ReaderReport, Problem> {
    let id = crate::feeds::note_id(name);
    match store.articles().with_text(&id).await {
        Ok(_) => open(store, &id).await,
        Err(StoreError::NoSuchArticle(_)) => Ok(ReaderReport::Nothing),
        Err(error) => Err(error.into()),
    }
}

async fn open_unread(store: &Store, filter: ArticleFilter) -> Result<ReaderReport, Problem> {
    for mut filter in [filter, ArticleFilter::unread()] {
        filter.limit = Some(1);
        if let Some(article) = store.articles().list(&filter).await?.first() {
            return open(store, &article.id).await;
        }
    }
    Ok(ReaderReport::Nothing)
}

/// Writes an article as Markdown to a new file.
async fn save(store: &Store, id: &ArticleId, path: String) -> JobReport {
    let (article, text) = match store.articles().with_text(id).await {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    write_beside(path, move || article.markdown(&Document::read(&text))).await
}
