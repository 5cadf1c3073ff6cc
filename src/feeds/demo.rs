//! The server of the demo: it answers in process with two feeds of the project's own words, a page that names both,
//! and the page of an article whose feed gives only its beginning.

use std::future;

use futures::future::{BoxFuture, FutureExt as _};
use http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{Request, Response, StatusCode, Uri};
use reqwest::Body;

use super::FeedError;
use super::transport::Servers;
use crate::text::digest;

/// Its host.
const HOST: &str = "demo.iacstone.example";

/// The feeds that the demo follows from the start: address and title of each. The other one is there to be added.
pub(super) const FIRST: [(&str, &str); 1] = [(
    "https://demo.iacstone.example/operations.xml",
    "Operations letters",
)];

/// Path, media type and text of each document.
const DOCUMENTS: [(&str, &str, &str); 4] = [
    (
        "/operations.xml",
        "application/rss+xml; charset=utf-8",
        include_str!("../../assets/feeds/operations.xml"),
    ),
    (
        "/numbers.json",
        "application/feed+json",
        include_str!("../../assets/feeds/numbers.json"),
    ),
    (
        "/numbers/1769",
        "text/html; charset=utf-8",
        include_str!("../../assets/feeds/1769.html"),
    ),
    (
        "/",
        "text/html; charset=utf-8",
        "<!doctype html><title>The demo</title>\
         <link rel=alternate type=application/rss+xml href=/operations.xml>\
         <link rel=alternate type=application/feed+json href=/numbers.json>",
    ),
];

/// The only server there is in the demo.
#[derive(Debug, Clone, Copy)]
pub(super) struct DemoServer;

impl Servers for DemoServer {
    fn answer(
        &self,
        request: Request<()>,
    ) -> BoxFuture<'static, Result<Response<Body>, FeedError>> {
        let known = request.headers().get(IF_NONE_MATCH);
        let known = known.and_then(|etag| etag.to_str().ok());
        future::ready(answer(request.uri(), known)).boxed()
    }
}

fn answer(address: &Uri, known: Option<&str>) -> Result<Response<Body>, FeedError> {
    if address.host() != Some(HOST) {
        return Err(FeedError::Unreachable {
            host: address.host().unwrap_or_default().to_owned(),
            why: format!("the demo reaches '{HOST}' only"),
        });
    }
    let document = DOCUMENTS.iter().find(|(path, ..)| *path == address.path());
    let response = Response::builder();
    let response = match document {
        None => response.status(StatusCode::NOT_FOUND).body(Body::from("")),
        Some((_, media_type, text)) => {
            let etag = format!("\"{}\"", digest(&[text], 16));
            let is_known = known == Some(etag.as_str());
            let response = response
                .header(ETAG, etag)
                .header(CONTENT_TYPE, *media_type);
            if is_known {
                response
                    .status(StatusCode::NOT_MODIFIED)
                    .body(Body::from(""))
            } else {
                response.body(Body::from(*text))
            }
        }
    };
    response.map_err(|error| FeedError::internal(&error))
}

#[cfg(test)]
mod tests {
    use crate::articles::{ArticleFilter, Audit, SearchQuery, Validators};
    use crate::feeds::{FeedSource, Fetcher, add, fetch_full_text, refresh};
    use crate::store::Store;

    #[tokio::test]
    async fn the_feeds_of_the_demo_are_fetched_whole_and_once() {
        let (store, fetcher) = (Store::in_memory().unwrap(), Fetcher::demo());
        for (address, articles) in [("operations.xml", 4), ("numbers.json", 2), ("", 4)] {
            let address = format!("https://demo.iacstone.example/{address}");
            let source = FeedSource::named(&address).unwrap();
            let added = add(&store, &fetcher, &source, None).await.unwrap();
            assert_eq!(
                (added.feed.articles, added.error),
                (articles, None),
                "{address}"
            );
            assert!(
                added.feed.health.warnings.is_empty(),
                "{:?}",
                added.feed.health
            );
            assert_eq!(added.is_new, !address.ends_with('/'), "{address}");
        }
        for article in store
            .articles()
            .list(&ArticleFilter::default())
            .await
            .unwrap()
        {
            let (_, text) = store.articles().with_text(&article.id).await.unwrap();
            assert!(Audit::of(&text).is_whole(), "{}", article.title);
        }
        let feeds = store.feeds().subscriptions().await.unwrap();
        let mut outcomes = Vec::new();
        refresh(&store, &fetcher, feeds, |refreshed| {
            outcomes.push(refreshed.outcome);
        })
        .await
        .unwrap();
        let unchanged = crate::feeds::RefreshOutcome::Unchanged;
        assert!(
            outcomes.iter().all(|outcome| *outcome == unchanged),
            "{outcomes:?}"
        );
    }

    #[tokio::test]
    async fn the_page_of_an_article_is_shown_and_found_until_the_feeds_text_is_wanted_again() {
        let (store, fetcher) = (Store::in_memory().unwrap(), Fetcher::demo());
        let source = FeedSource::named("https://demo.iacstone.example/numbers.json").unwrap();
        let feed = add(&store, &fetcher, &source, None).await.unwrap().feed.id;
        let articles = store.articles();
        let find = async |words: &str| {
            let query = SearchQuery::parse(words).unwrap();
            articles.search(&query, 9).await.unwrap()
        };
        let article = articles
            .find("https://demo.iacstone.example/numbers/1769")
            .await;
        let id = article.unwrap().id;
        let own = articles.with_text(&id).await.unwrap();
        assert!(!own.0.is_full && find("proportion").await.is_empty());
        let page = fetch_full_text(&store, &fetcher, &id).await.unwrap();
        let full = articles.with_text(&id).await.unwrap();
        assert_eq!(full.1.base.as_deref(), Some(page.as_str()));
        assert!(full.0.is_full && full.1.source.contains("iacstone tune thumbnail"));
        assert!(
            !full.1.source.contains("no part of it"),
            "{}",
            full.1.source
        );
        let found = find("proportion").await;
        assert!(found[0].snippet.text.contains("proportion"), "{found:?}");
        // What comes by the feed changes the feed's text, and is not shown.
        let mut again = store.feeds().subscriptions().await.unwrap();
        again.retain(|it| it.feed == feed);
        for subscription in &mut again {
            subscription.validators = Validators::default();
        }
        refresh(&store, &fetcher, again, |_| {}).await.unwrap();
        assert_eq!(articles.with_text(&id).await.unwrap(), full);
        assert_eq!(articles.with_own_text(&id).await.unwrap().1, own.1);
        assert!(articles.drop_full_text(&id).await.unwrap());
        assert!(!articles.drop_full_text(&id).await.unwrap());
        assert_eq!(articles.with_text(&id).await.unwrap(), own);
        assert!(find("proportion").await.is_empty() && !find("virtual").await.is_empty());
    }

    #[tokio::test]
    async fn a_page_that_does_not_come_changes_nothing() {
        let (store, fetcher) = (Store::in_memory().unwrap(), Fetcher::demo());
        let source = FeedSource::named("https://demo.iacstone.example/numbers.json").unwrap();
        add(&store, &fetcher, &source, None).await.unwrap();
        let article = store
            .articles()
            .find("https://demo.iacstone.example/numbers/5")
            .await;
        let id = article.unwrap().id;
        let before = store.articles().with_text(&id).await.unwrap();
        let error = fetch_full_text(&store, &fetcher, &id).await.unwrap_err();
        let told = "the page 'https://demo.iacstone.example/numbers/5' was not read: the server answers 404";
        assert!(error.to_string().starts_with(told), "{error}");
        let error = fetch_full_text(&store, &Fetcher::offline(), &id)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("iacstone is offline"), "{error}");
        assert_eq!(store.articles().with_text(&id).await.unwrap(), before);
    }

    #[tokio::test]
    async fn the_demo_reaches_nobody_else() {
        let (store, fetcher) = (Store::in_memory().unwrap(), Fetcher::demo());
        let source = FeedSource::named("https://example.org/feed").unwrap();
        let added = add(&store, &fetcher, &source, None).await.unwrap();
        let why = added.error.unwrap().to_string();
        assert!(
            why.contains("the demo reaches 'demo.iacstone.example' only"),
            "{why}"
        );
    }
}
