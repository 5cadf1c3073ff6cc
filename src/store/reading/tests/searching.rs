//! Search: what is found, in which order, and that no text of a user is an operator.

use proptest::prelude::*;

use super::{Store, article, store_with};
use crate::articles::{ArticleFilter, Delivered, Mark, MarkScope, SearchQuery};

async fn found(store: &Store, text: &str) -> Vec<String> {
    let query = SearchQuery::parse(text).unwrap();
    let found = store.articles().search(&query, 10).await.unwrap();
    found.into_iter().map(|found| found.article.id.0).collect()
}

fn about(id: &str, day: u8, title: &str, plain: &str) -> Delivered {
    Delivered {
        title: title.to_owned(),
        plain: plain.to_owned(),
        ..article(id, Some(day))
    }
}

async fn library() -> Store {
    let mut java = about(
        "java",
        3,
        "Java in Lambda",
        "snapstart against the cold start",
    );
    java.tags = vec!["java".to_owned()];
    java.author = Some("Max".to_owned());
    let articles = vec![
        about(
            "cold",
            1,
            "Cold starts explained",
            "What a naïve measurement of lambda misses",
        ),
        about(
            "text",
            2,
            "Notes",
            "about cold water, and the start of cold days",
        ),
        java,
    ];
    store_with(articles).await.0
}

#[tokio::test]
async fn titles_weigh_more_than_text_and_accents_do_not_count() {
    let store = library().await;
    assert_eq!(found(&store, "cold").await[0], "cold");
    assert_eq!(found(&store, "NAIVE").await, ["cold"]);
    assert_eq!(found(&store, "\"cold start\"").await, ["java"]);
    assert_eq!(
        found(&store, "expl").await,
        ["cold"],
        "the last word may go on"
    );
    assert!(found(&store, "expl cold").await.is_empty());
}

#[tokio::test]
async fn in_a_large_library_one_or_two_letters_are_a_whole_word() {
    let mut articles = vec![
        about("whole", 1, "Notes", "an S3 bucket"),
        about("part", 2, "Notes", "the s3cret of it"),
    ];
    let small = store_with(articles.clone()).await.0;
    assert_eq!(found(&small, "s3").await.len(), 2);
    articles.extend((0..2000).map(|n| article(&n.to_string(), None)));
    let large = store_with(articles).await.0;
    assert_eq!(found(&large, "s3").await, ["whole"]);
    assert_eq!(found(&large, "s3c").await, ["part"]);
}

#[tokio::test]
async fn fields_and_conditions_narrow_the_search() {
    let store = library().await;
    assert_eq!(found(&store, "title:lambda").await, ["java"]);
    assert_eq!(found(&store, "author:jane").await, ["text", "cold"]);
    assert_eq!(found(&store, "tag:JAVA").await, ["java"]);
    assert_eq!(found(&store, "feed:example.org").await.len(), 3);
    assert_eq!(
        found(&store, "after:2024-05-02 before:2024-05-03").await,
        ["text"]
    );
    assert_eq!(found(&store, "cold -java").await, ["cold", "text"]);
    assert_eq!(found(&store, "-java is:unread").await, ["text", "cold"]);
    let ids = found(&store, "title:lambda").await;
    let these = MarkScope::These(ids.into_iter().map(crate::articles::ArticleId).collect());
    store
        .articles()
        .mark(these, Mark::Read(true))
        .await
        .unwrap();
    assert_eq!(found(&store, "is:read").await, ["java"]);
}

#[tokio::test]
async fn a_hit_comes_with_its_snippet() {
    let store = library().await;
    let query = SearchQuery::parse("snapstart").unwrap();
    let hit = store.articles().search(&query, 1).await.unwrap().remove(0);
    let range = hit.snippet.hits[0].clone();
    assert_eq!(&hit.snippet.text[range], "snapstart");
}

#[tokio::test]
async fn articles_of_a_removed_feed_are_found_no_more() {
    let store = library().await;
    let feed = store.feeds().all().await.unwrap()[0].id;
    store.feeds().unfollow(feed).await.unwrap();
    assert!(found(&store, "cold").await.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_of_a_user_is_an_error(text in r#"[a-z"*():^+\-{}\\ 0éAND]{0,24}"#) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let store = library().await;
            if let Ok(query) = SearchQuery::parse(&text) {
                store.articles().search(&query, 10).await.unwrap();
            }
        });
    }
}

#[tokio::test]
async fn what_is_found_is_listed_by_date_when_that_is_asked_for() {
    let store = library().await;
    let ranked = found(&store, "lambda").await;
    let mut dated = found(&store, "lambda sort:date").await;
    let listed = ArticleFilter {
        query: Some(Box::new(SearchQuery::parse("lambda").unwrap())),
        ..ArticleFilter::default()
    };
    assert_eq!(super::ids(&store, &listed).await, dated, "as a feed");
    assert_eq!(dated[0], "java", "the latest");
    assert!(found(&store, "sort:rank lambda").await == ranked && ranked.len() == dated.len());
    let none = ArticleFilter {
        query: Some(Box::new(
            SearchQuery::parse("lambda -naive title:\"--\"").unwrap(),
        )),
        ..listed
    };
    dated = super::ids(&store, &none).await;
    assert!(!dated.contains(&"cold".to_owned()), "{dated:?}");
    let error = SearchQuery::parse("sort:size").unwrap_err().to_string();
    assert_eq!(
        error,
        "'sort:size' is not known; use sort:date or sort:rank"
    );
}

#[tokio::test]
async fn searches_are_kept_by_their_names() {
    let store = library().await;
    let search = |name: &str, query: &str| crate::articles::SavedSearch {
        name: name.to_owned(),
        query: query.to_owned(),
    };
    let articles = store.articles();
    for (name, query) in [("b", "lambda"), ("a", "is:unread"), ("b", "java")] {
        articles.save_search(&search(name, query)).await.unwrap();
    }
    let kept = articles.searches().await.unwrap();
    assert_eq!(kept, [search("a", "is:unread"), search("b", "java")]);
    articles.remove_search("a").await.unwrap();
    assert_eq!(articles.searches().await.unwrap(), [search("b", "java")]);
}

#[tokio::test]
async fn words_of_scripts_without_blanks_are_found_wherever_they_stand() {
    let mut japanese = article("one", Some(1));
    japanese.title = "夜間バッチの見張り方".to_owned();
    japanese.plain = "毎晩AWSのバッチを見る".to_owned();
    let (store, _) = store_with(vec![japanese, article("two", Some(2))]).await;
    for (query, found) in [
        ("バッチ", 1),
        ("title:見張り", 1),
        ("aws", 2),
        ("\"のバッチを\"", 1),
        ("チバ", 0),
        ("-バッチ text", 1),
    ] {
        let query = SearchQuery::parse(query).unwrap();
        let hits = store.articles().search(&query, 9).await.unwrap();
        assert_eq!(hits.len(), found, "{query:?}");
    }
}
