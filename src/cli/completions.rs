//! `iacstone completions`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;
use super::output::Output;
use super::{CommandExit, CommandFailure};

/// Prints the completions of a shell.
///
/// # Errors
/// When standard output takes no more.
pub(super) fn print(shell: Shell, output: &mut Output) -> Result<CommandExit, CommandFailure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "iacstone", &mut script);
    output.data(&String::from_utf8_lossy(&script))?;
    Ok(CommandExit::Done)
}
