//! Made-up runs, journals, and what a run under way tells.

use iacstone::lambda::{Architecture, MemoryMb};
use iacstone::power::{
    Applied, Cleanup, Journal, MeasuredRun, Original, Plan, PlanDraft, Point, Probe, Run, RunEvent,
    RunId, RunOrigin, RunPreflight, RunState, RunUsage, Sample, SampleKind, SampledCall, SizeRun,
    SizeState,
};

use super::account::{NUMBER, REGION, size};
use super::words;
use crate::storm::{Dice, time};

pub(super) fn sample(memory: MemoryMb, dice: &mut Dice) -> Sample {
    let spread = 0.5 + dice.within(0..=100) as f64 / 100.0;
    let duration_ms = (400.0 / memory.gigabytes() * spread).max(0.01);
    let cold = dice.percent(15);
    Sample {
        kind: if cold {
            *dice.pick(&[SampleKind::Cold, SampleKind::Restored])
        } else {
            SampleKind::Warm
        },
        duration_ms,
        billed_ms: duration_ms.ceil(),
        init_ms: cold.then_some(480.5),
        restore_ms: dice.percent(5).then_some(120.0),
        billed_restore_ms: dice.percent(5).then_some(100.0),
        max_memory_used_mb: dice.percent(90).then_some(80),
        error: dice.percent(8).then(|| words::some(dice)),
        error_allowed: dice.percent(3),
        client_timing: dice.percent(5),
        call: SampledCall::default(),
    }
}

fn state(dice: &mut Dice) -> SizeState {
    match dice.within(0..=9) {
        0 => SizeState::Pending,
        1 => SizeState::Dropped,
        2 => SizeState::Infeasible(words::any(dice)),
        3 => SizeState::Skipped(words::any(dice)),
        _ => SizeState::Ok,
    }
}

fn run_state(dice: &mut Dice) -> RunState {
    match dice.within(0..=9) {
        0 => RunState::Running,
        1 => RunState::CutOff,
        2 => RunState::Cancelled,
        3 => RunState::Failed(words::any(dice)),
        _ => RunState::Finished,
    }
}

pub(super) fn plan(dice: &mut Dice) -> Plan {
    let draft = PlanDraft {
        function: "checkout".parse().ok(),
        ..PlanDraft::default()
    };
    let mut plan = draft.build().unwrap();
    plan.sizes = (0..dice.within(1..=7)).map(|_| size(dice)).collect();
    plan.sizes.sort_unstable();
    plan.sizes.dedup();
    plan
}

/// The record of a run of this plan, with samples or before the first.
fn measured(plan: Plan, is_new: bool, dice: &mut Dice) -> MeasuredRun {
    let sizes = plan.sizes.iter().map(|&memory_mb| SizeRun {
        memory_mb,
        state: if is_new {
            SizeState::Pending
        } else {
            state(dice)
        },
        samples: (0..if is_new { 0 } else { dice.within(0..=6) })
            .map(|_| sample(memory_mb, dice))
            .collect(),
        paused_after: if dice.percent(10) {
            vec![2]
        } else {
            Vec::new()
        },
        resumed_after: if dice.percent(10) {
            vec![1]
        } else {
            Vec::new()
        },
    });
    let sizes = sizes.collect();
    let region = if dice.percent(90) {
        REGION
    } else {
        "mars-north-1"
    };
    MeasuredRun {
        function_arn: format!("arn:aws:lambda:{region}:{NUMBER}:function:checkout"),
        architecture: *dice.pick(&[Architecture::X86_64, Architecture::Arm64]),
        region: region.to_owned(),
        current_memory: size(dice),
        plan,
        state: if is_new {
            RunState::Running
        } else {
            run_state(dice)
        },
        sizes,
        preflight: RunPreflight {
            probes: vec![Probe {
                memory_mb: size(dice),
                sample: sample(MemoryMb::MIN, dice),
            }],
            code: dice.percent(50).then(|| words::some(dice)),
            first_answer: None,
            surcharges: None,
        },
        usage: RunUsage {
            control_calls: 20,
            spent_usd: 0.0002,
            wall_ms: dice.within(0..=9_000_000),
            paused_ms: 0,
            durable_executions: 0,
        },
        cleanup: Cleanup {
            restored: dice.percent(80),
            versions_left: u32::try_from(dice.within(0..=2)).unwrap(),
            differs: None,
        },
        applied: dice.percent(10).then(|| Applied {
            memory_mb: size(dice),
            version: Some("7".into()),
            alias: Some(words::some(dice)),
        }),
        warnings: (0..dice.within(0..=2)).map(|_| words::some(dice)).collect(),
    }
}

/// A saved run: measured here, or read from elsewhere.
pub(super) fn run(number: u16, dice: &mut Dice) -> Run {
    let started =
        time::epoch() - jiff::SignedDuration::from_mins(dice.within(1..=90_000).cast_signed());
    let origin = if dice.percent(80) {
        RunOrigin::Measured(Box::new(measured(plan(dice), false, dice)))
    } else {
        let sizes = plan(dice).sizes.into_iter();
        let mut point = |memory_mb| {
            Point::new(
                memory_mb,
                dice.within(1..=9_000) as f64,
                dice.within(1..=900) as f64 * 1e-9,
            )
        };
        let points = sizes.map(&mut point).collect();
        RunOrigin::Imported {
            from: words::some(dice),
            architecture: Architecture::X86_64,
            region: REGION.to_owned(),
            points,
        }
    };
    Run {
        id: RunId::new(started, number),
        name: words::some(dice),
        note: String::new(),
        started,
        origin,
    }
}

/// The saved runs, newest first, and what the journal says was cut off.
pub(super) fn library(dice: &mut Dice) -> (Vec<Run>, Vec<Journal>) {
    let mut runs: Vec<Run> = (0..u16::try_from(dice.within(0..=7)).unwrap())
        .map(|number| run(number, dice))
        .collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.started));
    let cut_off = runs.iter().filter(|_| dice.percent(15));
    let ids: Vec<RunId> = cut_off.map(|run| run.id.clone()).collect();
    (
        runs,
        ids.into_iter().map(|run| journal(run, dice)).collect(),
    )
}

fn journal(run: RunId, dice: &mut Dice) -> Journal {
    let name = if dice.percent(80) {
        "checkout".to_owned()
    } else {
        words::odd(dice)
    };
    Journal {
        run,
        started: time::epoch(),
        original: Original {
            function_arn: format!("arn:aws:lambda:{REGION}:{NUMBER}:function:{name}"),
            endpoint: None,
            memory: size(dice),
            versions: Vec::new(),
            description: dice.percent(70).then(|| words::any(dice)),
        },
        steps: Vec::new(),
    }
}

/// What the run of this id and plan tells as its report of this number; `None` when it has told all.
pub(super) fn told(
    id: &RunId,
    plan: &Plan,
    number: u64,
    is_cancelled: bool,
    dice: &mut Dice,
) -> Option<RunEvent> {
    let memory = plan
        .sizes
        .get(super::keyboard::index(dice.number(), plan.sizes.len()))
        .copied()
        .unwrap_or(MemoryMb::MIN);
    let record = |is_new, dice: &mut Dice| {
        Box::new(Run {
            id: id.clone(),
            name: plan.function.name().to_owned(),
            note: String::new(),
            started: time::epoch(),
            origin: RunOrigin::Measured(Box::new(measured(plan.clone(), is_new, dice))),
        })
    };
    Some(match (number, dice.within(0..=19)) {
        (0, 1..) => RunEvent::Started(record(true, dice)),
        (_, 0) => RunEvent::Phase(words::any(dice)),
        (_, 1) => RunEvent::Probed(memory, sample(memory, dice)),
        (_, 2) => RunEvent::Corrected(
            memory,
            super::keyboard::index(dice.number(), 9),
            sample(memory, dice),
        ),
        (_, 3 | 4) => RunEvent::SizeChanged(memory, state(dice)),
        (_, 5) => RunEvent::Spent(dice.within(0..=900) as f64 / 10_000.0),
        (_, 6) => RunEvent::Warned(words::some(dice)),
        (_, 7) if dice.percent(20) => RunEvent::Unsaved(words::some(dice)),
        (_, 8) if is_cancelled || number > 8 => RunEvent::Restored,
        (_, 9 | 10) if is_cancelled || number > 8 => RunEvent::Ended(record(false, dice)),
        (_, 11 | 12) if is_cancelled || number > 14 => return None,
        // A size that is not among the planned ones now and then.
        (_, 13) => RunEvent::Sampled(size(dice), sample(memory, dice)),
        _ => RunEvent::Sampled(memory, sample(memory, dice)),
    })
}
