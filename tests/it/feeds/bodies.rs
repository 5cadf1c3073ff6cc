//! What servers send as a feed: too much, too slowly, broken, or something else.

use std::io::Write;
use std::time::Duration;

use axum::body::{Body, Bytes};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::stream;
use iacstone::articles::Saved;
use iacstone::feeds::{FeedError, RefreshOutcome};

use super::server::{answer, feed};
use super::{Follower, Server, rss};

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// 64 MiB of blanks in an envelope of 64 kB.
fn bomb() -> Vec<u8> {
    gzip(&vec![b' '; 64 << 20])
}

#[tokio::test]
async fn a_body_that_is_too_large_is_told_and_not_read() {
    let bomb = bomb();
    let server = Server::start(move |seen| match seen.path.as_str() {
        "/bomb" => answer(200, &[("content-encoding", "gzip")], bomb.clone()),
        "/announced" => feed(vec![b' '; 50 << 20]),
        _ => {
            let piece = || Ok::<_, std::io::Error>(Bytes::from(vec![b' '; 1 << 20]));
            feed(Body::from_stream(stream::iter(
                (0..50).map(move |_| piece()),
            )))
        }
    })
    .await;
    let follower = Follower::new();
    for path in ["/bomb", "/announced", "/endless"] {
        assert_eq!(
            follower.failure(&server.url(path)).await,
            FeedError::TooLarge(16),
            "{path}"
        );
    }
}

#[tokio::test]
async fn compressed_feeds_are_read_and_broken_ones_told() {
    let whole = gzip(rss(&["one", "two"]).as_bytes());
    let server = Server::start(move |seen| {
        let end = if seen.path == "/cut" {
            whole.len() / 2
        } else {
            whole.len()
        };
        answer(200, &[("content-encoding", "gzip")], whole[..end].to_vec())
    })
    .await;
    let follower = Follower::new();
    assert_eq!(
        follower.fetch(&server.url("/")).await,
        RefreshOutcome::Saved(Saved { new: 2, changed: 0 })
    );
    let error = follower.failure(&server.url("/cut")).await;
    assert!(matches!(error, FeedError::Broken { .. }), "{error}");
}

#[tokio::test(start_paused = true)]
async fn servers_that_drip_or_are_silent_do_not_hold_anybody_up() {
    let server = Server::start(|seen| {
        let pause = if seen.path == "/drip" {
            Duration::from_secs(1)
        } else {
            Duration::from_hours(1)
        };
        let drops = stream::unfold((), move |()| async move {
            tokio::time::sleep(pause).await;
            Some((Ok::<_, std::io::Error>(Bytes::from_static(b" ")), ()))
        });
        feed(Body::from_stream(drops))
    })
    .await;
    let follower = Follower::new();
    for (path, expected, limit) in [
        ("/drip", "in all", 30),
        ("/silent", "between two pieces of the answer", 10),
    ] {
        let error = follower.failure(&server.url(path)).await;
        let FeedError::Slow { doing, seconds, .. } = error else {
            panic!("{path}: {error}");
        };
        assert_eq!((doing, seconds), (expected, limit), "{path}");
    }
}

#[tokio::test]
async fn what_is_no_answer_of_the_web_is_told() {
    let follower = Follower::new();
    for bytes in [
        b"".as_slice(),
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<rss>",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let error = follower.failure(&Server::raw(bytes).await).await;
        assert!(matches!(error, FeedError::Broken { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn every_broken_feed_is_read_as_far_as_it_goes() {
    let server = Server::start(|seen| {
        let body: Vec<u8> = match seen.path.as_str() {
            "/truncated" => rss(&["one", "two"]).split_once("About two").unwrap().0.into(),
            "/charset" => b"<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>caf\xe9</title></item></channel></rss>".to_vec(),
            "/escapes" => rss(&["\u{1b}]0;owned\u{7}\u{1b}[2Jtitle"]).into(),
            "/entities" => format!("<!DOCTYPE x [<!ENTITY a '{}'>]>{}", "b".repeat(1000), rss(&["&a;&a;&nbsp;&"])).into(),
            "/long" => rss(&[&"t".repeat(100_000)]).into(),
            "/nested" => rss(&[&format!("deep{}", "<b>".repeat(200_000))]).into(),
            _ => rss(&["same", "same"]).into(),
        };
        feed(body)
    })
    .await;
    let follower = Follower::new();
    for path in [
        "/truncated",
        "/charset",
        "/escapes",
        "/entities",
        "/long",
        "/nested",
        "/twice",
    ] {
        let outcome = follower.fetch(&server.url(path)).await;
        assert_eq!(
            outcome,
            RefreshOutcome::Saved(Saved { new: 1, changed: 0 }),
            "{path}"
        );
    }
    let articles = follower.articles().await;
    let titles: Vec<&str> = articles
        .iter()
        .map(|article| article.title.as_str())
        .collect();
    // What is undated stands where it was first seen, the newest first.
    assert_eq!(titles[3..], ["&a;&a; &", "]0;owned[2Jtitle", "café", "one"]);
    assert!(
        articles
            .iter()
            .all(|article| article.title.chars().count() <= 300)
    );
    let truncated = follower
        .feed(&server.url("/truncated"))
        .await
        .health
        .warnings;
    assert!(truncated[0].contains("ends in the middle"), "{truncated:?}");
}

#[tokio::test]
async fn ten_thousand_articles_are_taken_and_no_more() {
    let server = Server::start(|_| {
        let titles: Vec<String> = (0..10_050).map(|n| n.to_string()).collect();
        feed(rss(&titles.iter().map(String::as_str).collect::<Vec<_>>()))
    })
    .await;
    let follower = Follower::new();
    let outcome = follower.fetch(&server.url("/")).await;
    assert_eq!(
        outcome,
        RefreshOutcome::Saved(Saved {
            new: 10_000,
            changed: 0
        })
    );
    assert!(
        follower.feed(&server.url("/")).await.health.warnings[0]
            .contains("50 articles after the first 10000")
    );
}

#[tokio::test]
async fn the_feed_a_page_names_is_followed_instead() {
    let server = Server::start(|seen| match seen.path.as_str() {
        "/rss.xml" => feed(rss(&["one"])),
        "/bare" => answer(200, &[], "<html><body>no feed here"),
        _ => answer(200, &[], "<!doctype html><link rel=alternate type=application/rss+xml href=/rss.xml><link rel=alternate type=application/atom+xml href=/atom.xml>"),
    })
    .await;
    let follower = Follower::new();
    let added = follower.add(&server.url("/blog")).await.unwrap();
    assert_eq!(
        (added.feed.source, added.feed.articles),
        (server.url("/rss.xml"), 1)
    );
    assert_eq!(added.others, [server.url("/atom.xml")]);
    let error = follower.add(&server.url("/bare")).await.unwrap_err();
    assert!(
        error.contains("this is a web page and no feed; it names no feed either"),
        "{error}"
    );
    assert_eq!(
        follower.store.feeds().all().await.unwrap().len(),
        1,
        "what is no feed is not followed"
    );
}

#[tokio::test]
async fn a_feed_that_fails_later_keeps_what_it_brought() {
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let server =
        Server::start(
            move |_| match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                0 => feed(rss(&["one", "two"])),
                1 => feed("<html>maintenance"),
                _ => feed(rss(&["three"])),
            },
        )
        .await;
    let follower = Follower::new();
    let url = server.url("/");
    follower.fetch(&url).await;
    assert!(matches!(follower.failure(&url).await, FeedError::Page(_)));
    assert_eq!(follower.articles().await.len(), 2);
    assert_eq!(
        follower.fetch(&url).await,
        RefreshOutcome::Saved(Saved { new: 1, changed: 0 })
    );
    assert_eq!(
        follower.articles().await.len(),
        3,
        "articles that leave the feed stay"
    );
    assert_eq!(follower.feed(&url).await.health.error, None);
}
