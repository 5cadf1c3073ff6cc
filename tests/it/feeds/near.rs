//! What lists, pages and names of others may not make this machine ask: itself, and the networks around it.

use iacstone::feeds::{FeedError, RefreshOutcome};

use super::server::{Seen, answer, feed};
use super::{Follower, Server, rss};

/// The same server by a name that leads to this machine.
fn by_name(server: &Server, path: &str) -> String {
    server.url(path).replace("127.0.0.1", "localhost")
}

#[tokio::test]
async fn a_name_in_a_list_that_leads_to_this_machine_is_not_asked() {
    let server = Server::start(|_| feed(rss(&["one"]))).await;
    let follower = Follower::new();
    let source = by_name(&server, "/admin?delete=all");
    let list = vec![(source.clone(), Some("News".to_owned()))];
    follower.store.feeds().follow_all(list).await.unwrap();
    let outcomes = follower.all().await;
    assert!(
        matches!(
            &outcomes[0].1,
            RefreshOutcome::Failed(FeedError::Refused { .. })
        ),
        "{outcomes:?}"
    );
    assert!(server.seen().is_empty());
    // The user means it.
    assert_eq!(follower.add(&source).await.unwrap().feed.articles, 1);
    assert!(!follower.all().await.is_empty());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_page_may_not_name_a_feed_on_this_machine() {
    let inner = Server::start(|_| feed(rss(&["secret"]))).await;
    let other = Server::start(|_| feed(rss(&["other"]))).await;
    let (secret, own) = (inner.url("/secret"), by_name(&other, "/feed"));
    let link = |href: &str| format!("<link rel=alternate type=application/rss+xml href='{href}'>");
    let only = link(&secret);
    let both = format!("{only}{}", link(&own));
    let page = move |seen: &Seen| {
        let links = if seen.path == "/both" { &both } else { &only };
        answer(200, &[], format!("<!doctype html>{links}"))
    };
    let pages = Server::start(page).await;
    let follower = Follower::new();
    let error = follower.add(&by_name(&pages, "/only")).await.unwrap_err();
    assert!(error.contains("this is a web page and no feed"), "{error}");
    let added = follower.add(&by_name(&pages, "/both")).await.unwrap();
    assert_eq!((added.feed.source, added.others.len()), (own, 0));
    assert!(inner.seen().is_empty());
}
