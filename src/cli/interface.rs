//! The terminal interface: joins the app, the pool and the terminal, and lets the event loop run.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::context::CommandContext;
use super::output::Output;
use super::{CommandExit, CommandFailure};
use crate::app::App;
use crate::config::Settings;
use crate::effect::{AppContext, Backend, Browser, Editor, Job};
use crate::jobs::{Feeds, Jobs};
use crate::logs::Bounds;
use crate::runtime::{self, RuntimeOptions, Tasks};
use crate::task::{JobLimits, Pool, TaskId};
use crate::terminal::{Terminal, TerminalError};

/// How long a function's restore is waited for after the user quit.
const FINISH_WITHIN: Duration = Duration::from_mins(3);

/// What the user must know then, if it did not come about.
const UNFINISHED: &str = "iacstone: a run could not clean up in time, so its function may not have its own memory size \
     yet; `iacstone runs recover` puts it right.";

/// Opens the interface and gives the terminal back when it ends.
///
/// # Errors
/// When there is no terminal, or the store cannot be opened: both before the screen is touched.
pub(super) fn run(
    context: &CommandContext,
    variables: &BTreeMap<String, String>,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    Terminal::require().map_err(refused)?;
    let store = context.store()?;
    let data = context.data_dir()?;
    let threads = super::threads()?;
    let mut terminal = Terminal::enter(variables).map_err(refused)?;
    let samples = context.settings().demo.then_some(&data);
    let projects = super::projects::place(None, samples);
    let connection = Arc::clone(context.connection());
    let jobs = Jobs::new(connection, store, feeds(context), projects);
    let exit = threads.block_on(async {
        let (pool, inbox) = Pool::new(jobs, JobLimits::default());
        let mut app = App::new(app_context(context.settings(), variables));
        let options = RuntimeOptions {
            frame_interval: Duration::from_secs(1) / context.settings().frame_rate.max(1),
            finish_within: FINISH_WITHIN,
            copies: data.path().to_owned(),
        };
        runtime::run(
            &mut app,
            &mut PoolTasks(pool),
            inbox,
            &mut terminal,
            options,
        )
        .await
    });
    drop(terminal);
    if matches!(exit, Ok(exit) if exit.unfinished) {
        output.note(UNFINISHED);
    }
    // Reads that hang must not keep the process alive; what must finish has finished.
    threads.shutdown_background();
    exit.map(|exit| CommandExit::Code(exit.code()))
        .map_err(CommandFailure::work)
}

/// What is asked for feeds.
fn feeds(context: &CommandContext) -> Feeds {
    let requests = super::feeds::requests(context);
    let passwords = super::feeds::passwords(context);
    Feeds::new(super::feeds::web(context), requests, passwords)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape of an error continuation"
)]
fn refused(error: TerminalError) -> CommandFailure {
    CommandFailure {
        sentence: error.to_string(),
        answer: CommandExit::Code(error.exit_code()),
    }
}

fn app_context(settings: &Settings, variables: &BTreeMap<String, String>) -> AppContext {
    let source = match (&settings.endpoint_url, settings.demo) {
        (_, true) => Backend::Demo,
        (Some(url), false) => Backend::Endpoint(url.to_string()),
        (None, false) => Backend::Aws,
    };
    AppContext {
        source,
        profile: settings.profile.clone(),
        region: settings.region.clone(),
        read_only: settings.read_only,
        // The demo's account is in this process.
        offline: settings.offline && !settings.demo,
        ascii: settings.ascii,
        keymap: settings.keymap.clone(),
        theme: settings.theme.clone(),
        reader: settings.reader,
        start_pane: settings.start_pane,
        tuning: settings.tuning.clone(),
        log_bounds: log_bounds(settings.buffer_mb),
        zone: jiff::tz::TimeZone::system(),
        browser: Browser::detect(variables),
        editor: Editor::detect(variables),
        started: Timestamp::now(),
        salt: rand::random(),
    }
}

/// As many MiB as are asked for, else what suits the memory of this machine.
fn log_bounds(buffer_mb: Option<u32>) -> Bounds {
    match buffer_mb {
        Some(mebibytes) => Bounds::default().with_bytes((mebibytes as usize) << 20),
        None => Bounds::on_host(super::memory::of_host()),
    }
}

/// The pool as the loop sees it.
#[derive(Debug)]
struct PoolTasks(Pool<Jobs>);

impl Tasks for PoolTasks {
    fn spawn(&mut self, id: TaskId, job: Job) {
        if let Err(error) = self.0.spawn(id, job) {
            tracing::error!(%error, "a job was not accepted");
        }
    }

    fn cancel(&mut self, id: TaskId) {
        self.0.cancel(id);
    }

    fn pause(&mut self, id: TaskId, is_on: bool) {
        self.0.pause(id, is_on);
    }

    fn cancel_all(&mut self) {
        self.0.cancel_all();
    }

    fn finished(&self) -> impl Future<Output = ()> + Send + 'static {
        self.0.finished()
    }
}
