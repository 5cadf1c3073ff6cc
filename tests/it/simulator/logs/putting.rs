//! Making groups and streams, putting events, and what the service refuses.

use super::*;
use aws_sdk_cloudwatchlogs::types::InputLogEvent;

fn event(time_ms: i64, message: &str) -> InputLogEvent {
    let event = InputLogEvent::builder().timestamp(time_ms).message(message);
    event.build().unwrap()
}

const HOUR: i64 = 3_600_000;

#[tokio::test(start_paused = true)]
async fn what_is_put_is_read_again() {
    let account = Account::empty(options());
    let client = client(&account);
    let group = client.create_log_group().log_group_name(GROUP);
    group.clone().send().await.unwrap();
    assert_eq!(
        code(&group.send().await.unwrap_err()),
        "ResourceAlreadyExistsException"
    );
    let stream = client
        .create_log_stream()
        .log_group_name(GROUP)
        .log_stream_name("a");
    stream.clone().send().await.unwrap();
    assert_eq!(
        code(&stream.send().await.unwrap_err()),
        "ResourceAlreadyExistsException"
    );
    let now_ms = account.now_ms();
    let put = client
        .put_log_events()
        .log_group_name(GROUP)
        .log_stream_name("a")
        .log_events(event(now_ms - 1, "first"))
        .log_events(event(now_ms, "second"));
    let put = put.send().await.unwrap();
    assert!(put.rejected_log_events_info().is_none());
    let read = client.filter_log_events().log_group_name(GROUP);
    let read = read.send().await.unwrap();
    let messages: Vec<_> = read.events().iter().filter_map(|e| e.message()).collect();
    assert_eq!(messages, ["first", "second"]);
    assert_eq!(read.events()[0].ingestion_time(), Some(now_ms));
}

#[tokio::test(start_paused = true)]
async fn events_too_old_and_too_new_are_rejected_and_named() {
    let account = Account::empty(options());
    account.put_event(GROUP, "a", 0, 0, "makes the stream");
    let client = client(&account);
    let now_ms = account.now_ms();
    let put = |events| {
        let put = client.put_log_events().log_group_name(GROUP);
        put.log_stream_name("a").set_log_events(Some(events)).send()
    };
    let old = vec![
        event(now_ms - 15 * 24 * HOUR, "old"),
        event(now_ms - 14 * 24 * HOUR, "kept"),
    ];
    let answer = put(old).await.unwrap();
    let rejected = answer.rejected_log_events_info().unwrap();
    assert_eq!(rejected.too_old_log_event_end_index(), Some(1));
    let new = vec![
        event(now_ms + 2 * HOUR, "kept"),
        event(now_ms + 3 * HOUR, "new"),
    ];
    let answer = put(new).await.unwrap();
    let rejected = answer.rejected_log_events_info().unwrap();
    assert_eq!(rejected.too_new_log_event_start_index(), Some(1));
    let read = client.filter_log_events().log_group_name(GROUP);
    let read = read.filter_pattern("kept").send().await.unwrap();
    assert_eq!(read.events().len(), 2, "one of them lies two hours ahead");
}

#[tokio::test(start_paused = true)]
async fn what_does_not_exist_is_named() {
    let account = Account::empty(options());
    let client = client(&account);
    let read = client.filter_log_events().log_group_name("/nothing");
    let error = read.send().await.unwrap_err();
    assert_eq!(code(&error), "ResourceNotFoundException");
    assert_eq!(
        error.message(),
        Some("The specified log group does not exist.")
    );
    account.put_event(GROUP, "a", 0, 0, "x");
    let read = client.get_log_events().log_group_name(GROUP);
    let error = read.log_stream_name("b").send().await.unwrap_err();
    assert_eq!(
        error.message(),
        Some("The specified log stream does not exist.")
    );
    let put = client
        .put_log_events()
        .log_group_name(GROUP)
        .log_stream_name("b");
    let error = put.log_events(event(0, "x")).send().await.unwrap_err();
    assert_eq!(code(&error), "ResourceNotFoundException");
    let delete = client.delete_log_group().log_group_name("/nothing");
    assert_eq!(
        code(&delete.send().await.unwrap_err()),
        "ResourceNotFoundException"
    );
}

#[tokio::test(start_paused = true)]
async fn a_group_that_is_made_again_is_empty_and_fills_again() {
    let account = Account::new(options());
    let client = client(&account);
    let group = "/ecs/alpha/gunicorn";
    let newest = || {
        let read = client.filter_log_events().log_group_name(group);
        read.limit(1).send()
    };
    assert_eq!(newest().await.unwrap().events().len(), 1);
    client
        .delete_log_group()
        .log_group_name(group)
        .send()
        .await
        .unwrap();
    assert_eq!(
        code(&newest().await.unwrap_err()),
        "ResourceNotFoundException"
    );
    client
        .create_log_group()
        .log_group_name(group)
        .send()
        .await
        .unwrap();
    let made_ms = account.now_ms();
    assert!(newest().await.unwrap().events().is_empty());
    pass(30).await;
    let again = newest().await.unwrap();
    assert!(again.events()[0].timestamp().unwrap() >= made_ms);
}
