//! The whole program on a simulated account, in virtual time: what is shown when is the same each time.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use iacstone::app::{App, keymap, view};
use iacstone::aws::SessionOptions;
use iacstone::config::{ReaderSettings, StartPane, TuningDefaults};
use iacstone::effect::{
    AppContext, Backend, CodeReport, Copied, Editor, Effect, Job, JobReport, Msg,
};
use iacstone::feeds::{FeedRequests, Passwords};
use iacstone::iac::IacEnvironment;
use iacstone::jobs::{Connection, FeedWeb, Feeds, Jobs, ProjectsPlace};
use iacstone::keys::Chord;
use iacstone::logs::{Bounds, TailTarget};
use iacstone::power::RunEvent;
use iacstone::simulator::{Account, AccountOptions, http_client};
use iacstone::store::{Disk, Store, Turnstile};
use iacstone::tail::{self, Clock};
use iacstone::task::{JobContext, JobLimits, Pool, Rules, TaskId, Worker};
use iacstone::theme::Theme;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::backend::{Backend as _, CrosstermBackend, TestBackend};
use tempfile::TempDir;
use tokio::sync::mpsc::{self, Receiver};
use tokio::time::Instant;

const REGION: &str = "us-east-1";
/// How often the program is told the time while it waits.
const BEAT: Duration = Duration::from_millis(250);
/// Nothing that is waited for takes longer, in virtual time.
const PATIENCE: Duration = Duration::from_mins(10);

fn epoch() -> Timestamp {
    "2026-11-30T09:41:00Z".parse().unwrap()
}

/// The program on its stage.
pub(super) struct Stage {
    app: App,
    pool: Pool<Actor>,
    inbox: Receiver<(TaskId, JobReport)>,
    began: Instant,
    size: (u16, u16),
    _data: TempDir,
}

impl Stage {
    /// Raises the curtain: the program has started.
    pub(super) fn open(size: (u16, u16)) -> Self {
        fastrand::seed(1);
        let data = tempfile::tempdir().unwrap();
        // Serving is taken to borrow the path for as long as it lasts.
        let path: &'static Path = Box::leak(data.path().into());
        let (store, serving) = Store::open_in_steps(path, Steady).unwrap();
        tokio::spawn(serving);
        let (pool, inbox) = Pool::new(Actor::new(store, &data), JobLimits::default());
        let mut stage = Self {
            app: App::new(context()),
            pool,
            inbox,
            began: Instant::now(),
            size,
            _data: data,
        };
        let effects = stage.app.start();
        stage.carry_out(effects);
        stage.tell(Msg::Resized(size.0, size.1));
        stage
    }

    /// Types keys by their names.
    pub(super) async fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.tell(Msg::Key(key.parse::<Chord>().unwrap()));
            self.pass(BEAT).await;
        }
    }

    /// Types a word.
    pub(super) async fn write(&mut self, word: &str) {
        for letter in word.chars() {
            self.press(&letter.to_string()).await;
        }
    }

    /// Lets time pass.
    pub(super) async fn pass(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok(Some((id, report))) = tokio::time::timeout_at(end, self.inbox.recv()).await {
            self.tell(Msg::Task(id, dated(report)));
        }
        self.tell(Msg::Tick(self.now()));
    }

    /// Lets time pass until the screen shows this.
    pub(super) async fn until(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.screen().contents().contains(text) {
            let shown = self.screen().contents();
            assert!(Instant::now() < end, "no '{text}' in:\n{shown}");
            self.pass(BEAT).await;
        }
    }

    /// The frame as a terminal shows it.
    pub(super) fn screen(&self) -> vt100::Screen {
        let (columns, rows) = self.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let drawn = terminal.draw(|frame| view(&self.app, frame)).unwrap();
        let buffer = drawn.buffer;
        let cells = buffer.content.iter().enumerate();
        let mut bytes = Vec::new();
        let places = cells.map(|(at, cell)| {
            let (x, y) = buffer.pos_of(at);
            (x, y, cell)
        });
        CrosstermBackend::new(&mut bytes).draw(places).unwrap();
        let sizes = (rows.try_into().unwrap(), columns.try_into().unwrap());
        let mut emulator = vt100::Parser::new(sizes.0, sizes.1, 0);
        emulator.process(&bytes);
        emulator.screen().clone()
    }

    fn now(&self) -> Timestamp {
        epoch() + SignedDuration::try_from(self.began.elapsed()).unwrap()
    }

    fn tell(&mut self, message: Msg) {
        let effects = self.app.update_all(vec![Msg::Tick(self.now()), message]);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Spawn(id, job) | Effect::Edit(id, job) => self.pool.spawn(id, job).unwrap(),
                Effect::Cancel(id) => self.pool.cancel(id),
                Effect::Pause(id, is_on) => self.pool.pause(id, is_on),
                Effect::Copy(_) => {
                    let copied = vec![Msg::Copied(Copied::Clipboard)];
                    effects.extend(self.app.update_all(copied));
                }
                Effect::Suspend | Effect::Redraw | Effect::Quit => {}
            }
        }
    }
}

/// Where the samples of the demo are said to be: their true directory has a name of its own each time.
const SAMPLES: &str = "/tmp/iacstone-demo/samples";

/// The same report, with date and place of the stage in it: those of the machine are others each time.
fn dated(mut report: JobReport) -> JobReport {
    match &mut report {
        JobReport::Tuning(RunEvent::Started(run) | RunEvent::Ended(run)) => run.started = epoch(),
        JobReport::Runs(runs, _) => {
            for (run, listed) in runs {
                run.started = epoch();
                listed.day = epoch().to_zoned(TimeZone::UTC).date();
            }
        }
        JobReport::Code(CodeReport::Found(survey, ..)) => {
            Arc::get_mut(survey).expect("nobody else has it").root = SAMPLES.into();
        }
        _ => {}
    }
    report
}

fn context() -> AppContext {
    AppContext {
        source: Backend::Demo,
        profile: None,
        region: Some(REGION.to_owned()),
        read_only: false,
        offline: false,
        ascii: false,
        keymap: keymap(),
        theme: Theme::defaults(),
        reader: ReaderSettings::default(),
        start_pane: StartPane::default(),
        tuning: TuningDefaults::default(),
        log_bounds: Bounds::default(),
        zone: TimeZone::UTC,
        editor: Editor::detect(&BTreeMap::new()),
        browser: None,
        started: epoch(),
        salt: 1,
    }
}

/// A disk that is always ready.
struct Steady;

impl Turnstile for Steady {
    async fn pass(&mut self) -> Disk {
        Disk::Writable
    }
}

/// Does the jobs of the program; a tail has the calendar of the stage.
struct Actor {
    jobs: Jobs,
    connection: Arc<Connection>,
    account: Account,
}

impl Actor {
    fn new(store: Store, data: &TempDir) -> Self {
        let account = Account::new(AccountOptions {
            region: REGION.to_owned(),
            epoch: Some(epoch()),
            ..AccountOptions::default()
        });
        let connection = Arc::new(Connection::new(SessionOptions {
            region: Some(REGION.to_owned()),
            http: Some(http_client(&account)),
            demo: true,
            ..SessionOptions::default()
        }));
        let feeds = Feeds::new(
            FeedWeb::Offline,
            FeedRequests::default(),
            Passwords::default(),
        );
        let projects = ProjectsPlace {
            dir: None,
            demo: Some(data.path().to_owned()),
            environment: IacEnvironment::default(),
        };
        let jobs = Jobs::new(Arc::clone(&connection), store, feeds, projects);
        Self {
            jobs,
            connection,
            account,
        }
    }
}

impl Worker for Actor {
    type Job = Job;
    type Report = JobReport;

    fn rules(&self, job: &Job) -> Rules {
        self.jobs.rules(job)
    }

    fn run(&self, job: Job, context: JobContext<JobReport>) -> BoxFuture<'static, JobReport> {
        match job {
            Job::Follow(wanted) => {
                let connection = Arc::clone(&self.connection);
                let clock = Clock::pinned(self.account.now());
                async move { follow(&connection, *wanted, clock, &context).await }.boxed()
            }
            job => self.jobs.run(job, context),
        }
    }

    fn cancelled(&self) -> JobReport {
        self.jobs.cancelled()
    }

    fn timed_out(&self, limit: Duration) -> JobReport {
        self.jobs.timed_out(limit)
    }

    fn panicked(&self, message: &str) -> JobReport {
        self.jobs.panicked(message)
    }
}

async fn follow(
    connection: &Connection,
    wanted: TailTarget,
    clock: Clock,
    context: &JobContext<JobReport>,
) -> JobReport {
    let logs = connection.session().await.unwrap().logs();
    let (sender, mut told) = mpsc::channel(8);
    let stop = context.cancellation().clone();
    let following = tail::follow(&logs, wanted, sender, stop, clock);
    let passing = async {
        while let Some(news) = told.recv().await {
            for part in tail::parts(news, 500) {
                context.report(JobReport::Tail(Box::new(part))).await;
            }
        }
    };
    tokio::join!(following, passing);
    JobReport::Done
}
