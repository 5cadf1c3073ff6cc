//! The run under way: what arrived so far, and what is being done.

use jiff::Timestamp;

use super::{RunEntry, RunSection};
use crate::effect::{Outbox, Severity};
use crate::lambda::Function;
use crate::power::{
    Cleanup, MeasuredRun, Plan, Run, RunEvent as Event, RunId, RunOrigin, RunPreflight, RunState,
    RunUsage, SizeRun, SizeState,
};
use crate::task::TaskId;

/// A run under way.
#[derive(Debug)]
pub struct Live {
    /// The job.
    pub task: TaskId,
    /// What is being done, in a few words.
    pub phase: String,
    /// When it was asked for.
    pub started: Timestamp,
    /// Whether the user stopped it; it cleans up then.
    pub cancelling: bool,
    /// Since when the user wants it paused.
    pub paused: Option<Timestamp>,
    /// Whether it says that it holds: what it is at may have to end first.
    pub holds: bool,
    /// Whether the function has its memory size back.
    pub restored: bool,
    /// Why the record could not be saved, if it could not.
    pub(super) unsaved: Option<String>,
    entry: RunEntry,
}

impl Live {
    /// A run that was just asked for.
    #[must_use]
    pub fn new(task: TaskId, id: RunId, plan: Plan, function: &Function, now: Timestamp) -> Self {
        let run = Run {
            id,
            name: function.name.clone(),
            note: String::new(),
            started: now,
            origin: RunOrigin::Measured(Box::new(expected(plan, function))),
        };
        Self::begun(task, run, now)
    }

    /// A run that is gone on with.
    #[must_use]
    pub fn resumed(task: TaskId, mut run: Run, now: Timestamp) -> Self {
        if let Some(measured) = run.measured_mut() {
            measured.state = RunState::Running;
        }
        Self::begun(task, run, now)
    }

    fn begun(task: TaskId, run: Run, now: Timestamp) -> Self {
        Self {
            task,
            phase: "starting".to_owned(),
            started: now,
            cancelling: false,
            paused: None,
            holds: false,
            restored: false,
            unsaved: None,
            entry: RunEntry::new(run, RunSection::Live),
        }
    }

    /// Its entry in the list.
    #[must_use]
    pub const fn entry(&self) -> &RunEntry {
        &self.entry
    }

    /// The function's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.entry.run.name
    }

    /// What arrived so far.
    #[must_use]
    pub fn measured(&self) -> Option<&MeasuredRun> {
        self.entry.run.measured()
    }

    /// Stops it; it restores the function before it ends.
    pub(super) fn cancel(&mut self, out: &mut Outbox<'_>) {
        if !self.cancelling {
            self.cancelling = true;
            self.paused = None;
            out.cancel(self.task);
            out.notice(
                Severity::Info,
                format!("Cancelling and restoring {} ...", self.name()),
            );
        }
    }

    /// How its pause is called: it is asked for before it holds. `None` without one.
    #[must_use]
    pub fn pause_word(&self) -> Option<&'static str> {
        let word = if self.holds { "paused" } else { "pausing" };
        self.paused.map(|_| word)
    }

    /// Pauses it, or has it go on.
    pub(super) fn switch_pause(&mut self, out: &mut Outbox<'_>) {
        self.paused = self.paused.is_none().then_some(out.now);
        out.pause(self.task, self.paused.is_some());
    }

    /// Takes in what happened. A size counts as measured from its first sample on, so that its point appears.
    pub(super) fn take(&mut self, event: &Event) {
        match event {
            Event::Phase(phase) => self.phase.clone_from(phase),
            Event::Restored => self.restored = true,
            Event::Paused => self.holds = true,
            Event::Resumed(_) => self.holds = false,
            Event::Unsaved(why) => self.unsaved = Some(why.clone()),
            _ => {}
        }
        event.apply_to(&mut self.entry.run);
        if let (Event::Sampled(memory, _), Some(measured)) = (event, self.entry.run.measured_mut())
        {
            for size in &mut measured.sizes {
                if size.memory_mb == *memory && size.state == SizeState::Pending {
                    size.state = SizeState::Ok;
                }
            }
        }
    }
}

/// The record before anything arrived.
fn expected(plan: Plan, function: &Function) -> MeasuredRun {
    let sizes = plan.sizes.iter().copied().map(SizeRun::pending);
    MeasuredRun {
        function_arn: function.arn.clone(),
        architecture: function.code.architecture,
        region: function.region().to_owned(),
        current_memory: function.memory,
        sizes: sizes.collect(),
        plan,
        state: RunState::Running,
        preflight: RunPreflight::default(),
        usage: RunUsage {
            control_calls: 0,
            spent_usd: 0.0,
            wall_ms: 0,
            paused_ms: 0,
            durable_executions: 0,
        },
        cleanup: Cleanup::default(),
        applied: None,
        warnings: Vec::new(),
    }
}
