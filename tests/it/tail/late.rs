//! Events that come late: each is found, told once, and what is not looked for is said.

use std::collections::BTreeMap;

use iacstone::logs::{EventOrigin, LogEvent};

use super::regions::{TwoRegions, far};
use super::*;

/// Events of the tests, and how many of them one second brings.
const COUNT: i64 = 20_000;
const A_SECOND: i64 = 8;

/// Whether an event is late, and how many seconds: from 100 to 3,600, spread over all.
fn late_seconds(number: i64) -> Option<i64> {
    (number % 40 == 7).then(|| 100 + number * 7_919 % 3_501)
}

/// Follows 20,000 numbered events, some of them late, and looks that each was told once.
async fn each_is_found_once(wanted: iacstone::logs::TailTarget, faults: &[&str]) -> rig::Told {
    let mut rig = Rig::start(options(), wanted).await;
    rig.pass(10).await;
    rig.set(faults);
    let mut late: BTreeMap<i64, i64> = BTreeMap::new();
    while rig.put_so_far() < COUNT {
        for _ in 0..A_SECOND {
            let number = rig.put_so_far();
            let age_ms = late_seconds(number).unwrap_or_default() * 1_000;
            if age_ms > 0 {
                late.insert(number, age_ms);
            }
            rig.put_aged(age_ms, "numbered");
        }
        rig.pass(1).await;
    }
    assert!(late.len() == 500 && late.values().max() > Some(&3_500_000));
    rig.pass(12 * 60).await;
    rig.set(&[]);
    let told = rig.sound().await;
    told.assert_whole(COUNT);
    assert_eq!(told.standing().late_ms, None);
    told
}

#[tokio::test(start_paused = true)]
async fn late_events_are_found_once_where_the_session_leaves_out_many() {
    let told = each_is_found_once(wanted(), &["StartLiveTail=lose:0.5"]).await;
    let very_late = |event: &LogEvent| event.ingested_ms - event.time_ms > 900_000;
    let found = told.events.iter().filter(|(_, event)| very_late(event));
    let recovered = found.filter(|(_, event)| event.origin == EventOrigin::Recovered);
    assert!(recovered.count() > 50);
}

#[tokio::test(start_paused = true)]
async fn late_events_are_found_once_by_polling_alone() {
    let wanted = iacstone::logs::TailTarget {
        poll: true,
        ..wanted()
    };
    let told = each_is_found_once(wanted, &["FilterLogEvents=throttle:0.1"]).await;
    // What the readings since it was taken in had passed by is recovered, and nothing else.
    let is_recovered = |event: &LogEvent| event.origin == EventOrigin::Recovered;
    for (_, event) in &told.events {
        let late_ms = event.ingested_ms - event.time_ms;
        assert!(late_ms <= 900_000 || is_recovered(event), "{event:?}");
        assert!(late_ms >= 90_000 || !is_recovered(event), "{event:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn late_events_are_found_once_in_every_region_and_in_groups_made_later() {
    let regions = TwoRegions::with(GROUP).await;
    let wanted = iacstone::logs::TailTarget {
        groups: vec![GROUP.to_owned(), far(GROUP)],
        watched: vec!["/test/*".to_owned()],
        ..wanted()
    };
    let mut rig = regions.follow(wanted);
    rig.pass(60).await;
    for faulty in [&regions.here, &regions.there] {
        faulty.set_faults(faults(&["StartLiveTail=lose:0.3"]));
    }
    while rig.put_so_far() < COUNT {
        let later = format!("/test/later-{}", rig.put_so_far() / 5_000);
        for _ in 0..A_SECOND {
            let number = rig.put_so_far();
            let (account, group) = match number % 4 {
                0 => (&regions.there, GROUP),
                1 => (&regions.here, GROUP),
                _ => (&regions.here, later.as_str()),
            };
            let age_ms = late_seconds(number).unwrap_or_default() * 1_000;
            rig.put_into(account, group, age_ms, "numbered");
        }
        rig.pass(1).await;
    }
    rig.pass(12 * 60).await;
    for healed in [&regions.here, &regions.there] {
        healed.set_faults(faults(&[]));
    }
    let told = rig.sound().await;
    told.assert_whole(COUNT);
    let is_later = |event: &LogEvent| event.group.starts_with("/test/later");
    let of_later = told.events.iter().filter(|(_, event)| is_later(event));
    assert_eq!(of_later.count(), 10_000);
    assert_eq!(told.with_origin(EventOrigin::History), 2);
}

#[tokio::test(start_paused = true)]
async fn hours_late_events_are_found_within_an_hour_and_what_was_there_before_is_not_told() {
    let account = iacstone::simulator::Account::empty(options());
    let now_ms = account.now_ms();
    for number in 1..=400_i64 {
        let time_ms = now_ms - 1_000 * number;
        account.put_event(GROUP, "a", time_ms, time_ms + 50, "picture");
    }
    let old_ms = now_ms - 20 * 3_600_000;
    account.put_event(GROUP, "a", old_ms, old_ms + 50, "older");
    let wanted = iacstone::logs::TailTarget {
        poll: true,
        ..wanted()
    };
    let mut rig = Rig::on(account, wanted).await;
    for minutes in [70_i64, 200, 600, 1_400] {
        rig.pass(10 * 60).await;
        rig.put_aged(minutes * 60_000, "hours late");
    }
    rig.pass(70 * 60).await;
    let told = rig.end().await;
    told.assert_whole(4);
    assert!(
        told.events
            .iter()
            .all(|(_, event)| event.message != "older")
    );
    assert_eq!(told.events.len(), 200 + 4);
}

#[tokio::test(start_paused = true)]
async fn where_the_rate_carries_no_search_it_is_said() {
    let mut names: Vec<String> = (0..39).map(|n| format!("/test/{n}")).collect();
    names.push(GROUP.to_owned());
    let wanted = iacstone::logs::TailTarget {
        groups: names,
        poll: true,
        ..wanted()
    };
    let rig = Rig::start(options(), wanted).await;
    rig.pass(11 * 60).await;
    let told = rig.end().await;
    let said =
        "events more than 2 min late are not looked for: the rate of calls does not carry it";
    assert_eq!(told.texts(), [said]);
    assert_eq!(told.standing().late_ms, Some(120_000));
}
