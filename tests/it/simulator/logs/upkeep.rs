//! What is done to groups and streams as a whole: lists, retention, deletion, classes.

use super::*;
use aws_sdk_cloudwatchlogs::types::LogGroupClass;

#[tokio::test(start_paused = true)]
async fn groups_are_listed_by_class_and_by_patterns() {
    let client = client(&Account::new(options()));
    let names = async |pattern: &str| {
        let listed = client.list_log_groups().log_group_name_pattern(pattern);
        let listed = listed.send().await.unwrap();
        let groups = listed.log_groups().iter();
        let names = groups.filter_map(|group| group.log_group_name().map(str::to_owned));
        names.collect::<Vec<String>>()
    };
    assert_eq!(names("firehose").await, ["/demo/firehose"]);
    assert_eq!(names("^/demo/|^/ecs/").await.len(), 6);
    assert_eq!(names("^demo").await, [""; 0]);
    let rare = client.list_log_groups();
    let rare = rare.log_group_class(LogGroupClass::InfrequentAccess);
    let rare = rare.send().await.unwrap();
    let found: Vec<_> = rare
        .log_groups()
        .iter()
        .map(|it| it.log_group_arn())
        .collect();
    assert_eq!(found, [Some(arn("/demo/archive").as_str())]);
    let (mut sizes, mut token) = (Vec::new(), None);
    while sizes.is_empty() || token.is_some() {
        let page = client.list_log_groups().limit(9);
        let page = page.set_next_token(token).send().await.unwrap();
        sizes.push(page.log_groups().len());
        token = page.next_token;
    }
    assert_eq!(sizes, [9, 9, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_retention_is_shown_until_it_is_taken_away() {
    let account = Account::empty(options());
    account.create_group(GROUP);
    let client = client(&account);
    let shown = async || {
        let found = client.describe_log_groups().send().await.unwrap();
        found.log_groups()[0].retention_in_days()
    };
    let put = |days| {
        let put = client.put_retention_policy().log_group_name(GROUP);
        put.retention_in_days(days).send()
    };
    assert_eq!(shown().await, None);
    put(14).await.unwrap();
    assert_eq!(shown().await, Some(14));
    assert_eq!(
        code(&put(15).await.unwrap_err()),
        "InvalidParameterException"
    );
    let delete = |group| {
        client
            .delete_retention_policy()
            .log_group_name(group)
            .send()
    };
    delete(GROUP).await.unwrap();
    assert_eq!(shown().await, None);
    assert_eq!(
        code(&delete("/nothing").await.unwrap_err()),
        "ResourceNotFoundException"
    );
}

#[tokio::test(start_paused = true)]
async fn a_deleted_stream_is_gone_with_its_events() {
    let account = Account::empty(options());
    numbered(&account, 30);
    let client = client(&account);
    let delete = |stream| {
        let delete = client.delete_log_stream().log_group_name(GROUP);
        delete.log_stream_name(stream).send()
    };
    delete("stream-1").await.unwrap();
    assert_eq!(
        code(&delete("stream-1").await.unwrap_err()),
        "ResourceNotFoundException"
    );
    let streams = client.describe_log_streams().log_group_name(GROUP);
    assert_eq!(streams.send().await.unwrap().log_streams().len(), 2);
    let (left, _) = pages(client.filter_log_events().log_group_name(GROUP), 1).await;
    let left: Vec<i64> = left[0]
        .iter()
        .map(|event| number(event.message()))
        .collect();
    assert_eq!(left, (0..30).filter(|n| n % 3 != 1).collect::<Vec<i64>>());
}

#[tokio::test(start_paused = true)]
async fn a_deleted_stream_of_the_demo_begins_again_with_its_next_line() {
    let account = Account::new(options());
    let client = client(&account);
    let group = "/ecs/alpha/gunicorn";
    let streams = async || {
        let streams = client.describe_log_streams().log_group_name(group);
        streams.send().await.unwrap().log_streams.unwrap()
    };
    let before = streams().await;
    for stream in &before {
        let delete = client.delete_log_stream().log_group_name(group);
        let delete = delete.log_stream_name(stream.log_stream_name().unwrap());
        delete.send().await.unwrap();
    }
    let deleted_ms = account.now_ms();
    assert_eq!(streams().await, []);
    assert_eq!(account.events_between(group, 0, deleted_ms).count(), 0);
    pass(60).await;
    let after = streams().await;
    assert!(!after.is_empty() && after.len() <= before.len());
    assert!(
        after
            .iter()
            .all(|it| it.first_event_timestamp().unwrap() > deleted_ms)
    );
}

#[tokio::test(start_paused = true)]
async fn an_infrequent_access_group_is_read_by_queries_only() {
    let account = Account::new(options());
    let client = client(&account);
    let group = "/demo/archive";
    let streams = client.describe_log_streams().log_group_name(group);
    let streams = streams.send().await.unwrap();
    let stream = streams.log_streams()[0].log_stream_name().unwrap();
    let filter = client.filter_log_events().log_group_name(group);
    let get = client.get_log_events().log_group_name(group);
    let tail = client.start_live_tail();
    let tail = tail.log_group_identifiers(arn("/demo/firehose"));
    let told = [
        said(&filter.send().await.unwrap_err()),
        said(&get.log_stream_name(stream).send().await.unwrap_err()),
        said(
            &tail
                .log_group_identifiers(arn(group))
                .send()
                .await
                .unwrap_err(),
        ),
    ];
    for (told, operation) in told
        .iter()
        .zip(["FilterLogEvents", "GetLogEvents", "StartLiveTail"])
    {
        let sentence = format!(
            "The log group /demo/archive is of log-group-class INFREQUENT_ACCESS. {operation} is not supported for this log class."
        );
        assert_eq!(told, &format!("InvalidOperationException: {sentence}"));
    }
    let now_s = account.now_ms() / 1000;
    let query = client.start_query().log_group_name(group);
    let query = query.start_time(now_s - 60).end_time(now_s);
    let query = query.query_string("fields @message").send().await.unwrap();
    pass(2).await;
    let found = client
        .get_query_results()
        .query_id(query.query_id().unwrap());
    let found = found.send().await.unwrap();
    assert!(!found.results().is_empty());
    let statistics = found.statistics().unwrap();
    assert!(statistics.bytes_scanned() > 0.0);
    assert_eq!(statistics.log_groups_scanned(), 1.0);
}

/// The code of a refusal with its words.
fn said<E: ProvideErrorMetadata + Debug, R: Debug>(error: &SdkError<E, R>) -> String {
    format!("{}: {}", code(error), error.message().unwrap_or_default())
}
