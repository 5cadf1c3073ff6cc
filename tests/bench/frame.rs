//! How long a whole frame takes at 200x60, with a live run of 46 sizes and 5,000 samples in front of 200 saved runs.
//!
//! `cargo bench --bench frame`. Goal: at most 2 ms for a frame, drawn whole onto a test terminal; the same for what a
//! batch of 64 samples costs the state, for at 60 frames a second each frame brings one.

mod measure;
mod runs;

use std::error::Error;
use std::hint::black_box;

use iacstone::app::{App, Context, Effect, Job, Msg, Report, Source, TaskId};
use iacstone::aws::Identity;
use iacstone::config::{Powers, TuningDefaults};
use iacstone::keys::Keymap;
use iacstone::lambda::{
    Architecture, Function, LogFormat, MemoryMb, PackageType, SnapStart, State, UpdateStatus,
};
use iacstone::power::{Plan, Tuning};
use iacstone::ui;
use iacstone::ui::theme::Theme;
use jiff::Timestamp;
use measure::{Goal, heading, median_ms, report};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SAVED: u16 = 200;
const SAMPLES: usize = 5000;
const TRIES: usize = 201;

fn main() -> Result<(), Box<dyn Error>> {
    let mut session = Session::with_runs()?;
    heading("a frame at 200x60, drawn whole");
    frame("200 saved runs, one in front", &session.app)?;
    session.keys("n")?;
    frame("the function picker", &session.app)?;
    session.pick()?;
    frame("the plan form", &session.app)?;
    session.start()?;
    for number in 0..SAMPLES {
        session.sample(number);
    }
    frame("a live run, 46 sizes, 5,000 samples", &session.app)?;
    session.keys("?")?;
    frame("the keys over it", &session.app)?;
    session.keys("esc")?;
    heading("the state, a live run of 46 sizes and 5,000 samples");
    let mut numbers = SAMPLES..;
    let mut next = || numbers.next().unwrap_or_default();
    let one = median_ms(TRIES, &mut next, |number| session.sample(number));
    report("a sample, median", one, "ms", Goal::AtMost(2.0));
    let batch = median_ms(TRIES, || (), |()| session.batch(64));
    report(
        "a batch of 64 samples, median",
        batch,
        "ms",
        Goal::AtMost(2.0),
    );
    Ok(())
}

/// Draws whole frames and reports the median.
fn frame(what: &str, app: &App) -> Result<(), Box<dyn Error>> {
    let mut blank = Terminal::new(TestBackend::new(200, 60))?;
    let mut failed = None;
    let median = median_ms(
        TRIES,
        || (),
        |()| {
            let cleared = blank.clear();
            let drawn = blank
                .draw(|frame| ui::view(black_box(app), frame))
                .map(|_| ());
            failed = cleared.and(drawn).err();
        },
    );
    report(what, median, "ms", Goal::AtMost(2.0));
    failed.map_or(Ok(()), |error| Err(error.into()))
}

/// The program as the event loop drives it, with answers made up.
struct Session {
    app: App,
    task: TaskId,
    sizes: Vec<MemoryMb>,
}

impl Session {
    fn with_runs() -> Result<Self, Box<dyn Error>> {
        let mut app = App::new(context());
        app.update(Msg::Resized(200, 60));
        let saved: Result<Vec<_>, _> = (0..SAVED)
            .map(|age| runs::run("checkout", age, 20))
            .collect();
        let saved = saved?;
        for effect in app.start() {
            match effect {
                Effect::Spawn(id, Job::Identify) => {
                    app.update(Msg::Task(
                        id,
                        Report::Identified(identity(), "us-east-1".to_owned()),
                    ));
                }
                Effect::Spawn(id, Job::LoadRuns) => {
                    app.update(Msg::Task(id, Report::Runs(saved.clone(), Vec::new())));
                    app.update(Msg::Task(id, Report::Done));
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
    fn keys(&mut self, keys: &str) -> Result<(), Box<dyn Error>> {
        for key in keys.split_whitespace() {
            for effect in self.app.update(Msg::Key(key.parse()?)) {
                match effect {
                    Effect::Spawn(id, Job::ListFunctions) => {
                        let listed = (0..50).map(|number| function(&format!("checkout-{number}")));
                        self.app
                            .update(Msg::Task(id, Report::Functions(listed.collect())));
                        self.app.update(Msg::Task(id, Report::Done));
                    }
                    Effect::Spawn(id, Job::DescribeFunction(_)) => {
                        let found = Box::new(function("checkout-0"));
                        self.app.update(Msg::Task(id, Report::Described(found)));
                    }
                    Effect::Spawn(id, Job::Tune(_, plan)) => self.tunes(id, *plan),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn pick(&mut self) -> Result<(), Box<dyn Error>> {
        self.keys("enter")
    }

    fn start(&mut self) -> Result<(), Box<dyn Error>> {
        self.keys("ctrl-s")?;
        if self.app.tuning.live().is_none() {
            return Err("no run was started".into());
        }
        Ok(())
    }

    fn tunes(&mut self, id: TaskId, plan: Plan) {
        self.task = id;
        self.sizes = plan.sizes;
    }

    fn message(&self, number: usize) -> Option<Msg> {
        let memory = *self.sizes.get(number % self.sizes.len().max(1))?;
        let event = Tuning::Sampled(memory, runs::sample(memory, number));
        Some(Msg::Task(self.task, Report::Tuning(event)))
    }

    /// A sample arrives.
    fn sample(&mut self, number: usize) {
        if let Some(message) = self.message(number) {
            black_box(self.app.update(message));
        }
    }

    /// Several samples arrive at once, as the event loop hands them over.
    fn batch(&mut self, count: usize) {
        let messages: Vec<Msg> = (0..count)
            .filter_map(|number| self.message(number))
            .collect();
        black_box(self.app.update_all(messages));
    }
}

fn context() -> Context {
    Context {
        source: Source::Demo,
        profile: None,
        region: Some("us-east-1".to_owned()),
        read_only: false,
        offline: false,
        ascii: false,
        keymap: Keymap::defaults(),
        theme: Theme::defaults(),
        tuning: TuningDefaults {
            powers: Powers::All,
            num: 108,
            ask_above_usd: f64::MAX,
            ..TuningDefaults::default()
        },
        browser: None,
        zone: jiff::tz::TimeZone::UTC,
        started: Timestamp::now(),
        salt: 1,
    }
}

fn identity() -> Identity {
    Identity {
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
        runtime: Some("python3.13".to_owned()),
        package: PackageType::Zip,
        architecture: Architecture::X86_64,
        log_format: LogFormat::Text,
        log_group: None,
        snap_start: SnapStart::Off,
        state: State::Active,
        state_reason: None,
        update: UpdateStatus::Successful,
        update_reason: None,
        revision: "1".to_owned(),
        code_sha256: "abc".to_owned(),
        variables: Vec::new(),
        exec_wrapper: None,
    }
}
