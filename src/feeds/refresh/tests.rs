//! What a failure leaves behind; the network is for the hostile server.

use super::*;

fn subscription(id: i64, source: &str) -> Subscription {
    Subscription {
        feed: FeedId(id),
        source: source.to_owned(),
        address: None,
        near: false,
        validators: Validators::default(),
        health: FeedHealth::default(),
    }
}

#[test]
fn a_failure_keeps_what_is_known_and_a_feed_that_is_gone_is_not_asked_again() {
    let now = Timestamp::UNIX_EPOCH;
    let mut feed = subscription(1, "https://one.example/");
    feed.validators.etag = Some("\"1\"".to_owned());
    feed.health.failures = 2;
    feed.health.bytes = Some(5);
    let refusal = FetchRefusal {
        error: FeedError::Status(500),
        status: Some(500),
        wishes: Wishes::default(),
    };
    let delivery = failure(&feed, &refusal, (now, now));
    assert_eq!(
        (delivery.health.failures, delivery.health.bytes),
        (3, Some(5))
    );
    assert_eq!(delivery.validators, feed.validators);
    assert_eq!(delivery.health.next_fetch.unwrap().as_second(), 4 * 60);
    let gone = FetchRefusal {
        error: FeedError::Gone,
        status: Some(410),
        wishes: Wishes::default(),
    };
    feed.health = failure(&feed, &gone, (now, now)).health;
    assert!(!feed.is_due(Timestamp::MAX));
}

#[tokio::test]
async fn offline_only_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "some words").unwrap();
    let store = Store::in_memory().unwrap();
    store
        .feeds()
        .follow(path.to_str().unwrap(), None)
        .await
        .unwrap();
    store
        .feeds()
        .follow("https://example.org/feed", None)
        .await
        .unwrap();
    let fetcher = Fetcher::offline();
    let mut reports = Vec::new();
    let feeds = store.feeds().subscriptions().await.unwrap();
    let work = refresh(&store, &fetcher, feeds, |refreshed| {
        reports.push(refreshed.outcome);
    });
    is_send(&work);
    work.await.unwrap();
    assert!(reports.contains(&RefreshOutcome::Saved(Saved { new: 1, changed: 0 })));
    assert!(reports.contains(&RefreshOutcome::Failed(FeedError::Offline)));
    let feeds = store.feeds().all().await.unwrap();
    assert_eq!(
        feeds[1].health,
        FeedHealth::default(),
        "what was not asked did not fail"
    );
}
