//! A session for tests: an account with a few functions, and messages as the runtime would send them.

mod code;
pub(crate) mod logs;
pub(crate) mod query;
mod reader;

pub(crate) use code::*;
pub(crate) use reader::*;

use std::time::Duration;

use jiff::Timestamp;

use super::App;
use crate::aws::CallerIdentity;
use crate::config::{ReaderSettings, StartPane, TuningDefaults};
use crate::effect::{AppContext, Backend, Editor, Effect, Job, JobReport, Msg};
use crate::lambda::{
    Architecture, Function, FunctionCode, FunctionHosting, FunctionLogging, FunctionStatus,
    FunctionVariables, LogFormat, MemoryMb, PackageType, State, UpdateStatus,
};
use crate::logs::Bounds;
use crate::power::{
    Apply, Cleanup, FigureLimits, Goal, Journal, ListedRun, MeasuredRun, Original, Payload,
    PickLimits, Plan, Run, RunEvent, RunId, RunOrigin, RunPreflight, RunState, RunUsage, Sample,
    SampleKind, SampledCall, Sampling, SizeRun, SizeState, Strategy, Weight,
};
use crate::task::TaskId;
use crate::theme::Theme;

pub(crate) const ACCOUNT: &str = "123456789012";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn context() -> AppContext {
    AppContext {
        source: Backend::Demo,
        profile: None,
        region: Some("eu-west-1".to_owned()),
        read_only: false,
        offline: false,
        ascii: false,
        keymap: super::keymap(),
        theme: Theme::defaults(),
        reader: ReaderSettings::default(),
        start_pane: StartPane::default(),
        tuning: TuningDefaults::default(),
        log_bounds: Bounds::default(),
        zone: jiff::tz::TimeZone::UTC,
        browser: None,
        editor: Editor::detect(&std::collections::BTreeMap::new()),
        started: at("2026-11-21T10:15:00Z"),
        salt: 0x7f00,
    }
}

/// A session that was started and answered: identity known, no run saved.
pub(crate) fn ready(context: AppContext) -> App {
    ready_with(context, &[], &[])
}

pub(crate) fn ready_with(context: AppContext, runs: &[Run], journals: &[Journal]) -> App {
    let mut app = App::new(context);
    for effect in app.start() {
        match effect {
            Effect::Spawn(id, Job::Identify) => {
                app.update(Msg::Task(
                    id,
                    JobReport::Identified(identity(), "eu-west-1".to_owned()),
                ));
            }
            Effect::Spawn(id, Job::LoadRuns) => {
                app.update(Msg::Task(
                    id,
                    JobReport::Runs(ListedRun::beside(runs.to_vec()), journals.to_vec()),
                ));
                app.update(Msg::Task(id, JobReport::Done));
            }
            other => panic!("not expected at the start: {other:?}"),
        }
    }
    app
}

pub(crate) fn identity() -> CallerIdentity {
    CallerIdentity {
        account: ACCOUNT.to_owned(),
        arn: format!("arn:aws:sts::{ACCOUNT}:assumed-role/Tuner/alice"),
    }
}

/// Presses keys, separated by spaces; returns every effect.
pub(crate) fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    keys.split_whitespace()
        .flat_map(|key| app.update(Msg::Key(key.parse().unwrap())))
        .collect()
}

/// Types a text, character by character.
pub(crate) fn write(app: &mut App, text: &str) -> Vec<Effect> {
    text.chars()
        .map(|c| {
            if c == ' ' {
                "space".to_owned()
            } else {
                c.to_string()
            }
        })
        .flat_map(|key| app.update(Msg::Key(key.parse().unwrap())))
        .collect()
}

/// The jobs among effects.
pub(crate) fn jobs(effects: &[Effect]) -> Vec<(TaskId, &Job)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Spawn(id, job) => Some((*id, job)),
            _ => None,
        })
        .collect()
}

pub(crate) fn mb(size: u32) -> MemoryMb {
    MemoryMb::new(size).unwrap()
}

pub(crate) fn function(name: &str, memory: u32) -> Function {
    Function {
        name: name.to_owned(),
        arn: format!("arn:aws:lambda:eu-west-1:{ACCOUNT}:function:{name}"),
        version: "$LATEST".to_owned(),
        description: String::new(),
        memory: mb(memory),
        timeout: Duration::from_secs(10),
        hosting: FunctionHosting::default(),
        code: FunctionCode {
            runtime: Some("python3.13".to_owned()),
            package: PackageType::Zip,
            architecture: Architecture::X86_64,
            sha256: "abc".to_owned(),
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
            revision: "1".to_owned(),
        },
        environment: FunctionVariables {
            names: Vec::new(),
            exec_wrapper: None,
        },
        settings: 0,
    }
}

pub(crate) fn functions() -> Vec<Function> {
    let mut arm = function("arm-worker", 512);
    arm.code.architecture = Architecture::Arm64;
    arm.code.runtime = Some("nodejs22.x".to_owned());
    let mut image = function("image-resize-with-a-name-that-goes-on-and-on", 3008);
    image.code.package = PackageType::Image;
    image.code.runtime = None;
    vec![
        function("dynamodb-reads", 1024),
        arm,
        image,
        function("no-op", 128),
        function("prime-numbers", 1024),
    ]
}

/// Opens the picker and lists the functions of [`functions`].
pub(crate) fn picker(app: &mut App) -> TaskId {
    let effects = press(app, "n");
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(id, JobReport::Functions(functions())));
    app.update(Msg::Task(id, JobReport::Done));
    id
}

/// Opens the plan form of `dynamodb-reads`, its newest state read.
pub(crate) fn form(app: &mut App) {
    picker(app);
    let effects = press(app, "j enter");
    let (id, _) = jobs(&effects)[0];
    let described = Box::new(function("dynamodb-reads", 1024));
    app.update(Msg::Task(id, JobReport::Described(described)));
}

/// Starts a run of `dynamodb-reads` and returns its task.
pub(crate) fn live(app: &mut App) -> TaskId {
    form(app);
    let effects = press(app, "ctrl-s");
    jobs(&effects)[0].0
}

pub(crate) fn tell(app: &mut App, id: TaskId, event: RunEvent) -> Vec<Effect> {
    app.update(Msg::Task(id, JobReport::Tuning(event)))
}

pub(crate) fn sample(duration_ms: f64) -> Sample {
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

pub(crate) fn plan(sizes: &[u32]) -> Plan {
    Plan {
        function: "dynamodb-reads".parse().unwrap(),
        sizes: sizes.iter().map(|&size| mb(size)).collect(),
        num: 5.into(),
        payload: Payload::None,
        goal: Goal {
            strategy: Strategy::Cost,
            balanced_weight: Weight::default(),
        },
        sampling: Sampling {
            environments: 1,
            only_cold_starts: false,
            discard: 0.2,
            sleep_between: Duration::ZERO,
            allowed_exceptions: Vec::new(),
            pre_processor: None,
            post_processor: None,
            tenant_id: None,
            response_stream: false,
        },
        log_payloads: true,
        max_cost_usd: None,
        limits: PickLimits {
            max_duration_ms: None,
            within_percent: None,
            tolerance_percent: None,
            limits_ms: FigureLimits::default(),
        },
        prices_of: None,
        dry_run: false,
        apply: Apply::No,
    }
}

/// A finished run: twice the memory is half the time, down to 40 ms.
pub(crate) fn run(name: &str, started: &str) -> Run {
    let sizes = [128, 256, 512, 1024, 1536, 3008];
    let measured = |&size: &u32| {
        let base = (51_200.0 / f64::from(size)).max(40.0);
        SizeRun {
            memory_mb: mb(size),
            state: SizeState::Ok,
            samples: [0.0, 1.5, 2.0, 0.5, 3.0]
                .map(|more| sample(base + more))
                .to_vec(),
            resumed_after: Vec::new(),
            paused_after: Vec::new(),
        }
    };
    Run {
        id: RunId::new(at(started), 1),
        name: name.to_owned(),
        note: String::new(),
        started: at(started),
        origin: RunOrigin::Measured(Box::new(MeasuredRun {
            function_arn: format!("arn:aws:lambda:eu-west-1:{ACCOUNT}:function:{name}"),
            architecture: Architecture::X86_64,
            region: "eu-west-1".to_owned(),
            current_memory: mb(1024),
            plan: plan(&sizes),
            state: RunState::Finished,
            sizes: sizes.iter().map(measured).collect(),
            preflight: RunPreflight::default(),
            usage: RunUsage {
                control_calls: 20,
                spent_usd: 0.0002,
                wall_ms: 21_000,
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
    }
}

pub(crate) fn runs() -> Vec<Run> {
    vec![
        run("dynamodb-reads", "2026-11-21T09:30:00Z"),
        run("checkout-api-production", "2026-11-20T16:02:00Z"),
    ]
}

pub(crate) fn journal() -> Journal {
    Journal {
        run: RunId("r20261120-120000-0001".to_owned()),
        started: at("2026-11-20T12:00:00Z"),
        original: Original {
            function_arn: format!("arn:aws:lambda:eu-west-1:{ACCOUNT}:function:checkout"),
            endpoint: None,
            memory: mb(1024),
            description: None,
            versions: Vec::new(),
        },
        steps: Vec::new(),
    }
}
