//! Events that sessions leave out, and pages that do not bring what they should.

use std::time::Duration;

use iacstone::aws::{AwsError, FilterRequest};
use iacstone::logs::{EventOrigin, TailMode, TailTarget};
use iacstone::simulator::Account;

use super::*;

/// Traffic under a fault of the sessions; each event is told exactly once.
async fn found_under(fault: &str) -> rig::Told {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.set(&[fault]);
    rig.traffic(90, 20, "traffic").await;
    rig.set(&[]);
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    told
}

#[tokio::test(start_paused = true)]
async fn updates_that_never_come_are_found() {
    let told = found_under("StartLiveTail=lose:0.3").await;
    assert!(told.standing().recovered > 300, "{:?}", told.standing());
}

#[tokio::test(start_paused = true)]
async fn events_that_are_left_out_without_a_word_are_found() {
    let told = found_under("StartLiveTail=hollow:0.3").await;
    assert!(told.standing().recovered > 300, "{:?}", told.standing());
    assert_eq!(
        told.with_origin(EventOrigin::Recovered) as u64,
        told.standing().recovered
    );
}

#[tokio::test(start_paused = true)]
async fn updates_in_disorder_are_told_once() {
    found_under("StartLiveTail=shuffle:0.5").await;
}

#[tokio::test(start_paused = true)]
async fn events_that_say_they_are_sampled_are_found_and_it_is_said() {
    let told = found_under("StartLiveTail=sample:0.5").await;
    assert!(told.ruled("sampled: ").is_some(), "{:?}", told.texts());
    assert!(told.ruled("sampled 00:").is_some(), "{:?}", told.texts());
    assert!(told.stood(0, i64::MAX, |it| it.sampled));
    assert!(!told.standing().sampled);
}

#[tokio::test(start_paused = true)]
async fn more_bytes_than_a_session_carries_are_found_and_it_is_said() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    let began_ms = rig.account.now_ms();
    let line = "x".repeat(10_000);
    rig.traffic(5, 200, &line).await;
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    assert!(told.ruled("flood: ").unwrap() - began_ms <= 3_000);
    assert!(told.ruled("flood 00:").is_some());
    assert!(!told.stood(0, i64::MAX, |it| it.sampled));
}

#[tokio::test(start_paused = true)]
async fn late_events_come_whichever_source_brings_them() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    for round in 0..10 {
        rig.set(if round % 2 == 0 {
            &["StartLiveTail=hollow"]
        } else {
            &[]
        });
        rig.put_aged(180_000, "three minutes late");
        rig.put_aged(90_000, "a minute and a half late");
        rig.put_aged(-7_200_000, "two hours ahead");
        rig.traffic(20, 5, "on time").await;
    }
    rig.set(&[]);
    let count = rig.put_so_far();
    rig.sound().await.assert_whole(count);
}

#[tokio::test(start_paused = true)]
async fn identical_lines_and_equal_times_are_events_of_their_own() {
    for fault in [
        "StartLiveTail=hollow:0",
        "StartLiveTail=hollow",
        "StartLiveTail=shuffle",
    ] {
        let rig = Rig::start(options(), wanted()).await;
        rig.until_live().await;
        rig.set(&[fault]);
        for _ in 0..20 {
            let now_ms = rig.account.now_ms();
            for message in ["same", "same", "same", "other"] {
                rig.account
                    .put_event(GROUP, "a", now_ms, now_ms + 100, message);
            }
            rig.pass(1).await;
        }
        rig.pass(10).await;
        let told = rig.sound().await;
        let count = |message| {
            told.events
                .iter()
                .filter(|(_, it)| it.message == message)
                .count()
        };
        assert_eq!((count("same"), count("other")), (60, 20), "{fault}");
    }
}

#[tokio::test(start_paused = true)]
async fn thirty_empty_pages_are_walked_through() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.set(&["FilterLogEvents=empty-page:x30", "StartLiveTail=hollow"]);
    rig.traffic(20, 10, "behind empty pages").await;
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    assert_eq!(told.standing().recovered, u64::try_from(count).unwrap());
}

/// Pages that are many, under a fault of theirs.
async fn paged_under(fault: &str) {
    let account = Account::empty(options());
    let now_ms = account.now_ms();
    for number in 0..30_000 {
        let time_ms = now_ms - 600_000 + number / 100 * 1_000;
        account.put_event(
            GROUP,
            "a",
            time_ms,
            time_ms,
            &format!("n={number} {:0>60}", ""),
        );
    }
    account.set_faults(faults(&[fault]));
    let since = jiff::Timestamp::from_millisecond(now_ms - 700_000).unwrap();
    let wanted = TailTarget {
        since: Some(since),
        ..wanted()
    };
    let rig = Rig::on(account, wanted).await;
    rig.pass(60).await;
    rig.sound().await.assert_whole(30_000);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_expired_costs_no_event_and_brings_none_twice() {
    paged_under("FilterLogEvents=page-expired:x2").await;
}

#[tokio::test(start_paused = true)]
async fn a_token_that_leads_in_a_circle_costs_no_event_and_brings_none_twice() {
    paged_under("FilterLogEvents=repeat-token:x3").await;
}

#[tokio::test(start_paused = true)]
async fn fifty_throttled_calls_end_nothing_and_it_goes_on_within_two_seconds() {
    let wanted = TailTarget {
        poll: true,
        ..wanted()
    };
    let mut rig = Rig::start(options(), wanted).await;
    rig.traffic(10, 10, "before").await;
    rig.set(&["FilterLogEvents=throttle:x50"]);
    let (calls, began_ms) = (rig.account.calls("FilterLogEvents"), rig.account.now_ms());
    rig.traffic(20, 10, "throttled").await;
    let mut stopped_ms = rig.account.now_ms();
    while rig.account.calls("FilterLogEvents") < calls + 50 {
        stopped_ms = rig.account.now_ms();
        rig.put_aged(0, "throttled");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let shown = rig.told().mode().cloned();
    let is_told = |why: &str| why.starts_with("too many calls");
    assert!(
        matches!(&shown, Some(TailMode::Failing(why)) if is_told(why)),
        "{shown:?}"
    );
    let resumed = |told: &rig::Told| {
        told.events
            .iter()
            .map(|(at, _)| *at)
            .find(|at| *at >= stopped_ms)
    };
    rig.until(3, "an event", |told| resumed(told).is_some())
        .await;
    let resumed_ms = resumed(&rig.told()).unwrap();
    assert!(
        resumed_ms - stopped_ms <= 2_000,
        "{}",
        resumed_ms - stopped_ms
    );
    rig.traffic(10, 10, "after").await;
    let made = f64::from(rig.account.calls("FilterLogEvents") - calls);
    let seconds = (rig.account.now_ms() - began_ms) as f64 / 1000.0;
    assert!(made / seconds <= 10.0, "{made} calls in {seconds} s");
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    assert!(told.ruled("unchecked: too many calls").unwrap() - began_ms <= 3_000);
    assert!(told.ruled("unchecked 00:").is_some(), "{:?}", told.texts());
}

#[tokio::test(start_paused = true)]
async fn throttled_sweeps_leave_the_live_session_alone() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.set(&["FilterLogEvents=throttle"]);
    rig.traffic(60, 10, "throttled").await;
    {
        let told = rig.told();
        assert_eq!(told.mode(), Some(&TailMode::Live));
        assert_eq!(told.standing().gaps, 1, "unchecked events are doubtful");
    }
    rig.set(&[]);
    rig.pass(30).await;
    let count = rig.put_so_far();
    rig.sound().await.assert_whole(count);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_stops_for_a_minute_gets_everything_in_the_end() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    let reading = std::sync::Arc::clone(&rig.reading);
    let stopped = reading.lock().await;
    rig.traffic(60, 400, &"unread ".repeat(150)).await;
    assert!(rig.told().events.len() < 2_000);
    drop(stopped);
    rig.pass(60).await;
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    assert!(
        told.ruled("dropped: the reader is too slow").is_some(),
        "{:?}",
        told.texts()
    );
    assert!(told.ruled("dropped 00:").is_some(), "{:?}", told.texts());
    assert_eq!(told.standing().dropped, 0);
}

#[tokio::test(start_paused = true)]
async fn answers_that_break_stand_still_or_are_none_are_asked_for_again() {
    for kind in ["cut", "stall", "garbage", "slow:100000000", "server-error"] {
        let wanted = TailTarget {
            poll: true,
            ..wanted()
        };
        let mut rig = Rig::start(options(), wanted).await;
        rig.pass(5).await;
        let logs = rig::logs(&rig.account).await;
        rig.set(&[&format!("FilterLogEvents={kind}")]);
        let request = FilterRequest {
            group: GROUP.to_owned(),
            ..FilterRequest::default()
        };
        let error = logs.filter(&request).await.unwrap_err();
        let is_garbage = matches!(error, AwsError::Garbled(_));
        assert_eq!(is_garbage, kind == "garbage", "{error:?}");
        assert!(is_garbage || error.is_transient(), "{kind}: {error:?}");
        rig.traffic(40, 5, kind).await;
        assert_eq!(rig.told().standing().gaps, 1, "{kind}");
        rig.set(&[]);
        rig.traffic(10, 5, kind).await;
        let count = rig.put_so_far();
        rig.sound().await.assert_whole(count);
    }
}
