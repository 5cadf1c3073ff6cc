//! Completeness: everything that can go wrong in one tail, and each of 100,000 numbered events told exactly once.

use iacstone::simulator::{Account, SessionEnd};

use super::*;

#[tokio::test(start_paused = true)]
async fn each_of_100_000_events_is_told_exactly_once_whatever_happens() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.traffic(60, 200, "steady").await;
    // 5 MB a second: sampled, and more than a session carries.
    rig.traffic(4, 5_000, &"x".repeat(1_000)).await;
    rig.traffic(20, 200, "after the burst").await;
    // A minute without a connection.
    rig.set(&["StartLiveTail=cut"]);
    rig.account.end_sessions(SessionEnd::Torn);
    for _ in 0..10 {
        rig.put_aged(180_000, "late");
        rig.traffic(6, 200, "cut off").await;
    }
    rig.set(&["StartLiveTail=hollow:0.3", "FilterLogEvents=empty-page:x30"]);
    rig.traffic(60, 300, "lossy").await;
    rig.set(&["StartLiveTail=lose:0.3"]);
    rig.traffic(30, 200, "lossy").await;
    rig.set(&[]);
    // The roll-over of the session.
    rig.pass(170 * 60).await;
    rig.traffic(10 * 60, 20, "seam").await;
    let left = 100_000 - rig.put_so_far();
    assert!(left > 0, "{left}");
    rig.traffic(20, u32::try_from(left / 20).unwrap(), "sampled")
        .await;
    rig.traffic(1, u32::try_from(left % 20).unwrap(), "rest")
        .await;
    let told = rig.sound().await;
    told.assert_whole(100_000);
    assert_eq!((told.standing().dropped, told.standing().gaps), (0, 0));
    assert!(told.texts().contains(&"session renewed"));
    println!("recovered {} of 100,000", told.standing().recovered);
}

#[tokio::test(start_paused = true)]
async fn the_firehose_is_followed_without_loss() {
    let account = Account::new(options());
    let wanted = iacstone::logs::TailTarget {
        groups: vec!["/demo/firehose".to_owned()],
        ..wanted()
    };
    let rig = Rig::on(account, wanted).await;
    rig.until_live().await;
    let from_ms = rig.account.now_ms();
    rig.pass(20).await;
    let to_ms = rig.account.now_ms();
    // A stretch of a burst without end is vouched for in pieces.
    rig.pass(20).await;
    let account = rig.account.clone();
    let told = rig.end().await;
    let within = |time_ms: i64| (from_ms..to_ms).contains(&time_ms);
    let mut found: Vec<i64> = told
        .events
        .iter()
        .filter(|(_, event)| within(event.time_ms))
        .map(|(_, event)| rig::number(&event.message).unwrap())
        .collect();
    found.sort_unstable();
    let put = account.events_between("/demo/firehose", from_ms, to_ms);
    let mut put: Vec<i64> = put.map(|it| rig::number(&it.message).unwrap()).collect();
    put.sort_unstable();
    assert!(put.len() >= 19_000 && put.windows(2).all(|pair| pair[1] == pair[0] + 1));
    assert_eq!(found.len(), put.len());
    assert_eq!(found, put);
    let sampled = told.ruled("sampled: more than 500 events").unwrap();
    assert!(sampled - from_ms <= 3_000);
    assert!(
        told.texts()
            .iter()
            .filter(|it| it.starts_with("sampled 00:"))
            .count()
            >= 2
    );
    assert!(told.standing().recovered > 10_000);
}
