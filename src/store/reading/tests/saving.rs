//! What a later fetch changes: corrections, foldings, feeds that are gone.

use super::{Store, article, delivery, store_with};
use crate::articles::{ArticleFilter, ArticleId, Delivered, Saved, SearchQuery};
use crate::store::StoreError;
use crate::store::reading::{deliveries, feeds};

async fn text(store: &Store, id: &str) -> String {
    let id = ArticleId(id.to_owned());
    store.articles().with_text(&id).await.unwrap().1.source
}

async fn found(store: &Store, query: &str) -> usize {
    let query = SearchQuery::parse(query).unwrap();
    store.articles().search(&query, 10).await.unwrap().len()
}

async fn shown(store: &Store) -> Vec<String> {
    let articles = store
        .articles()
        .list(&ArticleFilter::default())
        .await
        .unwrap();
    articles.into_iter().map(|article| article.id.0).collect()
}

#[tokio::test]
async fn a_correction_of_signs_alone_is_stored_and_marks_nothing() {
    let (store, feed) = store_with(vec![article("one", Some(1))]).await;
    let mut corrected = article("one", Some(1));
    corrected.text.source = "<p>Text of <a href='https://example.org/right'>one</a></p>".to_owned();
    let saved = store
        .feeds()
        .save_fetch(feed, delivery(vec![corrected.clone()]));
    assert_eq!(saved.await.unwrap(), Saved { new: 0, changed: 0 });
    assert_eq!(text(&store, "one").await, corrected.text.source);
    let id = ArticleId("one".to_owned());
    assert!(!store.articles().with_text(&id).await.unwrap().0.changed);
}

#[tokio::test]
async fn new_tags_and_authors_are_found() {
    let (store, feed) = store_with(vec![article("one", Some(1))]).await;
    let mut other = article("one", Some(1));
    other.tags = vec!["firecracker".to_owned()];
    other.author = Some("Ada".to_owned());
    store
        .feeds()
        .save_fetch(feed, delivery(vec![other]))
        .await
        .unwrap();
    assert_eq!(found(&store, "firecracker").await, 1);
    assert_eq!(found(&store, "author:ada").await, 1);
    assert_eq!(found(&store, "author:jane").await, 0);
}

fn of_essence(id: &str, essence: Option<&str>) -> Delivered {
    let mut article = article(id, Some(1));
    article.essence = essence.map(str::to_owned);
    article.fingerprint = format!("{id} {essence:?}");
    article
}

#[tokio::test]
async fn a_folded_article_that_becomes_short_is_shown_again() {
    let first = of_essence("first", Some("same"));
    let twin = of_essence("twin", Some("same"));
    let (store, feed) = store_with(vec![first.clone(), twin]).await;
    assert_eq!(shown(&store).await, ["first"]);
    let short = of_essence("twin", None);
    let both = delivery(vec![first, short]);
    store.feeds().save_fetch(feed, both).await.unwrap();
    assert_eq!(shown(&store).await, ["first", "twin"]);
}

#[tokio::test]
async fn of_a_text_that_changes_the_others_are_folded_anew() {
    let three = ["a", "b", "c"].map(|id| of_essence(id, Some("same")));
    let (store, feed) = store_with(three.to_vec()).await;
    assert_eq!(shown(&store).await, ["a"]);
    let changed = vec![of_essence("a", Some("other"))];
    store
        .feeds()
        .save_fetch(feed, delivery(changed))
        .await
        .unwrap();
    assert_eq!(shown(&store).await, ["a", "b"]);
    let back = vec![of_essence("a", Some("same"))];
    store
        .feeds()
        .save_fetch(feed, delivery(back))
        .await
        .unwrap();
    assert_eq!(shown(&store).await, ["a"]);
}

#[tokio::test]
async fn a_late_answer_of_a_removed_feed_reaches_no_other_feed() {
    let (store, removed) = store_with(Vec::new()).await;
    store.feeds().unfollow(removed).await.unwrap();
    let (next, is_new) = store
        .feeds()
        .follow("https://other.example/", None)
        .await
        .unwrap();
    assert!(is_new);
    assert_ne!(next, removed);
    let late = store
        .feeds()
        .save_fetch(removed, delivery(vec![article("late", None)]));
    assert!(matches!(late.await, Err(StoreError::NoSuchFeed(_))));
    assert!(shown(&store).await.is_empty());
}

#[tokio::test]
async fn letters_of_every_language_have_a_case() {
    let mut one = article("one", Some(1));
    one.author = Some("ØYVIND Berg".to_owned());
    one.tags = vec!["ÜBUNG".to_owned()];
    let (store, _) = store_with(vec![one]).await;
    let (_, _) = store
        .feeds()
        .follow("https://x.example/", Some("ÉCLAIR"))
        .await
        .unwrap();
    for filter in [
        ArticleFilter {
            author: Some("Øyvind".to_owned()),
            ..ArticleFilter::default()
        },
        ArticleFilter {
            tag: Some("Übung".to_owned()),
            ..ArticleFilter::default()
        },
    ] {
        let found = store.articles().list(&filter).await.unwrap();
        assert_eq!(found.len(), 1, "{filter:?}");
    }
    assert_eq!(found(&store, "tag:übung").await, 1);
}

/// Ten thousand copies of one text, and one more each time, must not be ten thousand writes each time.
#[test]
fn folding_writes_only_what_differs() {
    let mut database = crate::store::opening::in_memory().unwrap();
    let (feed, _) = feeds::follow(&mut database, "https://example.org/", None).unwrap();
    let copies: Vec<_> = (0..100)
        .map(|n| of_essence(&n.to_string(), Some("same")))
        .collect();
    deliveries::save_fetch(&mut database, feed, &delivery(copies.clone())).unwrap();
    let trap = "CREATE TABLE written (number INTEGER);
        CREATE TRIGGER trap AFTER UPDATE OF same_as ON articles BEGIN
            INSERT INTO written VALUES (new.number);
        END;";
    database.connection().execute_batch(trap).unwrap();
    let more = vec![of_essence("more", Some("same"))];
    deliveries::save_fetch(&mut database, feed, &delivery(more)).unwrap();
    let written: i64 = database
        .connection()
        .query_row("SELECT count(*) FROM written", [], |row| row.get(0))
        .unwrap();
    assert_eq!(written, 1);
}
