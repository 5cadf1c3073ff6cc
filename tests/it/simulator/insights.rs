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
    let mut counts = vec![0];
    while counts.len() < 3 {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let answer = insights.results(&id).await.unwrap();
        assert_eq!(answer.progress, QueryProgress::UnderWay);
        let count: u64 = answer
            .rows
            .first()
            .map_or(0, |row| value(row, "n").parse().unwrap());
        let last = counts[counts.len() - 1];
        assert!(count >= last, "{counts:?} {count}");
        if count > last {
            counts.push(count);
        }
    }
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
        malformed.to_string().contains("(line 1, column 14)"),
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

/// Asks for the counts of both groups until no more are taken.
async fn fill(insights: &InsightsClient, now: i64) -> Vec<String> {
    let mut ids = Vec::new();
    for _ in 0..100 {
        let asked = request(&["/a", "/b"], "stats count(*) as n", now);
        ids.push(insights.start(&asked).await.unwrap());
    }
    ids
}

#[tokio::test(start_paused = true)]
async fn queries_that_nobody_asks_for_end_by_themselves() {
    let (account, insights, now) = account().await;
    let ids = fill(&insights, now).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let answer = insights.results(&ids[0]).await.unwrap();
    assert_eq!(
        (answer.progress, answer.figures.scanned),
        (QueryProgress::Complete, 6)
    );
    let again = fill(&insights, now).await;
    insights.stop(&again[7]).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let client = super::logs::client(&account);
    let count = async |status: &str| {
        let status = status.into();
        let found = client
            .describe_queries()
            .status(status)
            .send()
            .await
            .unwrap();
        found.queries().len()
    };
    assert_eq!(count("Running").await, 0);
    assert_eq!(count("Complete").await, 199);
    let stopped = client.describe_queries().status("Cancelled".into());
    let stopped = stopped.send().await.unwrap();
    let stopped = &stopped.queries()[0];
    assert_eq!(stopped.query_id(), Some(again[7].as_str()));
    assert_eq!(stopped.query_string(), Some("stats count(*) as n"));
    let (mut lengths, mut token) = (Vec::new(), None);
    while lengths.is_empty() || token.is_some() {
        let page = client.describe_queries().max_results(60);
        let page = page.set_next_token(token).send().await.unwrap();
        lengths.push(page.queries().len());
        token = page.next_token;
    }
    assert_eq!(lengths, [60, 60, 60, 20]);
}

#[tokio::test]
async fn a_query_that_takes_too_long_is_ended() {
    let hasty = AccountOptions {
        speed: 1e6,
        ..options()
    };
    let account = Account::new(hasty);
    let insights = insights(&account).await;
    let now = account.now_ms() / 1000;
    let asked = request(&["/demo/firehose"], "stats count(*) as n", now);
    let id = insights.start(&asked).await.unwrap();
    let (answer, _) = ended(&insights, &id).await;
    assert_eq!(answer.progress, QueryProgress::Broken("Timeout".into()));
}

#[tokio::test]
async fn the_pointer_of_a_row_opens_its_record() {
    let (account, insights, now) = account().await;
    let query = "filter level = 'ERROR' | fields @message";
    let id = insights.start(&request(&["/a"], query, now)).await.unwrap();
    let (answer, _) = ended(&insights, &id).await;
    let client = super::logs::client(&account);
    let open = async |pointer: &str| {
        let found = client.get_log_record().log_record_pointer(pointer);
        found.send().await
    };
    let pointer = value(&answer.rows[0], "@ptr");
    let found = open(pointer).await.unwrap();
    let record = found.log_record().unwrap();
    let time = ((now - 480) * 1000).to_string();
    for (name, text) in [
        ("@log", "123456789012:/a"),
        ("@logStream", "s"),
        ("@timestamp", time.as_str()),
        ("@message", value(&answer.rows[0], "@message")),
        ("level", "ERROR"),
        ("ms", "30"),
    ] {
        assert_eq!(record[name], text, "{name}");
    }
    let refused = open("nonsense").await.unwrap_err().into_service_error();
    assert!(refused.is_invalid_parameter_exception(), "{refused:?}");
    assert!(account.delete_group("/a"));
    let gone = open(pointer).await.unwrap_err().into_service_error();
    assert!(gone.is_resource_not_found_exception(), "{gone:?}");
}

#[tokio::test]
async fn only_so_many_queries_run_at_once() {
    let slow = AccountOptions {
        speed: 0.01,
        ..options()
    };
    let (_account, insights, now) = account_with(slow).await;
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
