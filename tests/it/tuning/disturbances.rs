//! What others do to a run: deploys, throttling, denied rights, functions that fail.

use std::time::Duration;

use iacstone::lambda::MemoryMb;
use iacstone::power::{RunEvent, RunState, SampleKind, SizeState};
use iacstone::simulator::{AccountOptions, Faults};
use tokio_util::sync::CancellationToken;

use super::{Bench, assert_clean, assert_finished, draft, faulty, measured, options, plan, states};

/// A deploy in the middle of publishing that changes the code, and the memory size if `memory` says so.
async fn deployed(memory: Option<u32>) -> (Bench, iacstone::power::Run) {
    let slow = AccountOptions {
        config_update: Duration::from_secs(10),
        ..options()
    };
    let bench = Bench::new(slow).await;
    let account = bench.account.clone();
    let (run, _) = bench
        .watch(
            plan("dynamodb-reads"),
            CancellationToken::new(),
            |event, _| {
                if matches!(event, RunEvent::Phase(phase) if phase.contains("1024")) {
                    account.deploy("dynamodb-reads", |settings| {
                        settings.code.replace("new code");
                        if let Some(memory) = memory {
                            settings.memory = MemoryMb::new(memory).unwrap();
                        }
                    });
                }
            },
        )
        .await;
    (bench, run.unwrap())
}

async fn memory_of(bench: &Bench, function: &str) -> u32 {
    let function = function.parse().unwrap();
    bench
        .tuner
        .lambda
        .configuration(&function)
        .await
        .unwrap()
        .memory
        .megabytes()
}

#[tokio::test]
async fn a_deploy_in_the_middle_ends_the_run_and_is_left_alone() {
    let (bench, run) = deployed(Some(2000)).await;
    let state = &measured(&run).state;
    assert!(
        matches!(state, RunState::Failed(why) if why.contains("deployed")),
        "{state:?}"
    );
    assert_clean(&run);
    assert_eq!(memory_of(&bench, "dynamodb-reads").await, 2000);
}

#[tokio::test]
async fn a_deploy_of_code_only_gets_its_memory_size_back() {
    let bench = Bench::fast().await;
    let before = memory_of(&bench, "dynamodb-reads").await;
    let (bench, run) = deployed(None).await;
    assert!(matches!(measured(&run).state, RunState::Failed(_)));
    assert_clean(&run);
    assert_eq!(memory_of(&bench, "dynamodb-reads").await, before);
}

#[tokio::test]
async fn throttling_is_waited_out() {
    let bench = Bench::new(faulty(&["*=throttle:0.2"])).await;
    let run = bench.tune(plan("no-op")).await.unwrap();
    assert_finished(&run);
}

#[tokio::test]
async fn server_errors_of_reads_are_waited_out() {
    let bench = Bench::new(faulty(&["GetFunctionConfiguration=server-error:0.3"])).await;
    let run = bench.tune(plan("no-op")).await.unwrap();
    assert_finished(&run);
}

#[tokio::test]
async fn a_denied_right_ends_the_run_with_the_missing_action() {
    let bench = Bench::new(faulty(&["PublishVersion=access-denied"])).await;
    let before = bench.account.describe();
    let run = bench.tune(plan("no-op")).await.unwrap();
    let RunState::Failed(why) = &measured(&run).state else {
        panic!("{:?}", measured(&run))
    };
    assert!(why.contains("lambda:PublishVersion"), "{why}");
    assert_clean(&run);
    assert_eq!(bench.account.describe(), before);
}

#[tokio::test]
async fn where_nothing_may_be_changed_nothing_is_left_to_undo() {
    let denied = faulty(&["UpdateFunctionConfiguration=access-denied"]);
    let bench = Bench::new(denied).await;
    let before = bench.account.describe();
    let mut draft = draft("dynamodb-reads");
    draft.sizes = "512,1024".parse().ok();
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert!(matches!(measured(&run).state, RunState::Failed(_)));
    assert_clean(&run);
    assert_eq!(bench.account.describe(), before);
    let open = bench.tuner.store.journals().all().await.unwrap();
    assert_eq!(open, (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn what_cannot_be_restored_now_stands_in_the_journal() {
    let bench = Bench::fast().await;
    let before = bench.account.describe();
    let account = bench.account.clone();
    let (run, _) = bench
        .watch(
            plan("dynamodb-reads"),
            CancellationToken::new(),
            |event, _| {
                if matches!(event, RunEvent::Phase(phase) if phase.contains("1024")) {
                    account.set_faults(Faults::parse("*=expired-token").unwrap());
                }
            },
        )
        .await;
    let run = run.unwrap();
    assert!(matches!(&measured(&run).state, RunState::Failed(why) if why.contains("expired")));
    assert!(!measured(&run).cleanup.restored);
    assert_eq!(bench.tuner.store.journals().all().await.unwrap().0.len(), 1);

    bench.account.set_faults(Faults::default());
    let cleanup = bench.tuner.recover(&run.id).await.unwrap();
    assert!(cleanup.restored);
    assert_eq!(bench.account.describe(), before);
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

#[tokio::test]
async fn a_function_that_always_fails_is_not_touched() {
    let bench = Bench::fast().await;
    let mut draft = draft("memory-hungry");
    draft.sizes = Some(vec![MemoryMb::MIN].into());
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert_eq!(states(&run).len(), 1);
    assert!(matches!(states(&run)[0].1, SizeState::Infeasible(_)));
    assert_clean(&run);
}

#[tokio::test]
async fn an_account_limit_skips_the_sizes_above_it() {
    let limit = MemoryMb::new(1536).unwrap();
    let bench = Bench::new(AccountOptions {
        memory_limit: limit,
        ..options()
    })
    .await;
    let before = bench.account.describe();
    let run = bench.tune(plan("no-op")).await.unwrap();
    assert_finished(&run);
    assert_eq!(bench.account.describe(), before);
    for (memory, state) in states(&run) {
        assert_eq!(
            matches!(state, SizeState::Skipped(_)),
            memory > 1536,
            "{memory}: {state:?}"
        );
    }
}

#[tokio::test]
async fn a_qualifier_with_other_code_is_refused_before_anything_is_paid() {
    let bench = Bench::fast().await;
    let error = bench.tune(plan("busy:prod")).await.unwrap_err().to_string();
    assert!(
        error.contains("busy:prod") && error.contains("$LATEST"),
        "{error}"
    );
    assert_eq!(bench.account.mutating_calls(), 0);
    assert_eq!(bench.account.invocations("busy"), 0);
}

#[tokio::test]
async fn an_unknown_function_is_named() {
    let bench = Bench::fast().await;
    let error = bench
        .tune(plan("no-such-thing"))
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("no-such-thing"), "{error}");
}

#[tokio::test]
async fn calls_that_never_work_end_the_run_before_anything_is_changed() {
    let bench = Bench::new(faulty(&["Invoke=server-error"])).await;
    let before = bench.account.describe();
    let tuning = bench.tune(plan("no-op"));
    let run = tokio::time::timeout(Duration::from_mins(1), tuning).await;
    let run = run.expect("the run does not hang").unwrap();
    let RunState::Failed(why) = &measured(&run).state else {
        panic!("{:?}", measured(&run).state)
    };
    assert!(why.contains("nothing could be measured"), "{why}");
    assert_clean(&run);
    assert_eq!(bench.account.describe(), before);
}

#[tokio::test]
async fn a_cold_start_that_fails_once_does_not_stop_the_others() {
    let bench = Bench::new(faulty(&["Invoke=server-error:x1"])).await;
    let mut draft = draft("no-op");
    draft.num = Some(5.into());
    draft.sampling.only_cold_starts = Some(true);
    draft.sizes = "128,512".parse().ok();
    let tuning = bench.tune(draft.build().unwrap());
    let run = tokio::time::timeout(Duration::from_mins(1), tuning).await;
    let run = run.expect("the run does not hang").unwrap();
    assert_finished(&run);
    assert!(
        states(&run)
            .iter()
            .all(|(_, state)| *state == SizeState::Ok)
    );
}

#[tokio::test]
async fn cold_starts_take_no_more_versions_than_samples() {
    for (function, sizes, between) in [
        ("no-op", vec![128, 512], 0),
        ("snapstart-api", vec![512], 4),
    ] {
        let bench = Bench::fast().await;
        let mut draft = draft(function);
        draft.num = Some(5.into());
        draft.sampling.only_cold_starts = Some(true);
        let samples = sizes.len() * 5;
        let sizes = sizes.into_iter().map(|size| MemoryMb::new(size).unwrap());
        draft.sizes = Some(sizes.collect());
        let run = bench.tune(draft.build().unwrap()).await.unwrap();
        assert_finished(&run);
        assert!(
            states(&run)
                .iter()
                .all(|(_, state)| *state == SizeState::Ok)
        );
        let published = bench.account.calls("PublishVersion") as usize;
        assert_eq!(published, samples + between, "{function}");
    }
}

#[tokio::test]
async fn a_size_whose_neighbours_give_up_still_gets_its_cold_starts() {
    for (function, sizes) in [("memory-hungry", [256, 1024]), ("flaky", [512, 1024])] {
        let bench = Bench::fast().await;
        let before = bench.account.describe();
        let mut draft = draft(function);
        draft.num = Some(5.into());
        draft.sampling.only_cold_starts = Some(true);
        draft.sizes = Some(
            sizes
                .into_iter()
                .map(|size| MemoryMb::new(size).unwrap())
                .collect(),
        );
        let tuning = bench.tune(draft.build().unwrap());
        let run = tokio::time::timeout(Duration::from_mins(1), tuning).await;
        let run = run.expect("the run does not hang").unwrap();
        assert_finished(&run);
        assert_eq!(bench.account.describe(), before);
        assert_eq!(states(&run)[1], (1024, SizeState::Ok), "{function}");
        let cold = measured(&run).sizes[1].samples.iter();
        let cold = cold.filter(|it| it.counts() && it.kind == SampleKind::Cold);
        assert_eq!(cold.count(), 5, "{function}");
    }
}

#[tokio::test]
async fn a_function_that_a_run_left_at_a_test_size_is_not_tuned_again() {
    let bench = Bench::fast().await;
    let account = bench.account.clone();
    let (run, _) = bench
        .watch(
            plan("dynamodb-reads"),
            CancellationToken::new(),
            |event, _| {
                if matches!(event, RunEvent::Phase(phase) if phase.contains("1024")) {
                    account.set_faults(Faults::parse("*=expired-token").unwrap());
                }
            },
        )
        .await;
    let left = run.unwrap().id;
    bench.account.set_faults(Faults::default());
    let error = bench
        .tune(plan("dynamodb-reads"))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains(&left.0) && error.contains("runs recover"),
        "{error}"
    );
    bench.tuner.recover(&left).await.unwrap();
    assert_finished(&bench.tune(plan("dynamodb-reads")).await.unwrap());
}
