//! Sessions that cannot be had, end, break or fall silent.

use iacstone::logs::{EventOrigin, TailMode};
use iacstone::simulator::{AccountOptions, SessionEnd};

use super::*;

/// A gap was told at most three seconds after it began, and filled in the end.
fn told_and_filled(told: &rig::Told, began_ms: i64) {
    let after: Vec<_> = told
        .markers
        .iter()
        .filter(|(at, _)| *at >= began_ms)
        .collect();
    let gap = after.iter().find(|(_, it)| it.text.starts_with("gap: "));
    let (at, _) = gap.unwrap_or_else(|| panic!("no gap was told: {:?}", told.texts()));
    assert!(at - began_ms <= 3_000, "{} ms", at - began_ms);
    let filled = |text: &str| text.starts_with("gap 00:") && text.contains("filled");
    assert!(
        after.iter().any(|(_, it)| filled(&it.text)),
        "{:?}",
        told.texts()
    );
    assert_eq!(told.standing().gaps, 0);
}

/// A session that ends like this is followed by another one, and nothing is lost between them.
async fn survives(end: SessionEnd) -> rig::Told {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.traffic(20, 10, "before").await;
    let began_ms = rig.account.now_ms();
    rig.account.end_sessions(end);
    rig.traffic(40, 10, "after").await;
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    told_and_filled(&told, began_ms);
    assert_eq!(told.mode(), Some(&TailMode::Live));
    told
}

#[tokio::test(start_paused = true)]
async fn a_session_that_was_over_is_followed_by_another() {
    let told = survives(SessionEnd::TimedOut).await;
    assert!(
        told.ruled("gap: the session was over").is_some(),
        "{:?}",
        told.texts()
    );
}

#[tokio::test(start_paused = true)]
async fn a_fault_of_the_service_is_followed_by_another_session() {
    let told = survives(SessionEnd::Failed).await;
    assert!(
        told.ruled("gap: the service failed").is_some(),
        "{:?}",
        told.texts()
    );
}

#[tokio::test(start_paused = true)]
async fn a_session_closed_without_a_word_is_followed_by_another() {
    let told = survives(SessionEnd::Closed).await;
    assert!(
        told.ruled("gap: the service closed").is_some(),
        "{:?}",
        told.texts()
    );
}

#[tokio::test(start_paused = true)]
async fn a_connection_cut_in_the_middle_of_a_frame_is_made_anew() {
    survives(SessionEnd::Torn).await;
}

#[tokio::test(start_paused = true)]
async fn silence_is_noticed_and_ended() {
    let told = survives(SessionEnd::Silent).await;
    let stalled = |told: &rig::Told| told.stood(0, i64::MAX, |it| it.mode == TailMode::Stalled);
    assert!(stalled(&told));
    assert!(told.with_origin(EventOrigin::Recovered) > 0);
}

#[tokio::test(start_paused = true)]
async fn two_minutes_without_a_working_session_lose_nothing() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.traffic(20, 10, "before").await;
    let began_ms = rig.account.now_ms();
    rig.set(&["StartLiveTail=silence:0"]);
    rig.account.end_sessions(SessionEnd::Silent);
    rig.traffic(120, 10, "silent").await;
    rig.set(&[]);
    rig.traffic(60, 10, "after").await;
    rig.until_live().await;
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    told_and_filled(&told, began_ms);
}

#[tokio::test(start_paused = true)]
async fn a_session_is_renewed_before_it_ends_and_the_seam_has_no_gap() {
    let mut rig = Rig::start(options(), wanted()).await;
    rig.until_live().await;
    rig.traffic(10, 10, "young").await;
    rig.pass(174 * 60).await;
    for _ in 0..2 {
        rig.traffic(60, 10, "seam").await;
        assert!((1..=2).contains(&rig.account.live_sessions()));
    }
    rig.pass(10 * 60).await;
    assert_eq!(rig.account.live_sessions(), 1);
    let count = rig.put_so_far();
    let told = rig.sound().await;
    told.assert_whole(count);
    assert_eq!(told.texts(), ["session renewed"]);
    assert_eq!(told.with_origin(EventOrigin::Recovered), 0);
}

/// Without a session it polls, says why, and tries again.
async fn polls(fault: &str, why: &str, again: u64) {
    let account = AccountOptions {
        faults: faults(&[&format!("StartLiveTail={fault}")]),
        ..options()
    };
    let mut rig = Rig::start(account, wanted()).await;
    rig.until(10, "polling", |told| {
        matches!(told.mode(), Some(TailMode::Polling(_)))
    })
    .await;
    rig.traffic(30, 10, "polled").await;
    {
        let told = rig.told();
        assert_eq!(told.mode(), Some(&TailMode::Polling(why.to_owned())));
        assert!(told.with_origin(EventOrigin::Polled) >= 250);
        assert!(
            told.markers.is_empty(),
            "polling is no gap: {:?}",
            told.texts()
        );
    }
    rig.set(&[]);
    rig.until(again, "a live session", |told| {
        told.mode() == Some(&TailMode::Live)
    })
    .await;
    rig.traffic(10, 10, "live").await;
    let count = rig.put_so_far();
    rig.sound().await.assert_whole(count);
}

#[tokio::test(start_paused = true)]
async fn too_many_sessions_in_the_account_make_it_poll() {
    polls(
        "limit-exceeded",
        "too many live sessions are open in the account",
        62,
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_denied_live_tail_makes_it_poll() {
    polls("access-denied", "'logs:StartLiveTail' is not allowed", 602).await;
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_without_live_tail_makes_it_poll() {
    polls(
        "server-error",
        "the service failed with ServiceUnavailableException",
        32,
    )
    .await;
}
