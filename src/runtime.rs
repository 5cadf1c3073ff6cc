//! The event loop: the only place that waits.
//!
//! One `select!` waits for signals, input, reports, a terminal that takes more output, and the frame timer,
//! which is armed only while something is to be drawn. What is queued is taken in one batch. With nothing to
//! do it does not wake up at all, unless the program asks for a heartbeat.

mod exit;
mod leaving;
mod pace;
mod signals;
mod tasks;
mod turn;
mod waiting;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::app::Program;
use crate::effect::JobReport;
use crate::task::TaskId;
use crate::terminal::{Terminal, TerminalError};
pub use exit::{Exit, Reason};
pub use signals::{EndSignal, EndSignals};
pub use tasks::Tasks;
use turn::Turn;
use waiting::Waiting;

/// How the loop behaves.
#[derive(Debug, Clone)]
pub struct RuntimeOptions {
    /// The least time between two frames.
    pub frame_interval: Duration,
    /// How long jobs that finish before exit are waited for.
    pub finish_within: Duration,
    /// The folder for copied text when the terminal has no clipboard.
    pub copies: PathBuf,
}

/// Runs `program` on `terminal` until it quits, is told to end, or the terminal is gone. `inbox` brings the
/// reports of `tasks`. The terminal is still entered afterwards; dropping it gives the screen back.
///
/// Call it on the thread that entered the terminal, within a tokio runtime.
///
/// # Errors
/// When input or signals cannot be waited for. A terminal that fails later ends the loop as a hang-up.
pub async fn run<P: Program, T: Tasks>(
    program: &mut P,
    tasks: &mut T,
    inbox: mpsc::Receiver<(TaskId, JobReport)>,
    terminal: &mut Terminal,
    options: RuntimeOptions,
) -> Result<Exit, TerminalError> {
    let mut waiting = Waiting::new(terminal, inbox)?;
    let mut turn = Turn::new(program, tasks, terminal, options);
    turn.start(waiting.signals()).await;
    loop {
        turn.draw_if_due(Instant::now());
        turn.end_if_gone(waiting.signals()).await;
        if let Some(exit) = turn.exit() {
            return Ok(exit);
        }
        let (pace, beat, leaving) = turn.waits_for();
        let event = waiting.next(pace, beat, leaving).await;
        turn.take(event, &mut waiting).await;
    }
}
