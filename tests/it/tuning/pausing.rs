//! A run that is paused: what is under way finishes, nothing new is started, and the function is as it was meanwhile.

use std::time::Duration;

use iacstone::power::{RunEvent, RunState};
use iacstone::task::PauseSwitch;
use iacstone::tuner::RunSwitches;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Bench, assert_clean, assert_finished, draft, id, measured, plan};

/// Long enough for everything that is under way to finish.
const LONG: Duration = Duration::from_millis(1500);

#[tokio::test]
async fn nothing_is_started_in_a_pause_and_the_function_is_as_it_was() {
    let bench = Bench::fast().await;
    let before = memory(&bench).await;
    let (switch, pause) = PauseSwitch::new();
    let stop = CancellationToken::new();
    let (sender, mut events) = mpsc::channel(8);
    let switches = RunSwitches { stop, pause };
    let tuning = bench
        .tuner
        .tune(id(), plan("prime-numbers"), sender, switches);
    let watching = async {
        let (mut samples, mut phases) = (0, Vec::new());
        loop {
            let wait = if samples == 7 { LONG } else { LONG * 100 };
            match tokio::time::timeout(wait, events.recv()).await {
                Ok(Some(RunEvent::Sampled(..))) => {
                    samples += usize::from(samples < 7);
                    if samples == 7 {
                        switch.set(true);
                    }
                }
                Ok(Some(RunEvent::Phase(phase))) => phases.push(phase),
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_quiet) => {
                    assert_eq!(memory(&bench).await, before);
                    samples += 1;
                    switch.set(false);
                }
            }
        }
        phases
    };
    let (run, phases) = tokio::join!(tuning, watching);
    let run = run.unwrap();
    assert_finished(&run);
    assert!(
        phases.iter().any(|it| it.starts_with("paused")),
        "{phases:?}"
    );
    let measured = measured(&run);
    assert!(measured.usage.paused_ms >= 1000, "{:?}", measured.usage);
    let all = |count: usize| {
        measured
            .sizes
            .iter()
            .all(|size| measured.series(size).count() >= count)
    };
    assert!(all(10), "every size has its samples");
    let marked = measured
        .sizes
        .iter()
        .filter(|it| !it.paused_after.is_empty());
    assert!(marked.count() > 0);
}

#[tokio::test]
async fn a_paused_run_of_cold_starts_gives_the_function_back_meanwhile() {
    let bench = Bench::fast().await;
    let before = bench.account.describe();
    let own = memory(&bench).await;
    let mut draft = draft("prime-numbers");
    draft.sampling.only_cold_starts = Some(true);
    draft.num = Some(5.into());
    let (switch, pause) = PauseSwitch::new();
    let (sender, mut events) = mpsc::channel(8);
    let stop = CancellationToken::new();
    let switches = RunSwitches {
        stop: stop.clone(),
        pause,
    };
    let tuning = bench
        .tuner
        .tune(id(), draft.build().unwrap(), sender, switches);
    let watching = async {
        let mut samples = 0;
        loop {
            match tokio::time::timeout(LONG, events.recv()).await {
                Ok(Some(RunEvent::Sampled(..))) => {
                    samples += 1;
                    switch.set(samples >= 3);
                }
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_quiet) => {
                    assert_eq!(memory(&bench).await, own);
                    stop.cancel();
                }
            }
        }
    };
    let (run, ()) = tokio::join!(tuning, watching);
    let run = run.unwrap();
    assert_eq!(measured(&run).state, RunState::Cancelled);
    assert_clean(&run);
    assert_eq!(bench.account.describe(), before);
}

/// The memory size the function has now, in megabytes.
async fn memory(bench: &Bench) -> u32 {
    let function = "prime-numbers".parse().unwrap();
    let found = bench.tuner.lambda.configuration(&function).await;
    found.unwrap().memory.megabytes()
}
