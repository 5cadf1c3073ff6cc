//! Waits for programs that were started, so that they leave no zombie processes.

use std::process::{Child, ExitStatus};

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Tells when some child process ended. Ask for it before the start of one, so that no end is missed.
///
/// # Errors
/// When the system refuses.
pub(super) fn ends() -> std::io::Result<Signal> {
    signal(SignalKind::child())
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
