//! Runs as large as real ones, for the benches that need a library full of them.

use iacstone::lambda::{Architecture, MemoryMb};
use iacstone::power::{
    Cleanup, MeasuredRun, PlanDraft, PlanError, Run, RunId, RunOrigin, RunPreflight, RunState,
    RunUsage, Sample, SampleKind, SampledCall, SizeRun, SizeState,
};
use jiff::{Timestamp, ToSpan};

/// A warm sample.
pub(crate) fn sample(memory: MemoryMb, number: usize) -> Sample {
    let spread = 0.9 + (number % 21) as f64 * 0.01;
    let duration_ms = 4000.0 / memory.gigabytes().min(1.8) * spread;
    Sample {
        kind: SampleKind::Warm,
        duration_ms,
        billed_ms: duration_ms.ceil(),
        init_ms: None,
        restore_ms: None,
        billed_restore_ms: None,
        max_memory_used_mb: Some(80),
        error: None,
        error_allowed: false,
        client_timing: false,
        call: SampledCall::default(),
    }
}

/// A finished run of the default sizes with `samples` samples each, started `age` minutes before the others.
pub(crate) fn run(name: &str, age: u16, samples: usize) -> Result<Run, PlanError> {
    let plan = PlanDraft {
        function: name.parse().ok(),
        ..PlanDraft::default()
    }
    .build()?;
    let size = |&memory_mb: &MemoryMb| SizeRun {
        memory_mb,
        state: SizeState::Ok,
        samples: (0..samples)
            .map(|number| sample(memory_mb, number))
            .collect(),
        resumed_after: Vec::new(),
        paused_after: Vec::new(),
    };
    let started = Timestamp::UNIX_EPOCH + (i64::from(u16::MAX - age)).minutes();
    Ok(Run {
        id: RunId::new(started, age),
        name: format!("{name}-{age}"),
        note: String::new(),
        started,
        origin: RunOrigin::Measured(Box::new(MeasuredRun {
            function_arn: format!("arn:aws:lambda:us-east-1:123456789012:function:{name}"),
            architecture: Architecture::X86_64,
            region: "us-east-1".to_owned(),
            current_memory: MemoryMb::MIN,
            sizes: plan.sizes.iter().map(size).collect(),
            plan,
            state: RunState::Finished,
            preflight: RunPreflight::default(),
            usage: RunUsage {
                control_calls: 28,
                spent_usd: 0.0002,
                wall_ms: 9_000,
                paused_ms: 0,
                durable_executions: 0,
            },
            cleanup: Cleanup {
                restored: true,
                versions_left: 0,
                differs: None,
            },
            applied: None,
            warnings: Vec::new(),
        })),
    })
}
