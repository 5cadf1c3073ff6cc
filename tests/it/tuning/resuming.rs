//! Runs that broke off are gone on with: nothing that was paid for is lost, and nothing is left behind.

use iacstone::lambda::MemoryMb;
use iacstone::power::{
    Payload, Plan, Run, RunEvent, RunId, RunState, SampleCount, SampleKind, SizeState,
};
use iacstone::power::{ResumeError, Resumption};
use iacstone::simulator::AccountOptions;
use iacstone::tuner::Error;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Bench, assert_clean, assert_finished, draft, id, measured, options, plan, tuner};

fn sizes(list: &[u32]) -> Vec<MemoryMb> {
    let size = |&size: &u32| MemoryMb::new(size).unwrap();
    list.iter().map(size).collect()
}

/// Goes on with a run, as a new process would.
async fn resume(bench: &Bench, wanted: Resumption) -> Result<Run, Error> {
    let tuner = tuner(&bench.account, bench.tuner.store.clone()).await;
    let (events, mut heard) = mpsc::channel(1024);
    let watching = async { while heard.recv().await.is_some() {} };
    let resuming = tuner.resume(&wanted, events, CancellationToken::new());
    tokio::join!(resuming, watching).0
}

/// Runs a plan and cancels it after so many samples.
async fn cancelled(bench: &Bench, plan: Plan, after: usize) -> Run {
    let mut samples = 0;
    let watched = bench.watch(plan, CancellationToken::new(), |event, stop| {
        samples += usize::from(matches!(event, RunEvent::Sampled(..)));
        if samples >= after {
            stop.cancel();
        }
    });
    let run = watched.await.0.unwrap();
    assert_eq!(measured(&run).state, RunState::Cancelled);
    run
}

/// The samples of the broken run stand before those that came later.
fn assert_goes_on(before: &Run, after: &Run) {
    assert_eq!(before.id, after.id);
    let (before, after) = (measured(before), measured(after));
    for (before, after) in before.sizes.iter().zip(&after.sizes) {
        assert!(
            after.samples.starts_with(&before.samples),
            "{}",
            after.memory_mb
        );
    }
    assert!(after.usage.spent_usd >= before.usage.spent_usd);
    assert!(after.usage.spent_usd >= after.paid(&after.rate()) - 1e-12);
}

#[tokio::test]
async fn a_cancelled_run_gets_the_samples_it_misses_and_no_more() {
    let bench = Bench::fast().await;
    let account_before = bench.account.describe();
    let before = cancelled(&bench, plan("dynamodb-reads"), 20).await;
    let invoked = bench.account.invocations("dynamodb-reads");
    let run = resume(&bench, Resumption::of(before.id.clone()))
        .await
        .unwrap();
    assert_finished(&run);
    assert_goes_on(&before, &run);
    assert_eq!(bench.account.describe(), account_before);
    let mut missing = 0;
    for size in &measured(&run).sizes {
        assert_eq!(size.state, SizeState::Ok, "{}", size.memory_mb);
        let warm = measured(&run).series(size).count();
        assert_eq!(warm, 10, "{}", size.memory_mb);
        let had = size.resumed_after.first().copied().unwrap_or_default();
        missing += size.samples.len() - had;
    }
    let later = bench.account.invocations("dynamodb-reads") - invoked;
    assert!(
        later as usize <= missing,
        "{later} invocations for {missing} samples"
    );
    assert_eq!(run.recommended().unwrap().megabytes(), 512);
    let stored = bench.tuner.store.runs().with_id(&run.id).await.unwrap();
    assert_eq!(stored, Some(run.clone()));
    let error = resume(&bench, Resumption::of(run.id)).await.unwrap_err();
    assert!(
        matches!(error, Error::Resume(ResumeError::Whole(_))),
        "{error}"
    );
}

#[tokio::test]
async fn a_run_that_decides_itself_when_it_ends_goes_on_deciding() {
    let bench = Bench::fast().await;
    let mut draft = draft("no-op");
    draft.num = Some(SampleCount::Auto);
    let before = cancelled(&bench, draft.build().unwrap(), 30).await;
    let run = resume(&bench, Resumption::of(before.id.clone()))
        .await
        .unwrap();
    assert_finished(&run);
    assert_goes_on(&before, &run);
    assert_eq!(run.recommended().unwrap().megabytes(), 256);
    let samples: usize = measured(&run)
        .sizes
        .iter()
        .map(|size| size.samples.len())
        .sum();
    assert!(samples <= 120, "{samples}");
}

#[tokio::test]
async fn cold_starts_that_are_missing_take_versions_of_their_own() {
    let bench = Bench::fast().await;
    let account_before = bench.account.describe();
    let mut draft = draft("no-op");
    draft.num = Some(6.into());
    draft.sampling.only_cold_starts = Some(true);
    draft.sizes = Some(sizes(&[256, 512]).into());
    let before = cancelled(&bench, draft.build().unwrap(), 4).await;
    let published = bench.account.calls("PublishVersion");
    let run = resume(&bench, Resumption::of(before.id.clone()))
        .await
        .unwrap();
    assert_finished(&run);
    assert_goes_on(&before, &run);
    assert_eq!(bench.account.describe(), account_before);
    for size in &measured(&run).sizes {
        let cold = size.samples.iter().filter(|it| it.kind == SampleKind::Cold);
        assert_eq!(cold.count(), 6, "{}", size.memory_mb);
    }
    let published = bench.account.calls("PublishVersion") - published;
    assert!(
        published <= 10,
        "{published} versions for at most 8 samples"
    );
}

/// Runs until the n-th mutating call was applied, then drops the tuner in mid-air; gives the run.
async fn killed_after(calls: u32, bench: &Bench, plan: Plan) -> Option<RunId> {
    let run = id();
    let (events, mut watcher) = mpsc::channel(1024);
    let stop = CancellationToken::new();
    let killed = bench.account.kill_point();
    tokio::select! {
        _ = bench.tuner.tune(run.clone(), plan, events, stop) => return None,
        () = killed => {}
        () = async { while watcher.recv().await.is_some() {} std::future::pending().await } => {}
    }
    assert!(bench.account.mutating_calls() >= calls);
    Some(run)
}

#[tokio::test]
async fn a_run_that_died_anywhere_is_undone_and_gone_on_with() {
    for calls in [1, 2, 4, 7, 9, 11] {
        let bench = Bench::new(AccountOptions {
            kill_after: Some(calls),
            ..options()
        })
        .await;
        let before = bench.account.describe();
        let mut draft = draft("dynamodb-reads");
        draft.num = Some(5.into());
        draft.sizes = Some(sizes(&[128, 512, 1024]).into());
        let plan = draft.build().unwrap();
        let Some(dead) = killed_after(calls, &bench, plan).await else {
            assert!(calls > 8, "the run was over after {calls} calls");
            break;
        };
        let run = resume(&bench, Resumption::of(dead)).await.unwrap();
        assert_finished(&run);
        assert_eq!(bench.account.describe(), before, "after {calls} calls");
        let journals = bench.tuner.store.journals().all().await.unwrap();
        assert_eq!(journals, (vec![], vec![]));
        for size in &measured(&run).sizes {
            assert_eq!(
                measured(&run).series(size).count(),
                5,
                "after {calls} calls"
            );
        }
    }
}

#[tokio::test]
async fn a_run_that_breaks_off_twice_is_gone_on_with_twice() {
    let bench = Bench::fast().await;
    let first = cancelled(&bench, plan("dynamodb-reads"), 15).await;
    let tuner = tuner(&bench.account, bench.tuner.store.clone()).await;
    let (events, mut heard) = mpsc::channel(1024);
    let stop = CancellationToken::new();
    let wanted = Resumption::of(first.id.clone());
    let resuming = tuner.resume(&wanted, events, stop.clone());
    let watching = async {
        let mut samples = 0;
        while let Some(event) = heard.recv().await {
            samples += usize::from(matches!(event, RunEvent::Sampled(..)));
            if samples >= 10 {
                stop.cancel();
            }
        }
    };
    let second = tokio::join!(resuming, watching).0.unwrap();
    assert_eq!(measured(&second).state, RunState::Cancelled);
    assert_clean(&second);
    assert_goes_on(&first, &second);
    let last = resume(&bench, wanted).await.unwrap();
    assert_finished(&last);
    assert_goes_on(&second, &last);
}

#[tokio::test]
async fn other_code_or_configuration_is_not_mixed_in() {
    let bench = Bench::fast().await;
    let run = cancelled(&bench, plan("dynamodb-reads"), 10).await;
    bench.account.deploy("dynamodb-reads", |settings| {
        settings.code.replace("new code");
    });
    let (before, calls) = (bench.account.describe(), bench.account.mutating_calls());
    let error = resume(&bench, Resumption::of(run.id.clone()))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::OtherFunction { .. }), "{error}");
    assert_eq!(bench.account.describe(), before);
    assert_eq!(bench.account.mutating_calls(), calls);
    let stored = bench.tuner.store.runs().with_id(&run.id).await.unwrap();
    assert_eq!(stored, Some(run), "the record is as it was");
}

#[tokio::test]
async fn another_memory_size_or_description_is_no_other_function() {
    let bench = Bench::fast().await;
    let run = cancelled(&bench, plan("dynamodb-reads"), 10).await;
    let function = "dynamodb-reads".parse().unwrap();
    let sha = bench
        .tuner
        .lambda
        .configuration(&function)
        .await
        .unwrap()
        .code
        .sha256;
    bench.account.deploy("dynamodb-reads", |settings| {
        settings.code.sha256 = sha;
        settings.memory = MemoryMb::new(640).unwrap();
        settings.description = "orders".to_owned();
    });
    let before = bench.account.describe();
    let run = resume(&bench, Resumption::of(run.id)).await.unwrap();
    assert_finished(&run);
    assert_eq!(bench.account.describe(), before);
    assert_eq!(measured(&run).current_memory.megabytes(), 640);
}

#[tokio::test]
async fn a_capped_run_goes_on_with_a_higher_cap() {
    let bench = Bench::fast().await;
    let mut capped = plan("dynamodb-reads");
    capped.max_cost_usd = Some(3e-5);
    let run = bench.tune(capped).await.unwrap();
    assert!(
        measured(&run)
            .warnings
            .iter()
            .any(|it| it.contains("cost cap"))
    );
    let higher = Resumption {
        max_cost_usd: Some(1.0),
        ..Resumption::of(run.id.clone())
    };
    let whole = resume(&bench, higher).await.unwrap();
    assert_finished(&whole);
    assert_goes_on(&run, &whole);
    let warnings = &measured(&whole).warnings;
    assert!(
        !warnings.iter().any(|it| it.contains("cost cap")),
        "{warnings:?}"
    );
    assert!(
        warnings.iter().any(|it| it.starts_with("resumed on ")),
        "{warnings:?}"
    );
}

#[tokio::test]
async fn a_payload_that_was_not_kept_is_given_again() {
    let bench = Bench::fast().await;
    let mut private = plan("dynamodb-reads");
    private.log_payloads = false;
    private.payload = Payload::Single("secret".into());
    let run = cancelled(&bench, private, 10).await;
    let error = resume(&bench, Resumption::of(run.id.clone()))
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Resume(ResumeError::Payload(_))),
        "{error}"
    );
    let again = Resumption {
        payload: Some(Payload::Single("secret".into())),
        ..Resumption::of(run.id)
    };
    let run = resume(&bench, again).await.unwrap();
    assert_finished(&run);
    assert_eq!(measured(&run).plan.payload, Payload::Redacted);
}

#[tokio::test]
async fn sizes_are_added_to_a_whole_run_and_nothing_else_is_invoked() {
    let bench = Bench::fast().await;
    let account_before = bench.account.describe();
    let run = bench.tune(plan("dynamodb-reads")).await.unwrap();
    let invoked = bench.account.invocations("dynamodb-reads");
    let wanted = Resumption {
        added: sizes(&[384, 512]),
        ..Resumption::of(run.id.clone())
    };
    let more = resume(&bench, wanted).await.unwrap();
    assert_finished(&more);
    assert_eq!(bench.account.describe(), account_before);
    let new = MemoryMb::new(384).unwrap();
    let (mut added, mut known) = (0, Vec::new());
    for size in &measured(&more).sizes {
        if size.memory_mb == new {
            assert_eq!(measured(&more).series(size).count(), 10);
            added = size.samples.len();
        } else {
            known.push(size.clone());
        }
    }
    assert_eq!(known, measured(&run).sizes, "what was there is as it was");
    let later = bench.account.invocations("dynamodb-reads") - invoked;
    assert_eq!(later as usize, added);
    assert!(measured(&more).plan.sizes.contains(&new));
}

#[tokio::test]
async fn no_sizes_are_added_to_a_run_of_a_function_that_has_another_size_by_now() {
    let bench = Bench::fast().await;
    let run = bench.tune(plan("dynamodb-reads")).await.unwrap();
    bench.account.deploy("dynamodb-reads", |settings| {
        settings.memory = MemoryMb::new(1769).unwrap();
    });
    let (before, calls) = (bench.account.describe(), bench.account.mutating_calls());
    let wanted = Resumption {
        added: sizes(&[384]),
        ..Resumption::of(run.id.clone())
    };
    let error = resume(&bench, wanted).await.unwrap_err();
    assert!(error.to_string().contains("start a new run"), "{error}");
    assert_eq!(bench.account.describe(), before);
    assert_eq!(bench.account.mutating_calls(), calls);
}
