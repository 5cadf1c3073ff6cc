//! A session of the interface without terminal and account: keys go in, what they ask for is answered with made-up facts.

#![allow(dead_code, reason = "each bench uses a part")]

use std::error::Error;
use std::hint::black_box;

use iacstone::app::App;
use iacstone::aws::CallerIdentity;
use iacstone::config::TuningDefaults;
use iacstone::effect::{AppContext, Backend, Effect, Job, JobReport, Msg, Problem};
use iacstone::lambda::{
    Architecture, Function, FunctionCode, FunctionHosting, FunctionLogging, FunctionStatus,
    FunctionVariables, LogFormat, MemoryMb, PackageType, State, UpdateStatus,
};
use iacstone::logs::Bounds;
use iacstone::power::{Plan, RunEvent};
use iacstone::task::TaskId;
use iacstone::theme::Theme;
use jiff::Timestamp;

use crate::runs;

const REGION: &str = "us-east-1";

/// The program as the event loop drives it, with answers made up.
pub(crate) struct Session {
    pub(crate) app: App,
    task: TaskId,
    sizes: Vec<MemoryMb>,
}

impl Session {
    /// A session at its start: this many saved runs are loaded.
    pub(crate) fn with_runs(saved: u16) -> Result<Self, Box<dyn Error>> {
        let mut app = App::new(context());
        app.update(Msg::Resized(200, 60));
        let saved: Result<Vec<_>, _> = (0..saved)
            .map(|age| runs::run("checkout", age, 20))
            .collect();
        let saved = saved?;
        for effect in app.start() {
            match effect {
                Effect::Spawn(id, Job::Identify) => {
                    app.update(Msg::Task(
                        id,
                        JobReport::Identified(identity(), REGION.to_owned()),
                    ));
                }
                Effect::Spawn(id, Job::LoadRuns) => {
                    app.update(Msg::Task(
                        id,
                        JobReport::Runs(
                            iacstone::power::ListedRun::beside(saved.clone()),
                            Vec::new(),
                        ),
                    ));
                    app.update(Msg::Task(id, JobReport::Done));
                }
                _ => {}
            }
        }
        Ok(Self {
            app,
            task: TaskId(0),
            sizes: Vec::new(),
        })
    }

    /// Presses keys and answers what they ask for.
    pub(crate) fn keys(&mut self, keys: &str) -> Result<(), Box<dyn Error>> {
        for key in keys.split_whitespace() {
            for effect in self.app.update(Msg::Key(key.parse()?)) {
                match effect {
                    Effect::Spawn(id, Job::ListFunctions) => {
                        let listed = (0..50).map(|number| function(&format!("checkout-{number}")));
                        self.app
                            .update(Msg::Task(id, JobReport::Functions(listed.collect())));
                        self.app.update(Msg::Task(id, JobReport::Done));
                    }
                    Effect::Spawn(id, Job::DescribeFunction(_)) => {
                        let found = Box::new(function("checkout-0"));
                        self.app.update(Msg::Task(id, JobReport::Described(found)));
                    }
                    Effect::Spawn(id, Job::Tune(_, plan)) => self.tunes(id, *plan),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Starts the run of the plan form.
    pub(crate) fn start(&mut self) -> Result<(), Box<dyn Error>> {
        self.keys("ctrl-s")?;
        let live = self.app.panes.tuning.live();
        live.map(|_| ()).ok_or_else(|| "no run was started".into())
    }

    fn tunes(&mut self, id: TaskId, plan: Plan) {
        self.task = id;
        self.sizes = plan.sizes;
    }

    fn message(&self, number: usize) -> Option<Msg> {
        let memory = *self.sizes.get(number % self.sizes.len().max(1))?;
        let event = RunEvent::Sampled(memory, runs::sample(memory, number));
        Some(Msg::Task(self.task, JobReport::Tuning(event)))
    }

    /// A sample arrives.
    pub(crate) fn sample(&mut self, number: usize) {
        if let Some(message) = self.message(number) {
            black_box(self.app.update(message));
        }
    }

    /// The run fails with this error.
    pub(crate) fn fails(&mut self, why: String) {
        let failed = Msg::Task(self.task, JobReport::Failed(Problem::other(why)));
        black_box(self.app.update(failed));
    }

    /// Several samples arrive at once, as the event loop hands them over.
    pub(crate) fn batch(&mut self, count: usize) {
        let messages: Vec<Msg> = (0..count)
            .filter_map(|number| self.message(number))
            .collect();
        black_box(self.app.update_all(messages));
    }
}

fn context() -> AppContext {
    AppContext {
        source: Backend::Demo,
        profile: None,
        region: Some(REGION.to_owned()),
        read_only: false,
        offline: false,
        ascii: false,
        keymap: iacstone::app::keymap(),
        theme: Theme::defaults(),
        tuning: TuningDefaults {
            powers: "ALL".parse().unwrap_or_default(),
            num: 108.into(),
            ask_above_usd: f64::MAX,
            ..TuningDefaults::default()
        },
        reader: iacstone::config::ReaderSettings::default(),
        start_pane: iacstone::config::StartPane::default(),
        log_bounds: Bounds::default(),
        zone: jiff::tz::TimeZone::UTC,
        browser: None,
        editor: iacstone::effect::Editor::detect(&std::collections::BTreeMap::new()),
        started: Timestamp::now(),
        salt: 1,
    }
}

fn identity() -> CallerIdentity {
    CallerIdentity {
        account: "123456789012".to_owned(),
        arn: "arn:aws:sts::123456789012:assumed-role/Tuner/alice".to_owned(),
    }
}

fn function(name: &str) -> Function {
    Function {
        name: name.to_owned(),
        arn: format!("arn:aws:lambda:us-east-1:123456789012:function:{name}"),
        version: "$LATEST".to_owned(),
        description: String::new(),
        memory: MemoryMb::MIN,
        timeout: std::time::Duration::from_secs(10),
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
