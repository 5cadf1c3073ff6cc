//! The server of the demo: it answers in process with two feeds of the project's own words, and a page that names both.

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
const DOCUMENTS: [(&str, &str, &str); 3] = [
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
    use crate::articles::{ArticleFilter, Audit};
    use crate::feeds::{FeedSource, Fetcher, add, refresh};
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
