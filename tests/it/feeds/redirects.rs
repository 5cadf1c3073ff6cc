//! Redirects: followed, remembered, and never to where a feed has no business.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use iacstone::articles::Saved;
use iacstone::feeds::{FeedError, RefreshOutcome};

use super::server::{answer, feed};
use super::{Follower, Server, rss};

async fn redirecting(status: u16, to: &'static str) -> Server {
    Server::start(move |seen| match seen.path.as_str() {
        "/new" => feed(rss(&["one"])),
        "/again" => answer(302, &[("location", "/new")], ""),
        _ => answer(status, &[("location", to)], ""),
    })
    .await
}

#[tokio::test]
async fn permanent_redirects_are_remembered_and_others_are_not() {
    for (status, to, remembered) in [
        (301, "/new", true),
        (308, "/new", true),
        (302, "/new", false),
        (307, "/new", false),
    ] {
        let server = redirecting(status, to).await;
        let follower = Follower::new();
        let url = server.url("/old");
        assert_eq!(
            follower.fetch(&url).await,
            RefreshOutcome::Saved(Saved { new: 1, changed: 0 })
        );
        let id = follower.feed(&url).await.id;
        let address = follower.subscription(id).await.address;
        assert_eq!(address, remembered.then(|| server.url("/new")), "{status}");
        follower.again(id).await;
        let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
        let expected: &[&str] = if remembered {
            &["/old", "/new", "/new"]
        } else {
            &["/old", "/new", "/old", "/new"]
        };
        assert_eq!(paths, expected);
        assert_eq!(
            follower.subscription(id).await.address,
            address,
            "it stays remembered"
        );
        assert_eq!(
            follower.articles().await.len(),
            1,
            "ids do not depend on the address"
        );
    }
}

#[tokio::test]
async fn of_a_mixed_way_only_the_permanent_beginning_is_remembered() {
    let server = redirecting(301, "/again").await;
    let follower = Follower::new();
    let url = server.url("/old");
    follower.fetch(&url).await;
    let id = follower.feed(&url).await.id;
    assert_eq!(
        follower.subscription(id).await.address,
        Some(server.url("/again"))
    );
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = redirecting(302, "/loop").await;
    assert_eq!(
        Follower::new().failure(&server.url("/loop")).await,
        FeedError::TooManyRedirects(5)
    );
    assert_eq!(server.seen().len(), 6);
}

#[tokio::test]
async fn redirects_to_near_and_metadata_addresses_are_refused() {
    let follower = Follower::new();
    for to in [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:169.254.169.254]/",
        "http://0xa9fea9fe/",
        "http://127.0.0.2/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://[::1]/",
    ] {
        let server = redirecting(302, to).await;
        let error = follower.failure(&server.url("/")).await;
        assert!(matches!(error, FeedError::Refused { .. }), "{to}: {error}");
        assert!(error.to_string().contains("nothing was sent there"));
    }
}

#[tokio::test]
async fn a_feed_of_the_user_may_not_name_a_metadata_address_either() {
    let error = Follower::new().failure("http://169.254.169.254/feed").await;
    assert!(
        error
            .to_string()
            .contains("machines keep their credentials"),
        "{error}"
    );
}

#[tokio::test]
async fn redirects_to_what_is_no_address_of_the_web_are_told() {
    let follower = Follower::new();
    for to in ["file:///etc/passwd", "javascript:alert(1)", "http://", ""] {
        let server = redirecting(301, to).await;
        let error = follower.failure(&server.url("/")).await;
        assert!(matches!(error, FeedError::Redirect(_)), "{to}: {error}");
    }
}

#[tokio::test]
async fn what_one_address_gave_is_not_sent_to_another() {
    let server = Server::start(|seen| match seen.path.as_str() {
        "/new" => answer(200, &[("etag", "\"1\"")], rss(&["one"])),
        _ => answer(302, &[("location", "/new")], ""),
    })
    .await;
    let follower = Follower::new();
    let url = server.url("/old");
    follower.fetch(&url).await;
    let id = follower.feed(&url).await.id;
    follower.again(id).await;
    let sent: Vec<(String, bool)> = server
        .seen()
        .into_iter()
        .map(|seen| (seen.path, seen.headers.contains_key("if-none-match")))
        .collect();
    let expected = [
        ("/old", false),
        ("/new", false),
        ("/old", false),
        ("/new", true),
    ];
    assert_eq!(sent, expected.map(|(path, sent)| (path.to_owned(), sent)));
}

#[tokio::test]
async fn what_is_gone_where_a_feed_moved_to_is_asked_for_at_its_own_address_again() {
    let has_moved = Arc::new(AtomicBool::new(false));
    let server = Server::start(move |seen| match seen.path.as_str() {
        "/new" if has_moved.swap(true, Ordering::SeqCst) => answer(410, &[], ""),
        "/new" => answer(200, &[("etag", "\"1\"")], rss(&["one"])),
        _ if has_moved.load(Ordering::SeqCst) => feed(rss(&["one", "two"])),
        _ => answer(301, &[("location", "/new")], ""),
    })
    .await;
    let follower = Follower::new();
    let url = server.url("/old");
    follower.fetch(&url).await;
    let id = follower.feed(&url).await.id;
    for _failure in 0..3 {
        let outcome = follower.again(id).await;
        assert_eq!(outcome, RefreshOutcome::Failed(FeedError::Status(410)));
        assert!(!follower.subscription(id).await.is_gone());
    }
    assert_eq!(
        follower.again(id).await,
        RefreshOutcome::Saved(Saved { new: 1, changed: 0 })
    );
}
