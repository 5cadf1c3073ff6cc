//! Answers without REPORT records: the log group has them, or the samples say that they were timed here.

use std::time::Duration;

use iacstone::power::{Run, RunEvent, Sample};
use tokio_util::sync::CancellationToken;

use super::{Bench, assert_finished, faulty, measured, plan};

fn samples(run: &Run) -> impl Iterator<Item = &Sample> {
    let sizes = measured(run).sizes.iter();
    sizes.flat_map(|size| size.samples.iter())
}

#[tokio::test]
async fn records_that_are_not_in_the_answers_are_read_from_the_log_group() {
    for function in ["dynamodb-reads", "json-logs"] {
        let bench = Bench::new(faulty(&["Invoke=no-report:0.5"])).await;
        let before = bench.account.describe();
        let run = bench.tune(plan(function)).await.unwrap();
        assert_finished(&run);
        assert_eq!(bench.account.describe(), before);
        assert!(samples(&run).all(|sample| !sample.client_timing));
        assert!(samples(&run).all(|sample| sample.max_memory_used_mb.is_some()));
        assert!(measured(&run).warnings.is_empty(), "{:?}", measured(&run));
        let stored = bench
            .tuner
            .store
            .runs()
            .with_id(&run.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(stored, run);
        let spent = measured(&run).usage.spent_usd;
        let costs = measured(&run).sizes.iter().flat_map(|size| {
            let per_ms = f64::from(size.memory_mb.megabytes()) / 1024.0 * 0.000_016_666_7 / 1000.0;
            size.samples
                .iter()
                .map(move |sample| sample.billed_ms * per_ms + 0.2e-6)
        });
        // Also the probe of the function as it was, where its size is not planned, was paid for.
        let least: f64 = costs.sum();
        assert!(
            spent >= least * 0.999 && spent < least * 1.2,
            "{spent} {least}"
        );
    }
}

#[tokio::test]
async fn a_log_group_that_must_not_be_read_leaves_the_samples_timed_here() {
    let faults = ["Invoke=no-report:x3", "FilterLogEvents=access-denied"];
    let bench = Bench::new(faulty(&faults)).await;
    let run = bench.tune(plan("dynamodb-reads")).await.unwrap();
    assert_finished(&run);
    assert_eq!(
        samples(&run).filter(|sample| sample.client_timing).count(),
        3
    );
    let warning = measured(&run).warnings.last().unwrap();
    assert!(warning.starts_with("3 REPORT records"), "{warning}");
    assert!(warning.contains("logs:FilterLogEvents"), "{warning}");
    assert!(warning.contains("timed here"), "{warning}");
}

#[tokio::test]
async fn records_that_are_nowhere_are_not_waited_for_for_ever() {
    let faults = ["Invoke=no-report:x1", "FilterLogEvents=empty-page"];
    let mut bench = Bench::new(faulty(&faults)).await;
    bench.tuner.limits.record = Duration::ZERO;
    let run = bench.tune(plan("dynamodb-reads")).await.unwrap();
    assert_finished(&run);
    let warning = measured(&run).warnings.last().unwrap();
    assert!(
        warning.contains("not in the part of /aws/lambda/dynamodb-reads that could be read"),
        "{warning}"
    );
}

#[tokio::test]
async fn stopping_the_look_for_records_keeps_the_result() {
    let bench = Bench::new(faulty(&[
        "Invoke=no-report:x2",
        "FilterLogEvents=empty-page",
    ]))
    .await;
    let watched = bench.watch(
        plan("dynamodb-reads"),
        CancellationToken::new(),
        |event, stop| {
            if matches!(event, RunEvent::Phase(phase) if phase.starts_with("looking for 2 REPORT"))
            {
                stop.cancel();
            }
        },
    );
    let run = watched.await.0.unwrap();
    assert_finished(&run);
    assert!(run.recommended().is_some());
    let warning = measured(&run).warnings.last().unwrap();
    assert!(warning.contains("not looked for to the end"), "{warning}");
}
