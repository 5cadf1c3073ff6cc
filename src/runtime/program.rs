//! What the loop drives: a program that decides, and tasks that work.

use std::future::Future;
use std::time::Duration;

use ratatui::Frame;

use crate::app::{Effect, Job, Msg, TaskId};

/// The application as the loop sees it: state, a pure update, a view.
pub trait Program {
    /// What is to be done first. Interpreted after the first frame.
    fn start(&mut self) -> Vec<Effect>;

    /// Takes a batch of messages, in order; returns what is to be done, in order.
    fn update(&mut self, batch: Vec<Msg>) -> Vec<Effect>;

    /// How often it wants to be told the time although nothing happens; `None` to be left alone.
    fn heartbeat(&self) -> Option<Duration>;

    /// Draws the state.
    fn view(&self, frame: &mut Frame<'_>);
}

/// The background jobs as the loop sees them. Their reports come through the loop's inbox.
pub trait Tasks {
    /// Starts a job.
    fn spawn(&mut self, id: TaskId, job: Job);

    /// Cancels a job. One that must finish before exit still cleans up.
    fn cancel(&mut self, id: TaskId);

    /// Cancels every job because the process is about to end. Jobs that are started afterwards (to save what a
    /// cancelled one reported) run as usual.
    fn cancel_all(&mut self);

    /// Resolves once no job that must finish before exit is left, at once if there is none.
    fn finished(&self) -> impl Future<Output = ()> + Send + 'static;
}
