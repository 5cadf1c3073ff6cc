//! The tuner dies after each mutating call in turn; recovery finds function, versions and aliases as they were.

use iacstone::power::{RunId, RunState, SizeRun, SizeState};
use iacstone::simulator::AccountOptions;
use iacstone::store::Store;

use super::{Bench, id, measured, options, plan, tuner};

/// Runs until the n-th mutating call was applied, then drops the tuner in mid-air. False when there were fewer calls.
async fn killed_after(calls: u32, function: &str) -> bool {
    let bench = Bench::new(AccountOptions {
        kill_after: Some(calls),
        ..options()
    })
    .await;
    let before = bench.account.describe();
    let run = id();
    let (events, mut watcher) = tokio::sync::mpsc::channel(1024);
    let killed = bench.account.kill_point();
    let stop = tokio_util::sync::CancellationToken::new();
    let ended = tokio::select! {
        result = bench.tuner.tune(run.clone(), plan(function), events, stop) => Some(result),
        () = killed => None,
        () = async { while watcher.recv().await.is_some() {} std::future::pending().await } => None,
    };
    if ended.is_some() {
        return false;
    }
    let store: Store = bench.tuner.store.clone();
    let cleanup = tuner(&bench.account, store)
        .await
        .recover(&run)
        .await
        .expect("a recovery");
    assert!(
        cleanup.restored && cleanup.versions_left == 0,
        "after {calls} calls: {cleanup:?}"
    );
    assert_eq!(
        bench.account.describe(),
        before,
        "after {calls} mutating calls"
    );
    assert_kept(&bench, &run).await;
    assert!(
        bench
            .tuner
            .store
            .journals()
            .all()
            .await
            .unwrap()
            .0
            .is_empty()
    );
    true
}

/// What was paid for is in the record: every sample that reached the store, and its money.
async fn assert_kept(bench: &Bench, run: &RunId) {
    let kept = bench
        .tuner
        .store
        .runs()
        .with_id(run)
        .await
        .unwrap()
        .unwrap();
    let measured = measured(&kept);
    assert_eq!(measured.state, RunState::CutOff);
    assert!(measured.cleanup.is_complete(), "{:?}", measured.cleanup);
    assert!((measured.usage.spent_usd - measured.paid(&measured.rate())).abs() < 1e-15);
    assert_eq!(measured.usage.spent_usd > 0.0, measured.invocations() > 0);
    let pending = |size: &SizeRun| size.state == SizeState::Pending;
    assert!(!measured.sizes.iter().any(pending));
}

async fn killed_after_each_call(function: &str) -> u32 {
    let mut calls = 1;
    while killed_after(calls, function).await {
        calls += 1;
    }
    calls - 1
}

#[tokio::test]
async fn recovery_after_each_mutating_call_leaves_nothing_behind() {
    let cases = killed_after_each_call("dynamodb-reads").await;
    assert!(
        cases >= 17,
        "5 or 6 updates, 6 publishes, the restore and 6 deletes, not {cases}"
    );
}

#[tokio::test]
async fn the_users_own_versions_survive_every_death() {
    assert!(killed_after_each_call("busy").await >= 15);
}
