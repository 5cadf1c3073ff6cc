//! A run the user stops: at once, in the middle of publishing, in the middle of measuring.

use iacstone::power::{RunEvent, RunState};
use tokio_util::sync::CancellationToken;

use super::{Bench, assert_clean, measured, plan};

async fn cancelled_at(is_the_moment: impl Fn(&RunEvent) -> bool) {
    let bench = Bench::fast().await;
    let before = bench.account.describe();
    let stop = CancellationToken::new();
    let (run, _) = bench
        .watch(plan("prime-numbers"), stop, |event, stop| {
            if is_the_moment(event) {
                stop.cancel();
            }
        })
        .await;
    let run = run.expect("a record, for the run had started");
    assert_eq!(measured(&run).state, RunState::Cancelled);
    assert_clean(&run);
    assert_eq!(bench.account.describe(), before);
    let saved = bench
        .tuner
        .store
        .runs()
        .with_id(&run.id)
        .await
        .unwrap()
        .expect("the record is kept");
    assert_eq!(saved, run);
}

#[tokio::test]
async fn before_anything_was_published() {
    cancelled_at(|event| matches!(event, RunEvent::Started(_))).await;
}

#[tokio::test]
async fn while_a_size_is_being_published() {
    cancelled_at(|event| matches!(event, RunEvent::Phase(phase) if phase.contains("512"))).await;
}

#[tokio::test]
async fn while_samples_arrive() {
    cancelled_at(|event| matches!(event, RunEvent::Sampled(..))).await;
}

#[tokio::test]
async fn after_the_function_was_restored() {
    cancelled_at(|event| matches!(event, RunEvent::Restored)).await;
}
