//! Credentials that run out and are renewed.

use iacstone::logs::TailMode;
use iacstone::simulator::SessionEnd;

use super::*;

#[tokio::test(start_paused = true)]
async fn expired_credentials_are_waited_for_and_nothing_is_lost() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.traffic(20, 10, "before").await;
    rig.set(&["*=expired-token"]);
    rig.account.end_sessions(SessionEnd::Torn);
    rig.traffic(120, 10, "expired").await;
    let calls = rig.account.calls("FilterLogEvents") + rig.account.calls("StartLiveTail");
    {
        let told = rig.told();
        let Some(TailMode::Waiting(sentence)) = told.mode() else {
            panic!("{:?}", told.standing());
        };
        assert!(sentence.contains("expired"), "{sentence}");
        assert!(sentence.contains("aws sso login"), "{sentence}");
        assert!(told.standing().gaps > 0);
    }
    assert!(
        calls < 100,
        "{calls} calls with credentials that do not work"
    );
    rig.set(&[]);
    rig.until_live().await;
    rig.traffic(20, 10, "after").await;
    let count = rig.put_so_far();
    rig.sound().await.assert_whole(count);
}

#[tokio::test(start_paused = true)]
async fn credentials_that_are_renewed_after_hours_leave_no_hole() {
    for fault in ["*=expired-token", "StartLiveTail=expired-token"] {
        let mut rig = Rig::start(options(), wanted()).await;
        rig.until_live().await;
        rig.traffic(30, 5, "before").await;
        rig.set(&[fault]);
        rig.account.end_sessions(SessionEnd::Torn);
        rig.pass(30).await;
        rig.set(&["*=expired-token"]);
        for _ in 0..90 {
            rig.traffic(1, 2, "expired").await;
            rig.pass(60).await;
        }
        rig.set(&[]);
        rig.until(60, "a live session", |told| {
            told.mode() == Some(&TailMode::Live)
        })
        .await;
        rig.traffic(20, 5, "after").await;
        let count = rig.put_so_far();
        rig.sound().await.assert_whole(count);
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_expired_before_the_start_are_waited_for_too() {
    let mut rig = Rig::start(
        iacstone::simulator::AccountOptions {
            faults: faults(&["*=expired-token"]),
            ..options()
        },
        wanted(),
    )
    .await;
    rig.traffic(30, 2, "expired").await;
    assert!(matches!(rig.told().mode(), Some(TailMode::Waiting(_))));
    rig.set(&[]);
    rig.until_live().await;
    rig.traffic(20, 2, "after").await;
    let count = rig.put_so_far();
    rig.sound().await.assert_whole(count);
}
