//! A measured run for tests of this room: small, with known figures.

use jiff::Timestamp;

use super::{
    Cleanup, MeasuredRun, PlanDraft, Run, RunId, RunOrigin, RunPreflight, RunState, RunUsage,
    Sample, SampleKind, SampledCall, SizeRun, SizeState,
};
use crate::lambda::{
    Architecture, Function, FunctionCode, FunctionHosting, FunctionLogging, FunctionRef,
    FunctionStatus, FunctionVariables, LogFormat, MemoryMb, PackageType, State, UpdateStatus,
};

pub(crate) fn memory(megabytes: u32) -> MemoryMb {
    MemoryMb::new(megabytes).unwrap()
}

/// A sample billed by the millisecond; cold ones carry 100 ms of initialisation.
pub(super) fn sample(kind: SampleKind, duration_ms: f64) -> Sample {
    Sample {
        kind,
        duration_ms,
        billed_ms: duration_ms.ceil(),
        init_ms: (kind == SampleKind::Cold).then_some(100.0),
        restore_ms: None,
        billed_restore_ms: None,
        max_memory_used_mb: Some(64),
        error: None,
        error_allowed: false,
        client_timing: false,
        call: SampledCall::default(),
    }
}

/// A size with one cold sample and these warm ones.
pub(crate) fn size(megabytes: u32, warm: &[f64]) -> SizeRun {
    let mut samples = vec![sample(SampleKind::Cold, 500.0)];
    samples.extend(
        warm.iter()
            .map(|&duration| sample(SampleKind::Warm, duration)),
    );
    SizeRun {
        memory_mb: memory(megabytes),
        state: SizeState::Ok,
        samples,
        resumed_after: Vec::new(),
        paused_after: Vec::new(),
    }
}

/// A container image that has been in order for long, at the smallest size.
pub(crate) fn function() -> Function {
    Function {
        name: "busy".to_owned(),
        arn: "arn:aws:lambda:us-east-1:123456789012:function:busy".to_owned(),
        version: "$LATEST".to_owned(),
        description: String::new(),
        memory: MemoryMb::MIN,
        timeout: std::time::Duration::from_secs(30),
        hosting: FunctionHosting::default(),
        code: FunctionCode {
            runtime: None,
            package: PackageType::Image,
            architecture: Architecture::X86_64,
            sha256: String::new(),
        },
        logging: FunctionLogging {
            format: LogFormat::Text,
            group: None,
        },
        status: FunctionStatus {
            state: State::Active,
            state_reason: None,
            update: UpdateStatus::Successful,
            update_reason: None,
            revision: String::new(),
        },
        environment: FunctionVariables {
            names: Vec::new(),
            exec_wrapper: None,
        },
        settings: 0,
    }
}

pub(super) fn draft() -> PlanDraft {
    PlanDraft {
        function: FunctionRef::parse("busy").ok(),
        ..PlanDraft::default()
    }
}

pub(super) fn measured(sizes: Vec<SizeRun>) -> MeasuredRun {
    MeasuredRun {
        function_arn: "arn:aws:lambda:us-east-1:123456789012:function:busy".to_owned(),
        architecture: Architecture::X86_64,
        region: "us-east-1".to_owned(),
        current_memory: memory(128),
        plan: draft().build().unwrap(),
        state: RunState::Finished,
        sizes,
        preflight: RunPreflight::default(),
        usage: RunUsage {
            control_calls: 9,
            spent_usd: 0.000_123,
            wall_ms: 4321,
            paused_ms: 0,
            durable_executions: 0,
        },
        cleanup: Cleanup {
            restored: true,
            versions_left: 0,
            differs: None,
        },
        applied: None,
        warnings: vec!["look out".to_owned()],
    }
}

pub(super) fn run_of(measured: MeasuredRun) -> Run {
    let started: Timestamp = "2026-11-21T10:15:30Z".parse().unwrap();
    Run {
        id: RunId::new(started, 0x7f3a),
        name: "busy".to_owned(),
        note: String::new(),
        started,
        origin: RunOrigin::Measured(Box::new(measured)),
    }
}

/// Three sizes: 128 MB in 100.5 ms, 256 MB in 40.5 ms, 512 MB in 30.5 ms; 1024 MB does not work.
pub(crate) fn run() -> Run {
    let mut broken = size(1024, &[]);
    broken.state = SizeState::Infeasible("it timed out".to_owned());
    run_of(measured(vec![
        size(128, &[100.5; 5]),
        size(256, &[40.5; 5]),
        size(512, &[30.1, 30.5, 30.5, 30.5, 30.9]),
        broken,
    ]))
}
