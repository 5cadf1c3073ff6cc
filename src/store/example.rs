//! Runs and journals for tests, together with every variant a store has to bring back.

use std::time::Duration;

use serde_json::json;

use crate::lambda::{Architecture, FunctionRef, MemoryMb};
use crate::power::{
    Apply, Cleanup, FigureLimits, Goal, Interval, Journal, JournalEntry, MeasuredRun, Original,
    Payload, PickLimits, Plan, Point, Probe, Run, RunId, RunOrigin, RunPreflight, RunState,
    RunUsage, Sample, SampleKind, SampledCall, Sampling, SizeRun, SizeState, Strategy, Weight,
    WeightedPayload,
};

pub(super) fn memory(megabytes: u32) -> MemoryMb {
    MemoryMb::new(megabytes).unwrap()
}

pub(super) fn sample(kind: SampleKind, duration_ms: f64) -> Sample {
    Sample {
        kind,
        duration_ms,
        billed_ms: duration_ms.ceil(),
        init_ms: None,
        restore_ms: None,
        billed_restore_ms: None,
        max_memory_used_mb: None,
        error: None,
        error_allowed: false,
        client_timing: false,
        call: SampledCall::default(),
    }
}

pub(super) fn full_sample() -> Sample {
    Sample {
        init_ms: Some(101.37),
        restore_ms: Some(0.1 + 0.2),
        billed_restore_ms: Some(5e-324),
        max_memory_used_mb: Some(68),
        error: Some("TypeError: \u{1b}[31m\"quoted\"\0 'it' \u{1f980}".to_owned()),
        error_allowed: true,
        client_timing: true,
        call: SampledCall {
            request_id: Some("0c1d2e3f-1111-2222-3333-444455556666".to_owned()),
            at: "2026-11-21T10:15:31.25Z".parse().ok(),
            payload: Some(2),
        },
        ..sample(SampleKind::Restored, f64::MAX)
    }
}

pub(super) fn plan(payload: Payload, apply: Apply, strategy: Strategy) -> Plan {
    Plan {
        function: FunctionRef::parse("busy:prod").unwrap(),
        sizes: vec![memory(128), memory(1769), memory(10_240)],
        num: 50.into(),
        payload,
        goal: Goal {
            strategy,
            balanced_weight: Weight::clamped(1.0 / 3.0),
        },
        sampling: Sampling {
            environments: 2,
            only_cold_starts: true,
            discard: 0.2,
            sleep_between: Duration::from_nanos(1_500_000_001),
            allowed_exceptions: vec!["Custom.Error".to_owned()],
            pre_processor: Some(FunctionRef::parse("before").unwrap()),
            post_processor: None,
            tenant_id: Some("blue".to_owned()),
            response_stream: true,
        },
        log_payloads: true,
        max_cost_usd: Some(0.1),
        limits: PickLimits {
            max_duration_ms: None,
            within_percent: Some(5.0),
            tolerance_percent: None,
            limits_ms: FigureLimits::default(),
        },
        prices_of: None,
        dry_run: false,
        apply,
    }
}

pub(super) fn measured(id: &str, state: RunState, plan: Plan) -> Run {
    let states = [
        SizeState::Infeasible("out of memory".to_owned()),
        SizeState::Ok,
        SizeState::Dropped,
        SizeState::Skipped("smaller than 128 MB".to_owned()),
        SizeState::Pending,
    ];
    let size = |(at, state): (u32, SizeState)| SizeRun {
        memory_mb: memory(128 << at),
        samples: match state {
            SizeState::Ok => vec![sample(SampleKind::Cold, 12.5), full_sample()],
            SizeState::Dropped => vec![sample(SampleKind::Warm, 1.1), full_sample()],
            _ => Vec::new(),
        },
        resumed_after: vec![1],
        paused_after: Vec::new(),
        state,
    };
    let measured = MeasuredRun {
        function_arn: "arn:aws:lambda:eu-west-1:123456789012:function:busy".to_owned(),
        architecture: Architecture::Arm64,
        region: "eu-west-1".to_owned(),
        current_memory: memory(512),
        plan,
        state,
        sizes: (0..).zip(states).map(size).collect(),
        preflight: RunPreflight {
            probes: vec![Probe {
                memory_mb: memory(512),
                sample: full_sample(),
            }],
            code: Some("0123456789abcdef".to_owned()),
            first_answer: None,
            surcharges: None,
        },
        usage: RunUsage {
            control_calls: 17,
            spent_usd: 0.000_012_345_678_9,
            wall_ms: u64::MAX,
            paused_ms: 0,
            durable_executions: 0,
        },
        cleanup: Cleanup {
            restored: true,
            versions_left: 1,
            differs: None,
        },
        applied: None,
        warnings: vec!["'prod' points elsewhere".to_owned()],
    };
    run(id, RunOrigin::Measured(Box::new(measured)))
}

pub(super) fn imported(id: &str) -> Run {
    let interval = Some(Interval {
        low: 1.0 / 3.0,
        high: 2.0 / 3.0,
    });
    let point = |megabytes, duration_interval| Point {
        memory_mb: memory(megabytes),
        duration_ms: 4.455_167,
        cost_usd: 2.08e-7,
        duration_interval,
        cost_interval: interval,
        samples: 7,
    };
    run(
        id,
        RunOrigin::Imported {
            from: "link".to_owned(),
            architecture: Architecture::X86_64,
            region: "us-east-1".to_owned(),
            points: vec![point(128, None), point(256, interval)],
        },
    )
}

fn run(id: &str, origin: RunOrigin) -> Run {
    Run {
        id: RunId(id.to_owned()),
        name: format!("name of {id}"),
        note: format!("a note on {id}"),
        started: "2026-11-21T10:15:30.123456789Z".parse().unwrap(),
        origin,
    }
}

/// A measured run with the plainest plan.
pub(super) fn plain(id: &str) -> Run {
    let plan = plan(Payload::None, Apply::No, Strategy::Cost);
    measured(id, RunState::Running, plan)
}

/// One run per variant of everything a run holds.
pub(super) fn every_run() -> Vec<Run> {
    let payload = json!({"b": [1.1, -0.0, 1e300, 18_446_744_073_709_551_615_u64], "a": null});
    let weighted = WeightedPayload {
        weight: 0.1,
        payload: payload.clone(),
    };
    let payloads = [
        Payload::None,
        Payload::Single(payload),
        Payload::Weighted(vec![weighted.clone(), weighted]),
        Payload::Redacted,
    ];
    let applies = [Apply::No, Apply::Latest, Apply::Alias("prod".to_owned())];
    let failed = RunState::Failed("denied".to_owned());
    let states = [
        RunState::CutOff,
        RunState::Finished,
        RunState::Cancelled,
        failed,
    ];
    let plans = payloads
        .into_iter()
        .zip(applies.into_iter().cycle())
        .zip(Strategy::ALL.into_iter().cycle())
        .map(|((payload, apply), strategy)| plan(payload, apply, strategy));
    let mut runs: Vec<Run> = plans
        .zip(states)
        .enumerate()
        .map(|(at, (plan, state))| measured(&format!("r{at}"), state, plan))
        .collect();
    runs.push(imported("r9"));
    runs
}

/// A journal with a step of every kind.
pub(super) fn journal(run: &str) -> Journal {
    let (version, size) = ("7".to_owned(), memory(128));
    Journal {
        run: RunId(run.to_owned()),
        started: "2026-11-21T10:15:30.5Z".parse().unwrap(),
        original: Original {
            function_arn: "arn:aws:lambda:eu-west-1:123456789012:function:busy".to_owned(),
            endpoint: Some("http://127.0.0.1:4599".to_owned()),
            memory: memory(512),
            description: Some("orders".to_owned()),
            versions: vec!["1".to_owned(), "2".to_owned()],
        },
        steps: vec![
            JournalEntry::SettingMemory(size),
            JournalEntry::Publishing(size),
            JournalEntry::Published {
                version: version.clone(),
                memory: size,
            },
            JournalEntry::Restored,
            JournalEntry::Restored,
            JournalEntry::Deleted { version },
            JournalEntry::Applied(size),
        ],
    }
}
