//! Groups of linked accounts, and groups that are made while a tail goes on.

use iacstone::aws::GroupScope;
use iacstone::logs::{EventOrigin, TailTarget};
use iacstone::simulator::Account;

use super::*;

const LINKED: &str = "arn:aws:logs:us-east-1:222222222222:log-group:/test/numbers";

/// Puts an event that is taken in in a moment.
fn put(account: &Account, key: &str, message: &str) {
    let now_ms = account.now_ms();
    account.put_event(key, "a", now_ms, now_ms + 50, message);
}

#[tokio::test(start_paused = true)]
async fn a_group_of_a_linked_account_is_followed_beside_its_namesake() {
    let wanted = TailTarget {
        groups: vec![GROUP.to_owned(), LINKED.to_owned()],
        ..TailTarget::default()
    };
    let rig = Rig::start(options(), wanted).await;
    rig.until_live().await;
    for number in 0..20 {
        let key = if number % 2 == 0 { GROUP } else { LINKED };
        put(&rig.account, key, &format!("n={number}"));
        rig.pass(1).await;
    }
    // A session of its own: which region names are of, only the session knows.
    assert_eq!(rig.account.live_sessions(), 2);
    rig.pass(20).await;
    let told = rig.sound().await;
    told.assert_whole(20);
    for (_, event) in &told.events {
        let Some(number) = super::rig::number(&event.message) else {
            continue;
        };
        let key = if number % 2 == 0 { GROUP } else { LINKED };
        assert_eq!(&*event.group, key, "{event:?}");
    }
    assert_eq!(told.with_origin(EventOrigin::Live), 20);
}

#[tokio::test]
async fn linked_accounts_are_listed_only_when_they_are_asked_for() {
    let account = Account::empty(options());
    put(&account, GROUP, "own");
    put(&account, LINKED, "theirs");
    let logs = super::rig::logs(&account).await;
    let keys = async |scope| {
        let groups = iacstone::tail::list_groups(&logs, "", scope).await.unwrap();
        let keys = groups.iter().map(|group| group.key().to_owned());
        keys.collect::<Vec<String>>()
    };
    assert_eq!(keys(GroupScope::Own).await, [GROUP]);
    assert_eq!(keys(GroupScope::Linked).await, [GROUP, LINKED]);
}

#[tokio::test(start_paused = true)]
async fn a_group_made_later_joins_the_tail_of_its_wildcard_and_its_session() {
    let wanted = TailTarget {
        groups: vec![GROUP.to_owned()],
        watched: vec!["/test/*".to_owned()],
        ..TailTarget::default()
    };
    let rig = Rig::start(options(), wanted).await;
    rig.until_live().await;
    rig.pass(10).await;
    put(&rig.account, "/test/later", "n=0");
    put(&rig.account, "/other/later", "not wanted");
    rig.pass(120).await;
    assert!(rig.told().ruled("'/test/later' is new").is_some());
    assert_eq!(rig.account.live_sessions(), 1);
    for number in 1..10 {
        put(&rig.account, "/test/later", &format!("n={number}"));
        rig.pass(1).await;
    }
    rig.pass(20).await;
    let told = rig.sound().await;
    told.assert_whole(10);
    assert!(told.events.iter().all(|(_, it)| it.message != "not wanted"));
    let count = |origin| told.with_origin(origin);
    // The oldest is no history: it came after the tail began.
    assert_eq!(
        (count(EventOrigin::Live), count(EventOrigin::Polled)),
        (9, 1)
    );
    assert_eq!(count(EventOrigin::History), 1);
}

/// What is put into a group as it is made: much at once, and some of it minutes and hours late.
fn fill(rig: &mut Rig, group: &str) {
    let account = rig.account.clone();
    for number in 0..500 {
        let age_ms = match number {
            3 => 30 * 60_000,
            4 => 5 * 3_600_000,
            number => number,
        };
        rig.put_into(&account, group, age_ms, "made");
    }
}

#[tokio::test(start_paused = true)]
async fn all_of_a_group_made_hours_later_is_news_and_what_was_late_in_it_is_found_soon() {
    for poll in [false, true] {
        let wanted = TailTarget {
            groups: vec![GROUP.to_owned()],
            watched: vec!["/test/*".to_owned()],
            poll,
            ..TailTarget::default()
        };
        let mut rig = Rig::start(options(), wanted).await;
        rig.pass(2 * 3_600 + 10).await;
        fill(&mut rig, "/test/later");
        // Found within a minute, and looked through at once.
        rig.pass(90).await;
        let told = rig.end().await;
        told.assert_whole(500);
        assert_eq!(told.with_origin(EventOrigin::History), 1);
        assert_eq!(told.standing().late_ms, None);
    }
}

#[tokio::test(start_paused = true)]
async fn all_of_a_named_group_that_is_made_later_is_news_too() {
    let account = Account::empty(options());
    put(&account, GROUP, "before");
    let wanted = TailTarget {
        groups: vec![GROUP.to_owned(), "/test/later".to_owned()],
        ..TailTarget::default()
    };
    let mut rig = Rig::on(account, wanted).await;
    rig.pass(3_600).await;
    fill(&mut rig, "/test/later");
    rig.pass(60).await;
    let told = rig.end().await;
    told.assert_whole(500);
    assert_eq!(told.with_origin(EventOrigin::History), 0);
    assert_eq!(told.standing().late_ms, None);
}
