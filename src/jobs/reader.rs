//! Work of the reader: lists, articles, marks, fetches.

use std::path::Path;
use std::time::Duration;

use super::{Jobs, browser, fetching, notes, runs};
use crate::app::{Opened, ReaderJob, ReaderReport, Report, TaskKind};
use crate::articles::{Article, ArticleFilter, ArticleId, Document, Part, Query};
use crate::store::{Store, StoreError};
use crate::task::{Context, Ending, Rules};

/// The most articles a search shows.
const FOUND: usize = 200;

/// The rules a job of the reader runs under.
pub(super) const fn rules(job: &ReaderJob, store_limit: Duration, feeds_limit: Duration) -> Rules {
    let (kind, time_limit, ending) = match job {
        ReaderJob::LoadFeeds
        | ReaderJob::List(_)
        | ReaderJob::Search(_)
        | ReaderJob::Open(_)
        | ReaderJob::OpenLink(_)
        | ReaderJob::OpenUnread(_) => (TaskKind::Store, Some(store_limit), Ending::Abort),
        ReaderJob::Furnish | ReaderJob::Mark(..) | ReaderJob::Unfollow(_) | ReaderJob::Save(..) => {
            (TaskKind::Store, Some(store_limit), Ending::Complete)
        }
        ReaderJob::Fetch(_) | ReaderJob::Follow(_) => {
            (TaskKind::Feeds, Some(feeds_limit), Ending::Abort)
        }
        ReaderJob::Browse(_) => (TaskKind::Browser, None, Ending::Abort),
    };
    Rules {
        kind,
        time_limit,
        ending,
    }
}

/// Does a job of the reader.
pub(super) async fn perform(jobs: &Jobs, job: ReaderJob, context: &Context<Report>) -> Report {
    let store = &jobs.store;
    let done = match job {
        ReaderJob::Furnish => furnish(store).await,
        ReaderJob::LoadFeeds => load_feeds(store).await,
        ReaderJob::List(filter) => store.articles(&filter).await.map(ReaderReport::Listed),
        ReaderJob::Search(query) => search(store, &query).await,
        ReaderJob::Open(id) => open(store, &id).await,
        ReaderJob::OpenLink(link) => open_link(store, &link).await,
        ReaderJob::OpenUnread(filter) => open_unread(store, filter).await,
        ReaderJob::Mark(scope, mark) => store.mark(scope, mark).await.map(ReaderReport::Marked),
        ReaderJob::Unfollow(feed) => return runs::ended(store.unfollow(feed).await),
        ReaderJob::Save(id, path) => return save(store, &id, &path).await,
        ReaderJob::Browse(command) => return browser::browse(&command, context).await,
        ReaderJob::Fetch(which) => {
            return fetching::fetch(&jobs.feeds, store, which, context).await;
        }
        ReaderJob::Follow(source) => return fetching::follow(&jobs.feeds, store, &source).await,
    };
    done.map_or_else(|error| Report::Failed(error.to_string()), Report::Reader)
}

async fn furnish(store: &Store) -> Result<ReaderReport, StoreError> {
    notes::furnish(store).await?;
    load_feeds(store).await
}

async fn load_feeds(store: &Store) -> Result<ReaderReport, StoreError> {
    let starred = ArticleFilter {
        starred: Some(true),
        ..ArticleFilter::default()
    };
    let feeds = store.feeds().await?;
    let starred = store.articles(&starred).await?.len();
    Ok(ReaderReport::Feeds(feeds, starred))
}

async fn search(store: &Store, query: &Query) -> Result<ReaderReport, StoreError> {
    store.search(query, FOUND).await.map(ReaderReport::Found)
}

async fn open(store: &Store, id: &ArticleId) -> Result<ReaderReport, StoreError> {
    let (article, text) = store.article(id).await?;
    let (previous, next) = neighbours(store, &article).await?;
    Ok(ReaderReport::Opened(Box::new(Opened {
        article,
        text,
        previous,
        next,
    })))
}

/// The parts before and after an article of a series, from the same feed.
async fn neighbours(
    store: &Store,
    article: &Article,
) -> Result<(Option<Article>, Option<Article>), StoreError> {
    let Some(part) = Part::of(&article.title) else {
        return Ok((None, None));
    };
    let of_feed = ArticleFilter {
        feed: Some(article.feed),
        ..ArticleFilter::default()
    };
    let articles = store.articles(&of_feed).await?;
    let at = |places| {
        let mut others = articles.iter();
        others
            .find(|other| Part::of(&other.title).is_some_and(|it| part.leads_to(&it, places)))
            .cloned()
    };
    Ok((at(-1), at(1)))
}

/// The stored article behind a link, however exactly the link is written.
async fn open_link(store: &Store, link: &str) -> Result<ReaderReport, StoreError> {
    for form in forms(link) {
        match store.find_article(&form).await {
            Ok(article) => return open(store, &article.id).await,
            Err(StoreError::NoSuchArticle(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(ReaderReport::Nothing)
}

/// The ways an address may be stored: as it is, without fragment, without query, with and without a slash at its end.
fn forms(link: &str) -> Vec<String> {
    let without_fragment = link.split('#').next().unwrap_or(link);
    let plain = without_fragment
        .split('?')
        .next()
        .unwrap_or(without_fragment);
    let bare = plain.trim_end_matches('/');
    let mut forms = Vec::new();
    for form in [link, without_fragment, plain, bare] {
        if !form.is_empty() && !forms.iter().any(|known| known == form) {
            forms.push(form.to_owned());
        }
    }
    forms.push(format!("{bare}/"));
    forms
}

async fn open_unread(store: &Store, filter: ArticleFilter) -> Result<ReaderReport, StoreError> {
    let everywhere = ArticleFilter {
        read: Some(false),
        ..ArticleFilter::default()
    };
    for mut filter in [filter, everywhere] {
        filter.limit = Some(1);
        if let Some(article) = store.articles(&filter).await?.first() {
            return open(store, &article.id).await;
        }
    }
    Ok(ReaderReport::Nothing)
}

/// Writes an article as Markdown to a new file.
async fn save(store: &Store, id: &ArticleId, path: &str) -> Report {
    let (article, text) = match store.article(id).await {
        Ok(found) => found,
        Err(error) => return Report::Failed(error.to_string()),
    };
    let date = article
        .published
        .map(|at| at.strftime("%Y-%m-%d").to_string());
    let facts: Vec<String> = [date, article.author, article.link]
        .into_iter()
        .flatten()
        .collect();
    let written = [
        format!("# {}", article.title),
        facts.join(" · "),
        Document::read(&text).markdown(),
    ];
    let written: Vec<String> = written
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let written = written.join("\n\n");
    match runs::write_new(&written, Path::new(path)) {
        Ok(()) => runs::exported(path),
        Err(sentence) => Report::Failed(sentence),
    }
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn an_address_is_looked_for_in_the_ways_it_may_be_stored() {
        assert_eq!(
            forms("https://a.example/b/?utm=1#c"),
            [
                "https://a.example/b/?utm=1#c",
                "https://a.example/b/?utm=1",
                "https://a.example/b/",
                "https://a.example/b",
                "https://a.example/b/"
            ]
        );
        assert_eq!(
            forms("https://a.example/b"),
            ["https://a.example/b", "https://a.example/b/"]
        );
    }
}
