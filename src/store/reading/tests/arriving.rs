//! Articles as they arrive: where undated ones stand, what comes with them, ids that change.

use super::{article, delivery, ids, store_with};
use crate::articles::{ArticleFilter, ArticleId, Delivered, Enclosure};

#[tokio::test]
async fn undated_articles_stand_where_they_came_first() {
    let came = |id: &str, day: u8| Delivered {
        first_seen: Some(format!("2024-05-{day:02}T12:00:00Z").parse().unwrap()),
        ..article(id, None)
    };
    let first = vec![
        article("text", None),
        came("undated", 5),
        article("old", Some(1)),
        article("new", Some(9)),
    ];
    let (store, feed) = store_with(first).await;
    let expected = ["new", "undated", "old", "text"];
    assert_eq!(ids(&store, &ArticleFilter::default()).await, expected);
    // What comes again later stays where it is.
    let again = delivery(vec![came("undated", 20)]);
    store.feeds().save_fetch(feed, again).await.unwrap();
    for feed in [None, Some(feed)] {
        let filter = ArticleFilter {
            feed,
            ..ArticleFilter::default()
        };
        assert_eq!(ids(&store, &filter).await, expected);
        let behind = ArticleFilter {
            after: Some(ArticleId("undated".to_owned())),
            ..filter
        };
        assert_eq!(ids(&store, &behind).await, ["old", "text"]);
    }
}

#[tokio::test]
async fn what_comes_with_an_article_is_kept_and_follows_its_feed() {
    let mut with = article("a", Some(1));
    with.text.enclosures.push(Enclosure {
        url: "https://cdn.example/1.mp3".to_owned(),
        bytes: Some(7),
        ..Enclosure::default()
    });
    let (store, feed) = store_with(vec![with.clone()]).await;
    let read = async || store.articles().with_text(&with.id).await.unwrap().1;
    assert_eq!(read().await, with.text);
    with.text.enclosures[0].bytes = Some(8);
    store
        .feeds()
        .save_fetch(feed, delivery(vec![with.clone()]))
        .await
        .unwrap();
    assert_eq!(read().await, with.text);
}

#[tokio::test]
async fn an_article_whose_id_changed_is_known_by_its_link_and_title() {
    let (store, feed) = store_with(vec![article("a", Some(1))]).await;
    let renamed = |id: &str, title: &str| Delivered {
        id: ArticleId(id.to_owned()),
        title: title.to_owned(),
        ..article("a", Some(1))
    };
    let title = "Title of a";
    let saved = store
        .feeds()
        .save_fetch(feed, delivery(vec![renamed("b", title)]))
        .await
        .unwrap();
    assert_eq!(saved.new, 0);
    assert_eq!(ids(&store, &ArticleFilter::default()).await, ["a"]);
    // Two of one name in one delivery are two.
    let both = [("a", "1"), ("c", "2")].map(|(id, essence)| Delivered {
        essence: Some(essence.to_owned()),
        ..renamed(id, title)
    });
    store
        .feeds()
        .save_fetch(feed, delivery(both.to_vec()))
        .await
        .unwrap();
    assert_eq!(ids(&store, &ArticleFilter::default()).await, ["a", "c"]);
}

#[tokio::test]
async fn a_feed_whose_articles_are_known_says_from_where() {
    let same = |id: &str| Delivered {
        essence: Some("one text".to_owned()),
        ..article(id, Some(1))
    };
    let (store, first) = store_with(vec![same("a")]).await;
    let (second, _) = store
        .feeds()
        .follow("https://b.example/feed", Some("Mirror"))
        .await
        .unwrap();
    let saved = store
        .feeds()
        .save_fetch(second, delivery(vec![same("b")]))
        .await
        .unwrap();
    assert_eq!(saved.new, 0);
    let feeds = store.feeds().all().await.unwrap();
    let mirror = feeds.iter().find(|feed| feed.id == second).unwrap();
    assert_eq!(
        (mirror.articles, mirror.elsewhere.as_slice()),
        (0, &[(first, 1)][..])
    );
    let title = &feeds.iter().find(|feed| feed.id == first).unwrap().title;
    assert_eq!(mirror.known_from(&feeds), Some(format!("1 in '{title}'")));
    assert!(
        feeds
            .iter()
            .all(|feed| feed.id == second || feed.elsewhere.is_empty())
    );
}

#[tokio::test]
async fn the_place_in_an_article_is_kept_until_it_is_left_at_its_top() {
    let (store, _) = store_with(vec![article("a", Some(1))]).await;
    let articles = store.articles();
    let id = ArticleId("a".to_owned());
    let at = |stretch, characters| crate::articles::TextPosition {
        stretch,
        characters,
    };
    assert_eq!(articles.place(&id).await.unwrap(), None);
    for place in [at(2, 40), at(0, 7)] {
        articles.keep_place(&id, place).await.unwrap();
        assert_eq!(articles.place(&id).await.unwrap(), Some(place));
    }
    articles.keep_place(&id, at(0, 0)).await.unwrap();
    assert_eq!(articles.place(&id).await.unwrap(), None);
    let gone = ArticleId("gone".to_owned());
    articles.keep_place(&gone, at(1, 1)).await.unwrap();
    assert_eq!(articles.place(&gone).await.unwrap(), None);
}

#[tokio::test]
async fn feeds_stand_in_folders() {
    let (store, feed) = store_with(Vec::new()).await;
    let source = store.feeds().all().await.unwrap()[0].source.clone();
    let folder = async || {
        let feeds = store.feeds().all().await.unwrap();
        feeds.into_iter().find(|it| it.id == feed).unwrap().folder
    };
    assert_eq!(folder().await, None);
    let put = |name: Option<&str>| vec![(source.clone(), name.map(str::to_owned))];
    store
        .feeds()
        .put_into(put(Some("aws/lambda")))
        .await
        .unwrap();
    assert_eq!(folder().await.as_deref(), Some("aws/lambda"));
    store.feeds().put_into(put(None)).await.unwrap();
    assert_eq!(folder().await, None);
}
