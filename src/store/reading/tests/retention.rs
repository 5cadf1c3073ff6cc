//! Articles that are kept no longer.

use jiff::civil::Date;

use super::*;

#[tokio::test]
async fn what_was_read_long_ago_goes_with_its_copies_and_does_not_come_back() {
    let mut copy = article("copy", Some(2));
    copy.essence = Some("read".to_owned());
    let articles = vec![
        article("unread", Some(4)),
        article("starred", Some(3)),
        article("read", Some(1)),
        copy,
    ];
    let (store, feed) = store_with(articles.clone()).await;
    let mark = async |id: &str, mark| {
        let scope = MarkScope::These(vec![ArticleId(id.to_owned())]);
        store.articles().mark(scope, mark).await.unwrap()
    };
    for id in ["starred", "read"] {
        mark(id, Mark::Read(true)).await;
    }
    mark("starred", Mark::Starred(true)).await;
    let old = async |day: Date| {
        let old = store.articles().read_before(day).await.unwrap();
        old.into_iter()
            .map(|article| article.id)
            .collect::<Vec<_>>()
    };
    assert!(old("2020-01-01".parse().unwrap()).await.is_empty());
    let found = old("9999-01-01".parse().unwrap()).await;
    assert_eq!(found, [ArticleId("read".to_owned())]);
    // Unread again, it stays.
    mark("read", Mark::Read(false)).await;
    assert_eq!(store.articles().forget(found.clone()).await.unwrap(), 0);
    mark("read", Mark::Read(true)).await;
    assert_eq!(store.articles().forget(found.clone()).await.unwrap(), 1);
    let left = ["unread", "starred"];
    assert_eq!(ids(&store, &ArticleFilter::default()).await, left);
    let again = store.feeds().save_fetch(feed, delivery(articles.clone()));
    assert_eq!(again.await.unwrap().new, 0);
    assert_eq!(ids(&store, &ArticleFilter::default()).await, left);
    // Who follows the feed anew begins anew.
    store.feeds().unfollow(feed).await.unwrap();
    let (feed, _) = store
        .feeds()
        .follow("https://example.org/feed", None)
        .await
        .unwrap();
    store
        .feeds()
        .save_fetch(feed, delivery(articles))
        .await
        .unwrap();
    assert_eq!(ids(&store, &ArticleFilter::default()).await.len(), 3);
}
