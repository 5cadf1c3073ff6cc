//! Servers with manners of their own: walls, cookies, packed documents, logins, moves.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use http::{HeaderMap, HeaderName, HeaderValue};
use iacstone::config::{FeedRule, FeedRules};
use iacstone::feeds::{
    FeedError, FeedRequests, FeedSource, Fetcher, Passwords, RefreshOutcome, add,
};
use iacstone::store::Store;

use super::server::{Seen, answer, feed};
use super::{Follower, Server, rss};

#[tokio::test]
async fn a_wall_against_bots_is_named_as_one() {
    let server = Server::start(|seen: &Seen| match seen.path.as_str() {
        "/wall" => answer(403, &[("server", "cloudflare")], "no"),
        "/page" => answer(503, &[], "<title>Just a moment...</title>"),
        _ => answer(403, &[], "<h1>Forbidden</h1>"),
    })
    .await;
    let follower = Follower::new();
    for path in ["/wall", "/page"] {
        let error = follower.failure(&server.url(path)).await;
        assert!(
            matches!(error, FeedError::BotWall { .. }),
            "{path}: {error}"
        );
        assert!(
            error
                .to_string()
                .contains("a wall against bots (Cloudflare"),
            "{error}"
        );
    }
    let error = follower.failure(&server.url("/none")).await;
    assert_eq!(error, FeedError::Status(403));
}

#[tokio::test]
async fn a_redirect_gets_the_cookie_back_that_it_sets() {
    let server = Server::start(|seen: &Seen| {
        let cookie = seen.headers.get("cookie").and_then(|it| it.to_str().ok());
        match cookie {
            Some("seen=1; b=2") => feed(rss(&["one"])),
            _ => answer(
                302,
                &[
                    ("location", "/feed"),
                    ("set-cookie", "seen=1; Path=/; HttpOnly"),
                    ("set-cookie", "b=2"),
                ],
                "",
            ),
        }
    })
    .await;
    let follower = Follower::new();
    let outcome = follower.fetch(&server.url("/feed")).await;
    assert!(matches!(outcome, RefreshOutcome::Saved(_)), "{outcome:?}");
    assert_eq!(server.seen().len(), 2);
    assert!(server.seen()[0].headers.get("cookie").is_none());
}

#[tokio::test]
async fn documents_are_unpacked_however_they_are_packed() {
    let text = rss(&["one", "two"]);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
    bare.write_all(text.as_bytes()).unwrap();
    let bare = bare.finish().unwrap();
    let server = Server::start(move |seen: &Seen| match seen.path.as_str() {
        "/x" => answer(200, &[("content-encoding", "x-gzip")], gzip.clone()),
        "/deflate" => answer(200, &[("content-encoding", "deflate")], bare.clone()),
        _ => answer(200, &[("content-type", "application/gzip")], gzip.clone()),
    })
    .await;
    for path in ["/x", "/deflate", "/feed.xml.gz"] {
        let follower = Follower::new();
        follower.fetch(&server.url(path)).await;
        assert_eq!(follower.articles().await.len(), 2, "{path}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_port_of_this_machine_is_refused() {
    let other = Server::start(|_| feed(rss(&["secret"]))).await;
    let target = other.url("/");
    let server = Server::start(move |_| answer(302, &[("location", &target)], "")).await;
    let error = Follower::new().failure(&server.url("/feed")).await;
    assert!(matches!(error, FeedError::Refused { .. }), "{error}");
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_feed_that_moved_to_a_followed_one_is_that_one() {
    let server = Server::start(|seen: &Seen| match seen.path.as_str() {
        "/old" => answer(301, &[("location", "/new")], ""),
        _ => feed(rss(&["one"])),
    })
    .await;
    let follower = Follower::new();
    let first = follower.add(&server.url("/new")).await.unwrap();
    let second = follower.add(&server.url("/old")).await.unwrap();
    assert_eq!((second.feed.id, second.is_new), (first.feed.id, false));
    assert_eq!(follower.store.feeds().all().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_password_is_sent_and_stands_beside_the_store() {
    let server = Server::start(|seen: &Seen| {
        let login = seen.headers.get("authorization");
        match login.and_then(|it| it.to_str().ok()) {
            // jane:s3cret
            Some("Basic amFuZTpzM2NyZXQ=") => feed(rss(&["one"])),
            _ => answer(401, &[], ""),
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::in_memory().unwrap();
    let passwords = Passwords::beside(folder.path());
    let fetcher = Fetcher::new().unwrap().with_passwords(passwords.clone());
    let address = server.url("/feed").replace("://", "://jane:s3cret@");
    let source = FeedSource::named(&address).unwrap();
    let added = add(&store, &fetcher, &source, None).await.unwrap();
    assert_eq!((added.feed.articles, added.error), (1, None));
    let bare = server.url("/feed").replace("://", "://jane@");
    assert_eq!(added.feed.source, bare);
    assert_eq!(passwords.find(&bare).unwrap().as_deref(), Some("s3cret"));
}

#[tokio::test]
async fn what_is_set_for_a_feed_is_sent_to_its_own_address_alone() {
    let elsewhere = Server::start(|_: &Seen| feed(rss(&["one"]))).await;
    let to = elsewhere.url("/feed").replace("127.0.0.1", "localhost");
    let server = Server::start(move |seen: &Seen| match seen.path.as_str() {
        "/moved" => answer(302, &[("location", to.as_str())], ""),
        _ => feed(rss(&["one"])),
    })
    .await;
    let key = HeaderValue::from_static("s3cret");
    let rule = FeedRule {
        user_agent: Some(HeaderValue::from_static("a reader")),
        headers: Some(HeaderMap::from_iter([(
            HeaderName::from_static("x-key"),
            key,
        )])),
        ..FeedRule::default()
    };
    let of = ["/feed", "/moved"].map(|path| (server.url(path), rule.clone()));
    let rules = FeedRules {
        of: of.into(),
        ..FeedRules::default()
    };
    let fetcher = Fetcher::new()
        .unwrap()
        .with_requests(FeedRequests::new(&rules));
    let store = Store::in_memory().unwrap();
    for path in ["/feed", "/moved", "/other"] {
        let source = FeedSource::named(&server.url(path)).unwrap();
        // To another port of this machine nothing is sent at all.
        let _refused = add(&store, &fetcher, &source, None).await;
    }
    let header = |seen: &Seen, name: &str| {
        let value = seen.headers.get(name)?;
        Some(value.to_str().unwrap().to_owned())
    };
    for seen in server.seen() {
        let is_meant = seen.path != "/other";
        assert_eq!(header(&seen, "x-key").is_some(), is_meant, "{seen:?}");
        assert_eq!(
            header(&seen, "user-agent").as_deref() == Some("a reader"),
            is_meant,
            "{seen:?}"
        );
    }
    for seen in elsewhere.seen() {
        assert_eq!(header(&seen, "x-key"), None, "{seen:?}");
    }
}
