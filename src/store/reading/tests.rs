//! Feeds and articles in the store: order, folding, marks, search.

mod arriving;
mod retention;
mod saving;
mod searching;

use super::super::{Store, StoreError};
use crate::articles::{
    ArticleFilter, ArticleId, Delivered, Delivery, FeedId, Mark, MarkScope, Markup, Text,
};

pub(super) fn article(id: &str, day: Option<u8>) -> Delivered {
    Delivered {
        id: ArticleId(id.to_owned()),
        title: format!("Title of {id}"),
        author: Some("Jane Döe".to_owned()),
        first_seen: None,
        published: day.map(|day| format!("2024-05-{day:02}T12:00:00Z").parse().unwrap()),
        link: Some(format!("https://example.org/{id}")),
        tags: vec!["AWS".to_owned(), "lambda".to_owned()],
        text: Text {
            markup: Markup::Html,
            source: format!("<p>Text of {id}</p>"),
            base: None,
            enclosures: Vec::new(),
        },
        plain: format!("Text of {id}"),
        fingerprint: id.to_owned(),
        essence: Some(id.to_owned()),
    }
}

pub(super) fn delivery(articles: Vec<Delivered>) -> Delivery {
    Delivery {
        health: crate::articles::FeedHealth::default(),
        validators: crate::articles::Validators::default(),
        address: None,
        title: Some("A feed".to_owned()),
        articles,
    }
}

pub(super) async fn store_with(articles: Vec<Delivered>) -> (Store, FeedId) {
    let store = Store::in_memory().unwrap();
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
    (store, feed)
}

async fn ids(store: &Store, filter: &ArticleFilter) -> Vec<String> {
    let articles = store.articles().list(filter).await.unwrap();
    articles.into_iter().map(|article| article.id.0).collect()
}

#[tokio::test]
async fn dated_articles_come_newest_first_and_undated_ones_after_them_in_order() {
    let articles = vec![
        article("b", None),
        article("a", None),
        article("old", Some(1)),
        article("new", Some(9)),
    ];
    let (store, feed) = store_with(articles).await;
    assert_eq!(
        ids(&store, &ArticleFilter::default()).await,
        ["new", "old", "b", "a"]
    );
    let page = ArticleFilter {
        feed: Some(feed),
        limit: Some(2),
        offset: 1,
        ..ArticleFilter::default()
    };
    assert_eq!(ids(&store, &page).await, ["old", "b"]);
}

#[tokio::test]
async fn the_next_page_begins_behind_the_last_article_whatever_became_of_the_first_page() {
    let same_day = ["one", "two", "three"].map(|name| article(name, Some(7)));
    let others = [
        article("undated", None),
        article("older", Some(5)),
        article("undated too", None),
    ];
    let (store, feed) = store_with([same_day, others].concat()).await;
    for feed in [None, Some(feed)] {
        let mut page = ArticleFilter {
            feed,
            read: Some(false),
            limit: Some(2),
            ..ArticleFilter::default()
        };
        let mut seen = Vec::new();
        loop {
            let shown = ids(&store, &page).await;
            let Some(last) = shown.last() else { break };
            page.after = Some(ArticleId(last.clone()));
            let read: Vec<ArticleId> = shown.iter().cloned().map(ArticleId).collect();
            let scope = MarkScope::These(read);
            store
                .articles()
                .mark(scope, Mark::Read(true))
                .await
                .unwrap();
            seen.extend(shown);
        }
        assert_eq!(
            seen,
            ["one", "two", "three", "older", "undated", "undated too"]
        );
        let all = MarkScope::All(ArticleFilter::default());
        store.articles().mark(all, Mark::Read(false)).await.unwrap();
    }
}

#[tokio::test]
async fn every_condition_of_a_filter_counts() {
    let mut other = article("other", Some(3));
    other.tags = vec!["rust".to_owned()];
    other.author = Some("Max".to_owned());
    let (store, feed) =
        store_with(vec![article("one", Some(2)), other, article("none", None)]).await;
    let all = ArticleFilter::default();
    for (filter, expected) in [
        (
            ArticleFilter {
                tag: Some("RUST".to_owned()),
                ..all.clone()
            },
            vec!["other"],
        ),
        (
            ArticleFilter {
                author: Some("jane".to_owned()),
                ..all.clone()
            },
            vec!["one", "none"],
        ),
        (
            ArticleFilter {
                read: Some(true),
                ..all.clone()
            },
            vec![],
        ),
        (
            ArticleFilter {
                starred: Some(false),
                ..all.clone()
            },
            vec!["other", "one", "none"],
        ),
        (
            ArticleFilter {
                except: vec![feed],
                ..all.clone()
            },
            vec![],
        ),
        (
            ArticleFilter {
                since: Some("2024-05-03T00:00:00Z".parse().unwrap()),
                ..all.clone()
            },
            vec!["other"],
        ),
        (
            ArticleFilter {
                before: Some("2024-05-03T00:00:00Z".parse().unwrap()),
                ..all.clone()
            },
            vec!["one"],
        ),
    ] {
        assert_eq!(ids(&store, &filter).await, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn an_article_published_twice_is_shown_once_and_says_where_else() {
    let mut twin = article("twin", Some(2));
    twin.essence = Some("first".to_owned());
    let (store, feed) = store_with(vec![article("first", Some(1)), twin]).await;
    let shown = store
        .articles()
        .list(&ArticleFilter::default())
        .await
        .unwrap();
    assert_eq!(shown.len(), 1);
    assert_eq!(
        (shown[0].id.0.as_str(), shown[0].also.as_slice()),
        ("first", &["https://example.org/twin".to_owned()][..])
    );
    let feeds = store.feeds().all().await.unwrap();
    assert_eq!(
        (feeds[0].id, feeds[0].articles, feeds[0].unread),
        (feed, 1, 1)
    );
    let found = store
        .articles()
        .find("https://example.org/twin")
        .await
        .unwrap();
    assert_eq!(found.id.0, "first");
}

#[tokio::test]
async fn a_link_that_two_feeds_have_leads_to_the_article_stored_first() {
    let mut one = article("one", Some(1));
    one.link = Some("https://example.org/same".to_owned());
    let mut other = article("other", Some(2));
    other.link.clone_from(&one.link);
    let (store, _) = store_with(vec![one]).await;
    let (second, _) = store
        .feeds()
        .follow("https://example.org/2", None)
        .await
        .unwrap();
    store
        .feeds()
        .save_fetch(second, delivery(vec![other]))
        .await
        .unwrap();
    let found = store.articles().find("https://example.org/same").await;
    assert_eq!(found.unwrap().id.0, "one");
}

#[tokio::test]
async fn removing_a_feed_brings_back_what_was_folded_into_it() {
    let (store, feed) = store_with(vec![article("first", Some(1))]).await;
    let (second, _) = store
        .feeds()
        .follow("https://example.org/2", None)
        .await
        .unwrap();
    let mut twins = vec![article("twin", Some(2)), article("twin2", Some(3))];
    for twin in &mut twins {
        twin.essence = Some("first".to_owned());
    }
    let saved = store
        .feeds()
        .save_fetch(second, delivery(twins))
        .await
        .unwrap();
    assert_eq!(saved.new, 0);
    store.feeds().unfollow(feed).await.unwrap();
    let shown = store
        .articles()
        .list(&ArticleFilter::default())
        .await
        .unwrap();
    assert_eq!((shown.len(), shown[0].also.len()), (1, 1));
    assert!(matches!(
        store.feeds().unfollow(feed).await,
        Err(StoreError::NoSuchFeed(_))
    ));
}

#[tokio::test]
async fn what_leaves_the_feed_stays_and_what_changes_is_marked() {
    let (store, feed) = store_with(vec![article("one", Some(1)), article("two", Some(2))]).await;
    let mut changed = article("two", Some(2));
    changed.fingerprint = "another".to_owned();
    changed.text.source = "<p>Anew</p>".to_owned();
    let saved = store
        .feeds()
        .save_fetch(feed, delivery(vec![changed]))
        .await
        .unwrap();
    assert_eq!((saved.new, saved.changed), (0, 1));
    let shown = store
        .articles()
        .list(&ArticleFilter::default())
        .await
        .unwrap();
    assert_eq!(
        shown.iter().map(|it| it.changed).collect::<Vec<_>>(),
        [true, false]
    );
    let (_, text) = store
        .articles()
        .with_text(&ArticleId("two".to_owned()))
        .await
        .unwrap();
    assert_eq!(text.source, "<p>Anew</p>");
}

#[tokio::test]
async fn marks_say_what_they_changed_and_can_be_taken_back() {
    let articles = (1..=4)
        .map(|day| article(&format!("a{day}"), Some(day)))
        .collect();
    let (store, _) = store_with(articles).await;
    let all = ArticleFilter::default();
    let read = Mark::Read(true);
    let above = MarkScope::Above(Box::new(all.clone()), ArticleId("a3".to_owned()));
    let changed = store.articles().mark(above, read).await.unwrap();
    assert_eq!(
        changed,
        [ArticleId("a4".to_owned()), ArticleId("a3".to_owned())]
    );
    let rest = store
        .articles()
        .mark(MarkScope::All(all.clone()), read)
        .await
        .unwrap();
    assert_eq!(rest.len(), 2);
    store
        .articles()
        .mark(MarkScope::These(rest), read.undone())
        .await
        .unwrap();
    let unread = ArticleFilter {
        read: Some(false),
        ..all
    };
    assert_eq!(ids(&store, &unread).await, ["a2", "a1"]);
    let unknown = MarkScope::These(vec![ArticleId("a1".to_owned()), ArticleId("zz".to_owned())]);
    assert!(
        store
            .articles()
            .mark(unknown, Mark::Starred(true))
            .await
            .is_err()
    );
    let starred = ArticleFilter {
        starred: Some(true),
        ..ArticleFilter::default()
    };
    assert!(ids(&store, &starred).await.is_empty(), "all or nothing");
}

#[tokio::test]
async fn first_feeds_are_followed_once_and_stay_removed() {
    let store = Store::in_memory().unwrap();
    let feeds = vec![("https://example.org/feed".to_owned(), "First".to_owned())];
    assert!(
        store
            .feeds()
            .follow_once("defaults", feeds.clone())
            .await
            .unwrap()
    );
    let feed = store.feeds().find("first").await.unwrap();
    store.feeds().unfollow(feed.id).await.unwrap();
    assert!(!store.feeds().follow_once("defaults", feeds).await.unwrap());
    assert!(store.feeds().all().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_title_of_the_user_stays() {
    let (store, feed) = store_with(Vec::new()).await;
    assert_eq!(store.feeds().all().await.unwrap()[0].title, "A feed");
    let again = store
        .feeds()
        .follow("https://example.org/feed", Some("Mine"))
        .await
        .unwrap();
    assert_eq!(again, (feed, false));
    store
        .feeds()
        .save_fetch(feed, delivery(Vec::new()))
        .await
        .unwrap();
    assert_eq!(store.feeds().all().await.unwrap()[0].title, "Mine");
}
