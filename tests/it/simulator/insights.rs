//! Logs Insights over the wire: how a query goes, what it gives, what is refused.

use std::time::Duration;

use iacstone::aws::{AwsError, InsightsClient, Session, SessionOptions};
use iacstone::logs::query::{AnswerFields, QueryAnswer, QueryProgress, QueryRequest};
use iacstone::simulator::{Account, AccountOptions, http_client};

use super::options;

async fn insights(account: &Account) -> InsightsClient {
    let options = SessionOptions {
        http: Some(http_client(account)),
        ..SessionOptions::default()
    };
    InsightsClient::new(Session::connect(options).await.unwrap().logs())
}

/// An account with two groups of three events each, a minute apart, the first ten minutes ago.
async fn account() -> (Account, InsightsClient, i64) {
    account_with(options()).await
}

async fn account_with(options: AccountOptions) -> (Account, InsightsClient, i64) {
    let account = Account::empty(options);
    let now = account.now_ms() / 1000 * 1000;
    for group in ["/a", "/b"] {
        for (at, text) in (0..).zip(["one", "two", r#"{"level":"ERROR","ms":30}"#]) {
            let time = now - 600_000 + at * 60_000;
            account.put_event(group, "s", time, time, text);
        }
    }
    let insights = insights(&account).await;
    (account, insights, now / 1000)
}

fn request(groups: &[&str], query: &str, now: i64) -> QueryRequest {
    QueryRequest {
        groups: groups.iter().map(|&group| group.to_owned()).collect(),
        query: query.to_owned(),
        from_s: now - 3600,
        to_s: now,
        limit: None,
    }
}

/// The value of a row by the name of its column.
fn value<'r>(row: &'r AnswerFields, name: &str) -> &'r str {
    let mut fields = row.iter();
    &fields.find(|(field, _)| field == name).expect(name).1
}

/// The answer once the query is over, and how often it was under way before.
async fn ended(insights: &InsightsClient, id: &str) -> (QueryAnswer, u32) {
    for asked in 0..2000 {
        let answer = insights.results(id).await.unwrap();
        if answer.progress != QueryProgress::UnderWay {
            return (answer, asked);
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("the query did not end");
}

#[tokio::test]
async fn a_query_is_under_way_then_complete() {
    // In the account's own time: a busy machine must not miss that it was under way.
    let slow = AccountOptions {
        speed: 1.0,
        ..options()
    };
    let (_account, insights, now) = account_with(slow).await;
    let query = "filter ispresent(level) | stats count(*) as n, avg(ms) as ms by @log | sort @log";
    let id = insights
        .start(&request(&["/a", "/b"], query, now))
        .await
        .unwrap();
    let (answer, asked) = ended(&insights, &id).await;
    assert!(asked > 0);
    assert_eq!(answer.progress, QueryProgress::Complete);
    assert_eq!((answer.rows.len(), answer.figures.scanned), (2, 6));
    assert_eq!(value(&answer.rows[0], "@log"), "123456789012:/a");
    assert_eq!(
        (value(&answer.rows[1], "n"), value(&answer.rows[1], "ms")),
        ("1", "30")
    );
}

#[tokio::test]
async fn the_range_is_in_seconds_and_includes_both_ends() {
    let (_account, insights, now) = account().await;
    for (from, to, count) in [
        (600, 480, "3"),
        (600, 481, "2"),
        (599, 480, "2"),
        (480, 480, "1"),
        (400, 0, "0"),
    ] {
        let asked = QueryRequest {
            from_s: now - from,
            to_s: now - to,
            ..request(&["/a"], "stats count(*) as n", now)
        };
        let id = insights.start(&asked).await.unwrap();
        assert_eq!(
            value(&ended(&insights, &id).await.0.rows[0], "n"),
            count,
            "{from} to {to}"
        );
    }
}

#[tokio::test]
async fn a_busy_group_gives_partial_results_until_the_query_is_stopped() {
    let account = Account::new(options());
    let insights = insights(&account).await;
    let asked = request(
        &["/demo/firehose"],
        "stats count(*) as n",
        account.now_ms() / 1000,
    );
    let id = insights.start(&asked).await.unwrap();
    let mut counts = Vec::new();
    while counts.len() < 2 {
        let answer = insights.results(&id).await.unwrap();
        assert_eq!(answer.progress, QueryProgress::UnderWay);
        counts.extend(
            answer
                .rows
                .first()
                .map(|row| value(row, "n").parse::<u64>().unwrap()),
        );
    }
    assert!(counts[0] > 0 && counts[1] > counts[0], "{counts:?}");
    insights.stop(&id).await.unwrap();
    let stopped = insights.results(&id).await.unwrap();
    assert_eq!(stopped.progress, QueryProgress::Broken("Cancelled".into()));
    assert!(matches!(
        insights.stop(&id).await,
        Err(AwsError::Refused(_))
    ));
}

#[tokio::test]
async fn what_is_no_query_and_what_is_not_there_is_refused() {
    let (_account, insights, now) = account().await;
    let malformed = insights
        .start(&request(&["/a"], "filter (a = 1", now))
        .await
        .unwrap_err();
    assert!(matches!(malformed, AwsError::Refused(_)), "{malformed:?}");
    assert!(
        malformed.to_string().contains("at line 1 and position 13"),
        "{malformed}"
    );
    let missing = insights
        .start(&request(&["/c"], "fields a", now))
        .await
        .unwrap_err();
    assert!(matches!(missing, AwsError::NotFound(_)), "{missing:?}");
    let many: Vec<String> = (0..51).map(|at| format!("/g{at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let many = insights
        .start(&request(&many, "fields a", now))
        .await
        .unwrap_err();
    assert!(matches!(many, AwsError::Refused(_)), "{many:?}");
    let backwards = QueryRequest {
        from_s: now,
        to_s: now - 1,
        ..request(&["/a"], "fields a", now)
    };
    assert!(matches!(
        insights.start(&backwards).await,
        Err(AwsError::Refused(_))
    ));
    assert!(matches!(
        insights.results("no-such-query").await,
        Err(AwsError::NotFound(_))
    ));
    assert!(matches!(
        insights.stop("no-such-query").await,
        Err(AwsError::NotFound(_))
    ));
}

#[tokio::test]
async fn only_so_many_queries_run_at_once() {
    let (_account, insights, now) = account().await;
    for _ in 0..100 {
        insights
            .start(&request(&["/a"], "fields a", now))
            .await
            .unwrap();
    }
    let error = insights
        .start(&request(&["/a"], "fields a", now))
        .await
        .unwrap_err();
    assert!(matches!(error, AwsError::LimitExceeded(_)), "{error:?}");
}
