//! The run under way: what arrived so far, and what is being done.

use jiff::Timestamp;

use super::{Entry, Group};
use crate::app::{TaskId, Tuning as Event};
use crate::lambda::{Function, MemoryMb};
use crate::power::{
    BillingStep, Cleanup, Measured, Origin, Plan, Run, RunId, RunState, Sample, SizeRun, SizeState,
};

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
    /// Whether the function has its memory size back.
    pub restored: bool,
    /// Whether the whole record arrived.
    pub ended: bool,
    entry: Entry,
}

impl Live {
    /// A run that was just asked for.
    #[must_use]
    pub fn new(task: TaskId, id: RunId, plan: Plan, function: &Function, now: Timestamp) -> Self {
        let run = Run {
            id,
            name: function.name.clone(),
            started: now,
            origin: Origin::Measured(Box::new(expected(plan, function))),
        };
        Self {
            task,
            phase: "starting".to_owned(),
            started: now,
            cancelling: false,
            restored: false,
            ended: false,
            entry: Entry::new(run, Group::Live),
        }
    }

    /// Its entry in the list.
    #[must_use]
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The function's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.entry.run.name
    }

    /// What arrived so far.
    #[must_use]
    pub fn measured(&self) -> Option<&Measured> {
        match &self.entry.run.origin {
            Origin::Measured(measured) => Some(measured),
            Origin::Imported { .. } => None,
        }
    }

    /// Takes in what happened, all but warnings.
    pub(super) fn take(&mut self, event: Event) {
        match event {
            Event::Started(run) | Event::Ended(run) => self.entry.run = *run,
            Event::Phase(phase) => self.phase = phase,
            Event::Restored => self.restored = true,
            Event::Sampled(memory, sample) => self.sampled(memory, sample),
            Event::SizeChanged(memory, state) => {
                if let Some(size) = self.size(memory) {
                    size.state = state;
                }
            }
            Event::Warned(_) => {}
        }
    }

    /// Works out the curve of what arrived so far.
    pub(super) fn refresh(&mut self) {
        self.entry.curve = self.entry.run.curve(BillingStep::AsMeasured);
    }

    fn sampled(&mut self, memory: MemoryMb, sample: Sample) {
        if let Some(measured) = self.measured_mut() {
            measured.spent_usd += sample.cost_usd(memory, measured.architecture, &measured.region);
        }
        if let Some(size) = self.size(memory) {
            size.samples.push(sample);
        }
    }

    fn size(&mut self, memory: MemoryMb) -> Option<&mut SizeRun> {
        self.measured_mut()?
            .sizes
            .iter_mut()
            .find(|size| size.memory_mb == memory)
    }

    const fn measured_mut(&mut self) -> Option<&mut Measured> {
        match &mut self.entry.run.origin {
            Origin::Measured(measured) => Some(measured),
            Origin::Imported { .. } => None,
        }
    }
}

/// The record before anything arrived.
fn expected(plan: Plan, function: &Function) -> Measured {
    let sizes = plan.sizes.iter().map(|&memory_mb| SizeRun {
        memory_mb,
        state: SizeState::Pending,
        samples: Vec::new(),
    });
    Measured {
        function_arn: function.arn.clone(),
        architecture: function.architecture,
        region: function.arn.split(':').nth(3).unwrap_or_default().to_owned(),
        current_memory: function.memory,
        sizes: sizes.collect(),
        plan,
        state: RunState::Running,
        control_calls: 0,
        spent_usd: 0.0,
        wall_ms: 0,
        cleanup: Cleanup::default(),
        warnings: Vec::new(),
    }
}
