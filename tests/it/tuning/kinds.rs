//! Every kind of function: what does not fit is refused before anything is paid or changed, the others are measured.

use std::time::Duration;

use iacstone::lambda::MemoryMb;
use iacstone::power::{Plan, RunEvent};
use iacstone::simulator::{Blueprint, Reply, Workload};
use iacstone::tuner::Error;
use tokio_util::sync::CancellationToken;

use super::{Bench, assert_finished, draft, measured, plan};

/// A bench with a function made like this, called `kind`.
async fn with(make: impl FnOnce(Blueprint) -> Blueprint) -> Bench {
    answering(Reply::Ok, make).await
}

async fn answering(reply: Reply, make: impl FnOnce(Blueprint) -> Blueprint) -> Bench {
    let bench = Bench::fast().await;
    let workload = Workload {
        reply,
        ..Workload::computing()
    };
    bench
        .account
        .add_function(make(Blueprint::new("kind", workload)));
    bench
}

/// A plan of two sizes, of which none is the function's own.
fn small() -> Plan {
    let mut draft = draft("kind");
    draft.num = Some(5.into());
    draft.sizes = Some(
        [512, 1024]
            .map(|size| MemoryMb::new(size).unwrap())
            .into_iter()
            .collect(),
    );
    draft.build().unwrap()
}

/// Nothing was invoked, changed or kept.
async fn assert_untouched(bench: &Bench) {
    let account = &bench.account;
    assert_eq!(
        (account.invocations("kind"), account.mutating_calls()),
        (0, 0)
    );
    let store = &bench.tuner.store;
    assert_eq!(store.runs().all().await.unwrap(), (vec![], vec![]));
    assert_eq!(store.journals().all().await.unwrap(), (vec![], vec![]));
}

#[tokio::test]
async fn tenants_that_are_kept_apart_need_to_be_named() {
    let bench = with(Blueprint::per_tenant).await;
    let before = bench.account.describe();
    let error = bench.tune(small()).await.unwrap_err();
    assert!(
        matches!(&error, Error::Unfit(why) if why.contains("--tenant-id")),
        "{error}"
    );
    assert_untouched(&bench).await;
    let mut named = small();
    named.sampling.tenant_id = Some("blue".to_owned());
    let run = bench.tune(named).await.unwrap();
    assert_finished(&run);
    assert_eq!(bench.account.describe(), before);
    assert_eq!(
        measured(&run).plan.sampling.tenant_id.as_deref(),
        Some("blue")
    );
    let mut stray = plan("no-op");
    stray.sampling.tenant_id = Some("blue".to_owned());
    let error = bench.tune(stray).await.unwrap_err().to_string();
    assert!(error.contains("has no tenants"), "{error}");
}

#[tokio::test]
async fn managed_instances_are_not_invoked() {
    let bench = with(Blueprint::managed_instances).await;
    let error = bench.tune(small()).await.unwrap_err().to_string();
    assert!(error.contains("billed by the instance"), "{error}");
    assert_untouched(&bench).await;
}

#[tokio::test]
async fn durable_executions_are_warned_of_and_counted() {
    let bench = with(|kind| kind.durable(Duration::from_hours(1), 14)).await;
    let run = bench.tune(small()).await.unwrap();
    assert_finished(&run);
    let measured = measured(&run);
    assert!(
        measured.warnings[0].contains("durable function"),
        "{:?}",
        measured.warnings
    );
    assert_eq!(
        measured.usage.durable_executions as usize,
        measured.invocations()
    );
}

#[tokio::test]
async fn storage_that_is_billed_beside_is_told() {
    let bench = with(|kind| kind.storage(10_240)).await;
    let run = bench.tune(small()).await.unwrap();
    assert_finished(&run);
    let warnings = &measured(&run).warnings;
    assert!(warnings[0].contains("10240 MB of /tmp"), "{warnings:?}");
}

#[tokio::test]
async fn provisioned_concurrency_of_what_is_named_is_told() {
    let bench = Bench::fast().await;
    assert!(bench.account.provision("busy", "RAM512", 7));
    let run = bench.tune(plan("busy:RAM512")).await.unwrap();
    assert_finished(&run);
    let warnings = measured(&run).warnings.join("\n");
    assert!(
        warnings.contains("provisioned concurrency for 7"),
        "{warnings}"
    );
    let run = bench.tune(plan("busy")).await.unwrap();
    let warnings = measured(&run).warnings.join("\n");
    assert!(!warnings.contains("provisioned"), "{warnings}");
}

#[tokio::test]
async fn the_answer_of_a_failure_is_warned_of_before_more_is_paid_for() {
    let gateway = Reply::Json(r#"{"statusCode":502,"body":"Internal"}"#);
    let bench = answering(gateway, |kind| kind).await;
    let (run, events) = bench
        .watch(small(), CancellationToken::new(), |_, _| {})
        .await;
    let place = |is_it: &dyn Fn(&RunEvent) -> bool| events.iter().position(is_it).unwrap();
    let warned =
        place(&|event| matches!(event, RunEvent::Warned(text) if text.contains("statusCode 502")));
    let publishes = |event: &RunEvent| matches!(event, RunEvent::Phase(phase) if phase.starts_with("publishing"));
    assert!(warned < place(&publishes), "{events:?}");
    assert!(warned < place(&|event| matches!(event, RunEvent::Probed(..))));
    assert!(warned < place(&|event| matches!(event, RunEvent::Sampled(..))));
    let run = run.unwrap();
    assert_finished(&run);
    let answer = measured(&run).preflight.first_answer.clone().unwrap();
    assert_eq!(answer.text, r#"{"statusCode":502,"body":"Internal"}"#);
    let told = events
        .iter()
        .filter(|it| matches!(it, RunEvent::Answered(_)));
    assert_eq!(told.count(), 1);
    let mut private = small();
    private.log_payloads = false;
    let run = bench.tune(private).await.unwrap();
    let answer = measured(&run).preflight.first_answer.clone().unwrap();
    assert_eq!(answer.text, "36 bytes, not shown");
    assert!(!measured(&run).warnings.join(" ").contains("Internal"));
}

#[tokio::test]
async fn answers_are_taken_as_a_stream_where_that_is_asked_for() {
    let bench = with(|kind| kind).await;
    let mut streaming = small();
    streaming.sampling.response_stream = true;
    let run = bench.tune(streaming).await.unwrap();
    assert_finished(&run);
    let measured = measured(&run);
    assert_eq!(bench.account.calls("Invoke"), 0);
    assert_eq!(
        bench.account.calls("InvokeWithResponseStream") as usize,
        measured.invocations()
    );
    let mut samples = measured.sizes.iter().flat_map(|size| &size.samples);
    assert!(samples.all(|sample| !sample.client_timing));
    let answer = measured.preflight.first_answer.clone().unwrap();
    assert_eq!(answer.text, r#"{"statusCode":200}"#);
}

#[tokio::test]
async fn an_error_in_a_stream_is_the_error_of_the_function() {
    let bench = Bench::fast().await;
    let mut streaming = plan("memory-hungry");
    streaming.sampling.response_stream = true;
    let run = bench.tune(streaming).await.unwrap();
    assert_finished(&run);
    let smallest = &measured(&run).sizes[0];
    assert!(smallest.failures() > 0, "{smallest:?}");
}
