//! Every workload of the demo is tuned to the size the articles found, and is as before afterwards.

use iacstone::power::{Apply, RunState, SampleKind, SizeState};

use super::{Bench, assert_clean, assert_finished, draft, measured, plan, states};

async fn picked(function: &str) -> u32 {
    let bench = Bench::fast().await;
    let before = bench.account.describe();
    let run = bench.tune(plan(function)).await.expect("a run");
    assert_finished(&run);
    assert_eq!(bench.account.describe(), before, "{function} is as it was");
    assert_eq!(bench.account.peak_environment_load(), 1);
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
    run.recommended().expect("a pick").megabytes()
}

#[tokio::test]
async fn the_articles_functions_get_the_articles_sizes() {
    assert_eq!(picked("dynamodb-reads").await, 512);
    assert_eq!(picked("prime-numbers").await, 1536);
    assert_eq!(picked("no-op").await, 256);
}

#[tokio::test]
async fn json_records_arm_and_container_images_are_measured_too() {
    for function in ["json-logs", "arm-worker", "image-worker", "snapstart-api"] {
        let bench = Bench::fast().await;
        let before = bench.account.describe();
        let run = bench.tune(plan(function)).await.expect("a run");
        assert_finished(&run);
        assert_eq!(bench.account.describe(), before);
        for size in &measured(&run).sizes {
            assert_eq!(size.state, SizeState::Ok, "{function} {}", size.memory_mb);
            assert!(size.samples.iter().all(|sample| !sample.client_timing));
            let warm = size
                .samples
                .iter()
                .filter(|sample| sample.kind == SampleKind::Warm);
            assert_eq!(warm.count(), 10);
        }
    }
}

#[tokio::test]
async fn snapshots_are_restored_and_counted_apart() {
    let bench = Bench::fast().await;
    let run = bench.tune(plan("snapstart-api")).await.unwrap();
    for size in &measured(&run).sizes {
        assert_eq!(size.samples[0].kind, SampleKind::Restored);
        assert!(size.samples[0].restore_ms.is_some());
    }
}

#[tokio::test]
async fn sizes_without_enough_memory_are_infeasible_and_the_others_measured() {
    let bench = Bench::fast().await;
    let before = bench.account.describe();
    let run = bench.tune(plan("memory-hungry")).await.unwrap();
    assert_finished(&run);
    assert_eq!(bench.account.describe(), before);
    for (memory, state) in states(&run) {
        assert_eq!(
            matches!(state, SizeState::Infeasible(_)),
            memory < 512,
            "{memory}: {state:?}"
        );
        assert_eq!(state == SizeState::Ok, memory >= 512, "{memory}: {state:?}");
    }
}

#[tokio::test]
async fn a_flaky_function_is_measured_and_its_errors_counted() {
    let bench = Bench::fast().await;
    let run = bench.tune(draft_of("flaky", 40)).await.unwrap();
    assert_finished(&run);
    let samples = measured(&run).sizes.iter().flat_map(|size| &size.samples);
    let errors: Vec<_> = samples
        .filter_map(|sample| sample.error.as_deref())
        .collect();
    assert!(!errors.is_empty() && errors.len() < 40, "{errors:?}");
    assert!(
        measured(&run)
            .sizes
            .iter()
            .all(|size| size.state == SizeState::Ok)
    );
}

fn draft_of(function: &str, num: u32) -> iacstone::power::Plan {
    let mut draft = draft(function);
    draft.num = Some(num.into());
    draft.build().unwrap()
}

#[tokio::test]
async fn the_users_versions_and_aliases_are_untouched() {
    let bench = Bench::fast().await;
    let before = bench.account.describe();
    let run = bench.tune(plan("busy")).await.unwrap();
    assert_finished(&run);
    assert_eq!(bench.account.describe(), before);
}

#[tokio::test]
async fn the_probe_of_latest_counts_among_invocations_and_money() {
    let bench = Bench::fast().await;
    let mut draft = draft("dynamodb-reads");
    draft.sizes = "512,1024".parse().ok();
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert_finished(&run);
    let measured = measured(&run);
    let [probe] = measured.preflight.probes.as_slice() else {
        panic!("{:?}", measured.preflight.probes)
    };
    assert_eq!(probe.memory_mb.megabytes(), 256);
    let samples: usize = measured.sizes.iter().map(|size| size.samples.len()).sum();
    assert_eq!(measured.invocations(), samples + 1);
    assert!((measured.usage.spent_usd - measured.paid(&measured.rate())).abs() < 1e-15);
    let saved = bench.tuner.store.runs().with_id(&run.id).await.unwrap();
    assert_eq!(saved, Some(run));
}

#[tokio::test]
async fn six_sizes_cost_less_than_half_of_the_reference_tools_calls() {
    let bench = Bench::fast().await;
    let run = bench.tune(draft_of("dynamodb-reads", 50)).await.unwrap();
    let calls = measured(&run).usage.control_calls;
    assert_eq!(calls, bench.account.control_calls());
    assert!(calls <= 32, "{calls} control-plane calls");
}

#[tokio::test]
async fn parallel_environments_do_not_turn_samples_cold() {
    let bench = Bench::fast().await;
    let mut draft = draft("dynamodb-reads");
    draft.sampling.environments = Some(4);
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert_finished(&run);
    for size in &measured(&run).sizes {
        let cold = size
            .samples
            .iter()
            .filter(|sample| sample.kind == SampleKind::Cold)
            .count();
        assert!(
            (1..=5).contains(&cold),
            "{} MB: {cold} cold starts",
            size.memory_mb
        );
    }
}

#[tokio::test]
async fn cold_starts_only_means_cold_starts_only() {
    let bench = Bench::fast().await;
    let before = bench.account.describe();
    let mut draft = draft("no-op");
    draft.num = Some(5.into());
    draft.sizes = "512,1024".parse().ok();
    draft.sampling.only_cold_starts = Some(true);
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert_finished(&run);
    assert_eq!(bench.account.describe(), before);
    for size in &measured(&run).sizes {
        assert_eq!(size.samples.len(), 5);
        assert!(
            size.samples
                .iter()
                .all(|sample| sample.kind == SampleKind::Cold)
        );
    }
}

#[tokio::test]
async fn the_cost_cap_ends_a_run_with_what_it_has() {
    let bench = Bench::fast().await;
    let mut draft = draft("matrix-inversion");
    draft.max_cost_usd = Some(2e-4);
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert_clean(&run);
    assert_eq!(measured(&run).state, RunState::Finished);
    assert!(
        measured(&run).usage.spent_usd <= 2e-4,
        "{}",
        measured(&run).usage.spent_usd
    );
    assert!(
        measured(&run)
            .warnings
            .iter()
            .any(|warning| warning.contains("--max-cost"))
    );
}

#[tokio::test]
async fn applying_is_done_only_when_asked_for() {
    let bench = Bench::fast().await;
    let mut draft = draft("dynamodb-reads");
    draft.apply = Some(Apply::Alias("live".into()));
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert_eq!(measured(&run).state, RunState::Finished);
    let function = bench
        .tuner
        .lambda
        .configuration(&"dynamodb-reads".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(function.memory, run.recommended().unwrap());
    let live = bench
        .tuner
        .lambda
        .configuration(&"dynamodb-reads:live".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(live.memory, run.recommended().unwrap());
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
}
