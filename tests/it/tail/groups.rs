//! Groups and streams that come and go, and more of them than the account has sessions for.

use aws_sdk_cloudwatchlogs::Client;
use iacstone::logs::{EventOrigin, TailMode, TailTarget};
use iacstone::simulator::{Account, http_client};
use iacstone::tail::Clock;

use super::*;

/// Another user of the account.
pub(super) fn client(account: &Account) -> Client {
    let config = aws_sdk_cloudwatchlogs::Config::builder()
        .behavior_version(aws_sdk_cloudwatchlogs::config::BehaviorVersion::latest())
        .credentials_provider(aws_sdk_cloudwatchlogs::config::Credentials::for_tests())
        .region(aws_sdk_cloudwatchlogs::config::Region::new("us-east-1"))
        .http_client(http_client(account))
        .build();
    Client::from_conf(config)
}

async fn delete(account: &Account, group: &str) {
    let deletion = client(account).delete_log_group().log_group_name(group);
    deletion.send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_group_that_is_deleted_and_made_anew_is_followed_on() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.traffic(20, 5, "before").await;
    rig.pass(5).await;
    delete(&rig.account, GROUP).await;
    let calls = rig.account.calls("FilterLogEvents");
    rig.pass(300).await;
    {
        let told = rig.told();
        assert!(
            told.ruled("unchecked: a log group is not there").is_some(),
            "{:?}",
            told.texts()
        );
        assert_eq!(told.standing().gaps, 1);
    }
    let calls = rig.account.calls("FilterLogEvents") - calls;
    assert!(calls <= 60, "{calls} calls for a group that is not there");
    rig.traffic(40, 5, "after").await;
    let count = rig.put_so_far();
    rig.sound().await.assert_whole(count);
}

#[tokio::test(start_paused = true)]
async fn a_deleted_group_takes_nothing_from_the_others() {
    let wanted = TailTarget {
        groups: vec![GROUP.to_owned(), "/test/gone".to_owned()],
        poll: true,
        ..TailTarget::default()
    };
    let mut rig = Rig::start(options(), wanted).await;
    rig.pass(5).await;
    delete(&rig.account, "/test/gone").await;
    rig.traffic(60, 5, "polled").await;
    rig.pass(10).await;
    let count = rig.put_so_far();
    let told = rig.end().await;
    told.assert_whole(count);
    let worst = told.events.iter().map(|(at, event)| at - event.time_ms);
    assert!(worst.max().unwrap() <= 3_500);
}

/// Several groups, one of which is this.
fn among(group: &str) -> TailTarget {
    TailTarget {
        groups: vec!["/test/first".to_owned(), group.to_owned(), GROUP.to_owned()],
        ..TailTarget::default()
    }
}

/// Makes groups, each with an event.
fn make(account: &Account, groups: &[&str]) {
    let now_ms = account.now_ms();
    for group in groups {
        account.put_event(group, "a", now_ms - 1, now_ms - 1, "before");
    }
}

#[tokio::test(start_paused = true)]
async fn an_infrequent_access_group_is_told_to_be_unreadable_and_the_others_stay_live() {
    let account = Account::empty(options());
    make(&account, &["/test/first", GROUP]);
    let making = client(&account).create_log_group();
    let class = aws_sdk_cloudwatchlogs::types::LogGroupClass::InfrequentAccess;
    let making = making.log_group_name("/test/rare").log_group_class(class);
    making.send().await.unwrap();
    let mut rig = Rig::on(account, among("/test/rare")).await;
    rig.until_live().await;
    rig.traffic(20, 5, "live").await;
    let count = rig.put_so_far();
    rig.pass(10).await;
    let told = rig.told();
    told.assert_whole(count);
    assert_eq!(told.mode(), Some(&TailMode::Live));
    assert_eq!(
        told.texts(),
        ["'/test/rare' is left out until it can be read: only Logs Insights reads its log class",]
    );
    assert!(told.with_origin(EventOrigin::Live) >= 90);
}

#[tokio::test(start_paused = true)]
async fn a_group_that_is_missing_among_others_is_told_and_joins_in_when_it_is_made() {
    let account = Account::empty(options());
    make(&account, &["/test/first", GROUP]);
    let mut rig = Rig::on(account, among("/test/later")).await;
    rig.until_live().await;
    rig.traffic(20, 5, "live").await;
    assert_eq!(rig.told().standing().gaps, 0);
    let calls = rig.account.calls("FilterLogEvents");
    rig.pass(60).await;
    assert!(rig.account.calls("FilterLogEvents") - calls < 30);
    make(&rig.account, &["/test/later"]);
    rig.pass(700).await;
    assert_eq!(rig.account.live_sessions(), 2);
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    let mut texts = told.texts();
    texts.sort_unstable();
    assert_eq!(
        texts,
        [
            "'/test/later' can be read now",
            "'/test/later' is left out until it can be read: a log group is not there",
            "'/test/later' is polled: a log group is not there",
        ]
    );
    assert!(
        told.events
            .iter()
            .any(|(_, it)| &*it.group == "/test/later")
    );
    assert!(told.with_origin(EventOrigin::Live) >= 90);
}

#[tokio::test(start_paused = true)]
async fn where_every_group_is_missing_the_tail_ends() {
    let rig = Rig::on(Account::empty(options()), among("/test/nowhere")).await;
    rig.pass(5).await;
    let ended = rig.ended().await;
    assert!(matches!(ended, Err(iacstone::aws::AwsError::NotFound(_))));
}

#[tokio::test(start_paused = true)]
async fn a_quiet_group_shows_what_it_has_however_old() {
    let account = Account::empty(options());
    let now_ms = account.now_ms();
    let day_ms = 86_400_000;
    let ages = [400 * day_ms, 40 * day_ms, 2 * day_ms, 5 * 3_600_000, 1_000];
    for (number, age_ms) in ages.into_iter().enumerate() {
        let time_ms = now_ms - age_ms;
        account.put_event(GROUP, "a", time_ms, time_ms, &format!("n={number}"));
    }
    let rig = Rig::on(account, wanted()).await;
    rig.pass(20).await;
    rig.sound().await.assert_whole(5);
}

#[tokio::test(start_paused = true)]
async fn groups_beyond_the_account_s_sessions_are_polled() {
    let wanted = TailTarget {
        groups: (0..33).map(|n| format!("/test/{n}")).collect(),
        ..TailTarget::default()
    };
    let account = Account::empty(options());
    for group in &wanted.groups {
        account.put_event(
            group,
            "a",
            account.now_ms() - 1,
            account.now_ms() - 1,
            "before",
        );
    }
    // Others have thirteen of the fifteen sessions.
    let others: Vec<Rig> = futures::future::join_all((0..13).map(|_| {
        let wanted = TailTarget {
            groups: vec!["/test/0".to_owned()],
            ..TailTarget::default()
        };
        Rig::on(account.clone(), wanted)
    }))
    .await;
    for other in &others {
        other.until_live().await;
    }
    let rig = Rig::on(account, wanted.clone()).await;
    rig.until(30, "polling", |told| {
        matches!(told.mode(), Some(TailMode::Polling(_)))
    })
    .await;
    assert_eq!(rig.account.live_sessions(), 15);
    rig.pass(10).await;
    for (number, group) in wanted.groups.iter().enumerate() {
        let now_ms = rig.account.now_ms();
        rig.account
            .put_event(group, "a", now_ms, now_ms + 50, &format!("n={number}"));
    }
    rig.pass(20).await;
    for other in others {
        other.end().await;
    }
    rig.until(120, "sessions for all", |told| {
        told.mode() == Some(&TailMode::Live)
    })
    .await;
    assert_eq!(rig.account.live_sessions(), 4);
    let told = rig.sound().await;
    told.assert_whole(33);
    assert_eq!(
        (
            told.with_origin(EventOrigin::Live),
            told.with_origin(EventOrigin::Polled)
        ),
        (20, 13)
    );
}

#[tokio::test(start_paused = true)]
async fn a_new_stream_every_second_and_ten_thousand_old_ones_lose_nothing() {
    let account = Account::empty(options());
    let now_ms = account.now_ms();
    for number in 0..10_000 {
        let time_ms = now_ms - 60_000 + number;
        account.put_event(
            GROUP,
            &format!("old/{number}"),
            time_ms,
            time_ms,
            &format!("n={number}"),
        );
    }
    let since = jiff::Timestamp::from_millisecond(now_ms - 120_000).unwrap();
    let wanted = TailTarget {
        since: Some(since),
        ..wanted()
    };
    let rig = Rig::on(account, wanted).await;
    rig.until_live().await;
    rig.set(&["StartLiveTail=hollow:0.3"]);
    for number in 0..120 {
        let now_ms = rig.account.now_ms();
        let message = format!("n={}", 10_000 + number);
        rig.account.put_event(
            GROUP,
            &format!("new/{number}"),
            now_ms,
            now_ms + 50,
            &message,
        );
        rig.pass(1).await;
    }
    rig.pass(20).await;
    rig.sound().await.assert_whole(10_120);
}

#[tokio::test(start_paused = true)]
async fn a_machine_whose_clock_is_wrong_loses_nothing() {
    for off_s in [-240, 240] {
        let account = Account::empty(options());
        account.put_event(
            GROUP,
            "a",
            account.now_ms() - 1,
            account.now_ms() - 1,
            "before",
        );
        let clock = Clock::pinned(account.now() + jiff::SignedDuration::from_secs(off_s));
        let mut rig = Rig::by(account, wanted(), clock).await;
        rig.until_live().await;
        rig.set(&["StartLiveTail=hollow:0.3"]);
        rig.traffic(90, 10, "skewed").await;
        let count = rig.put_so_far();
        let told = rig.sound().await;
        told.assert_whole(count);
        assert!(told.with_origin(EventOrigin::Recovered) > 100, "{off_s} s");
    }
}
