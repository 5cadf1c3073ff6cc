//! The command line: settings, logging, then the interface or one headless command.

mod answer;
pub mod args;
mod articles;
mod chart;
mod completions;
mod configuration;
mod context;
mod doctor;
mod drawing;
mod events;
mod feeds;
mod functions;
mod groups;
mod help;
mod interface;
mod interrupt;
mod manual;
mod memory;
mod output;
mod page;
mod progress;
mod projects;
mod query;
mod runs;
mod simulate;
mod source;
mod stacks;
mod stats;
mod table;
mod tail;
mod tune;
mod variables;
mod version;

use std::collections::BTreeMap;
use std::os::unix::fs::OpenOptionsExt;
use std::process::ExitCode;

use clap::Parser;

use crate::app::keymap;
use crate::config::{self, Environment, GlobalArgs, Settings};
pub use answer::{CommandExit, CommandFailure};
use args::{Cli, Command};
use context::CommandContext;
use output::Output;

/// Runs the program as the command line says; gives its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let mut output = Output::of_process();
    let answer = variables::drop_empty().and_then(|()| perform(Cli::parse(), &mut output));
    answer
        .unwrap_or_else(|failure| output.explain(&failure))
        .into()
}

/// Help, completions, configuration and the simulated account need no settings: a broken file must not stand in their way.
fn perform(cli: Cli, output: &mut Output) -> Result<CommandExit, CommandFailure> {
    let Cli { global, command } = cli;
    let context = || open_office(&global);
    match command {
        None => interface::run(&context()?, &variables(), output),
        Some(Command::Tune(tune)) => waiting(tune::run(&tune, &context()?, output)),
        Some(Command::Runs(runs)) => waiting(runs::run(runs, &context()?, output)),
        Some(Command::Chart(chart)) => waiting(chart::run(&chart, &context()?, output)),
        Some(Command::Functions) => waiting(functions::run(&context()?, output)),
        Some(Command::Groups(args)) => waiting(groups::run(&args, &context()?, output)),
        Some(Command::Tail(tail)) => waiting(tail::run(&tail, &context()?, output)),
        Some(Command::Stats(stats)) => waiting(stats::run(&stats, &context()?, output)),
        Some(Command::Query(query)) => waiting(query::run(&query, &context()?, output)),
        Some(Command::Stacks(stacks)) => stacks::run(&stacks, &context()?, output),
        Some(Command::Feeds(feeds)) => waiting(feeds::run(feeds, &context()?, output)),
        Some(Command::Articles(articles)) => waiting(articles::run(articles, &context()?, output)),
        Some(Command::Doctor) => waiting(doctor::run(&context()?, output)),
        Some(Command::Events(command)) => events::run(&command, global.json, output),
        Some(Command::Simulate(simulate)) => {
            waiting(simulate::run(&simulate, global.region, output))
        }
        Some(Command::Config(command)) => configuration::run(command, &global, output),
        Some(Command::Help { words }) => help::run(&words, &global, output),
        Some(Command::Manual) => manual::print(output),
        Some(Command::Completions { shell }) => completions::print(shell, output),
    }
}

fn open_office(global: &GlobalArgs) -> Result<CommandContext, CommandFailure> {
    let environment: Environment = std::env::vars_os().collect();
    let settings = config::load(global, &environment, keymap()).map_err(CommandFailure::usage)?;
    let context = CommandContext::open(settings, global);
    start_log(context.settings())?;
    Ok(context)
}

/// Runs asynchronous work to its end.
fn waiting(
    work: impl Future<Output = Result<CommandExit, CommandFailure>>,
) -> Result<CommandExit, CommandFailure> {
    let threads = threads()?;
    let answer = threads.block_on(work);
    // A write that nobody reads, or a question that nobody answers, must not keep the program.
    threads.shutdown_background();
    answer
}

/// The threads that wait for the network.
fn threads() -> Result<tokio::runtime::Runtime, CommandFailure> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let threads = builder.worker_threads(WORKERS).enable_all().build();
    threads.map_err(|error| CommandFailure::work(format!("no threads to work with: {error}")))
}

/// Threads that wait for the network: few, for a bastion has few cores.
const WORKERS: usize = 2;

/// The log goes to a file, and only when one is named: the screen belongs to the interface.
fn start_log(settings: &Settings) -> Result<(), CommandFailure> {
    let Some(path) = &settings.log_file else {
        return Ok(());
    };
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path);
    let file = file.map_err(|error| {
        CommandFailure::usage(format!(
            "the log file '{}' cannot be written: {error}",
            path.display()
        ))
    })?;
    let filter = tracing_subscriber::EnvFilter::new("iacstone=debug,warn");
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false);
    log.with_writer(file).init();
    Ok(())
}

fn variables() -> BTreeMap<String, String> {
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    std::env::vars_os()
        .map(|(name, value)| (text(name), text(value)))
        .collect()
}
