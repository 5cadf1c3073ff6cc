//! When nothing goes wrong.

use iacstone::aws::AwsError;
use iacstone::logs::{EventOrigin, TailMode, TailTarget};
use iacstone::simulator::Account;

use super::*;

#[tokio::test(start_paused = true)]
async fn the_newest_200_events_are_there_at_once() {
    let account = Account::empty(options());
    let now_ms = account.now_ms();
    for number in 0..1_000 {
        let time_ms = now_ms - 20 * 3_600_000 + number / 4 * 1_000;
        account.put_event(GROUP, "a", time_ms, time_ms, &format!("n={number}"));
    }
    let rig = Rig::on(account, wanted()).await;
    rig.pass(1).await;
    {
        let told = rig.told();
        let numbers: Vec<i64> = told
            .events
            .iter()
            .filter_map(|(_, event)| rig::number(&event.message))
            .collect();
        assert_eq!(numbers, (800..1_000).collect::<Vec<i64>>());
        assert_eq!(told.with_origin(EventOrigin::History), 200);
    }
    rig.pass(60).await;
    let told = rig.end().await;
    assert_eq!(told.events.len(), 200, "the sweeps bring up nothing older");
    assert_eq!(told.standing().recovered, 0);
}

#[tokio::test(start_paused = true)]
async fn a_picture_splits_no_millisecond_and_nothing_stored_that_is_older_follows() {
    for (at_once, told) in [(1, 200), (3, 201), (9, 207), (450, 450)] {
        let account = Account::empty(options());
        let now_ms = account.now_ms();
        for number in 0..900 {
            let time_ms = now_ms - 60_000 + number / at_once * 50;
            account.put_event(GROUP, "a", time_ms, time_ms, &format!("n={number}"));
        }
        let first_ms = now_ms - 60_000 + (900 - told) / at_once * 50;
        let rig = Rig::on(account, wanted()).await;
        rig.until_live().await;
        // What a session brings is new, however late it is; the sweeps look at nothing older than the first row.
        let now_ms = rig.account.now_ms();
        for (time_ms, message) in [(first_ms - 1, "older"), (first_ms, "newer")] {
            rig.account
                .put_event(GROUP, "a", time_ms, now_ms + 10, message);
        }
        rig.pass(60).await;
        let told_all = rig.end().await;
        let told = usize::try_from(told).unwrap();
        assert_eq!(told_all.opened, Some(told), "{at_once} at once");
        let picture = told_all.events.iter().take(told);
        let oldest = picture.map(|(_, event)| event.time_ms).min();
        assert_eq!(oldest, Some(first_ms));
        let late = told_all.events.iter().skip(told);
        let late: Vec<&str> = late.map(|(_, event)| event.message.as_str()).collect();
        assert_eq!(late, ["older", "newer"]);
    }
}

#[tokio::test(start_paused = true)]
async fn while_all_there_was_is_told_what_comes_late_is_new_however_old() {
    let rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    let now_ms = rig.account.now_ms();
    rig.account
        .put_event(GROUP, "a", now_ms - 90_000, now_ms + 10, "n=0");
    rig.pass(30).await;
    let told = rig.end().await;
    told.assert_whole(1);
    assert_eq!(told.opened, Some(1));
}

#[tokio::test(start_paused = true)]
async fn what_was_there_before_is_history_and_no_traffic() {
    let account = Account::empty(options());
    let now_ms = account.now_ms();
    for number in 0..3_000 {
        let time_ms = now_ms - 300_000 + number * 100;
        account.put_event(GROUP, "a", time_ms, time_ms, &format!("n={number}"));
    }
    let rig = Rig::on(account, wanted()).await;
    rig.pass(30).await;
    let told = rig.end().await;
    assert_eq!(told.with_origin(EventOrigin::History), told.events.len());
    assert!(!told.stood(0, i64::MAX, |it| it.rate >= 1.0));
    assert!(!told.stood(0, i64::MAX, |it| it.lag_ms.is_some()));
}

#[tokio::test(start_paused = true)]
async fn events_arrive_within_two_seconds_and_none_is_called_recovered() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.traffic(120, 20, "steady").await;
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    assert!(told.markers.is_empty(), "{:?}", told.texts());
    assert_eq!(told.with_origin(EventOrigin::Live), 120 * 20);
    let worst = told.events.iter().map(|(at, event)| at - event.time_ms);
    assert!(worst.max().unwrap() <= 2_000);
    let standing = told.standing();
    assert_eq!((standing.recovered, standing.dropped), (0, 0));
    assert!(standing.live_minutes >= 2);
    assert!(told.stood(0, i64::MAX, |it| (15.0..25.0).contains(&it.rate)));
    assert!(told.stood(0, i64::MAX, |it| it.lag_ms.is_some_and(|lag| lag <= 2_000)));
}

#[tokio::test(start_paused = true)]
async fn history_since_a_time_is_read_to_the_present_and_followed_on() {
    let account = Account::empty(options());
    let now_ms = account.now_ms();
    for number in 0..25_000 {
        let time_ms = now_ms - 3_600_000 + number * 3_600_000 / 25_000;
        account.put_event(GROUP, "a", time_ms, time_ms, &format!("n={number}"));
    }
    let since = jiff::Timestamp::from_millisecond(now_ms - 3_600_000).unwrap();
    let wanted = TailTarget {
        since: Some(since),
        ..wanted()
    };
    let rig = Rig::on(account, wanted).await;
    rig.until_live().await;
    let now_ms = rig.account.now_ms();
    rig.account
        .put_event(GROUP, "a", now_ms, now_ms + 10, "n=25000");
    rig.pass(30).await;
    rig.sound().await.assert_whole(25_001);
}

#[tokio::test(start_paused = true)]
async fn polling_is_a_tail_too() {
    let wanted = TailTarget {
        poll: true,
        ..wanted()
    };
    let mut rig = Rig::start(options(), wanted).await;
    rig.pass(5).await;
    rig.traffic(60, 30, "polled").await;
    let count = rig.put_so_far();
    let account = rig.account.clone();
    let told = rig.sound().await;
    told.assert_whole(count);
    assert_eq!(
        told.mode(),
        Some(&TailMode::Polling("as asked for".to_owned()))
    );
    assert_eq!(told.with_origin(EventOrigin::Polled), 60 * 30);
    assert_eq!(account.calls("StartLiveTail"), 0);
    let worst = told.events.iter().map(|(at, event)| at - event.time_ms);
    assert!(worst.max().unwrap() <= 3_500);
}

#[tokio::test(start_paused = true)]
async fn twelve_groups_are_followed_by_two_sessions() {
    let wanted = TailTarget {
        groups: (0..12).map(|n| format!("/test/{n}")).collect(),
        ..TailTarget::default()
    };
    let rig = Rig::start(options(), wanted.clone()).await;
    rig.until_live().await;
    // The first pictures of twelve groups take a while.
    rig.pass(10).await;
    assert_eq!(rig.account.live_sessions(), 2);
    for (number, group) in wanted.groups.iter().enumerate() {
        let now_ms = rig.account.now_ms();
        rig.account
            .put_event(group, "a", now_ms, now_ms + 50, &format!("n={number}"));
    }
    rig.pass(5).await;
    let account = rig.account.clone();
    let told = rig.sound().await;
    told.assert_whole(12);
    assert_eq!(told.with_origin(EventOrigin::Live), 12);
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(
        account.live_sessions(),
        0,
        "a tail that ends closes its sessions"
    );
}

#[tokio::test(start_paused = true)]
async fn a_group_that_does_not_exist_ends_it_with_its_name() {
    let rig = Rig::on(Account::empty(options()), wanted()).await;
    let error = rig.ended().await.unwrap_err();
    assert!(matches!(error, AwsError::NotFound(_)), "{error:?}");
    assert!(error.to_string().contains(GROUP), "{error}");
    assert!(error.to_string().contains("iacstone groups"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_pattern_that_is_none_ends_it_with_the_words_of_the_service() {
    let wanted = TailTarget {
        pattern: "{ $.level = ".to_owned(),
        ..wanted()
    };
    let rig = Rig::start(options(), wanted).await;
    let error = rig.ended().await.unwrap_err();
    assert!(matches!(error, AwsError::Refused(_)), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pattern_and_a_stream_hold_for_both_sources() {
    let wanted = TailTarget {
        pattern: "keep".to_owned(),
        streams: vec!["stream-1".to_owned()],
        ..wanted()
    };
    let mut rig = Rig::start(options(), wanted).await;
    rig.account.put_event(
        GROUP,
        "stream-1",
        rig.account.now_ms(),
        rig.account.now_ms(),
        "keep",
    );
    rig.pass(3).await;
    rig.set(&["StartLiveTail=hollow:0.5"]);
    for _ in 0..30 {
        rig.traffic(1, 3, "keep").await;
        rig.traffic(1, 3, "drop").await;
    }
    let told = rig.sound().await;
    let numbers = told
        .events
        .iter()
        .filter_map(|(_, it)| rig::number(&it.message));
    assert_eq!(numbers.count(), 30);
    assert!(told.events.iter().all(|(_, it)| &*it.stream == "stream-1"));
}
