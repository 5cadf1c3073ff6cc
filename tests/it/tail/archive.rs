//! Groups of the Infrequent Access class: Logs Insights alone reads them, and what a query reads costs money.

use aws_sdk_cloudwatchlogs::types::LogGroupClass;
use futures::StreamExt;
use iacstone::insights::{QueryEvent, QueryFailure, ask};
use iacstone::logs::query::QueryRequest;
use iacstone::logs::{EventOrigin, MarkerKind, TailMode, TailTarget, Tailing};
use iacstone::simulator::{Account, AccountOptions};
use iacstone::tail::{TailEnd, read};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::groups::client;
use super::rig::logs;
use super::*;

const LIVELY: &str = "/test/lively";

/// An account whose group of numbers is of the Infrequent Access class, with one event.
async fn account() -> Account {
    account_of(options()).await
}

async fn account_of(options: AccountOptions) -> Account {
    let account = Account::empty(options);
    let making = client(&account).create_log_group().log_group_name(GROUP);
    let making = making.log_group_class(LogGroupClass::InfrequentAccess);
    making.send().await.unwrap();
    put(&account, GROUP, 1_000, "before");
    account
}

fn put(account: &Account, group: &str, age_ms: i64, message: &str) {
    let time_ms = account.now_ms() - age_ms;
    account.put_event(group, "a", time_ms, time_ms + 50, message);
}

fn agreed(max_scan: u64) -> TailTarget {
    TailTarget {
        max_scan: Some(max_scan),
        ..wanted()
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_new_is_found_by_a_query_a_minute_also_what_comes_late() {
    let mut rig = Rig::on(account().await, agreed(1_000_000_000)).await;
    for _ in 0..10 {
        rig.traffic(29, 2, "prompt").await;
        rig.put_aged(100_000, "late");
        rig.pass(1).await;
    }
    rig.pass(200).await;
    // The first picture, and eight minutes.
    let queries = rig.account.calls("StartQuery");
    assert!((8..=10).contains(&queries), "{queries} queries");
    assert_eq!(rig.account.calls("FilterLogEvents"), 1);
    let count = rig.put_so_far();
    let told = rig.end().await;
    told.assert_whole(count);
    assert_eq!(told.mode(), Some(&TailMode::Querying));
    let standing = told.standing();
    assert_eq!((standing.late_ms, standing.gaps), (Some(120_000), 0));
    assert!(standing.scanned.unwrap().bytes > 1_000);
    assert!(told.texts()[0].contains("is read by Logs Insights, a query a minute"));
    assert_eq!(told.texts().len(), 1, "{:?}", told.texts());
    assert!(told.with_origin(EventOrigin::Polled) > 500);
    let (_, event) = told.events.last().unwrap();
    assert_eq!(&*event.group, GROUP);
    assert!(event.stream.starts_with("stream-") && event.ingested_ms > event.time_ms);
    assert_eq!(event.id, None);
}

#[tokio::test(start_paused = true)]
async fn identical_lines_of_one_millisecond_are_all_told_and_each_once() {
    let rig = Rig::on(account().await, agreed(1_000_000_000)).await;
    rig.pass(30).await;
    for _ in 0..3 {
        put(&rig.account, GROUP, 0, "the same");
    }
    rig.pass(300).await;
    let told = rig.end().await;
    let same = told
        .events
        .iter()
        .filter(|(_, it)| it.message == "the same");
    assert_eq!(same.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_filter_and_streams_choose_as_they_do_for_other_groups() {
    let wanted = TailTarget {
        streams: vec!["stream-1".to_owned()],
        pattern: "wanted".to_owned(),
        ..agreed(1_000_000_000)
    };
    let mut rig = Rig::on(account().await, wanted).await;
    rig.traffic(3, 1, "wanted").await;
    rig.traffic(3, 1, "other").await;
    rig.pass(120).await;
    let told = rig.end().await;
    let texts: Vec<&str> = told.events.iter().map(|(_, it)| &*it.message).collect();
    assert_eq!(texts, ["n=1 wanted"]);
}

#[tokio::test(start_paused = true)]
async fn a_group_that_queries_read_takes_nothing_from_the_others() {
    let account = account().await;
    put(&account, LIVELY, 1_000, "before");
    let wanted = TailTarget {
        groups: vec![LIVELY.to_owned(), GROUP.to_owned()],
        ..agreed(1_000_000_000)
    };
    let mut rig = Rig::on(account, wanted).await;
    rig.until_live().await;
    rig.traffic(60, 1, "rare").await;
    put(&rig.account, LIVELY, 0, "often");
    rig.pass(130).await;
    let count = rig.put_so_far();
    let told = rig.end().await;
    told.assert_whole(count);
    assert_eq!(told.mode(), Some(&TailMode::Live));
    assert!(told.standing().scanned.is_some());
    let often = told.events.iter().find(|(_, it)| it.message == "often");
    let (at, often) = often.unwrap();
    assert!(at - often.time_ms < 5_000);
    assert_eq!(often.origin, EventOrigin::Live);
}

#[tokio::test(start_paused = true)]
async fn the_limit_ends_the_tail_with_a_sentence_and_is_not_passed() {
    let limit = 60_000;
    let mut rig = Rig::on(account().await, agreed(limit)).await;
    rig.traffic(600, 5, "fourteen chars").await;
    let sentence = rig.told().texts().last().map(|&text| text.to_owned());
    let sentence = sentence.unwrap();
    // It does not seem to be read in another way, nor to be complete.
    assert_eq!(rig.told().mode(), Some(&TailMode::Querying));
    assert_eq!(rig.told().standing().gaps, 1);
    assert!(
        sentence.contains("is not read any further: the limit for queries is 60 kB, so far"),
        "{sentence}"
    );
    let end = rig.ended().await.unwrap();
    let read = end.scanned.unwrap().bytes;
    assert!(end.is_cut && (limit / 2..=limit).contains(&read), "{read}");
}

#[tokio::test(start_paused = true)]
async fn a_group_that_is_read_no_more_beside_others_is_told_to_be_incomplete() {
    let account = account().await;
    put(&account, LIVELY, 1_000, "before");
    let wanted = TailTarget {
        groups: vec![LIVELY.to_owned(), GROUP.to_owned()],
        ..agreed(2_000)
    };
    let mut rig = Rig::on(account, wanted).await;
    rig.until_live().await;
    rig.traffic(300, 1, "rare").await;
    let told = rig.end().await;
    let standing = told.standing();
    assert_eq!((&standing.mode, standing.gaps), (&TailMode::Live, 1));
    let open = standing.open[0];
    assert_eq!((open.cause, open.to_ms), ("not read", None));
    let mut markers = told.markers.iter();
    let told = markers.find(|(_, it)| it.text.contains("is not read any further"));
    assert!(told.unwrap().1.opens_gap());
}

#[tokio::test(start_paused = true)]
async fn a_dense_past_is_read_once_also_where_the_service_s_time_is_not_known() {
    let account = account().await;
    let now_ms = account.now_ms();
    for number in 0..25_000 {
        let text = format!("n={number}");
        // The newest that tells what time it is is more than two minutes old.
        put(&account, GROUP, 240_000 - number * 4, &text);
    }
    let wanted = TailTarget {
        since: jiff::Timestamp::from_millisecond(now_ms - 600_000).ok(),
        ..agreed(1_000_000_000)
    };
    let rig = Rig::on(account, wanted).await;
    rig.pass(40).await;
    let queries = rig.account.calls("StartQuery");
    assert!(queries < 10, "{queries} queries");
    rig.pass(120).await;
    let told = rig.end().await;
    told.assert_whole(25_000);
}

/// Why a query that is broken off after three seconds has no answer, and how often it was asked after that.
async fn broken_off(fault: &str) -> (QueryFailure, u32) {
    let account = account().await;
    account.set_faults(faults(&[fault, "GetQueryResults=throttle"]));
    let request = QueryRequest {
        groups: vec![GROUP.to_owned()],
        query: "fields @message".to_owned(),
        to_s: account.now_ms() / 1_000,
        ..QueryRequest::default()
    };
    let (logs, stop) = (logs(&account).await, CancellationToken::new());
    let asking = async {
        let mut told = std::pin::pin!(ask(&logs, request, &stop));
        loop {
            if let QueryEvent::Ended(ended) = told.next().await.unwrap() {
                return ended.unwrap_err();
            }
        }
    };
    let breaking = async {
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        stop.cancel();
        account.calls("StartQuery")
    };
    let (why, before) = tokio::join!(asking, breaking);
    assert!(before > 0);
    (why, account.calls("StartQuery") - before)
}

#[tokio::test(start_paused = true)]
async fn a_query_that_is_broken_off_is_not_asked_again_and_says_whether_it_may_run() {
    let (why, more) = broken_off("StartQuery=throttle").await;
    assert!(matches!(why, QueryFailure::Interrupted), "{why:?}");
    assert_eq!(more, 0);
    let (why, _) = broken_off("StopQuery=slow:20000").await;
    assert!(matches!(why, QueryFailure::Unstopped), "{why:?}");
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_that_was_agreed_to_no_query_is_asked() {
    let rig = Rig::on(account().await, wanted()).await;
    let account = rig.account.clone();
    assert!(rig.ended().await.unwrap_err().is_about_class());
    assert_eq!(account.calls("StartQuery"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_tail_that_ends_stops_its_query() {
    let rig = Rig::on(account().await, agreed(1_000_000_000)).await;
    while rig.account.calls("GetQueryResults") == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let account = rig.account.clone();
    rig.end().await;
    assert_eq!(account.calls("StopQuery"), 1);
}

/// What is read of the group of numbers without following.
async fn history(account: &Account, since_ms: i64, max_scan: u64) -> (Vec<Tailing>, TailEnd) {
    let wanted = TailTarget {
        since: jiff::Timestamp::from_millisecond(since_ms).ok(),
        ..agreed(max_scan)
    };
    let (sender, mut receiver) = mpsc::channel(4);
    let (logs, stop) = (logs(account).await, CancellationToken::new());
    let listening = async {
        let mut told = Vec::new();
        while let Some(news) = receiver.recv().await {
            told.push(news);
        }
        told
    };
    let until_ms = account.now_ms();
    let reading = async {
        let sender = sender;
        read(&logs, &wanted, until_ms, &sender, &stop).await
    };
    let (end, told) = tokio::join!(reading, listening);
    (told, end.into_result().unwrap())
}

fn messages(told: &[Tailing]) -> Vec<&str> {
    let events = told.iter().flat_map(|told| match told {
        Tailing::Events(events) => &**events,
        _ => &[],
    });
    events.map(|event| &*event.message).collect()
}

#[tokio::test(start_paused = true)]
async fn a_range_with_more_rows_than_an_answer_is_read_on_and_a_full_millisecond_is_told() {
    let account = account().await;
    let now_ms = account.now_ms();
    for number in 0..12_000 {
        let text = number.to_string();
        put(&account, GROUP, 60_000 - number * 4, &text);
    }
    for number in 12_000..22_500 {
        put(&account, GROUP, 5_000, &number.to_string());
    }
    let (told, end) = history(&account, now_ms - 120_000, 1_000_000_000).await;
    let mut numbers: Vec<u32> = messages(&told)
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    let in_order = numbers.iter().take(12_000).is_sorted();
    numbers.sort_unstable();
    let before = numbers.len();
    numbers.dedup();
    assert_eq!((numbers.len(), before, in_order), (22_000, 22_000, true));
    let markers: Vec<_> = told
        .iter()
        .filter_map(|told| match told {
            Tailing::Marker(marker) => Some((marker.kind, marker.time_ms)),
            _ => None,
        })
        .collect();
    let unchecked = (MarkerKind::Unchecked, now_ms - 5_000);
    assert_eq!(markers, [(MarkerKind::Course, 0), unchecked]);
    assert!(!end.is_cut && end.scanned.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_long_past_is_read_in_pieces_and_ends_before_the_limit() {
    let account = account().await;
    let hour_ms = 3_600_000;
    for number in 0..480 {
        let text = format!("{number} {}", "x".repeat(100));
        put(&account, GROUP, (480 - number) * hour_ms / 20, &text);
    }
    let since_ms = account.now_ms() - 24 * hour_ms;
    let (told, end) = history(&account, since_ms, 1_000_000_000).await;
    assert_eq!(messages(&told).len(), 481);
    assert!(account.calls("StartQuery") <= 6);
    // Each byte was read once, and the first query tells what the next would read.
    let whole = end.scanned.unwrap().bytes;
    assert!((48_000..55_000).contains(&whole), "{whole}");
    let (told, end) = history(&account, since_ms, 20_000).await;
    assert!(end.is_cut && end.scanned.unwrap().bytes <= 20_000);
    let is_sentence = |told: &Tailing| matches!(told, Tailing::Marker(it) if it.text.contains("not read any further"));
    assert!(told.iter().any(is_sentence));
}

#[tokio::test(start_paused = true)]
async fn a_single_query_larger_than_the_limit_is_stopped_on_its_way() {
    // It takes half a second for five thousand events.
    let slow = AccountOptions {
        speed: 0.01,
        ..options()
    };
    let account = account_of(slow).await;
    let text = "x".repeat(10);
    for number in 0..40_000 {
        put(&account, GROUP, 100_000 + number, &text);
    }
    let since_ms = account.now_ms() - 600_000;
    let (told, end) = history(&account, since_ms, 170_000).await;
    let read = end.scanned.unwrap().bytes;
    assert!(end.is_cut && (100_000..300_000).contains(&read), "{read}");
    assert_eq!(account.calls("StopQuery"), 1);
    let unchecked = told.iter().find_map(|told| match told {
        Tailing::Marker(marker) if marker.kind == MarkerKind::Unchecked => Some(marker.time_ms),
        _ => None,
    });
    assert_eq!(unchecked, Some(since_ms));
}

#[tokio::test(start_paused = true)]
async fn what_was_read_is_told_also_when_the_reading_fails() {
    let account = account().await;
    let hour_ms = 3_600_000;
    for number in 0..24 {
        put(&account, GROUP, number * hour_ms + 1_000, "hourly");
    }
    let wanted = TailTarget {
        since: jiff::Timestamp::from_millisecond(account.now_ms() - 24 * hour_ms).ok(),
        ..agreed(1_000_000_000)
    };
    let (sender, mut receiver) = mpsc::channel(4);
    let (logs, stop) = (logs(&account).await, CancellationToken::new());
    let until_ms = account.now_ms();
    let listening = async {
        while receiver.recv().await.is_some() {
            account.set_faults(faults(&["StartQuery=server-error"]));
        }
    };
    let reading = async {
        let sender = sender;
        read(&logs, &wanted, until_ms, &sender, &stop).await
    };
    let (end, ()) = tokio::join!(reading, listening);
    assert!(end.failure.is_some(), "{end:?}");
    assert!(end.scanned.is_some_and(|it| it.bytes > 0), "{end:?}");
}
