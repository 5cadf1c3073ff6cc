//! Lists and pages: groups, streams, `FilterLogEvents` and `GetLogEvents`.

use super::*;
use aws_sdk_cloudwatchlogs::types::OrderBy;

#[tokio::test(start_paused = true)]
async fn groups_come_in_pages_by_prefix_and_by_pattern() {
    let client = client(&Account::new(options()));
    let mut pages = client
        .describe_log_groups()
        .limit(9)
        .into_paginator()
        .send();
    let (mut names, mut sizes) = (Vec::new(), Vec::new());
    while let Some(page) = pages.next().await {
        let groups = page.unwrap().log_groups.unwrap_or_default();
        sizes.push(groups.len());
        names.extend(groups.into_iter().filter_map(|group| group.log_group_name));
    }
    assert_eq!(sizes, [9, 9, 5]);
    assert!(names.is_sorted(), "{names:?}");
    let ecs = client.describe_log_groups().log_group_name_prefix("/ecs/");
    assert_eq!(ecs.send().await.unwrap().log_groups().len(), 4);
    let hash = client.describe_log_groups().log_group_name_pattern("hash-");
    let found = hash.clone().send().await.unwrap();
    assert_eq!(found.log_groups().len(), 3);
    let group = &found.log_groups()[0];
    let bare = arn("/aws/lambda/hash-bun");
    assert_eq!(group.log_group_arn(), Some(bare.as_str()));
    assert_eq!(group.arn(), Some(format!("{bare}:*").as_str()));
    assert!(group.stored_bytes().unwrap() > 0);
    let both = hash.log_group_name_prefix("/").send().await.unwrap_err();
    assert_eq!(code(&both), "InvalidParameterException");
    let large = client.describe_log_groups().limit(51).send().await;
    assert_eq!(code(&large.unwrap_err()), "InvalidParameterException");
}

#[tokio::test(start_paused = true)]
async fn streams_are_ordered_by_name_or_by_their_last_event() {
    let account = Account::new(options());
    let client = client(&account);
    let streams = client
        .describe_log_streams()
        .log_group_name("/aws/lambda/hash-node");
    let recent = streams
        .clone()
        .order_by(OrderBy::LastEventTime)
        .descending(true)
        .limit(20);
    let mut pages = recent.into_paginator().send();
    let mut last = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        let times = page.log_streams().iter();
        last.extend(times.map(|stream| stream.last_event_timestamp().unwrap()));
    }
    assert!((220..250).contains(&last.len()), "{}", last.len());
    assert!(last.iter().rev().is_sorted());
    let named = streams.clone().log_stream_name_prefix("2026/11/21/");
    let named = named.send().await.unwrap();
    let listed = named
        .log_streams()
        .iter()
        .map(|s| s.log_stream_name().unwrap());
    assert!(
        listed
            .clone()
            .all(|name| name.starts_with("2026/11/21/[$LATEST]"))
    );
    assert!(listed.is_sorted());
    let mixed = streams
        .order_by(OrderBy::LastEventTime)
        .log_stream_name_prefix("2026");
    assert_eq!(
        code(&mixed.send().await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test(start_paused = true)]
async fn what_a_stream_says_about_its_events_is_what_it_holds() {
    let account = Account::new(options());
    let client = client(&account);
    for group in ["/aws/lambda/flaky", "/ecs/alpha/gunicorn", "/demo/firehose"] {
        let streams = client.describe_log_streams().log_group_name(group);
        let found = streams.limit(3).send().await.unwrap();
        for stream in found.log_streams() {
            let (first, last) = (
                stream.first_event_timestamp().unwrap(),
                stream.last_event_timestamp().unwrap(),
            );
            let name = stream.log_stream_name().unwrap();
            let events = client
                .get_log_events()
                .log_group_name(group)
                .log_stream_name(name);
            let oldest = events
                .clone()
                .start_from_head(true)
                .limit(1)
                .send()
                .await
                .unwrap();
            assert_eq!(
                oldest.events()[0].timestamp(),
                Some(first),
                "{group} {name}"
            );
            let newest = events.limit(1).send().await.unwrap();
            assert_eq!(newest.events()[0].timestamp(), Some(last), "{group} {name}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn pages_hold_every_event_once_from_either_end() {
    let account = Account::empty(options());
    numbered(&account, 25);
    let client = client(&account);
    for from_head in [true, false] {
        let question = client.filter_log_events().log_group_name(GROUP).limit(10);
        let (pages, ended) = pages(question.start_from_head(from_head), 9).await;
        let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert!(ended && sizes == [10, 10, 5], "{sizes:?}");
        let events = pages.concat();
        assert_eq!(distinct_ids(&events), 25);
        let mut found: Vec<i64> = events.iter().map(|e| number(e.message())).collect();
        if !from_head {
            found.reverse();
        }
        assert_eq!(found, (0..25).collect::<Vec<i64>>());
    }
}

#[tokio::test(start_paused = true)]
async fn streams_prefixes_times_and_patterns_choose() {
    let account = Account::empty(options());
    numbered(&account, 30);
    let client = client(&account);
    let all = || client.filter_log_events().log_group_identifier(arn(GROUP));
    let count = async |question: FilterLogEventsFluentBuilder| {
        let (pages, ended) = pages(question, 3).await;
        assert!(ended);
        pages.concat().len()
    };
    assert_eq!(count(all()).await, 30);
    assert_eq!(count(all().log_stream_names("stream-1")).await, 10);
    assert_eq!(count(all().log_stream_name_prefix("stream")).await, 30);
    assert_eq!(count(all().log_stream_name_prefix("s-1")).await, 0);
    assert_eq!(count(all().filter_pattern("\"n=7\"")).await, 1);
    let now_ms = account.now_ms();
    let last_two = all().start_time(now_ms - 2).end_time(now_ms - 1);
    assert_eq!(count(last_two).await, 2, "both ends count");
    let both = all()
        .log_stream_names("stream-1")
        .log_stream_name_prefix("s");
    assert_eq!(
        code(&both.send().await.unwrap_err()),
        "InvalidParameterException"
    );
    let bad = all().filter_pattern("{ $.a = ").send().await.unwrap_err();
    assert_eq!(code(&bad), "InvalidParameterException");
    let unknown = all().log_stream_names("nothing").send().await.unwrap_err();
    assert_eq!(code(&unknown), "ResourceNotFoundException");
}

#[tokio::test(start_paused = true)]
async fn a_token_is_good_for_its_own_question_and_a_day() {
    let account = Account::empty(options());
    numbered(&account, 3);
    let client = client(&account);
    let question = client.filter_log_events().log_group_name(GROUP);
    let page = question.clone().limit(1).send().await.unwrap();
    let token = page.next_token().unwrap();
    let other = question.clone().filter_pattern("n").next_token(token);
    assert_eq!(
        code(&other.send().await.unwrap_err()),
        "InvalidParameterException"
    );
    assert!(question.clone().next_token(token).send().await.is_ok());
    pass(25 * 3600).await;
    let late = question.next_token(token).send().await.unwrap_err();
    assert!(late.message().unwrap().contains("expired"), "{late:?}");
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_read_both_ways_until_its_token_repeats() {
    let account = Account::empty(options());
    let now_ms = account.now_ms();
    for number in 0..5 {
        account.put_event(
            GROUP,
            "s",
            now_ms - 50 + number,
            now_ms,
            &format!("n={number}"),
        );
    }
    let client = client(&account);
    let read = || {
        client
            .get_log_events()
            .log_group_name(GROUP)
            .log_stream_name("s")
    };
    let numbers = |page: &aws_sdk_cloudwatchlogs::operation::get_log_events::GetLogEventsOutput| {
        let events = page.events().iter();
        events
            .map(|event| number(event.message()))
            .collect::<Vec<i64>>()
    };
    let newest = read().limit(2).send().await.unwrap();
    assert_eq!(numbers(&newest), [3, 4]);
    let older = read()
        .limit(2)
        .next_token(newest.next_backward_token().unwrap());
    assert_eq!(numbers(&older.send().await.unwrap()), [1, 2]);
    let (mut token, mut found) = (None, Vec::new());
    loop {
        let page = read()
            .start_from_head(true)
            .limit(2)
            .set_next_token(token.clone());
        let page = page.send().await.unwrap();
        found.extend(numbers(&page));
        let next = page.next_forward_token().map(str::to_owned);
        if next == token {
            break;
        }
        token = next;
    }
    assert_eq!(found, [0, 1, 2, 3, 4]);
    account.put_event(GROUP, "s", now_ms, now_ms, "n=5");
    let more = read().set_next_token(token).send().await.unwrap();
    assert_eq!(numbers(&more), [5], "the token goes on where it stopped");
    let before = read().end_time(now_ms - 46).send().await.unwrap();
    assert_eq!(numbers(&before), [0, 1, 2, 3], "the end does not count");
}
