//! What servers say beside the body: validators, statuses, wishes, and how many they are asked at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use iacstone::articles::Saved;
use iacstone::feeds::{FeedError, RefreshOutcome};
use iacstone::store::{FILE_NAME, Store};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Semaphore;

use super::server::{answer, feed};
use super::{Follower, Server, rss};
use crate::waiting::until_then;

const ETAG: &str = "W/\"odd \\ etag--gzip\"";
const DATE: &str = "Thu, 1 Jan 2026 00:00:00 GMT";

#[tokio::test]
async fn validators_are_sent_back_word_for_word_and_304_keeps_the_articles() {
    let server = Server::start(|seen| {
        let known = seen.headers.get("if-none-match").is_some();
        let headers = [
            ("etag", ETAG),
            ("last-modified", DATE),
            ("cache-control", "max-age=7200"),
        ];
        if known {
            answer(304, &[("etag", "\"next\"")], "")
        } else {
            answer(200, &headers, rss(&["one"]))
        }
    })
    .await;
    let follower = Follower::new();
    let url = server.url("/feed");
    assert_eq!(
        follower.fetch(&url).await,
        RefreshOutcome::Saved(Saved { new: 1, changed: 0 })
    );
    let health = follower.feed(&url).await.health;
    let pause = health
        .next_fetch
        .unwrap()
        .duration_since(health.last_fetch.unwrap());
    assert_eq!(pause.as_mins(), 120);
    let id = follower.feed(&url).await.id;
    assert_eq!(follower.again(id).await, RefreshOutcome::Unchanged);
    let asked = server.seen()[1].headers.clone();
    assert_eq!(
        (
            asked["if-none-match"].to_str().unwrap(),
            asked["if-modified-since"].to_str().unwrap()
        ),
        (ETAG, DATE)
    );
    let validators = follower.subscription(id).await.validators;
    assert_eq!(
        (
            validators.etag.as_deref(),
            validators.last_modified.as_deref()
        ),
        (Some("\"next\""), Some(DATE))
    );
    let after = follower.feed(&url).await;
    assert_eq!(
        (after.articles, after.health.status, after.health.bytes),
        (1, Some(304), health.bytes)
    );
}

#[tokio::test]
async fn a_feed_that_is_gone_is_not_asked_again_and_keeps_its_articles() {
    let count = Arc::new(AtomicUsize::new(0));
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => feed(rss(&["one"])),
        _ => answer(410, &[], "gone"),
    })
    .await;
    let follower = Follower::new();
    let url = server.url("/");
    follower.fetch(&url).await;
    assert_eq!(follower.failure(&url).await, FeedError::Gone);
    let feed = follower.feed(&url).await;
    assert_eq!(
        (feed.articles, feed.health.next_fetch, feed.health.status),
        (1, None, Some(410))
    );
    assert!(feed.health.error.unwrap().contains("gone for good"));
    let due = iacstone::feeds::due(&follower.store, jiff::Timestamp::MAX)
        .await
        .unwrap();
    assert!(due.is_empty());
}

#[tokio::test]
async fn a_server_that_wants_to_be_left_alone_is() {
    let server = Server::start(|seen| match seen.path.as_str() {
        "/429" => answer(429, &[("retry-after", "7200")], ""),
        "/503" => answer(503, &[("retry-after", "999999999")], ""),
        _ => answer(404, &[], "no"),
    })
    .await;
    let follower = Follower::new();
    for (path, error, minutes) in [
        ("/429", FeedError::Busy(429), 120),
        ("/503", FeedError::Busy(503), 24 * 60),
        ("/404", FeedError::Status(404), 1),
    ] {
        let url = server.url(path);
        assert_eq!(follower.failure(&url).await, error);
        let health = follower.feed(&url).await.health;
        let pause = health
            .next_fetch
            .unwrap()
            .duration_since(health.last_fetch.unwrap());
        assert_eq!(pause.as_mins(), minutes, "{path}");
    }
    follower.failure(&server.url("/404")).await;
    let health = follower.feed(&server.url("/404")).await.health;
    assert_eq!(health.failures, 2);
}

#[tokio::test]
async fn one_bad_feed_changes_nothing_for_the_others() {
    let server = Server::start(|seen| match seen.path.as_str() {
        "/good" | "/fine" => feed(rss(&[&seen.path[1..]])),
        "/page" => answer(200, &[], "<!doctype html><p>no"),
        _ => answer(500, &[], ""),
    })
    .await;
    let follower = Follower::new();
    for path in ["/good", "/broken", "/page", "/fine"] {
        follower.follow(&server.url(path)).await;
    }
    follower.follow("http://127.0.0.1:1/refused").await;
    let outcomes = follower.all().await;
    assert_eq!(outcomes.len(), 5);
    let failed = outcomes
        .iter()
        .filter(|(_, outcome)| matches!(outcome, RefreshOutcome::Failed(_)));
    assert_eq!(failed.count(), 3);
    assert_eq!(follower.articles().await.len(), 2);
    let refused = follower
        .feed("http://127.0.0.1:1/refused")
        .await
        .health
        .error
        .unwrap();
    assert!(
        refused.contains("'127.0.0.1' cannot be reached"),
        "{refused}"
    );
}

#[tokio::test]
async fn one_host_is_asked_by_four_at_once() {
    let gate = Arc::new(Gate::default());
    let held = Arc::clone(&gate);
    let router = axum::Router::new()
        .route("/probe", axum::routing::get(async || "here"))
        .fallback(async move || held.pass().await);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let follower = Follower::new();
    for n in 0..12 {
        follower.follow(&format!("{base}/{n}")).await;
    }
    let watching = async {
        until_then("four at once", || gate.waiting() >= 4).await;
        // Whatever was sent before is there when a later question has been answered.
        for _ in 0..20 {
            probe(&base).await;
        }
        assert_eq!(gate.waiting(), 4);
        gate.open.add_permits(12);
    };
    let (outcomes, ()) = tokio::join!(follower.all(), watching);
    assert_eq!(outcomes.len(), 12);
    assert_eq!(gate.most.load(Ordering::SeqCst), 4);
}

/// Asks the server something it answers at once.
async fn probe(base: &str) {
    let address = base.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream
        .write_all(b"GET /probe HTTP/1.0\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("here"), "{answer}");
}

/// Holds answers back until it is opened, and counts those that wait.
struct Gate {
    now: AtomicUsize,
    most: AtomicUsize,
    open: Semaphore,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            open: Semaphore::new(0),
        }
    }
}

impl Gate {
    async fn pass(&self) -> String {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.open.acquire().await.unwrap().forget();
        self.now.fetch_sub(1, Ordering::SeqCst);
        rss(&["one"])
    }

    fn waiting(&self) -> usize {
        self.now.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn what_the_store_refuses_of_one_feed_does_not_hold_up_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(|_| feed(rss(&["one"]))).await;
    let follower = Follower::in_store(Store::open(folder.path()).unwrap());
    for path in ["/refused", "/saved"] {
        follower.follow(&server.url(path)).await;
    }
    let trap = "CREATE TRIGGER trap BEFORE UPDATE ON feeds WHEN old.source LIKE '%refused'
        BEGIN SELECT RAISE(ABORT, 'trapped'); END";
    let other = rusqlite::Connection::open(folder.path().join(FILE_NAME)).unwrap();
    other.execute_batch(trap).unwrap();
    let mut outcomes = follower.all().await;
    outcomes.sort_by_key(|(source, _)| source.ends_with("saved"));
    assert_eq!(
        outcomes[1].1,
        RefreshOutcome::Saved(Saved { new: 1, changed: 0 })
    );
    let RefreshOutcome::Failed(error) = &outcomes[0].1 else {
        panic!("{outcomes:?}");
    };
    assert!(error.to_string().contains("trapped"), "{error}");
}
