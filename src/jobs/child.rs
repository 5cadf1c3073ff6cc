//! Other programs: started in a process group of their own, waited for without a thread, so that they leave no zombie
//! processes.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Tells when some child process ended. Ask for it before the start of one, so that no end is missed.
///
/// # Errors
/// When the system refuses.
pub(super) fn ends() -> std::io::Result<Signal> {
    signal(SignalKind::child())
}

/// A program with its arguments; it does not read the terminal, and no signal of the terminal reaches it.
pub(super) fn apart(program: &str, arguments: &[String]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .process_group(0);
    command
}

/// Waits for the end of a process: whenever some child process ends, this one is asked.
///
/// # Errors
/// When it cannot be asked.
pub(super) async fn end(child: &mut Child, ends: &mut Signal) -> std::io::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        ends.recv().await;
    }
}
